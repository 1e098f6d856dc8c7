"""Plans what is owed, asks, has it judged, and records it. Knows only the seams, no adapter."""
