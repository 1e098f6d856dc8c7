"""One side of the assertion that a reply makes: `assert f(<call>) == <value>`, as CRUXEval takes it.

Its rules are the official ones, to the letter: they cut at the first `==`, whatever stands in a string. Asked to
think first, a model puts its assertion between [ANSWER] tags; without tags, the last line of a conversation's reply
is taken, and all of a continuation.
"""

from __future__ import annotations

END = "[/ANSWER]"
_BEGIN = "[ANSWER]"


def _call(text: str) -> str:
    """What is asserted of: the call `f(…)`."""
    left = text.partition("==")[0].strip()
    return "f" + left.split("assert f")[1].strip() if "assert f" in left else left


def _value(text: str) -> str:
    """What is asserted: the value."""
    return text.split("==")[1].strip() if "==" in text else text.strip()


_SIDES = {"call": _call, "value": _value}

ASSERTED = {
    f"{way}-{name}": (way, side) for way in ("asserted", "continued", "concluded") for name, side in _SIDES.items()
}
"""Forms of a reply: the assertion alone; thoughts before it that go on with a prompt; thoughts of a conversation."""


def take_side(reply: str, form: str) -> str:
    """Empty when there is nothing to take."""
    way, side = ASSERTED[form]
    text = reply.partition(END)[0]
    if way != "asserted" and _BEGIN in text:
        text = text.split(_BEGIN)[1].strip()
    elif way == "concluded":
        return text.split("\n")[-1].strip()
    return side(text)
