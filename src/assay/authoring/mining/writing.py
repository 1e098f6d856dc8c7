"""Writes what was proven as task folders of a suite: the form is that of `docs/tasks.md`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assay.authoring.mining.report import prompt_of
from assay.authoring.mining.trying import Proven, Trees, parts_of
from assay.authoring.mining.wanted_names import wanted_names, wanted_texts
from assay.core.task import Limits
from assay.formats.languages import LANGUAGES, language_of_path
from assay.formats.test_paths import is_test
from assay.formats.toml_text import toml_text
from assay.suites.command_task import EXPECTED, TREE
from assay.suites.writing import put

_SHOWN = 96 << 10
"""Characters of files that a model is shown."""
_LICENCES = (
    ("Apache-2.0", "Apache License", "Version 2.0"),
    ("MPL-2.0", "Mozilla Public License", "2.0"),
    ("AGPL-3.0", "GNU AFFERO GENERAL PUBLIC LICENSE", ""),
    ("LGPL", "GNU LESSER GENERAL PUBLIC LICENSE", ""),
    ("GPL-3.0", "GNU GENERAL PUBLIC LICENSE", "Version 3"),
    ("GPL-2.0", "GNU GENERAL PUBLIC LICENSE", "Version 2"),
    ("MIT", "Permission is hereby granted, free of charge", ""),
    ("ISC", "Permission to use, copy, modify, and/or distribute", ""),
    ("BSD", "Redistribution and use in source and binary forms", ""),
    ("Unlicense", "This is free and unencumbered software", ""),
)
"""Licences, each with words that its text has."""


def write_task(root: Path, trees: Trees, proven: Proven, *, title: str, body: str, origin: str, limits: Limits) -> None:
    """The task's folder, whole."""
    suffixes = LANGUAGES[trees.language].suffixes
    table = {
        "title": title[:120],
        "language": trees.language,
        "category": "bugfix",
        "difficulty": difficulty_of(trees),
        "entry": next(path for path in trees.solution if path.endswith(suffixes)),
        "judge": "command",
        "command": trees.command,
        "show": list(shown(trees)),
        "origin": origin,
        "licence": licence_of(trees.start),
    }
    table = {key: value for key, value in table.items() if value != []}
    report = f"{title}\n{body}"
    names, texts = (
        wanted(trees.start, trees.solution, trees.tests, report=report) for wanted in (wanted_names, wanted_texts)
    )
    numbers = {"cpu": limits.cpu, "wall": limits.wall, "memory": limits.memory, "processes": limits.processes}
    numbers |= {"disk": limits.disk, "output": limits.output}
    files = {
        "task.toml": toml_text({**table, "limits": numbers}),
        "prompt.md": prompt_of(title, body, names, texts),
        f"tests/{EXPECTED}": toml_text({"fixed": list(proven.fixed), "kept": list(proven.kept)}),
        **{f"files/{path}": text for path, text in trees.start.items()},
        **{f"tests/{TREE}{path}": text for path, text in trees.tests.items()},
        **{f"solution/{path}": text for path, text in trees.solution.items()},
    }
    for name, mutant in proven.mutants.items():
        files |= {f"mutants/{name}/{path}": text for path, text in mutant.items()}
    for path, text in files.items():
        put(root / path, text)


def shown(trees: Trees) -> tuple[str, ...]:
    """The files that are to be changed, then code beside them and elsewhere, as long as there is room."""
    own = [path for path in trees.solution if path in trees.start]
    near = {path.rpartition("/")[0] for path in own}
    spoken = [path for path in sorted(trees.start) if language_of_path(path) == trees.language]
    code = [path for path in spoken if path not in own and not is_test(path, trees.language)]
    code.sort(key=lambda path: path.rpartition("/")[0] not in near)
    chosen, room = own, _SHOWN - sum(len(trees.start[path]) for path in own)
    for path in code:
        if len(trees.start[path]) <= room:
            chosen.append(path)
            room -= len(trees.start[path])
    return tuple(sorted(chosen))


def difficulty_of(trees: Trees) -> str:
    """By the lines of the fix alone: a guess, to be corrected by whoever reads the task."""
    lines = sum(part.size for part in parts_of(trees))
    return "easy" if lines <= 10 else "medium" if lines <= 60 else "hard"


def too_large_to_show(trees: Trees) -> bool:
    """A model has to see, and to write, the files that the change is made in."""
    return sum(len(text) for text in trees.solution.values()) > _SHOWN


def licence_of(tree: Mapping[str, str]) -> str:
    """The licence whose words the tree's own file has; `unknown` without one."""
    names = ("LICENSE", "LICENCE", "COPYING", "UNLICENSE")
    texts = [text for path, text in sorted(tree.items()) if path.upper().startswith(names) and "/" not in path]
    for text in texts:
        flat = " ".join(text.split()).lower()
        for name, *words in _LICENCES:
            if all(word.lower() in flat for word in words):
                return name
    return "see its LICENSE file" if texts else "unknown"
