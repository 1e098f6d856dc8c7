"""A task of review: `files/change.diff`, which the model sees, and `tests/review.toml`, which says what is wrong in it.

Places are told by a part of the line, never by its number, so that they cannot drift away from the diff.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assay.core.names import did_you_mean
from assay.formats.numbered_diff import Change, read_diff
from assay.suites.faults import Faults
from assay.suites.task_toml import Check, check_keys, is_text, read_toml

CHANGE = "change.diff"
"""The file of `files/` that is reviewed; others are shown as they are."""
ANSWER = "findings.json"
_PLAN = "tests/review.toml"


def _is_count(value: Any) -> str:
    fine = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 20
    return "" if fine else "needs a whole number from 0 to 20"


def _is_one_or_more(value: Any) -> str:
    fine = not is_text(value) or (isinstance(value, list) and value and not any(map(is_text, value)))
    return "" if fine else "needs a text, or a list of texts"


def _is_kinds(value: Any) -> str:
    fine = isinstance(value, dict) and len(value) > 1 and not any(map(is_text, value.values()))
    return "" if fine else 'needs two kinds at least, each with its meaning, like off-by-one = "a bound is one off"'


def _is_tables(value: Any) -> str:
    fine = isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
    return "" if fine else "needs one table at least"


_KEYS: dict[str, Check] = {
    "tolerance": _is_count,
    "false_alarms": _is_count,
    "kinds": _is_kinds,
    "defects": _is_tables,
    "decoys": _is_tables,
}
_DECOY: dict[str, Check] = {"file": is_text, "code": _is_one_or_more, "why": is_text}
_DEFECT: dict[str, Check] = {**_DECOY, "kind": _is_one_or_more}


def review_grading(files: Mapping[str, str], tests: Mapping[str, str], *, place: str, faults: Faults) -> dict[str, Any]:
    """What the grader `findings` needs; faults when it cannot be had."""
    before = len(faults.lines)
    changes = _changes(files, place, faults)
    plan = read_toml(tests.get("review.toml", ""), place=f"{place}/{_PLAN}", faults=faults)
    if "review.toml" not in tests:
        faults.add(f"{place}/{_PLAN}", "is missing; it says what is wrong in the change, and what only looks so")
    elif plan is not None:
        check_keys(plan, _KEYS, required=("kinds", "defects", "decoys"), place=f"{place}/{_PLAN}", faults=faults)
    if plan is None or len(faults.lines) > before:
        return {}

    def fault(what: str) -> None:
        faults.add(f"{place}/{_PLAN}", what)

    grading = {
        "judge": "findings",
        "tolerance": plan.get("tolerance", 2),
        "false_alarms": plan.get("false_alarms", 1),
        "kinds": plan["kinds"],
        "defects": [_place(table, f"defect {n}", _DEFECT, changes, fault) for n, table in _counted(plan["defects"])],
        "decoys": [_place(table, f"decoy {n}", _DECOY, changes, fault) for n, table in _counted(plan["decoys"])],
    }
    if len(faults.lines) == before:
        _check_kinds(grading, fault)
        _check_apart(grading, fault)
    return grading


def _counted(tables: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(tables, start=1))


def _changes(files: Mapping[str, str], place: str, faults: Faults) -> dict[str, Change]:
    if CHANGE not in files:
        faults.add(f"{place}/files/{CHANGE}", "is missing; it is what is reviewed")
        return {}
    try:
        return {change.path: change for change in read_diff(files[CHANGE])}
    except ValueError as error:
        faults.add(f"{place}/files/{CHANGE}", f"no unified diff: {error}")
        return {}


def _place(
    table: dict[str, Any], what: str, keys: dict[str, Check], changes: dict[str, Change], fault: Callable[[str], None]
) -> dict[str, Any]:
    """A defect or a decoy as the grader knows it: by its lines in the new file."""
    own = Faults()
    check_keys(table, keys, required=tuple(keys), place=what, faults=own)
    for line in own.lines:
        fault(line)
    if own.lines:
        return {}
    change = changes.get(table["file"])
    if change is None:
        fault(f"{what}: the change touches no file “{table['file']}”: {did_you_mean(table['file'], changes)}")
        return {}
    lines = []
    for part in _listed(table["code"]):
        places = change.places(part)
        if len(places) != 1:
            fault(f"{what}: “{part}” stands on {len(places)} lines of the new {change.path}; it must be on just one")
        lines += places
    kinds = {"kinds": _listed(table["kind"])} if "kind" in table else {}
    return {"file": table["file"], "lines": lines, "why": table["why"], **kinds}


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _check_kinds(grading: dict[str, Any], fault: Callable[[str], None]) -> None:
    known = grading["kinds"]
    for kind in known:
        if kind != "-".join(kind.lower().replace("_", " ").split()):
            fault(f"kinds: “{kind}” needs small letters, and hyphens between its words")
    for number, defect in _counted(grading["defects"]):
        for kind in defect["kinds"]:
            if kind not in known:
                fault(f"defect {number}: its kind “{kind}” is not among the kinds: {did_you_mean(kind, known)}")


def _check_apart(grading: dict[str, Any], fault: Callable[[str], None]) -> None:
    """One finding must never be right for two defects, nor for a decoy."""
    reach = grading["tolerance"]
    defects = _counted(grading["defects"])
    for number, one in defects:
        for other_number, other in defects[number:]:
            if set(one["kinds"]) & set(other["kinds"]) and _distance(one, other) <= 2 * reach:
                fault(f"defects {number} and {other_number} are of one kind and within one finding's reach")
        for decoy_number, decoy in _counted(grading["decoys"]):
            if _distance(one, decoy) <= reach:
                fault(f"decoy {decoy_number} is within the reach of defect {number}; a finding there would be right")


def _distance(one: dict[str, Any], other: dict[str, Any]) -> float:
    if one["file"] != other["file"]:
        return float("inf")
    return min(float(abs(a - b)) for a in one["lines"] for b in other["lines"])
