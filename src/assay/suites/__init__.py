"""Where tasks come from: the suite in the box, a folder of the user's, the public benchmarks."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.names import did_you_mean
from assay.core.task import Suite
from assay.suites.asked import Asked
from assay.suites.official_data import OfficialFile


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A suite that is known by name."""

    load: str
    """`module:function` from `Asked` to a Suite."""
    about: str
    parts: tuple[str, ...] = ()
    """What may stand behind a colon, as far as it can be listed; the loader knows all."""
    files: str = ""
    """`module:function` from the part to the official files that it needs; empty: nothing is downloaded."""
    takes: tuple[str, ...] = ("data",)
    """Which settings of `Asked` it heeds; others are refused."""
    verified: bool = True
    """It was run on its official rows, and came to what the official harness says."""


SUITES = {
    "core": Listed(load="assay.suites.folder:load_core", about="original tasks in seven languages", takes=()),
    "humaneval": Listed(
        load="assay.suites.humaneval:load", files="assay.suites.humaneval:files", parts=("base",),
        about="HumanEval, 164 Python functions",
    ),
    "mbpp": Listed(
        load="assay.suites.mbpp:load", files="assay.suites.mbpp:files", parts=("base",),
        about="MBPP, the test split of 500 Python functions",
    ),
    "mbpp-sanitized": Listed(
        load="assay.suites.mbpp:load_sanitized", files="assay.suites.mbpp:files_sanitized", parts=("base",),
        about="MBPP, the 427 tasks that were checked by hand",
    ),
    "humaneval+": Listed(
        load="assay.suites.evalplus:load_humaneval", files="assay.suites.evalplus:files_humaneval",
        parts=("base", "v0.1.9", "v0.1.9:base"),
        about="EvalPlus' HumanEval+, 164 functions on many more inputs",
    ),
    "mbpp+": Listed(
        load="assay.suites.evalplus:load_mbpp", files="assay.suites.evalplus:files_mbpp",
        parts=("base", "v0.1.0", "v0.1.0:base"),
        about="EvalPlus' MBPP+, 378 functions on many more inputs",
    ),
    "multipl-e": Listed(
        load="assay.suites.multipl_e:load", parts=("rust", "mbpp-rust", "rust:base"),
        about="MultiPL-E, HumanEval and MBPP in fifteen languages",
    ),
    "infilling": Listed(
        load="assay.suites.infilling:load", files="assay.suites.infilling:files",
        parts=("single-line", "multi-line", "random-span", "random-span-light", "single-line:base"),
        about="HumanEval infilling, gaps in Python functions",
    ),
    "cruxeval": Listed(
        load="assay.suites.cruxeval:load", files="assay.suites.cruxeval:files",
        parts=("input", "output", "input:cot", "output:cot", "input:base"),
        about="CRUXEval, what 800 Python functions return and what makes them",
    ),
    "aider-polyglot": Listed(
        load="assay.suites.aider_polyglot:load", parts=("whole", "diff", "udiff", "patch"),
        about="Aider's polyglot benchmark, 225 exercises in six languages",
    ),
    "openai-evals": Listed(
        load="assay.suites.openai_evals:load", parts=("NAME",), takes=("data", "protocol"), verified=False,
        about="evals of the openai/evals registry: match, includes, fuzzy match, JSON match",
    ),
    "bigcodebench": Listed(
        load="assay.suites.bigcodebench:load", verified=False,
        parts=("complete", "instruct", "complete-hard", "instruct-hard", "complete:base"),
        about="BigCodeBench, Python functions that call libraries",
    ),
    "livecodebench": Listed(
        load="assay.suites.livecodebench:load", files="assay.suites.livecodebench:files",
        parts=("release_v6", "v6", "base"), takes=("data", "since", "until"), verified=False,
        about="LiveCodeBench, contest problems with their dates",
    ),
    "codecontests": Listed(
        load="assay.suites.codecontests:load", parts=("valid", "cpp", "java"), verified=False,
        about="CodeContests, programs that read and print",
    ),
    "apps": Listed(
        load="assay.suites.apps:load", parts=("train", "base"), verified=False,
        about="APPS, programs and functions with many tests",
    ),
}  # fmt: skip


def load(
    name_or_path: str,
    *,
    variant: int = 0,
    data: Path | None = None,
    protocol: str = "",
    since: str = "",
    until: str = "",
) -> Suite:
    """The suite of that name, or in that folder (`./my-suite`); `variant` 0 is the tasks as written."""
    if variant != 0:
        raise UserError(f"{name_or_path}: there is no variant {variant}; its tasks have only variant 0")
    name, _, part = name_or_path.partition(":")
    if name in SUITES:
        asked = Asked(name=name_or_path, part=part, data=data, protocol=protocol, since=since, until=until)
        return _load_listed(SUITES[name], asked)
    _refuse(name_or_path, (), data=data, protocol=protocol, since=since, until=until)
    if _is_path(name_or_path):
        from assay.suites.folder import load_folder

        return load_folder(Path(name_or_path).expanduser())
    raise unknown(name_or_path)


def _load_listed(listed: Listed, asked: Asked) -> Suite:
    settings = {name: getattr(asked, name) for name in ("data", "protocol", "since", "until")}
    _refuse(asked.name, listed.takes, **settings)
    if asked.part and not listed.parts:
        raise UserError(f"{asked.name}: the suite “{asked.name.partition(':')[0]}” has no parts; leave “:{asked.part}”")
    loader: Callable[[Asked], Suite] = _attribute(listed.load)
    return loader(asked)


def _refuse(name: str, takes: tuple[str, ...], **settings: object) -> None:
    for setting, value in settings.items():
        if value and setting not in takes:
            raise UserError(f"{name}: takes no --{setting}")


def official_files(name: str) -> tuple[OfficialFile, ...]:
    """The official files that a suite needs."""
    base, _, part = name.partition(":")
    if base not in SUITES:
        raise unknown(name)
    listed = SUITES[base]
    found: tuple[OfficialFile, ...] = _attribute(listed.files)(part) if listed.files else ()
    return found


def unknown(name: str) -> UserError:
    """The word about a suite that is not known by name."""
    return UserError(
        f"unknown suite “{name}”: {did_you_mean(name, SUITES)} A folder of your own is given with its path: ./my-suite"
    )


def _attribute(dotted: str) -> Any:
    module, _, name = dotted.partition(":")
    return getattr(importlib.import_module(module), name)


def _is_path(text: str) -> bool:
    marked = text.startswith((".", "~")) or "/" in text or os.sep in text
    return marked or any((Path(text) / name).is_file() for name in ("suite.toml", "task.toml"))
