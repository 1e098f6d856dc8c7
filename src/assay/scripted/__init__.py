"""A server that answers by a script, in every vendor's words, and misbehaves on request.

It knows the wire formats from the vendors' side only and shares no code with the client's translators,
so that the two can disagree; it refuses to know what a task, a run or a verdict is.
"""
