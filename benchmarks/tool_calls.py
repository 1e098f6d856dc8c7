"""How long it takes to read tool calls, in every dialect: three short calls whole, and streamed in pieces of three
sizes; and what an answer costs by pieces of the largest size where it is long text, a long argument, many very short
calls, or a value nested deeply.

    python benchmarks/tool_calls.py [DIALECT…]

Prints processor microseconds for 1,000 characters, and for each dialect the slowest of some hostile texts, in
seconds for a million characters. Where vLLM can be imported (`tool_calls_vllm.py` says how), its parser reads the same
calls: its time for the whole text and by pieces stands beside, where it finds them all. With PYTHONPATH on what
`make wheel` made, taken out of its file, the same of the compiled readers.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from tool_calls_vllm import parser_for

from assay.core.messages import Tool
from assay.formats.tools import DIALECTS, dialect, source
from assay.formats.tools.base import Call
from assay.formats.tools.dialect import Dialect, fitting_tools

PROSE = "I will look at the weather first, and then (perhaps) search for cats; `x` stays below 3.\n"
CALLS = [
    Call("get_weather", {"city": "Paris", "days": 3}),
    Call("write_file", {"path": "src/main.py", "text": "def f(x):\n    return [x + 1, 'a', \"b\"]\n" * 20}),
    Call("search", {"q": "cats", "opts": {"n": 1, "deep": {"a": [1, 2, 3]}}, "tags": ["a", "b"], "exact": True}),
]
LONG = [Call("write_file", {"path": "src/main.py", "text": CALLS[1].arguments["text"] * 20})]
SHORT = CALLS[:1] * 20
NESTED: dict[str, Any] = {"n": 1, "tags": ["a", "b"], "ok": True}
for level in range(12):
    NESTED = {"level": NESTED, f"k{level}": [level, "x", {"y": None}]}
DEEP = [Call("search", {"opts": NESTED})]
SIZES = (4, 16, 64)
HOSTILE = 100_000
BARE = {"bare_json_array", "firefunction", "gemma3_pythonic_fence", "llama4_json", "llama4_pythonic", "phi4_mini",
        "pythonic", "xlam"}  # fmt: skip
"""vLLM reads these only where no text stands before the calls."""


def main(names: Sequence[str]) -> None:
    heads = ("whole", *(f"by {size}" for size in SIZES), "text", "argument", "short", "nested")
    print(f"{'dialect':<24}" + "".join(f"{head:>9}" for head in (*heads, "hostile", "vLLM", f"by {SIZES[-1]}")))
    ratios: tuple[list[float], list[float]] = [], []
    for name in names or sorted(DIALECTS):
        found = dialect(name)
        calls = CALLS if found.carries.several else CALLS[1:2]
        tools = fitting_tools(calls)
        text = (PROSE * 3 if name not in BARE else "") + found.render(calls, tools)
        times = [_per_thousand(lambda: found.parse(text, tools), text)]  # noqa: B023
        times += [_per_thousand(lambda: _streamed(found, text, tools, size), text) for size in SIZES]  # noqa: B023
        short = SHORT if found.carries.several else SHORT[:1]
        for long in (PROSE * 200, *(found.render(each, fitting_tools(each[:1])) for each in (LONG, short, DEEP))):
            times.append(_per_thousand(lambda: _streamed(found, long, tools, SIZES[-1]), long))  # noqa: B023
        print(
            f"{name:<24}" + "".join(f"{each:9.0f}" for each in times) + f"{_hostile(found, text, tools):9.2f}", end=""
        )
        theirs = _vllm(name, text, tools, len(calls))
        print("".join(f"{each:9.0f}" if each else f"{'–':>9}" for each in theirs))
        for ratio, ours, each in zip(ratios, (times[0], times[len(SIZES)]), theirs, strict=True):
            ratio.extend([each / ours] if each else [])
    for head, ratio in zip(("whole", f"by {SIZES[-1]}"), ratios, strict=True):
        if ratio:
            print(f"{head}: vLLM takes {median(ratio):.1f} times as long, in the median of {len(ratio)} dialects")
    additions = min(_seconds(_additions) for _ in range(5)) * 1e3
    made_of = "Python" if source.__file__.endswith(".py") else "machine code"
    print(f"(the readers are {made_of}; a million additions in a loop take this machine {additions:.0f} ms)")


def _additions() -> int:
    total = 0
    for number in range(1_000_000):
        total += number
    return total


def _per_thousand(read: Callable[[], object], text: str) -> float:
    best = min(_seconds(read) for _ in range(20))
    return best / len(text) * 1e9


def _seconds(read: Callable[[], object]) -> float:
    begun = time.process_time()
    read()
    return time.process_time() - begun


def _streamed(found: Dialect, text: str, tools: Sequence[Tool], size: int) -> None:
    stream = found.stream(tools)
    for at in range(0, len(text), size):
        stream.feed(text[at : at + size])
    stream.finish()


def _hostile(found: Dialect, text: str, tools: Sequence[Tool]) -> float:
    """Beginnings of a call over and over, and a call that goes on with nonsense."""
    start = len(PROSE) * 3
    cuts = [text[start:at] for at in range(start + 4, min(len(text), start + 300), 24)]
    texts = [cut * (HOSTILE // len(cut)) for cut in cuts]
    texts += [cut + letter * HOSTILE for cut in cuts[::3] for letter in '{["\\<,']
    return max(_seconds(lambda: found.parse(each, tools)) for each in texts) * 1e6 / HOSTILE  # noqa: B023


def _vllm(name: str, text: str, tools: Sequence[Tool], calls: int) -> tuple[float | None, float | None]:
    """Its time for the whole and by the largest pieces; none where it does not find all calls."""
    theirs = parser_for(name, tools)
    if theirs is None:
        return None, None
    return _theirs(lambda: theirs.whole(text), text, calls), _theirs(
        lambda: theirs.streamed(text, SIZES[-1]), text, calls
    )


def _theirs(reader: Callable[[], Callable[[], int]], text: str, calls: int) -> float | None:
    try:
        if reader()() != calls:
            return None
    except Exception:  # of any kind: the parser cannot read this dialect
        return None
    return min(_seconds(reader()) for _ in range(20)) / len(text) * 1e9


if __name__ == "__main__":
    main(sys.argv[1:])
