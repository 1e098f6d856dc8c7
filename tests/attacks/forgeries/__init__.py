"""Answers that try to pass without being right, one file each, by language; and how they are judged."""
