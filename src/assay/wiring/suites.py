"""A suite by name or folder, as this machine can take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from assay.core.errors import UserError
from assay.core.task import Suite
from assay.suites import load, select
from assay.wiring.judging import build_judge


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """One suite of a run, and which of its tasks are wanted."""

    suite: Suite
    source: str
    wanted: frozenset[str]
    filters: Mapping[str, str]
    fingerprints: Mapping[str, str]
    """Per language that can be judged here."""


def choose_suite(source: str, languages: Sequence[str], categories: Sequence[str], variant: int) -> Chosen:
    suite = load(source, variant=variant)
    wanted = frozenset(task.id for task in select(suite.tasks, languages=languages, categories=categories))
    filters = {"language": ",".join(languages), "category": ",".join(categories)}
    filters = {key: value for key, value in filters.items() if value}
    if not wanted:
        said = ", ".join(f"--{key} {value}" for key, value in filters.items())
        raise UserError(f"no task of suite '{suite.name}' has {said}" if said else f"suite '{suite.name}' has no tasks")
    judge = build_judge()
    spoken = sorted({task.language for task in suite.tasks if task.id in wanted})
    unsupported = {language: reason for language in spoken if (reason := judge.supports(language))}
    return Chosen(
        suite=msgspec.structs.replace(suite, unsupported=unsupported),
        source=source,
        wanted=wanted,
        filters=filters,
        fingerprints={language: judge.fingerprint(language) for language in spoken if language not in unsupported},
    )
