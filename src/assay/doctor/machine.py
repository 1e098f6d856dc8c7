"""What this machine can judge and enforce, tried rather than guessed."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from assay.sandboxes.containers.support import what_containers_allow
from assay.sandboxes.linux.attacks import quick_attacks
from assay.sandboxes.linux.support import what_this_kernel_allows
from assay.sandboxes.toolchains import LANGUAGES, ONLY, PROGRAMS, RECIPES, find


class Line(msgspec.Struct, frozen=True):
    """One thing, whether it is there, and what to do if not."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = False
    """Without it no answer can be judged safely."""


def examine() -> list[Line]:
    kernel = list(_kernel())
    held = [] if any(line.needed and not line.ok for line in kernel) else list(_attacks())
    return [*kernel, *held, *_containers(), *_languages()]


def _kernel() -> Iterator[Line]:
    for check in what_this_kernel_allows():
        yield Line(check.name, check.ok, check.detail, check.remedy, check.needed)


def _attacks() -> Iterator[Line]:
    """A few ways out, tried: a box that opens is not yet a box that holds."""
    for check in quick_attacks():
        yield Line(check.name, check.ok, check.detail, check.remedy, check.needed)


def _containers() -> Iterator[Line]:
    for check in what_containers_allow():
        yield Line(check.name, check.ok, check.detail, check.remedy, check.needed)


def _languages() -> Iterator[Line]:
    """Each language, and below it the benchmarks that want more of it than is here."""
    for language in (*LANGUAGES, *PROGRAMS):
        found = find(language)
        if isinstance(found, str):
            yield Line(language, False, "its tasks are left out of suites", found)
            continue
        yield Line(language, True, found.version)
        for recipe in RECIPES:
            wanted = find(language, recipe) if language in ONLY.get(recipe, (language,)) else ""
            if isinstance(wanted, str) and wanted:
                yield Line(language, False, f"its tasks are left out of {recipe}", wanted)
