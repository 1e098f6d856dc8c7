"""The example of a task that asks for documentation, as `assay new task` writes it: of the same small function."""

from __future__ import annotations

from assay.authoring.examples import EXAMPLES
from assay.authoring.tests_example import RIGHT

LANGUAGES = ("python",)
"""Those in which there is such an example."""

_EXAMPLE = EXAMPLES["python"]
_SENTENCE = '    """The numbers from low to high, both included, in their order."""\n'
_SHOWN = """\
    >>> keep_between([5, 1, 2, 4, 3], 2, 4)
    [2, 4, 3]
    >>> keep_between([], 2, 2)
    []
"""
_MUTANTS = {
    "no-example": "",
    "false-example": "    >>> keep_between([1, 2, 3], 1, 3)\n    [2]\n",
    "example-that-tells-nothing": "    >>> keep_between([1, 2, 3], 5, 6)\n    []\n",
}


def docs_files() -> dict[str, str]:
    """The task's files but for task.toml, by path."""
    entry, name = _EXAMPLE.entry, _EXAMPLE.call
    wrong = {mutant: _EXAMPLE.mutant(mutant).replace(_SENTENCE, "") for mutant in _EXAMPLE.mutants}
    return {
        "prompt.md": f"`{entry}` has one function, which others are to use. Write its documentation.\n",
        f"files/{entry}": _EXAMPLE.solution.replace(_SENTENCE, ""),
        f"solution/{entry}": _with(_SHOWN),
        **{f"tests/right/{variant}/{entry}": text for variant, text in RIGHT.items()},
        **{f"tests/wrong/{name}/{variant}/{entry}": text for variant, text in wrong.items()},
        **{f"mutants/{variant}/{entry}": _with(shown) for variant, shown in _MUTANTS.items()},
    }


def _with(shown: str) -> str:
    """The function with a docstring that holds these examples."""
    sentence = _SENTENCE.rstrip('"\n')
    return _EXAMPLE.solution.replace(_SENTENCE, f'{sentence}\n\n{shown}    """\n' if shown else _SENTENCE)
