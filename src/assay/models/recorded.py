"""Answers from a file: one JSON object a line, as evaluation harnesses exchange them.

A task's nth line is its sample n, unless lines number their samples themselves; then a later line of
the same number takes the earlier one's place, as in a journal.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError, UserError
from assay.core.messages import Reply, Request

FIELDS = ("completion", "solution", "text")
"""Where an answer may stand; the first that is there."""
_SHOWN = 5

_decode = msgspec.json.Decoder().decode


class RecordedModel:
    """`core.ports.Model` over a file of answers, read whole when it is made."""

    def __init__(self, entrant: Entrant) -> None:
        if not entrant.path:
            raise UserError(f"'{entrant.name}': type recorded needs `path: …`")
        self._path = entrant.path
        self._answers = read_answers(Path(entrant.path).expanduser())

    async def reply(self, request: Request) -> Reply:
        subject = request.subject
        if subject is None:
            raise ProviderError("recorded answers belong to tasks, and this request to none", fault=Fault.REJECTED)
        samples = self._answers.get(subject.task_id, {})
        text = samples.get(subject.sample)
        if text is None:
            held = f"sample {subject.sample} of {len(samples)}" if samples else "no answer"
            raise ProviderError(f"{self._path} holds {held} for {subject.task_id}", fault=Fault.REJECTED)
        return Reply(text=text, finish_reason="stop")

    async def close(self) -> None:
        """Nothing is held open."""


def read_answers(path: Path) -> dict[str, dict[int, str]]:
    """Answers by task and sample. Raises UserError naming the lines that hold none."""
    answers: dict[str, dict[int, str]] = {}
    bad: list[str] = []
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                problem = _take(line, answers) if line.strip() else ""
                if problem:
                    bad.append(f"line {number}: {problem}")
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from error
    if bad:
        more = f" (and {len(bad) - _SHOWN} more)" if len(bad) > _SHOWN else ""
        raise UserError(f"{path}: {'; '.join(bad[:_SHOWN])}{more}")
    if not answers:
        raise UserError(f'{path} holds no answers; a line looks like {{"task_id": …, "completion": …}}')
    return answers


def _take(line: bytes, answers: dict[str, dict[int, str]]) -> str:
    """Files one line; what is wrong with it, or nothing."""
    try:
        row: Any = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return f"no JSON in UTF-8 ({error})"
    if not isinstance(row, dict):
        return "no JSON object"
    task_id = row.get("task_id")
    if not isinstance(task_id, str):
        return "no task_id"
    texts = [row[field] for field in FIELDS if field in row]
    if not texts:
        return f"none of {', '.join(FIELDS)}"
    text = texts[0]
    if text is None:
        return ""  # a journal's line of a trial that came to nothing
    if not isinstance(text, str):
        return "the answer is no text"
    samples = answers.setdefault(task_id, {})
    sample = row.get("sample", len(samples))
    if not isinstance(sample, int) or sample < 0:
        return "sample is no number from 0 up"
    samples[sample] = text
    return ""
