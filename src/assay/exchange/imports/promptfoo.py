"""promptfoo: its output as JSON or JSON lines. A provider under a prompt is what is compared. The file is read
twice: it numbers a test that is repeated anew each time, so that only all its rows tell which are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.messages import Usage
from assay.core.trial import Status
from assay.exchange.imports.found import Found, Notes, Series, asked, counted, number, seconds_at
from assay.exchange.imports.pieces import JsonFile, Piece
from assay.exchange.imports.reading import files_of, read_lines

_ERROR = 2
"""`failureReason`: 0 none, 1 an assertion failed, 2 an error."""
_LABEL = 40
"""Letters of a prompt's label, which by default is the prompt itself, that go into a name."""


class _Details(msgspec.Struct):
    reasoning: int | None = None


class _Tokens(msgspec.Struct):
    total: int | None = None
    prompt: int | None = None
    completion: int | None = None
    completionDetails: _Details | None = None


class _Response(msgspec.Struct):
    output: Any = None
    cached: bool | None = None
    tokenUsage: _Tokens | None = None
    finishReason: str | None = None


class _Provider(msgspec.Struct):
    id: str = ""
    label: str | None = None


class _Prompt(msgspec.Struct):
    raw: str = ""
    label: str = ""


class _Test(msgspec.Struct):
    description: str | None = None
    vars: Any = None
    asserts: Any = msgspec.field(name="assert", default=None)


class _Graded(msgspec.Struct):
    reason: str | None = None


class _Row(msgspec.Struct):
    """One provider's answer to one prompt with the variables of one test."""

    success: bool
    promptIdx: int = 0
    testIdx: int = 0
    provider: _Provider | str = msgspec.field(default_factory=_Provider)
    prompt: _Prompt = msgspec.field(default_factory=_Prompt)
    testCase: _Test = msgspec.field(default_factory=_Test)
    vars: Any = None
    response: _Response | None = None
    error: str | None = None
    failureReason: int | None = None
    score: float | None = None
    latencyMs: float | None = None
    cost: float | None = None
    gradingResult: _Graded | None = None
    namedScores: dict[str, Any] | None = None


class _Head(msgspec.Struct):
    """What is said once for all rows; of JSON lines nothing is."""

    suite: str = ""
    started: float = 0.0
    release: str = ""


def read(path: Path, note: Notes) -> Iterator[Found]:
    files = files_of(path, ("*.json", "*.jsonl"))
    for file in files:
        if file.suffix == ".jsonl" and file.with_suffix(".json") in files:
            note(f"{file.name} is left out: {file.stem}.json beside it says the same, and more")
        else:
            yield from _file(file, note)


def _file(path: Path, note: Notes) -> Iterator[Found]:
    if path.suffix not in (".json", ".jsonl"):
        raise UserError(
            f"{path}: of promptfoo's forms only JSON and JSON lines say enough: `promptfoo eval -o out.json`"
        )
    head, plan, told = _Head(), _Plan(), _Told()
    for _, row in _rows(path):
        if isinstance(row, _Head):
            head = row
        else:
            plan.take(row)
    columns = plan.columns(head.suite or path.stem, head.release)
    tests = plan.tests()
    for place, row in _rows(path):
        if isinstance(row, _Row):
            yield _found(columns[row.promptIdx], tests[row.testIdx], row, place, head.started, told)
    told.say(path.name, note)


def _rows(path: Path) -> Iterator[tuple[str, _Row | _Head]]:
    if path.suffix == ".jsonl":
        yield from read_lines(path, _Row)
        return
    with JsonFile(path) as file:
        parts = file.whole.members()
        if "results" not in parts:
            raise UserError(f"{path}: no output of promptfoo: it has no `results`")
        results = parts["results"].members()
        if "results" not in results:
            raise UserError(f"{path}: no output of promptfoo: its `results` have no `results`")
        yield (
            str(path),
            _Head(
                _text(parts.get("config"), "description"),
                seconds_at(results["timestamp"].decode(str)) if "timestamp" in results else 0.0,
                _text(parts.get("metadata"), "promptfooVersion"),
            ),
        )
        for piece in results["results"].elements():
            yield str(piece), piece.decode(_Row)


def _text(part: Piece | None, key: str) -> str:
    """A member of an object that is a text; empty where there is none."""
    member = part.members().get(key) if part is not None else None
    value = member.decode(Any) if member is not None else None
    return value if isinstance(value, str) else ""


class _Plan:
    """Which rows are of the same test, and which of the same provider under the same prompt."""

    def __init__(self) -> None:
        self._columns: dict[int, tuple[str, str, str]] = {}
        self._tests: dict[int, tuple[str, str]] = {}

    def take(self, row: _Row) -> None:
        provider = row.provider if isinstance(row.provider, _Provider) else _Provider(id=row.provider)
        name = provider.label or provider.id or "unknown"
        self._columns.setdefault(row.promptIdx, (name, provider.id, row.prompt.label or str(row.promptIdx)))
        if row.testIdx not in self._tests:
            test = row.testCase
            content = content_hash(test.vars if row.vars is None else row.vars, test.asserts)
            self._tests[row.testIdx] = (content, test.description or "")

    def tests(self) -> dict[int, tuple[str, str]]:
        """Of each number in the file, the task's id and its hash: a repeat has a number of its own there."""
        order = {test: place for place, test in enumerate(dict.fromkeys(self._tests[n] for n in sorted(self._tests)))}
        return {
            n: (f"{order[test]}: {test[1]}" if test[1] else str(order[test]), f"promptfoo:{test[0]}")
            for n, test in self._tests.items()
        }

    def columns(self, suite: str, release: str) -> dict[int, Series]:
        several = len({prompt for _, _, prompt in self._columns.values()}) > 1
        alike: Counter[tuple[str, str, str]] = Counter()
        series = {}
        for n in sorted(self._columns):
            name, provider, prompt = column = self._columns[n]
            settings: dict[str, Any] = {"provider": provider, "prompt": prompt}
            if alike[column]:
                settings["column"] = alike[column]
            alike[column] += 1
            model = f"{name} · {' '.join(prompt.split())[:_LABEL]}" if several else name
            series[n] = Series(
                tool="promptfoo", model=model, suite=suite, protocol="promptfoo", settings=settings, release=release
            )
        return series


class _Told:
    """What has to be said once for all rows."""

    def __init__(self) -> None:
        self.cached = self.untested = self.odd = 0

    def say(self, name: str, note: Notes) -> None:
        if self.cached:
            note(f"{name}: {self.cached} answers came from promptfoo's cache: their time and cost are unknown, not 0")
        if self.untested:
            note(f"{name}: {self.untested} answers were held against no assertion; promptfoo counts them as passed")
        if self.odd:
            note(f"{name}: {self.odd} scores lie outside 0 to 1, or contradict their verdict, which is taken instead")


def _found(series: Series, task: tuple[str, str], row: _Row, place: str, started: float, told: _Told) -> Found:
    response = row.response or _Response()
    task_id, task_hash = task
    broken = row.failureReason == _ERROR or (row.failureReason is None and bool(row.error) and not row.success)
    told.cached += bool(response.cached)
    told.untested += not broken and not row.testCase.asserts
    known = not response.cached and not broken
    tokens = (response.tokenUsage if known else None) or _Tokens()
    counts = tokens if tokens.total or tokens.prompt or tokens.completion else _Tokens()
    latency, cost = (number(row.latencyMs), number(row.cost) or None) if known else (None, None)
    output = response.output
    why = row.error if broken else "" if row.success else row.gradingResult and row.gradingResult.reason
    return series.found(
        task_id,
        sample=series.next_sample(task_id),
        score=None if broken else _score(row, told),
        status=Status.PROVIDER_ERROR if broken else Status.PASSED if row.success else Status.FAILED,
        passed=None if broken else row.success,
        reason=(why or "")[:200],
        completion=output if isinstance(output, str) or output is None else msgspec.json.encode(output).decode(),
        ask=asked(("user", row.prompt.raw)) if row.prompt.raw else None,
        latency=latency / 1000 if latency is not None else None,
        usage=Usage(
            input=counted(counts.prompt),
            output=counted(counts.completion),
            reasoning=counted(counts.completionDetails and counts.completionDetails.reasoning),
        ),
        cost_usd=cost,
        cost_source="unknown" if cost is None else "priced",
        finish_reason=response.finishReason,
        task_hash=task_hash,
        started_at=started,
        detail={"named_scores": row.namedScores} if row.namedScores else None,
    )


def _score(row: _Row, told: _Told) -> float:
    """As stated, unless it is none or contradicts the verdict: a script of the user's may say anything."""
    score = number(row.success if row.score is None else row.score)
    if score is not None and 0 <= score <= 1 and score != float(not row.success):
        return score
    told.odd += 1
    return float(row.success)
