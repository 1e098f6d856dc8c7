"""LiveCodeBench: the site's performances (problems × models) and its runner's `*_eval_all.json`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.trial import Status
from assay.exchange.imports.found import Found, Notes, Series, day, score_in
from assay.exchange.imports.pieces import JsonFile
from assay.exchange.imports.reading import decode, files_of, read_bytes

SAMPLES = 10
"""Answers to each problem under the official protocol."""


class _Performance(msgspec.Struct):
    question_id: str
    model: str
    pass_1: float = msgspec.field(name="pass@1")
    difficulty: str = ""
    platform: str = ""
    date: int | float | None = None


class _Site(msgspec.Struct):
    performances: list[_Performance]


class _Question(msgspec.Struct):
    """One problem in `eval_all`: its answers and what became of them."""

    question_id: str
    graded_list: list[bool]
    output_list: list[str] = []
    code_list: list[str] = []
    difficulty: str = ""
    platform: str = ""
    contest_date: str = ""
    metadata: Any = None


def read(path: Path, note: Notes) -> Iterator[Found]:
    for file in files_of(path, ("*_eval_all.json", "performances*.json")):
        with file.open("rb") as opened:
            first = opened.read(64).lstrip()[:1]
        if first == b"[":
            yield from _questions(file)
        elif first == b"{":
            yield from _site(decode(read_bytes(file), _Site, str(file)), str(file))
        else:
            raise UserError(f"{file}: neither the site's performances nor a list of graded problems")


def _site(site: _Site, place: str) -> Iterator[Found]:
    """A line is the share of a model's answers that pass. A model with other shares than 0 and 1 gave ten."""
    scores: dict[str, set[float]] = defaultdict(set)
    for one in site.performances:
        scores[one.model].add(one.pass_1)
    series = {
        model: Series(
            tool="livecodebench", model=model, suite="livecodebench", protocol="livecodebench: code generation"
        )
        for model in scores
    }
    for one in site.performances:
        single = scores[one.model] <= {0.0, 100.0}
        tenths = all(value % (100 / SAMPLES) == 0 for value in scores[one.model])
        score = score_in(one.pass_1 / 100, f"{place}: {one.model} on {one.question_id}")
        yield series[one.model].found(
            one.question_id,
            score=score,
            status=None if single else Status.SCORED,
            passed=score == 1 if single else None,
            weight=float(SAMPLES) if tenths and not single else 1.0,
            language="python",
            category=one.platform,
            difficulty=one.difficulty,
            date=day(one.date),
        )


def _questions(path: Path) -> Iterator[Found]:
    series = Series(
        tool="livecodebench", model=path.parent.name, suite="livecodebench", protocol="livecodebench: code generation"
    )
    with JsonFile(path) as file:
        for piece in file.whole.elements():
            one = piece.decode(_Question)
            codes = [*one.code_list, *([None] * len(one.graded_list))]
            outputs = [*one.output_list, *codes[len(one.output_list) :]]
            for sample, passed in enumerate(one.graded_list):
                code = codes[sample]
                yield series.found(
                    one.question_id,
                    sample=sample,
                    score=float(passed),
                    completion=outputs[sample],
                    files={"answer.py": code} if code else None,
                    language="python",
                    category=one.platform,
                    difficulty=one.difficulty,
                    date=one.contest_date[:10],
                )
