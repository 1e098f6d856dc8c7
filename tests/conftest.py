"""Puts this folder on the import path, so that tests of several areas share `synthetic_runs`."""
