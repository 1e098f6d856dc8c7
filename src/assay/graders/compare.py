"""What was seen beside what was expected: pure, and in words that a person can act on."""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.judging import Raised, Ran, Seen
from assay.formats.shown import plain, render
from assay.formats.values import same
from assay.graders.grading import Expectation, Printed


def step_fault(expected: Expectation, seen: Seen) -> str:
    """Empty when one step did what it should; its `checker`, if it has one, is asked elsewhere."""
    if expected.raises is not msgspec.UNSET:
        fault = _raises_fault(expected.raises, seen)
    elif seen.raised is not None:
        wanted = "" if expected.returns is msgspec.UNSET else f", expected {render(expected.returns)}"
        fault = f"raised {shown_error(seen.raised)}{wanted}"
    elif expected.returns is msgspec.UNSET or expected.match == "checker":
        fault = ""
    else:
        fault = _returned_fault(expected, seen.returned)
    if fault or expected.after is msgspec.UNSET:
        return fault
    problem = same(expected.after, list(seen.args_after), match=_value_match(expected.match))
    return f"left its arguments wrong: {problem}" if problem else ""


def left_early(seen: Seen) -> bool:
    """It asked for the end of the whole program, which is no report of an error."""
    return seen.raised is not None and "SystemExit" in seen.raised.kinds


def _value_match(match: Any) -> Any:
    """How arguments are compared: `unordered` and `checker` speak of the result only."""
    return "exact" if match in ("unordered", "checker", "tokens") else match


def _returned_fault(expected: Expectation, got: Any) -> str:
    if expected.match == "tokens" and isinstance(expected.returns, str) and isinstance(got, str):
        return _tokens_fault(expected.returns, got)
    match = "exact" if expected.match == "tokens" else expected.match
    problem = same(expected.returns, got, match=match)
    if not problem:
        return ""
    if (
        problem.startswith("expected ")
        and ", got " in problem
        and isinstance(expected.returns, (int, float, type(None)))
    ):
        return f"returned {render(got)}, expected {render(expected.returns)}"
    return f"returned a wrong value: {problem}"


def shown_error(raised: Raised) -> str:
    """An error as a person says it."""
    kind = raised.kinds[0] if raised.kinds else "an error"
    message = plain(raised.message)
    return f"{plain(kind, 80)}: {message}" if message else plain(kind, 80)


def _raises_fault(wanted: Any, seen: Seen) -> str:
    kind = wanted if isinstance(wanted, str) else ("" if wanted is True else wanted.get("kind", ""))
    message = wanted.get("message", "") if isinstance(wanted, dict) else ""
    expected = f"an error {kind}".strip() + (f" that says {render(message)}" if message else "")
    if seen.raised is None:
        return f"returned {render(seen.returned)}, expected {expected}"
    if kind and kind not in seen.raised.kinds:
        return f"raised {shown_error(seen.raised)}, expected {expected}"
    if not kind and "panic" in seen.raised.kinds:
        return f"panicked ({shown_error(seen.raised)}), expected {expected}"
    if not kind and left_early(seen):
        return f"left the program, expected {expected}"
    if message not in seen.raised.message:
        return f"raised {shown_error(seen.raised)}, expected {expected}"
    return ""


# --- programs ---------------------------------------------------------------------------------------


def run_fault(expected: Printed, ran: Ran) -> str:
    """Empty when a program did what it should, limits and `checker` apart."""
    if ran.exit_code is None:
        return f"was ended by signal {ran.signal}" if ran.signal is not None else "did not end by itself"
    if expected.stdout is not None and expected.match != "checker":
        problem = output_fault(expected.stdout, ran.stdout, match=expected.match)
        if problem:
            return f"printed the wrong thing: {problem}" + _exit_note(ran.exit_code, expected.exit)
    if ran.exit_code != expected.exit:
        return f"ended with exit code {ran.exit_code}, expected {expected.exit}"
    for path, content in expected.files.items():
        if path not in ran.files:
            return f"wrote no file {path}"
        if problem := output_fault(content, ran.files[path], match=_value_match(expected.match)):
            return f"wrote the wrong thing into {path}: {problem}"
    return ""


def _exit_note(code: int, expected: int) -> str:
    return "" if code == expected else f" (and ended with exit code {code}, expected {expected})"


def output_fault(expected: str, got: bytes, *, match: Any) -> str:
    """Empty when output is what was expected: by default white space at the ends of lines is ignored,
    `strict` takes every byte, `unordered` the lines as a multiset, `tokens` and `close` the words."""
    if match == "strict":
        return "" if expected.encode() == got else same(expected, _text(got)) or "the bytes are no UTF-8"
    text = _text(got)
    if match == "tokens":
        return _tokens_fault(expected, text)
    if isinstance(match, dict):
        return same(_numbers(expected), _numbers(text), match=match)
    ours, theirs = _lines(expected), _lines(text)
    if match == "unordered":
        return same(ours, theirs, match="unordered")
    if ours == theirs:
        return ""
    if max(len(ours), len(theirs)) == 1:
        return same(ours[0], theirs[0])
    line = next((i for i, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), None)
    if line is None:
        return f"expected {len(ours)} lines, got {len(theirs)}"
    return f"line {line + 1}: {same(ours[line], theirs[line])}"


def _text(got: bytes) -> str:
    return got.decode("utf-8", "replace")


def _lines(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.split("\n")]
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return lines


def _tokens_fault(expected: str, got: str) -> str:
    ours, theirs = expected.split(), got.split()
    if ours == theirs:
        return ""
    for index, (one, other) in enumerate(zip(ours, theirs, strict=False)):
        if one != other:
            return f"word {index + 1}: {same(one, other)}"
    return f"expected {len(ours)} words, got {len(theirs)}"


_LONGEST_NUMBER = 400


def _numbers(text: str) -> list[str | float]:
    return [_number(word) for word in text.split()]


def _number(word: str) -> str | float:
    try:
        plain = len(word) <= _LONGEST_NUMBER and word.isascii() and "_" not in word
        return float(word) if plain else word
    except ValueError:
        return word
