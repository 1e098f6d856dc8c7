"""Packaged tables: prices now; families and hardware with the planner."""
