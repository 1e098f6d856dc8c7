"""A whole function from a conversation, brought into the form that a completion of its beginning would have had.

Benchmarks of completion join prompt, completion and tests into one program; the tests themselves close the braces
that the completion leaves open. A reply holds the function whole, and what its author thought useful around it: a
program's start, examples, a class of its own. These rules bring the one to the other; they judge nothing. Replies
are hostile: each pattern is bounded, and takes time in proportion to the reply.
"""

from __future__ import annotations

import re

import msgspec

from assay.formats.code_shapes import defined


class _Habits(msgspec.Struct, frozen=True, kw_only=True):
    """What programs in one language have around a function."""

    comment: str = "//"
    closing: int = 0
    """How many braces the tests close: that of the function, that of its class."""
    leading: str = ""
    """Lines that have to stand before everything else: imports."""
    dropped: str = ""
    """Lines, and words at their beginning, that mean nothing here or are the benchmark's own to write."""
    in_class: bool = False
    main: tuple[str, str] = ("", "")
    """The program's start, and what it is renamed to, as the tests bring one of their own."""


_HABITS = {
    "python": _Habits(comment="#", leading=r"^from __future__ import .*\n"),
    "javascript": _Habits(
        dropped=r"^export (?:default )?|^(?:module\.)?exports\b.*\n|^(?:const|let|var) assert = require\(.*\n"
    ),
    "typescript": _Habits(dropped=r"^export (?:default (?!function|class)\w+;\n|default )?|^import .* 'assert';\n"),
    "go": _Habits(
        leading=r"^import (?:\([^)]{0,1000}\)|(?:\w+ )?\"[^\"\n]+\")[ \t]*\n", dropped=r"^package \w+[ \t]*\n"
    ),
    "rust": _Habits(closing=1, main=(r"\bfn main\b", "fn answer_main"), dropped=r"^#!\[allow\(.*\)\]\n"),
    "java": _Habits(
        closing=2, in_class=True, leading=r"^import [\w.* ]+;[ \t]*\n",
        dropped=r"^package .*;\n|^(?:public )(?=(?:final )?class )",
        main=(r"\bvoid main\b", "void answerMain"),
    ),
    "cpp": _Habits(closing=1, main=(r"\bint main\b", "int answer_main")),
    "csharp": _Habits(
        closing=2, in_class=True, leading=r"^using [\w.= ]+;[ \t]*\n",
        dropped=r"^(?:public )(?=(?:static )?class )",
        main=(r"\bMain\b", "AnswerMain"),
    ),
    "php": _Habits(dropped=r"^<\?(?:php)?[ \t]*\n?|^\?>[ \t]*\n?|^declare\(strict_types.*\n"),
    "bash": _Habits(comment="#", closing=1, dropped=r"^#!.*\n"),
    "ruby": _Habits(comment="#"),
    "lua": _Habits(comment="--"),
    "perl": _Habits(comment="#", dropped=r"^1;[ \t]*\n"),
    "r": _Habits(comment="#"),
    "julia": _Habits(comment='"""'),
}  # fmt: skip


def as_completed(code: str, *, prompt: str, name: str, language: str) -> str:
    """`code` as prompt and completion would have been, the end that the tests supply left away. A reply that holds
    the function's body alone is a completion as it is."""
    if not defined(code, (name,), language):
        return prompt + code
    habits = _HABITS.get(language, _Habits())
    code = code.replace("\r\n", "\n").rstrip() + "\n"
    if habits.main[0]:
        code = re.sub(*habits.main, code)
    if habits.dropped:
        code = re.sub(habits.dropped, "", code, flags=re.MULTILINE)
    leading, code = _parted(code, habits.leading)
    before = _before(prompt, name, habits.comment)
    closing = habits.closing
    if habits.in_class:
        before, code, closing = _classed(before, code, closing)
    for _ in range(closing):
        code = code[: max(code.rfind("}"), 0)]
    if language == "go":
        return before + _others(leading, before) + code
    return leading + _without_doubles(before, code) + code


def _parted(code: str, leading: str) -> tuple[str, str]:
    """The lines that have to stand first, and the rest."""
    if not leading:
        return "", code
    pattern = re.compile(leading, re.MULTILINE)
    return "".join(found[0] for found in pattern.finditer(code)), pattern.sub("", code)


def _before(prompt: str, name: str, comment: str) -> str:
    """What the prompt has before the function and its comment: imports, types, the head of a class."""
    called = re.compile(rf"\b{re.escape(name)}\b")
    lines = prompt.splitlines(keepends=True)
    ends = (i for i, line in enumerate(lines) if line.lstrip().startswith(comment) or called.search(line))
    return "".join(line for line in lines[: next(ends, len(lines))] if line.strip())


_HEAD = re.compile(r"#|use |import |from |using |<\?")


def _without_doubles(before: str, code: str) -> str:
    """Imports may be said twice; a type that the reply repeats may not."""
    lines = before.splitlines(keepends=True)
    own = next((index for index, line in enumerate(lines) if not _HEAD.match(line)), len(lines))
    repeated = own < len(lines) and lines[own].strip() in code
    return "".join(lines[:own] if repeated else lines)


_CLASS = re.compile(
    r"^(?:(?:final|static|abstract|sealed|internal|partial)[ \t]{1,9}){0,4}class[ \t]{1,9}\w+", re.MULTILINE
)


def _classed(before: str, code: str, closing: int) -> tuple[str, str, int]:
    """The class that the tests go on with, whatever the reply calls it; bare methods get it, and owe one brace."""
    head, word, opening = before.rpartition("class ")
    wanted = f"{word}{opening.split()[0]}" if opening.split() else word
    if not _CLASS.search(code):
        return before, code, closing - 1
    if not re.search(rf"\b{re.escape(wanted)}\b", code):
        code = _CLASS.sub(wanted, code, count=1)
    return head, code, closing


def _others(imports: str, before: str) -> str:
    """Go's imports beside those that are there: each may be said once in a file."""
    named = re.findall(r'^[ \t]*(?:import[ \t]*\(?[ \t]*)?((?:[\w.]+[ \t]+)?"[^"\n]+")', imports, re.MULTILINE)
    others = [one for one in dict.fromkeys(named) if one not in before]
    return "".join(f"import {one}\n" for one in others)
