"""The example of a task that asks for documentation, as `assay new task` writes it: of the same small function.

The code and its wrong implementations are those of the other examples, without the comment above the function.
"""

from __future__ import annotations

import msgspec

from assay.authoring.examples import EXAMPLES
from assay.formats.documented import reader_of

_SENTENCE = "The numbers from low to high, both included, in their order."


class _Form(msgspec.Struct, frozen=True):
    """How one language documents it."""

    bare: str
    """The line that documents the function in the other examples."""
    documented: str
    """What stands there instead, with `EXAMPLES` on a line of its own where they belong."""
    margin: str
    """What each line of an example begins with."""
    shown: tuple[str, ...]
    """Lines of good examples."""
    false: tuple[str, ...]
    """An example that does not hold."""
    idle: tuple[str, ...]
    """One that holds on everything."""
    right: tuple[str, str]
    """A part of the function, and what does the same: another right implementation."""


_FORMS = {
    "python": _Form(
        bare=f'    """{_SENTENCE}"""\n',
        documented=f'    """{_SENTENCE}\n\nEXAMPLES    """\n',
        margin="    ",
        shown=(">>> keep_between([5, 1, 2, 4, 3], 2, 4)", "[2, 4, 3]", ">>> keep_between([], 2, 2)", "[]"),
        false=(">>> keep_between([1, 2, 3], 1, 3)", "[2]"),
        idle=(">>> keep_between([1, 2, 3], 5, 6)", "[]"),
        right=("[number for number in numbers if low <= number <= high]",
               "list(filter(lambda number: min(max(number, low), high) == number, numbers))"),
    ),
    "javascript": _Form(
        bare=f"/** {_SENTENCE} */\n",
        documented=f"/**\n * {_SENTENCE}\nEXAMPLES */\n",
        margin=" * ",
        shown=("@example", "keepBetween([5, 1, 2, 4, 3], 2, 4); // => [2, 4, 3]",
               "keepBetween([1], 3, 2); // throws RangeError"),
        false=("@example", "keepBetween([1, 2, 3], 1, 3); // => [2]"),
        idle=("@example", "keepBetween([1, 2, 3], 5, 6); // => []"),
        right=("low <= number && number <= high", "!(number < low || number > high)"),
    ),
    "go": _Form(
        bare="// KeepBetween returns the numbers from low to high, both included, in their order.\n",
        documented="// KeepBetween returns the numbers from low to high, both included, in their order.\n",
        margin="\t",
        shown=("fmt.Println(KeepBetween([]int{5, 1, 2, 4, 3}, 2, 4))", "// Output: [2 4 3] <nil>"),
        false=("fmt.Println(KeepBetween([]int{1, 2, 3}, 1, 3))", "// Output: [2] <nil>"),
        idle=("fmt.Println(KeepBetween([]int{1, 2, 3}, 5, 6))", "// Output: [] <nil>"),
        right=("low <= number && number <= high", "!(number < low || number > high)"),
    ),
    "rust": _Form(
        bare=f"/// {_SENTENCE}\n",
        documented=f"/// {_SENTENCE}\nEXAMPLES",
        margin="/// ",
        shown=("", "```", "assert_eq!(keep_between(&[5, 1, 2, 4, 3], 2, 4), Ok(vec![2, 4, 3]));",
               "assert!(keep_between(&[1], 3, 2).is_err());", "```"),
        false=("", "```", "assert_eq!(keep_between(&[1, 2, 3], 1, 3), Ok(vec![2]));", "```"),
        idle=("", "```", "assert_eq!(keep_between(&[1, 2, 3], 5, 6), Ok(vec![]));", "```"),
        right=("low <= number && number <= high", "(low..=high).contains(&number)"),
    ),
    "java": _Form(
        bare=f"    /** {_SENTENCE} */\n",
        documented=f"    /**\n     * {_SENTENCE}\n     *\nEXAMPLES     */\n",
        margin="     * ",
        shown=("<pre>{@code", "keepBetween(List.of(5, 1, 2, 4, 3), 2, 4); // => List.of(2, 4, 3)",
               "keepBetween(List.of(1), 3, 2); // throws IllegalArgumentException", "}</pre>"),
        false=("<pre>{@code", "keepBetween(List.of(1, 2, 3), 1, 3); // => List.of(2)", "}</pre>"),
        idle=("<pre>{@code", "keepBetween(List.of(1, 2, 3), 5, 6); // => List.of()", "}</pre>"),
        right=("low <= number && number <= high", "!(number < low || number > high)"),
    ),
    "cpp": _Form(
        bare=f"// {_SENTENCE}\n",
        documented=f"/// {_SENTENCE}\nEXAMPLES",
        margin="/// ",
        shown=("", "@code", "assert((keep_between({5, 1, 2, 4, 3}, 2, 4) == std::vector<int>{2, 4, 3}));",
               "keep_between({1}, 3, 2); // throws std::invalid_argument", "@endcode"),
        false=("", "@code", "assert((keep_between({1, 2, 3}, 1, 3) == std::vector<int>{2}));", "@endcode"),
        idle=("", "@code", "assert(keep_between({1, 2, 3}, 5, 6).empty());", "@endcode"),
        right=("low <= number && number <= high", "!(number < low || number > high)"),
    ),
}  # fmt: skip
_FORMS["typescript"] = _FORMS["javascript"]
_GO_FILE = 'package between\n\nimport "fmt"\n\nfunc ExampleKeepBetween() {\nEXAMPLES}\n'


def docs_files(language: str) -> dict[str, str]:
    """The task's files but for task.toml, by path."""
    example, form = EXAMPLES[language], _FORMS[language]
    entry, name = example.entry, example.call
    bare = example.solution.replace(form.bare, "")
    wrong = {mutant: example.mutant(mutant).replace(form.bare, "") for mutant in example.mutants}
    answers = {
        "solution": form.shown,
        "mutants/no-example": (),
        "mutants/false-example": form.false,
        "mutants/example-that-tells-nothing": form.idle,
    }
    return {
        "prompt.md": f"`{entry}` has one function, which others are to use. Write its documentation.\n",
        f"files/{entry}": bare,
        f"tests/right/written-otherwise/{entry}": bare.replace(*form.right),
        **{f"tests/wrong/{name}/{variant}/{entry}": text for variant, text in wrong.items()},
        **{f"{folder}/{path}": text for folder, lines in answers.items() for path, text in _answer(language, lines)},
    }


def _answer(language: str, lines: tuple[str, ...]) -> list[tuple[str, str]]:
    """The answer's files with these examples."""
    example, form = EXAMPLES[language], _FORMS[language]
    shown = "".join(f"{form.margin}{line}".rstrip() + "\n" for line in lines)
    texts = [example.solution.replace(form.bare, form.documented.replace("EXAMPLES", shown))]
    if language == "go":
        texts.append(_GO_FILE.replace("EXAMPLES", shown) if lines else "package between\n")
    return list(zip(reader_of(language).files(example.entry), texts, strict=True))
