"""A suite by name or folder, as this machine can take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from assay.core.task import Suite
from assay.graders import STRICT
from assay.suites import load
from assay.suites.select import select
from assay.wiring.judging import build_judge


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """One suite of a run, and which of its tasks are wanted."""

    suite: Suite
    source: str
    wanted: frozenset[str]
    filters: Mapping[str, str]
    fingerprints: Mapping[str, str]
    """Per language that can be judged here."""


def choose_suite(
    source: str, *, languages: Sequence[str], categories: Sequence[str], variant: int, strict: bool, sandbox: str
) -> Chosen:
    suite = load(source, variant=variant)
    wanted = select(suite, languages=languages, categories=categories).tasks
    filters = {"language": ",".join(languages), "category": ",".join(categories)}
    spoken = sorted({task.language for task in wanted})
    judge = build_judge(spoken, sandbox=sandbox)
    grader = STRICT.get(suite.grader, suite.grader) if strict else suite.grader
    unsupported = {language: reason for language in spoken if (reason := judge.supports(language))}
    return Chosen(
        suite=msgspec.structs.replace(suite, unsupported=unsupported, grader=grader),
        source=source,
        wanted=frozenset(task.id for task in wanted),
        filters={key: value for key, value in filters.items() if value},
        fingerprints={language: judge.fingerprint(language) for language in spoken if language not in unsupported},
    )
