"""Tasks of other tools, read into the form of our own folders, and written out of it."""
