"""Assay: find out what a coding model is really worth."""

__version__ = "0.1.0"
