"""A task that asks for tests: `files/` holds what is to be tested, `tests/right/<name>/` and `tests/wrong/<name>/`
further implementations of it. Each holds only the files that differ from those that the model sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.core.names import did_you_mean
from assay.suites.faults import Faults
from assay.suites.test_forms import TEST_FORMS

_FEWEST = {"right": 2, "wrong": 5}
_PERCENT = 80


def tests_grading(
    entry: str, language: str, files: Mapping[str, str], tests: Mapping[str, str], *, place: str, faults: Faults
) -> dict[str, Any]:
    """What the grader `tests` needs; faults when it cannot be had."""
    form = TEST_FORMS[language]
    if not form.fits(entry):
        faults.add(f"{place}/task.toml", f"entry “{entry}” is no name of a file of tests; call it {form.example}")
    if not form.names(files, entry):
        faults.add(f"{place}/files", "does not have what is to be tested")
    elif (tested := form.tested(entry)) and tested not in files:
        faults.add(f"{place}/files", f"has no “{tested}”, which “{entry}” would be the tests of")
    found: dict[str, dict[str, dict[str, str]]] = {side: {} for side in _FEWEST}
    for path, text in tests.items():
        side, _, rest = path.partition("/")
        name, slash, inner = rest.partition("/")
        if side not in found or not slash:
            where = ", ".join(f"tests/{side}/<name>/<file>" for side in found)
            faults.add(f"{place}/tests/{path}", f"is no part of an implementation; they are {where}")
        elif inner not in files:
            faults.add(f"{place}/tests/{path}", f"is no file of files/: {did_you_mean(inner, files)}")
        else:
            found[side].setdefault(name, {})[inner] = text
    _check(found, files, place, faults)
    return {"judge": "tests", "entry": entry, "percent": _PERCENT, **found}


def _check(found: dict[str, dict[str, dict[str, str]]], files: Mapping[str, str], place: str, faults: Faults) -> None:
    seen = {_text(files): "files"}
    for side, fewest in _FEWEST.items():
        if len(found[side]) < fewest:
            faults.add(f"{place}/tests/{side}", f"has {len(found[side])} implementations; at least {fewest} are needed")
        for name, inner in found[side].items():
            where = f"tests/{side}/{name}"
            twin = seen.setdefault(_text({**files, **inner}), where)
            if twin != where:
                faults.add(f"{place}/{where}", f"is the same as {twin}")


def _text(files: Mapping[str, str]) -> str:
    """Without blanks, so that another layout is no other text."""
    return "\0".join(f"{path}\0{''.join(files[path].split())}" for path in sorted(files))


def tests_rules(grading: Mapping[str, Any], files: Mapping[str, str], *, language: str) -> str:
    """How the tests are judged, in the prompt's words."""
    form, entry = TEST_FORMS[language], str(grading["entry"])
    return (
        f"Write `{entry}`: {form.tests}. {form.reach.format(names=form.names(files, entry))}, and need nothing but "
        "the standard library.\n\n"
        "The tests are run on the implementation below, on others that do the same but are written otherwise, and on "
        "wrong ones. They must all hold on each right one, so they may rely on nothing but what is said above; and at "
        f"least {grading['percent']} % of the wrong ones must be caught, by a failed assertion ({form.failed}) in "
        "at least one test. Another error catches nothing."
    )
