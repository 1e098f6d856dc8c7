"""Private tasks out of a git history: which commits, tried how, written as what."""
