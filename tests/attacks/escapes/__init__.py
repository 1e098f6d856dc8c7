"""Attempts to get out of a box, or to leave something in it."""
