"""tests/shape.toml: what a refactoring's answer must look like; how that is read, and said in the prompt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from assay.formats.python_shape import Shape, read_signature, shape_fault
from assay.suites.faults import Faults
from assay.suites.task_toml import Check, check_keys, read_toml

_PLAN = "tests/shape.toml"


def _is_limit(value: Any) -> str:
    fine = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 1000
    return "" if fine else "needs a whole number above 0"


def _is_absent(value: Any) -> str:
    fine = isinstance(value, dict) and all(
        isinstance(names, list) and all(isinstance(name, str) and name.isidentifier() for name in names)
        for names in value.values()
    )
    return "" if fine else 'needs names for each file, like "shop.py" = ["old_name"]'


def _is_functions(value: Any) -> str:
    try:
        for table in msgspec.convert({"functions": value}, Shape).functions:
            read_signature(table.signature)
    except (msgspec.ValidationError, ValueError) as error:
        return f"{error}"
    return ""


_KEYS: dict[str, Check] = {
    "functions": _is_functions,
    "absent": _is_absent,
    "most_lines": _is_limit,
    "most_decisions": _is_limit,
    "repeated": _is_limit,
}


def read_shape(
    text: str, *, language: str, solution: Mapping[str, str], start: Mapping[str, str], place: str, faults: Faults
) -> dict[str, Any]:
    """The shape as the grader wants it; the solution must have it, and the starting files must not."""
    where = f"{place}/{_PLAN}"
    if language != "python":
        faults.add(where, f"the shape of python can be checked, of {language} not yet; remove it")
        return {}
    before = len(faults.lines)
    table = read_toml(text, place=where, faults=faults)
    if table is None:
        return {}
    check_keys(table, _KEYS, required=(), place=where, faults=faults)
    if not table:
        faults.add(where, f"asks nothing; it may say {', '.join(_KEYS)}")
    if len(faults.lines) == before:
        shape = msgspec.convert(table, Shape)
        if fault := shape_fault(shape, {**start, **solution}):
            faults.add(where, f"the solution has another shape: {fault}")
        if not shape_fault(shape, start):
            faults.add(where, "the starting files have that shape already; ask for more")
    return table


def shape_rules(table: Mapping[str, Any]) -> str:
    """What is asked of the shape, in the prompt's words."""
    shape = msgspec.convert(table, Shape)
    points = []
    for one in shape.functions:
        where = f" in the class `{one.within}`" if one.within else ""
        points.append(f"`{one.file}` has `{one.signature}`{where}; annotations are free.")
    for path, names in shape.absent.items():
        points += [f"`{name}` no longer stands in `{path}`." for name in names]
    if shape.most_lines:
        points.append(
            f"No function has more than {shape.most_lines} lines; blank lines, comments and its docstring do not count."
        )
    if shape.most_decisions:
        points.append(
            f"No function decides more than {shape.most_decisions} times. Each of these is once: `if`, `elif`, `for`, "
            "`while`, `except`, `case`, `and`, `or`, a conditional expression, each `for` and `if` of a comprehension."
        )
    if shape.repeated:
        points.append(
            f"No {shape.repeated} statements in a row (inner ones counted) stand in two places, not even with other "
            "names of variables."
        )
    return "The shape of the result is checked as well, in all files together:\n\n" + "\n".join(
        f"- {p}" for p in points
    )
