"""How an attempt becomes a verdict: by cases here; further ways are further names."""

from __future__ import annotations

from typing import Any

from assay.core.names import find

GRADERS = {
    "cases": "assay.graders.cases:CasesGrader",
    "by_task": "assay.graders.by_task:ByTaskGrader",
    "in_process": "assay.graders.in_process:InProcessGrader",
    "strict": "assay.graders.in_process:StrictGrader",
    "evalplus": "assay.graders.evalplus:EvalPlusGrader",
    "program": "assay.graders.program:ProgramGrader",
    "exercise": "assay.graders.exercise:ExerciseGrader",
    "command": "assay.graders.command:CommandGrader",
    "image": "assay.graders.image:ImageGrader",
    "unittests": "assay.graders.unittests:UnitTestsGrader",
    "text_match": "assay.graders.text_match:TextMatchGrader",
    "stdio": "assay.graders.stdio:StdioGrader",
    "tool_calls": "assay.graders.tool_calls:ToolCallsGrader",
    "refusals": "assay.graders.refusals:RefusalsGrader",
    "tool_states": "assay.graders.tool_states:ToolStatesGrader",
}
"""Names to classes that implement `core.ports.Grader`; each is made without arguments."""

STRICT = {"in_process": "strict"}
"""Graders to the ones that judge the same and from outside as well."""

INSEPARABLE = {
    "program": "the answer and its tests are one program, as officially",
    "exercise": "each language's own test command loads the answer into the tests' process, as officially",
    "command": "the repository's own test command loads the answer into the tests' process",
    "image": "its tests run in the container that the answer has worked in",
    "unittests": "its unit tests patch the answer's own modules, and so have to share its process, as officially",
}
"""Graders that nobody can put outside of the answer's process, each with the reason."""

RECIPES = {
    "program": "multipl-e",
    "exercise": "exercise",
    "unittests": "bigcodebench",
    "command": "command",
    "image": "image",
    "tool_states": "bigcodebench",
}
"""Graders whose jobs need other tools than a language's own, to the name of the recipe that has them."""


def grader_class(name: str) -> Any:
    """The class of that name; an unknown name is answered with the known ones."""
    return find(GRADERS, name, what="grader")
