"""Help for those who write tasks: a working example to start from, and a check that tasks prove themselves."""
