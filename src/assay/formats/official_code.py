"""How official harnesses take code from a reply, where that is another way than a reader's: to the letter.

Their scores depend on it. `last_block`: what stands between the last two lines that hold a fence, wherever those
belong (LiveCodeBench). `stripped`: the whole reply without the space around it (base models there).
"""

from __future__ import annotations

from collections.abc import Callable


def last_block(reply: str) -> str:
    """Empty where there are fewer than two fences."""
    lines = reply.split("\n")
    fences = [number for number, line in enumerate(lines) if "```" in line]
    return "\n".join(lines[fences[-2] + 1 : fences[-1]]) if len(fences) > 1 else ""


FORMS: dict[str, Callable[[str], str]] = {"last_block": last_block, "stripped": str.strip}
"""Values of `Extract.form`."""
