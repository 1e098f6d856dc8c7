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
from assay.suites.listed import SUITES, Listed
from assay.suites.official_data import OfficialFile


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
    name, _, part = name_or_path.partition(":")
    if name in SUITES:
        asked = Asked(
            name=name_or_path, part=part, data=data, protocol=protocol, since=since, until=until, variant=variant
        )
        return _load_listed(SUITES[name], asked)
    if not _is_path(name_or_path):
        raise unknown(name_or_path)
    _refuse(name_or_path, (), data=data, protocol=protocol, since=since, until=until)
    from assay.suites.folder import load_folder

    return load_folder(Path(name_or_path).expanduser(), variant=variant)


def _load_listed(listed: Listed, asked: Asked) -> Suite:
    settings = {name: getattr(asked, name) for name in ("data", "protocol", "since", "until", "variant")}
    _refuse(asked.name, listed.takes, **settings)
    if asked.data is not None and not asked.data.exists():
        raise UserError(
            f"{asked.data}: there is no such file or folder; --data names the official file of {asked.name}, "
            "or a folder that holds it"
        )
    if asked.part and not listed.parts:
        raise UserError(f"{asked.name}: the suite “{asked.name.partition(':')[0]}” has no parts; leave “:{asked.part}”")
    loader: Callable[[Asked], Suite] = _attribute(listed.load)
    return msgspec.structs.replace(loader(asked), verified=listed.verified)


def _refuse(name: str, takes: tuple[str, ...], **settings: object) -> None:
    for setting, value in settings.items():
        if value and setting not in takes:
            base = name.partition(":")[0]
            heed = [other for other, listed in SUITES.items() if setting in listed.takes]
            if setting == "protocol" and base in SUITES and SUITES[base].parts:
                hint = f"; another way of asking is a part of the suite: {base}:{SUITES[base].parts[0]}"
            else:
                hint = f"; {heed[0]} does" if len(heed) == 1 else ""
            raise UserError(f"{name}: takes no --{setting}{hint}")


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
    spelled = name.partition(":")[0].lower().replace("plus", "+")  # EvalPlus itself says both
    meant = f"did you mean “{spelled}”?" if spelled in SUITES else did_you_mean(name, SUITES)
    end = "" if meant.endswith("?") else "."
    return UserError(f"unknown suite “{name}”: {meant}{end} A folder of your own is given with its path: ./my-suite")


def _attribute(dotted: str) -> Any:
    module, _, name = dotted.partition(":")
    return getattr(importlib.import_module(module), name)


def _is_path(text: str) -> bool:
    marked = text.startswith((".", "~")) or "/" in text or os.sep in text
    return marked or any((Path(text) / name).is_file() for name in ("suite.toml", "task.toml"))
