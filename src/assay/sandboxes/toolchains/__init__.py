"""One small module per language: where its tools are, and how an answer in it is built and driven."""

from __future__ import annotations

import functools
import importlib
from typing import Any

from assay.sandboxes.box import Mount
from assay.sandboxes.toolchains.base import Toolchain

MODULES = {
    "python": "assay.sandboxes.toolchains.python",
    "javascript": "assay.sandboxes.toolchains.javascript",
    "typescript": "assay.sandboxes.toolchains.typescript",
    "go": "assay.sandboxes.toolchains.golang",
    "rust": "assay.sandboxes.toolchains.rust",
    "java": "assay.sandboxes.toolchains.java",
    "cpp": "assay.sandboxes.toolchains.cpp",
}
LANGUAGES = tuple(MODULES)
"""Those whose functions can be called, one by one."""

_INTERPRETED = "assay.sandboxes.toolchains.interpreted"
PROGRAMS = {
    "csharp": "assay.sandboxes.toolchains.csharp:find",
    "php": f"{_INTERPRETED}:find_php",
    "bash": f"{_INTERPRETED}:find_bash",
    "ruby": f"{_INTERPRETED}:find_ruby",
    "lua": f"{_INTERPRETED}:find_lua",
    "perl": f"{_INTERPRETED}:find_perl",
    "r": f"{_INTERPRETED}:find_r",
    "julia": f"{_INTERPRETED}:find_julia",
}
"""Languages in which whole programs can be run, and nothing else."""

RECIPES = {
    "multipl-e": "assay.sandboxes.toolchains.multipl_e:find",
    "exercise": "assay.sandboxes.toolchains.exercises:find",
    "bigcodebench": "assay.sandboxes.toolchains.bigcodebench:find",
    "command": "assay.sandboxes.toolchains.commands:find",
    "written-tests": "assay.sandboxes.toolchains.written_tests:find",
    "packages": "assay.sandboxes.toolchains.go_packages:find",
}
"""Harnesses whose own commands are known, to functions from a language to how they build and run a program in it."""

ONLY = {
    "exercise": ("python", "javascript", "go", "rust", "java", "cpp"),
    "bigcodebench": ("python",),
    "command": ("python", "javascript", "typescript", "go", "rust"),
    "packages": ("go",),
}
"""The languages of those that are for some only."""


@functools.cache
def find(language: str, recipe: str = "") -> Toolchain | str:
    """The language's toolchain on this machine, or the reason why there is none, with what to install. `recipe`
    names a harness whose commands are to be used instead of the language's own here; it may stand behind the
    language's name, too (`java:exercise`), and behind it a library that has to be there."""
    if not recipe:
        language, _, recipe = language.partition(":")
    try:
        found = _looked_for(language, recipe)
        if not isinstance(found, str):
            _ = found.mounts  # makes the folders that it keeps things in
        return found
    except OSError as error:
        return f"its files cannot be kept here: {error}; set ASSAY_HOME to a folder that can be written to"


def _looked_for(language: str, recipe: str) -> Toolchain | str:
    found: Toolchain | str
    if recipe:
        recipe, _, library = recipe.partition(":")
        found = _attribute(RECIPES[recipe])(language, *([library] if library else []))
    elif language in MODULES:
        found = _attribute(f"{MODULES[language]}:find")()
    elif language in PROGRAMS:
        found = _attribute(PROGRAMS[language])()
    else:
        found = f"no language called {language!r} is known; known are {', '.join((*MODULES, *PROGRAMS))}"
    return found


def _attribute(dotted: str) -> Any:
    module, _, name = dotted.partition(":")
    return getattr(importlib.import_module(module), name)


def all_mounts() -> tuple[Mount, ...]:
    """What of the host a box must show, read-only, for every language that is here; nothing twice."""
    found = (find(language) for language in (*LANGUAGES, *PROGRAMS))
    mounts = {
        mount.source: mount for toolchain in found if not isinstance(toolchain, str) for mount in toolchain.mounts
    }
    return tuple(mounts.values())
