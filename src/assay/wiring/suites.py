"""A suite by name or folder, as this machine can take it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from assay.core.errors import UserError
from assay.core.run import PlannedSuite
from assay.core.task import Suite
from assay.graders import INSEPARABLE, STRICT
from assay.suites import load
from assay.suites.select import select
from assay.wiring.judging import build_judge, tools_for


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """One suite of a run, and which of its tasks are wanted."""

    suite: Suite
    source: str
    wanted: frozenset[str]
    filters: Mapping[str, str]
    settings: Mapping[str, str]
    fingerprints: Mapping[str, str]
    """Per language that can be judged here."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a user can say of the suites of a run."""

    languages: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    data: str = ""
    protocol: str = ""
    variant: int = 0
    strict: bool = False
    sandbox: str = ""

    @property
    def of_any_day(self) -> Wish:
        return msgspec.structs.replace(self, since="", until="")

    @property
    def filters(self) -> dict[str, str]:
        """What leaves tasks out, as a run records it."""
        given = {"language": ",".join(self.languages), "category": ",".join(self.categories)}
        return {key: value for key, value in (given | {"since": self.since, "until": self.until}).items() if value}

    @property
    def settings(self) -> dict[str, str]:
        """What else has to be known to load the same suite again, from whichever folder."""
        data = str(Path(self.data).expanduser().absolute()) if self.data else ""
        return {key: value for key, value in {"data": data, "protocol": self.protocol}.items() if value}


def wish_again(suite: PlannedSuite, *, variant: int, sandbox: str) -> Wish:
    """The wish that a recorded suite came from."""
    told = suite.filters | suite.settings
    return Wish(
        languages=tuple(filter(None, told.pop("language", "").split(","))),
        categories=tuple(filter(None, told.pop("category", "").split(","))),
        variant=variant,
        strict=suite.grader in STRICT.values(),
        sandbox=sandbox,
        **told,
    )


def load_wished(source: str, wish: Wish) -> Suite:
    """The suite whole, before any filter but its window of dates."""
    return load(
        source,
        variant=wish.variant,
        data=Path(wish.data).expanduser() if wish.data else None,
        protocol=wish.protocol,
        since=wish.since,
        until=wish.until,
    )


def choose_suite(source: str, wish: Wish) -> Chosen:
    suite = load_wished(source, wish)
    if wish.strict and suite.grader in INSEPARABLE:
        raise UserError(f"{suite.name}: --strict cannot be had: {INSEPARABLE[suite.grader]}; leave --strict")
    selected = select(suite, languages=wish.languages, categories=wish.categories)
    wanted = selected.tasks
    tools = {task.language: tools_for(task.language, grader=suite.grader) for task in wanted}
    judge = build_judge(tools.values(), sandbox=wish.sandbox)
    grader = STRICT.get(suite.grader, suite.grader) if wish.strict else suite.grader
    parts = {need: f"{tools[task.language]}:{need}" for task in wanted for need in task.needs}
    asked = sorted((tools | parts).items())
    unsupported = {name: reason for name, tool in asked if (reason := judge.supports(tool))}
    return Chosen(
        suite=msgspec.structs.replace(
            suite, unsupported=unsupported, grader=grader, without_variants=selected.without_variants
        ),
        source=source,
        wanted=frozenset(task.id for task in wanted),
        filters=wish.filters,
        settings=wish.settings,
        fingerprints={
            language: judge.fingerprint(tools[language]) for language in sorted(tools) if language not in unsupported
        },
    )
