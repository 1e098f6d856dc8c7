"""The shape of sources, by their syntax alone: signatures, names, lengths, decisions, repetitions. Nothing is run.

What is looked at comes from a model: its size is bounded, and what cannot be read is said, never raised.
"""
