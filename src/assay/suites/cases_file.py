"""tests/cases.jsonl: reads a task's cases and says of each line what is wrong with it.

The cases stay in the form in which they are written; the grader turns their values into Python ones.
"""

from __future__ import annotations

import json
from collections.abc import Set
from typing import Any

import msgspec

from assay.core.names import did_you_mean, nearest
from assay.formats.values import from_json, match_fault
from assay.suites.faults import Faults
from assay.suites.task_toml import is_inner_path

_ACTS = ("call", "new", "do")
_EXPECTATIONS = ("returns", "raises", "after")
_STEP_KEYS = (*_ACTS, "args", *_EXPECTATIONS, "match")
_CALL_KEYS = ("name", "call", "args", *_EXPECTATIONS, "match")
_SEQUENCE_KEYS = ("name", "steps", "match")
_PROGRAM_KEYS = ("name", "run", "stdout", "exit", "files", "match")
_RUN_KEYS = ("argv", "stdin", "files")
_RAISES_KEYS = ("kind", "message")

_decoder = msgspec.json.Decoder()


class CaseReader:
    """Reads one task's cases; faults name the line."""

    def __init__(self, *, place: str, names: Set[str], source: str, has_checker: bool, faults: Faults) -> None:
        self.place = place
        self.names = names
        """What may be called; empty when that is not known."""
        self.source = source
        """Where `names` stand, in words."""
        self.has_checker = has_checker
        self.faults = faults
        self.line = 0
        self.seen: dict[str, int] = {}
        self.uses_checker = False

    def read(self, data: bytes) -> list[dict[str, Any]]:
        """The cases that `data` holds, without those that are no objects."""
        cases = []
        for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
            self.line = number
            if line.strip():
                case = self._parse(line)
                if case is not None:
                    self._check(case, tagged=b'"$' in line)
                    cases.append(case)
        kinds = {"run" if "run" in case else "call" for case in cases}
        if len(kinds) > 1:
            self.faults.add(self.place, "holds both calls and programs (run); a task is the one or the other")
        if not cases and not self.line_faults():
            self.faults.add(self.place, "no case; write at least one line")
        if self.has_checker and cases and not self.uses_checker:
            self.faults.add(self.place, 'no case says "match": "checker", so tests/checker.py is never asked')
        return cases

    def line_faults(self) -> bool:
        return any(line.startswith(self.place + ":") for line in self.faults.lines)

    def _fault(self, what: str) -> None:
        self.faults.add(f"{self.place}:{self.line}", what)

    def _parse(self, line: bytes) -> dict[str, Any] | None:
        try:
            case = _decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._fault(f"no JSON ({_json_fault(line) or error}); one object a line")
            return None
        if not isinstance(case, dict):
            self._fault('needs an object, like {"call": "f", "args": [1], "returns": 2}')
            return None
        return case

    def _check(self, case: dict[str, Any], *, tagged: bool) -> None:
        self._check_name(case)
        self._check_match(case)
        if "run" in case:
            self._check_program(case)
        elif "steps" in case:
            self._check_sequence(case, tagged)
        elif "call" in case:
            self._known(case, _CALL_KEYS)
            self._check_step(case, tagged)
            if not _expects(case):
                self._fault('expects nothing; add "returns", "raises" or "after"')
        else:
            known = ("call", "steps", "run")
            slip = next((near for key in case if (near := nearest(key, known))), "")
            self._fault(f'needs "call", "steps" or "run"{f"; did you mean “{slip}”?" if slip else ""}')

    def _known(self, table: dict[str, Any], keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                self._fault(f"unknown key “{key}”: {did_you_mean(key, keys)}")

    def _check_name(self, case: dict[str, Any]) -> None:
        name = case.get("name")
        if name is None:
            return
        if not isinstance(name, str):
            self._fault('"name" needs a text')
        elif name in self.seen:
            self._fault(f"the name “{name}” stands on line {self.seen[name]} already")
        else:
            self.seen[name] = self.line

    def _check_match(self, table: dict[str, Any]) -> None:
        match = table.get("match", "exact")
        if problem := match_fault(match):
            self._fault(problem)
        if match == "checker":
            self.uses_checker = True
            if not self.has_checker:
                self._fault('"match": "checker" needs tests/checker.py with def check(args, got)')

    def _check_sequence(self, case: dict[str, Any], tagged: bool) -> None:
        self._known(case, _SEQUENCE_KEYS)
        steps = case["steps"]
        if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps) or not steps:
            self._fault('"steps" needs a list of objects, like [{"new": "Cache"}, {"do": "get", "args": [1]}]')
            return
        made = False
        for step in steps:
            self._known(step, _STEP_KEYS)
            self._check_match(step)
            self._check_step(step, tagged)
            if "do" in step and not made:
                self._fault(f"“{step['do']}” is done before any object was made; begin with a step “new”")
                made = True
            made = made or "new" in step
        if not any(_expects(step) for step in steps):
            self._fault('no step expects anything; add "returns" or "raises" to one')
        if "match" in case and case["match"] == "checker" and len(steps) > 1:
            self._fault('say "match": "checker" on the step that is to be checked')

    def _check_step(self, step: dict[str, Any], tagged: bool) -> None:
        acts = [act for act in _ACTS if act in step]
        if len(acts) != 1:
            self._fault('a step needs one of "call", "new" and "do"')
            return
        name = step[acts[0]]
        if not isinstance(name, str):
            self._fault(f'"{acts[0]}" needs a name')
        elif self.names and name.rpartition(".")[2].rpartition("::")[2] not in self.names:
            self._fault(f"“{name}” is not in {self.source}: {did_you_mean(name, self.names)}")
        for key in ("args", "after"):
            if key in step and not isinstance(step[key], list):
                self._fault(f'"{key}" needs a list')
        if "after" in step and len(step["after"]) != len(step.get("args", ())):
            self._fault('"after" needs as many values as "args"')
        if "returns" in step and "raises" in step:
            self._fault('"returns" and "raises" exclude each other')
        if "raises" in step:
            self._check_raises(step["raises"])
        if tagged:
            for key in ("args", "returns", "after"):
                self._check_value(key, step.get(key))

    def _check_value(self, key: str, value: Any) -> None:
        try:
            from_json(value)
        except ValueError as error:
            self._fault(f"{key}: {error}")

    def _check_raises(self, raises: Any) -> None:
        if isinstance(raises, dict):
            self._known(raises, _RAISES_KEYS)
            fine = bool(raises) and all(isinstance(value, str) for value in raises.values())
        else:
            fine = raises is True or (isinstance(raises, str) and raises != "")
        if not fine:
            self._fault('"raises" needs true, a name like "ValueError", or {"kind": …, "message": …}')

    def _check_program(self, case: dict[str, Any]) -> None:
        self._known(case, _PROGRAM_KEYS)
        run = case["run"]
        if not isinstance(run, dict):
            self._fault('"run" needs an object, like {"argv": [], "stdin": "3 4"}')
            return
        self._known(run, _RUN_KEYS)
        argv, stdin = run.get("argv", []), run.get("stdin", "")
        if not isinstance(argv, list) or not all(isinstance(item, str) for item in argv):
            self._fault('"argv" needs a list of texts')
        if not isinstance(stdin, str) or not isinstance(case.get("stdout", ""), str):
            self._fault('"stdin" and "stdout" need texts')
        code = case.get("exit", 0)
        if not isinstance(code, int) or isinstance(code, bool):
            self._fault('"exit" needs a whole number')
        self._check_files(run.get("files", {}))
        self._check_files(case.get("files", {}))
        if not {"stdout", "exit", "files"} & case.keys() and case.get("match") != "checker":
            self._fault('expects nothing; add "stdout", "exit" or "files"')

    def _check_files(self, files: Any) -> None:
        if not isinstance(files, dict) or not all(isinstance(content, str) for content in files.values()):
            self._fault('"files" needs an object of paths and texts')
            return
        for path in files:
            if problem := is_inner_path(path):
                self._fault(problem)


def _expects(step: dict[str, Any]) -> bool:
    return any(key in step for key in _EXPECTATIONS) or step.get("match") == "checker"


def _json_fault(line: bytes) -> str:
    """What the standard library says of a bad line: it counts columns."""
    try:
        json.loads(line)
    except json.JSONDecodeError as error:
        return f"{error.msg} at column {error.colno}"
    except (UnicodeDecodeError, RecursionError):
        return ""
    return ""
