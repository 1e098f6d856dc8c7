"""Reading lines of JSON that somebody else wrote, and gathering answers from them: every fault has its line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.names import nearest
from assay.core.task import Suite
from assay.exchange.answers import Answer, AnswerSet
from assay.exchange.answers.documents import PACKED_WRONG, cannot_unpack, document, opened
from assay.exchange.no_json import why_no_json

LARGEST = 16 << 20
"""Characters of one answer; a longer one is no program."""
_THEIRS = "canonical_solution"
"""The benchmark's own, in rows that hold the whole task: nobody's answer."""
_LONGEST = 16 * LARGEST
"""Bytes of one line; a small packed file can hold one that fills the memory."""
_AHEAD = 64
_SHOWN = 5
_MARK = b"\xef\xbb\xbf"

_decode = msgspec.json.Decoder().decode


def json_lines(path: Path, faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of a file of lines, or of one that is a JSON list, with its place; what is no object goes into
    `faults`."""
    try:
        with opened(path) as file:
            if file.peek(_AHEAD).removeprefix(_MARK).lstrip().startswith(b"["):
                yield from _listed(document(path), faults)
                return
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST), b""), start=1):
                if not line.strip():
                    continue
                where = f"line {number}"
                try:
                    row = _decode(line.removeprefix(_MARK))
                except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                    faults.append(f"{where}: {_undecodable(line, error)}")
                    continue
                if isinstance(row, dict):
                    yield where, row
                else:
                    faults.append(f"{where}: no JSON object")
    except PACKED_WRONG as error:
        raise cannot_unpack(path, error) from error
    except IsADirectoryError as error:
        raise UserError(f"{path}: is a folder; give the file of answers in it") from error
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from error


def _listed(rows: Any, faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            yield f"row {number}", row
        else:
            faults.append(f"row {number}: no JSON object")


def _undecodable(line: bytes, error: Exception) -> str:
    if not line.endswith((b"\n", b"}")):
        return "a half-written line; take it away, or write the file again"
    return f"no JSON in UTF-8 ({why_no_json(line, error)})"


def text_of(row: Mapping[str, Any], fields: Collection[str], *, also: Collection[str] = ()) -> tuple[str, str]:
    """The text of the first of these fields that is there, and what is wrong otherwise; `also` are known fields
    that a row may have besides."""
    field = next((name for name in fields if name in row), None)
    if field is None:
        strange = [name for name in row if name not in also and name != _THEIRS]
        near = next((name for name in strange if nearest(name, fields)), None)
        hint = f"; “{near}” has to be called “{nearest(near, fields)}”" if near else ""
        return "", f"has none of the fields {', '.join(fields)}{hint}"
    text = row[field]
    if not isinstance(text, str):
        return "", f"{field} is {_kind(text)}, no text"
    if len(text) > LARGEST:
        return "", f"{field} has {len(text):,} characters, more than {LARGEST:,}"
    return text, ""


def _kind(value: object) -> str:
    names = {"NoneType": "null", "int": "a number", "float": "a number", "list": "a list", "dict": "an object"}
    return names.get(type(value).__name__, type(value).__name__)


def _told(faults: Sequence[str]) -> str:
    """The first few, each kind once."""
    alike: dict[str, list[str]] = {}
    for fault in faults:
        alike.setdefault(fault.partition(": ")[2] or fault, []).append(fault)
    shown = [
        f"{found[0]} (and {len(found) - 1:,} more like it)" if len(found) > 1 else found[0]
        for found in list(alike.values())[:_SHOWN]
    ]
    more = f" (and {len(alike) - _SHOWN:,} more)" if len(alike) > _SHOWN else ""
    return "; ".join(shown) + more


def _spellings(ids: Collection[str]) -> dict[str, str]:
    """What else a task may be called, where it can be no other: its id in other cases (`MBPP/2`), and the number at
    its end, by which MBPP's own rows call it (`2`)."""
    called: dict[str, list[str]] = {}
    for known in ids:
        for name in {known.casefold(), known.rpartition("/")[2]}:
            called.setdefault(name, []).append(known)
    return {name: known[0] for name, known in called.items() if len(known) == 1}


def _numbers(task_id: str) -> str:
    """A task with another number is another task, however near its name."""
    return " ".join(re.findall(r"\d+", task_id))


class Gathering:
    """Answers to one suite's tasks, as they are found in one file or folder."""

    def __init__(self, path: Path, suite: Suite) -> None:
        self._path = path
        self._suite = suite
        self._ids = {task.id for task in suite.tasks}
        self._spelled = _spellings(self._ids)
        self._numbered: dict[str, list[str]] = {}
        for task_id in self._ids:
            self._numbered.setdefault(_numbers(task_id), []).append(task_id)
        self._found: dict[tuple[str, int], Answer] = {}
        self._counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self.notes: list[str] = []
        """What else a person has to know."""
        self.elsewhere = ""
        """Where a task may be that the suite has not."""

    def task_id(self, where: str, row: Mapping[str, Any], *, field: str = "task_id") -> str | None:
        """The row's task, if it is one of the suite's, by its id or another spelling of it."""
        task_id = row.get(field)
        if isinstance(task_id, str) and task_id in self._ids:
            return task_id
        if isinstance(task_id, (str, int)) and (meant := self._spelled.get(str(task_id).casefold())):
            return meant
        if isinstance(task_id, str):
            near = nearest(task_id, self._numbered.get(_numbers(task_id), ()))
            hint = f"; did you mean “{near}”?" if near else self.elsewhere
            said = f"the suite {self._suite.name} has no task “{task_id[:80]}”{hint}"
        elif task_id is None:
            near_field = nearest(field, [name for name in row if isinstance(name, str)])
            said = f"has no {field}" + (f"; “{near_field}” has to be called “{field}”" if near_field else "")
        else:
            said = f"{field} is {_kind(task_id)}, no text"
        self.faults.append(f"{where}: {said}")
        return None

    def add(
        self,
        where: str,
        task_id: str,
        files: dict[str, str],
        completion: str,
        *,
        sample: int | None = None,
        passed: bool | None = None,
    ) -> None:
        """A task's nth answer is its sample n, unless the file numbers them itself."""
        number = self._counts[task_id] if sample is None else sample
        if (task_id, number) in self._found:
            self.faults.append(f"{where}: a second answer that is sample {number} of {task_id}")
            return
        self._counts[task_id] += 1
        self._found[task_id, number] = Answer(task_id, number, files, completion, passed)

    def done(self) -> AnswerSet:
        """All of it. UserError where anything is wrong with the file: a number from half a file is a wrong one."""
        if self.faults:
            raise UserError(f"{self._path}: {_told(self.faults)}")
        if not self._found:
            raise UserError(f"{self._path}: holds no answers to tasks of {self._suite.name}")
        return AnswerSet(answers=tuple(self._found.values()), notes=(*self.notes, *self._notes()))

    def _all_alike(self) -> bool:
        alike: dict[str, str] = {}
        return all(alike.setdefault(one.task_id, one.completion) == one.completion for one in self._found.values())

    def _notes(self) -> Iterator[str]:
        missing = [task.id for task in self._suite.tasks if task.id not in self._counts]
        if missing:
            named = ", ".join(missing[:_SHOWN]) + (", …" if len(missing) > _SHOWN else "")
            yield f"{len(missing)} of {len(self._ids)} tasks have no answer ({named}); no score counts them"
        fewest, most = min(self._counts.values()), max(self._counts.values())
        if fewest != most:
            yield f"{fewest} to {most} samples a task: pass@k is defined for k up to {fewest}"
        if most > 1 and self._all_alike():
            yield "all samples of each task are the same text: a file written twice, or an answer that never varies"
        if empty := sum(not answer.completion.strip() for answer in self._found.values()):
            yield f"{empty} empty answer{'s' if empty > 1 else ''}, judged as they stand"
