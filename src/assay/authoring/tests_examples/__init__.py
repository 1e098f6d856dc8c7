"""The example of a task that asks for tests, as `assay new task` writes it: tests for the small function that the other
examples have, in the form that each language's people know.
"""

from __future__ import annotations

from assay.authoring.examples import EXAMPLES
from assay.authoring.tests_examples.cpp import CPP
from assay.authoring.tests_examples.form import TestsExample
from assay.authoring.tests_examples.golang import GO
from assay.authoring.tests_examples.java import JAVA
from assay.authoring.tests_examples.python import PYTHON
from assay.authoring.tests_examples.rust import RUST
from assay.authoring.tests_examples.script import JAVASCRIPT, TYPESCRIPT

TESTS_EXAMPLES: dict[str, TestsExample] = {
    "python": PYTHON,
    "javascript": JAVASCRIPT,
    "typescript": TYPESCRIPT,
    "go": GO,
    "rust": RUST,
    "java": JAVA,
    "cpp": CPP,
}


def tests_files(language: str) -> dict[str, str]:
    """The task's files but for task.toml, by path."""
    shared, own = EXAMPLES[language], TESTS_EXAMPLES[language]
    entry = shared.entry
    sources = {"": shared.solution, **own.right}
    wrong = {name: shared.mutant(name) for name in shared.mutants}
    wrong |= {name: sources[source].replace(old, new, 1) for name, (source, old, new) in own.wrong.items()}
    mutants = {name: own.tests.replace(old, new) for name, (old, new) in own.mutants.items()}
    return {
        "prompt.md": f"""Write tests for this function of `{entry}`:

    {shared.signature}

It returns those numbers that lie between `low` and `high`, both included, in the order in which they
came; a number that comes twice is kept twice. An empty list gives an empty list. If `low` is greater
than `high`, {shared.error}. The list that is passed in stays as it is.
""",
        f"files/{entry}": shared.solution,
        **{f"files/{path}": text for path, text in own.beside.items()},
        f"solution/{own.entry}": own.tests,
        **{f"tests/right/{name}/{entry}": text for name, text in own.right.items()},
        **{f"tests/wrong/{name}/{entry}": text for name, text in wrong.items()},
        **{f"mutants/{name}/{own.entry}": text for name, text in mutants.items()},
    }
