"""tests/shape.toml: what a refactoring's answer must look like; how that is read, and said in the prompt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from assay.formats.shapes.asked import Shape
from assay.formats.shapes.look import reader
from assay.formats.shapes.source import Reader
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


def _are_functions(reads: Reader) -> Check:
    def fault(value: Any) -> str:
        try:
            for table in msgspec.convert({"functions": value}, Shape).functions:
                reads.read_head(table.signature, table.within)
        except (msgspec.ValidationError, ValueError) as error:
            return f"{error}"
        return ""

    return fault


def read_shape(text: str, *, language: str, place: str, faults: Faults) -> dict[str, Any]:
    """The shape as the grader wants it. Whether the solution has it is for the check of tasks to say."""
    where = f"{place}/{_PLAN}"
    table = read_toml(text, place=where, faults=faults)
    if table is None:
        return {}
    keys: dict[str, Check] = {
        "functions": _are_functions(reader(language)),
        "absent": _is_absent,
        "most_lines": _is_limit,
        "most_decisions": _is_limit,
        "repeated": _is_limit,
    }
    check_keys(table, keys, required=(), place=where, faults=faults)
    if not table:
        faults.add(where, f"asks nothing; it may say {', '.join(keys)}")
    return table


def shape_rules(table: Mapping[str, Any], *, language: str) -> str:
    """What is asked of the shape, in the prompt's words."""
    shape = msgspec.convert(table, Shape)
    words = reader(language).words
    points = []
    for one in shape.functions:
        where = words.within.format(one.within) if one.within else ""
        points.append(f"`{one.file}` has `{one.signature}`{where}{words.free}.")
    if shape.functions and words.heads:
        points.append(words.heads)
    for path, names in shape.absent.items():
        points += [f"`{name}` no longer stands in `{path}`." for name in names]
    if shape.most_lines:
        points.append(f"No function has more than {shape.most_lines} lines; {words.uncounted} do not count.")
    if shape.most_decisions:
        points.append(
            f"No function decides more than {shape.most_decisions} times. Each of these is once: {words.decisions}."
        )
    if shape.repeated:
        points.append(
            f"No {shape.repeated} statements in a row (inner ones counted) stand in two places, not even with other "
            "names of variables."
        )
    return "The shape of the result is checked as well, in all files together:\n\n" + "\n".join(
        f"- {p}" for p in points
    )
