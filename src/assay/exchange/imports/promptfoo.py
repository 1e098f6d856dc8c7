"""promptfoo: its output as JSON or JSON lines. A provider under a prompt is what is compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.messages import Usage
from assay.core.trial import Status
from assay.exchange.imports.found import Found, Notes, Series, asked, counted, number, score_in, seconds_at
from assay.exchange.imports.pieces import JsonFile
from assay.exchange.imports.reading import files_of, read_lines

_ERROR = 2
"""`failureReason`: 0 none, 1 an assertion failed, 2 an error."""


class _Tokens(msgspec.Struct):
    prompt: int | None = None
    completion: int | None = None


class _Response(msgspec.Struct):
    output: Any = None
    cached: bool | None = None
    tokenUsage: _Tokens | None = None


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
    promptId: str = ""


def read(path: Path, note: Notes) -> Iterator[Found]:
    for file in files_of(path, ("*.json", "*.jsonl")):
        yield from _file(file, note)


def _file(path: Path, note: Notes) -> Iterator[Found]:
    series: dict[tuple[str, str], Series] = {}
    cached = 0
    suite, started = path.stem, 0.0
    for place, row in _rows(path):
        if isinstance(row, _Head):
            suite, started = row.suite or suite, row.started
            continue
        cached += row.response is not None and bool(row.response.cached)
        yield _found(_series(series, row, suite), row, place, started)
    if cached:
        note(f"{path.name}: {cached} answers came from promptfoo's cache: their time and cost are unknown, not 0")


class _Head(msgspec.Struct):
    suite: str
    started: float


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
        description = parts["config"].members().get("description") if "config" in parts else None
        started = seconds_at(results["timestamp"].decode(str)) if "timestamp" in results else 0.0
        yield str(path), _Head(description.decode(str) if description else "", started)
        for piece in results["results"].elements():
            yield str(piece), piece.decode(_Row)


def _series(known: dict[tuple[str, str], Series], row: _Row, suite: str) -> Series:
    provider = row.provider if isinstance(row.provider, _Provider) else _Provider(id=row.provider)
    prompt = row.promptId or str(row.promptIdx)
    key = (provider.label or provider.id or "unknown", prompt)
    if key not in known:
        known[key] = Series(
            tool="promptfoo", model=key[0], suite=suite, protocol="promptfoo",
            settings={"provider": provider.id, "prompt": prompt},
        )  # fmt: skip
    return known[key]


def _found(series: Series, row: _Row, place: str, started: float) -> Found:
    response = row.response or _Response()
    fresh = not response.cached
    tokens = (response.tokenUsage if fresh else None) or _Tokens()
    latency, cost = (number(row.latencyMs), number(row.cost)) if fresh else (None, None)
    broken = row.failureReason == _ERROR or (row.failureReason is None and bool(row.error) and not row.success)
    score = None if broken else score_in(row.success if row.score is None else row.score, place)
    status = Status.PROVIDER_ERROR if broken else Status.PASSED if row.success else Status.FAILED
    task_id = f"{row.testIdx}: {row.testCase.description}" if row.testCase.description else str(row.testIdx)
    output = response.output
    return series.found(
        task_id,
        sample=series.next_sample(task_id),
        score=score,
        status=status,
        passed=None if broken else row.success,
        reason=((row.error if broken else row.gradingResult and row.gradingResult.reason) or "")[:200],
        completion=output
        if isinstance(output, str)
        else None
        if output is None
        else msgspec.json.encode(output).decode(),
        ask=asked(("user", row.prompt.raw)) if row.prompt.raw else None,
        latency=latency / 1000 if latency is not None else None,
        usage=Usage(input=counted(tokens.prompt), output=counted(tokens.completion)),
        cost_usd=cost,
        cost_source="unknown" if cost is None else "priced",
        task_hash="promptfoo:"
        + content_hash(row.testCase.vars if row.vars is None else row.vars, row.testCase.asserts),
        started_at=started,
    )
