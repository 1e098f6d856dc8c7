"""The common answer, in every language, and how tests put it before the judge."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from assay.core.judging import Job, Outcome, Program, Step
from assay.core.task import Limits
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.toolchains import LANGUAGES

ANSWERS = Path(__file__).parent / "answers"


class Spoken(msgspec.Struct, frozen=True):
    """How the common answer looks in one language."""

    entry: str
    program: str
    fails: str
    """The kind of error that `fail` reports."""
    api: tuple[str, ...] = ()


SPOKEN = {
    "python": Spoken("answer.py", "program.py", "ValueError"),
    "javascript": Spoken("answer.js", "program.js", "RangeError"),
    "typescript": Spoken("answer.ts", "program.ts", "RangeError"),
    "go": Spoken("answer.go", "program.go", "error"),
    "java": Spoken("Answer.java", "Program.java", "IllegalArgumentException"),
    "cpp": Spoken("answer.cpp", "program.cpp", "invalid_argument", ("Counter::Counter(int start)",)),
    "rust": Spoken(
        "answer.rs",
        "program.rs",
        "Bad",
        (
            "fn add(a: i32, b: i32) -> i32", "fn echo_big(x: i128) -> i128", "fn floats(x: f64) -> Vec<f64>",
            "fn join(a: &str, b: &str) -> String", "fn raw(data: &[u8]) -> Vec<u8>",
            "fn nest(rows: Vec<Vec<i64>>) -> Vec<Vec<i64>>", "fn maybe(x: Option<i64>) -> Option<i64>",
            "fn counts(pairs: &mut HashMap<i64, String>) -> HashMap<i64, String>",
            "fn both(n: i64, text: String) -> (i64, String)", "fn sort_it(items: &mut Vec<i64>)",
            "fn fail(text: &str) -> Result<i64, Trouble>", "fn total(items: &[i64]) -> i64",
            "Counter::new(start: i64) -> Result<Counter, String>", "Counter::add(&mut self, k: i64)",
            "Counter::get(&self) -> i64", "fn leave()", "fn spin()", "fn nap()", "fn hog()", "fn deep(n: u64) -> u64",
            "fn blow(n: Vec<i64>) -> i64", "fn flood()", "fn forge() -> i64",
        ),
    ),
}  # fmt: skip

assert set(SPOKEN) == set(LANGUAGES)


def mostly(*quick: str) -> pytest.MarkDecorator:
    """A test of every language, in a quick run of these only: the others show nothing else."""
    rows = [pytest.param(name, marks=() if name in quick else pytest.mark.slow) for name in LANGUAGES]
    return pytest.mark.parametrize("bench", rows, indirect=True)


def call(name: str, *args: object) -> tuple[Step, ...]:
    """A case of one call."""
    return (Step("call", name, args),)


class Bench:
    """Puts the common answer of one language before the judge."""

    def __init__(self, judge: BoxJudge, language: str) -> None:
        self.judge = judge
        self.language = language
        self.spoken = SPOKEN[language]

    async def calls(self, *cases: tuple[Step, ...], source: str | None = None, limits: Limits | None = None) -> Outcome:
        text = (ANSWERS / f"{self.language}.answer").read_text("utf-8") if source is None else source
        return await self.judge.run(
            Job(
                language=self.language,
                files={self.spoken.entry: text},
                entry=self.spoken.entry,
                api=self.spoken.api,
                cases=cases,
                limits=limits or Limits(),
            )
        )

    async def programs(self, *programs: Program) -> Outcome:
        text = (ANSWERS / f"{self.language}.program").read_text("utf-8")
        entry = self.spoken.program
        return await self.judge.run(Job(language=self.language, files={entry: text}, entry=entry, programs=programs))
