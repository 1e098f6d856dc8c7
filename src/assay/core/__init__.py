"""Values, seams, errors, events and ids: what every other folder may know, and nothing more."""
