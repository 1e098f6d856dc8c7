"""A task that asks for documentation: a module without docstrings, other right implementations of it in
`tests/right/<variant>/`, and wrong ones for each name to be documented in `tests/wrong/<name>/<variant>/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.core.names import did_you_mean
from assay.formats.python_docs import Module, public_names
from assay.suites.faults import Faults

DOCUMENTED_LANGUAGES = ("python",)
"""Languages whose examples can be run."""
_FEWEST_RIGHT, _FEWEST_WRONG = 1, 2


def docs_grading(
    entry: str, language: str, files: Mapping[str, str], tests: Mapping[str, str], *, place: str, faults: Faults
) -> dict[str, Any]:
    """What the grader `examples` needs; faults when it cannot be had."""
    before = len(faults.lines)
    if language not in DOCUMENTED_LANGUAGES:
        known = ", ".join(DOCUMENTED_LANGUAGES)
        faults.add(f"{place}/task.toml", f'judge = "examples" knows {known} alone, no {language} yet')
    elif set(files) != {entry} or not entry.removesuffix(".py").isidentifier():
        faults.add(f"{place}/files", f"must hold the module “{entry}” and nothing else")
    if len(faults.lines) > before:
        return {}
    try:
        module = Module(files[entry])
    except ValueError as error:
        faults.add(f"{place}/files/{entry}", str(error))
        return {}
    right: dict[str, str] = {}
    wrong: dict[str, dict[str, str]] = {}
    for path, text in tests.items():
        match path.split("/"):
            case ["right", variant, file] if file == entry:
                right[variant] = text
            case ["wrong", name, variant, file] if file == entry:
                wrong.setdefault(name, {})[variant] = text
            case _:
                forms = f"tests/right/<variant>/{entry} and tests/wrong/<name>/<variant>/{entry}"
                faults.add(f"{place}/tests/{path}", f"is no implementation; they are {forms}")
    if len(right) < _FEWEST_RIGHT:
        faults.add(f"{place}/tests/right", f"is missing; {_FEWEST_RIGHT} other right implementation is needed")
    for name in dict.fromkeys([*public_names(module), *wrong]):
        if name not in module.docs:
            faults.add(f"{place}/tests/wrong/{name}", f"is no name of {entry}: {did_you_mean(name, module.docs)}")
        elif len(wrong.get(name, ())) < _FEWEST_WRONG:
            faults.add(f"{place}/tests/wrong/{name}", f"needs {_FEWEST_WRONG} wrong implementations of {name}")
    return {"judge": "examples", "entry": entry, "right": right, "wrong": wrong}


def docs_rules(grading: Mapping[str, Any]) -> str:
    """How the documentation is judged, in the prompt's words."""
    names = ", ".join(f"`{name}`" for name in grading["wrong"])
    return (
        f"Give each of these a docstring that says what it does: {names}. Each of these docstrings holds at least one "
        "example that calls what it documents, in the form of Python's `doctest` (`>>> …` and below it what the "
        "interpreter shows); the module's names are there without an import. Change nothing but docstrings and "
        "comments.\n\n"
        "The examples are run: all of them must hold on the code below, and on other code that does the same but is "
        "written otherwise. And the examples of each name must fail on at least one of several wrong implementations "
        "of it, so choose such as show where it would be easy to be wrong."
    )
