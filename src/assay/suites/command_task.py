"""A task that is judged by a repository's own test command: `tests/tree/` holds the hidden tests, and
`tests/expected.toml` says which tests have to pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.core.names import did_you_mean
from assay.formats.test_paths import LANGUAGES, is_test, steers_tests
from assay.formats.test_results import runner_of
from assay.suites.faults import Faults
from assay.suites.task_toml import Check, check_keys, read_toml

EXPECTED = "expected.toml"
TREE = "tree/"
_MOST_LISTED = 300
"""Paths of files that are not shown, of which a model is told the names."""


def _is_names(value: Any) -> str:
    fine = isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    return "" if fine else "needs a list of names of tests"


_KEYS: dict[str, Check] = {"fixed": _is_names, "kept": _is_names}


def command_grading(
    table: Mapping[str, Any],
    files: Mapping[str, str],
    solution: Mapping[str, str],
    tests: Mapping[str, str],
    *,
    place: str,
    faults: Faults,
) -> dict[str, Any]:
    """What the grader `command` needs; faults when it cannot be had."""
    language, command = table["language"], table.get("command", "")
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        faults.add(f"{place}/task.toml", f'judge = "command" knows {known}, no {language}')
        return {"judge": "command"}
    if not command:
        faults.add(f"{place}/task.toml", 'judge = "command" needs command = "…", such as "python -m pytest -rA"')
    for path in table.get("show", ()):
        if path not in files:
            faults.add(f"{place}/task.toml", f"show: “{path}” is not in files/: {did_you_mean(path, files)}")
    plan = read_toml(tests.get(EXPECTED, ""), place=f"{place}/tests/{EXPECTED}", faults=faults) or {}
    check_keys(plan, _KEYS, required=(), place=f"{place}/tests/{EXPECTED}", faults=faults)
    if plan and not runner_of(command):
        faults.add(f"{place}/tests/{EXPECTED}", f"the words of “{command}” cannot be read test by test: remove it")
    hidden = {path.removeprefix(TREE): text for path, text in tests.items() if path.startswith(TREE)}
    for path in tests:
        if path != EXPECTED and not path.startswith(TREE):
            faults.add(f"{place}/tests/{path}", f"is no test of the repository; those are below tests/{TREE}")
    return {
        "judge": "command",
        "command": command,
        "tests": hidden,
        "put_back": [path for path in files if _is_put_back(path, language, solution) and path not in hidden],
        "fixed": plan.get("fixed", []),
        "kept": plan.get("kept", []),
    }


def _is_put_back(path: str, language: str, solution: Mapping[str, str]) -> bool:
    return path not in solution and (is_test(path, language) or steers_tests(path, language))


def shown_files(table: Mapping[str, Any], files: Mapping[str, str]) -> dict[str, str]:
    """Those that a model is shown: a repository may be larger than any prompt."""
    return {path: files[path] for path in table.get("show", files) if path in files}


def command_rules(grading: Mapping[str, Any], files: Mapping[str, str], shown: Mapping[str, str]) -> str:
    """How it is judged, and what else there is."""
    rules = (
        f"It is judged by the repository's own tests (`{grading['command']}`), some of which are not shown. The "
        "original tests are put back before they run: do not change them."
    )
    others = [path for path in sorted(files) if path not in shown]
    if not others:
        return rules
    listed = "".join(f"- `{path}`\n" for path in others[:_MOST_LISTED])
    more = f"- and {len(others) - _MOST_LISTED} more\n" if len(others) > _MOST_LISTED else ""
    return f"{rules}\n\nFiles that are there and not shown:\n\n{listed}{more}".rstrip()
