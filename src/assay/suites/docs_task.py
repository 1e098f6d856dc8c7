"""A task that asks for documentation: a file without it, other right implementations of it in
`tests/right/<variant>/`, and wrong ones for each name to be documented in `tests/wrong/<name>/<variant>/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.core.names import did_you_mean
from assay.formats.documented import LANGUAGES, Documented, reader_of
from assay.suites.faults import Faults

_FEWEST_RIGHT, _FEWEST_WRONG = 1, 2


def docs_grading(
    entry: str, language: str, files: Mapping[str, str], tests: Mapping[str, str], *, place: str, faults: Faults
) -> dict[str, Any]:
    """What the grader `examples` needs; faults when it cannot be had."""
    before = len(faults.lines)
    if language not in LANGUAGES:
        faults.add(f"{place}/task.toml", f'judge = "examples" knows {", ".join(LANGUAGES)} alone, no {language} yet')
    elif set(files) != {entry} or not entry.partition(".")[0].isidentifier():
        faults.add(f"{place}/files", f"must hold “{entry}” and nothing else; its name is one word")
    if len(faults.lines) > before:
        return {}
    try:
        documented = reader_of(language).read(files[entry])
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
    _check_names(documented, wrong, entry, place, faults)
    # In the file's order, which is that of no folder and the same on every machine.
    named = {name: dict(sorted(wrong[name].items())) for name in documented.docs if name in wrong}
    return {"judge": "examples", "entry": entry, "right": dict(sorted(right.items())), "wrong": named}


def docs_answer(language: str, entry: str) -> tuple[str, ...]:
    """The files of an answer."""
    return reader_of(language).files(entry) if language in LANGUAGES else (entry,)


def _check_names(
    documented: Documented, wrong: Mapping[str, Mapping[str, str]], entry: str, place: str, faults: Faults
) -> None:
    for name in dict.fromkeys([*documented.public, *wrong]):
        if name not in documented.docs:
            faults.add(f"{place}/tests/wrong/{name}", f"is no name of {entry}: {did_you_mean(name, documented.docs)}")
        elif len(wrong.get(name, ())) < _FEWEST_WRONG:
            faults.add(f"{place}/tests/wrong/{name}", f"needs {_FEWEST_WRONG} wrong implementations of {name}")


def docs_rules(language: str, grading: Mapping[str, Any]) -> str:
    """How the documentation is judged, in the prompt's words."""
    path_of = {"rust": "::", "cpp": "::"}.get(language, ".")
    names = ", ".join(f"`{name.replace('.', path_of)}`" for name in grading["wrong"])
    return (
        f"{_FORMS[language].format(names=names)} Change nothing but {_MAY_CHANGE[language]}.\n\n"
        "The examples are run: all of them must hold on the code below, and on other code that does the same but is "
        "written otherwise. And the examples of each name must fail on at least one of several wrong implementations "
        "of it, so choose such as show where it would be easy to be wrong."
    )


_ARROWS = (
    "In it, a line that ends in `// => value` says what its expression, or the variable that it declares, comes to; "
    "behind the arrow stands an expression of the language and nothing else"
)
_SCRIPT = (
    "Give each of these a JSDoc comment that says what it does: {{names}}. Each of these comments holds at least one "
    f"`@example` that calls what it documents. {_ARROWS} (they are compared as by Node's `assert.deepStrictEqual`). "
    "`// throws RangeError` instead says that it throws such an error; `assert` of `node:assert/strict` is there as "
    "well, and so is what the module exports, without an import. A promise is awaited. {more}"
)
_FORMS = {
    "python": (
        "Give each of these a docstring that says what it does: {names}. Each of these docstrings holds at least one "
        "example that calls what it documents, in the form of Python's `doctest` (`>>> …` and below it what the "
        "interpreter shows); the module's names are there without an import."
    ),
    "javascript": _SCRIPT.format(more="").rstrip(),
    "typescript": _SCRIPT.format(more="The examples are compiled with `tsc`, as the module is.").rstrip(),
    "go": (
        "Give each of these a doc comment that says what it does: {names}. And write `example_test.go`, in the same "
        "package, with at least one example function for each that calls what it is named for, as `go test` has them: "
        "`ExampleName` or `ExampleType_Method`, if there are several with a suffix as in `ExampleName_empty`, and with "
        "an `// Output:` comment at the end, or `// Unordered output:`."
    ),
    "rust": (
        "Give each of these a doc comment (`///`) that says what it does: {names}. Each of these comments holds at "
        "least one example that calls what it documents, a fenced block that `rustdoc --test` would run, with "
        "`assert_eq!`, `assert!` and the like; `should_panic` may be said behind the fence. All that is `pub` is there "
        "without a `use`."
    ),
    "java": (
        "Give each of these a Javadoc comment that says what it does: {names}. Each of these comments holds at least "
        "one example that calls what it documents, statements between `<pre>{{@code` and `}}</pre>`. "
        f"{_ARROWS} (they are compared with `equals`, arrays item by item, and numbers by their value). "
        "`// throws IllegalArgumentException` instead says that it throws such an exception; `assert` is on as well. "
        "The static members of the class are there by their bare names, and `java.math`, `java.time`, `java.util`, "
        "`java.util.function` and `java.util.stream` are imported."
    ),
    "cpp": (
        "Give each of these a Doxygen comment that says what it does: {names}. Each of these comments holds at least "
        "one example that calls what it documents, statements between `@code` and `@endcode`, with `assert(…)`. A line "
        "that ends in `// throws std::invalid_argument` says that its statement throws such an exception. The names of "
        "the file are there without an include."
    ),
}
"""What is to be written, by language; in braces the names."""
_MAY_CHANGE = {"python": "docstrings and comments"} | dict.fromkeys(
    (language for language in LANGUAGES if language != "python"), "comments in the file that is there"
)
