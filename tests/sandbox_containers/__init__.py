"""Tests of the container sandbox, and the engine that they run on."""
