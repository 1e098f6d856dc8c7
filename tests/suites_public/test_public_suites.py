"""The public Python suites: counted, asked and taken apart as their makers and their models do."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from public_files import public_file

from assay.core.task import Suite, Task
from assay.formats.extract import render_files, take_code
from assay.suites import load

PLACES = {
    "humaneval": "humaneval/HumanEval.jsonl.gz",
    "mbpp": "mbpp/mbpp.jsonl",
    "mbpp-sanitized": "mbpp/sanitized-mbpp.json",
}


@pytest.fixture
def suite_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Suite]:
    """Loads suites by name, with a data folder that links to the real files."""
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))

    def made(name: str) -> Suite:
        source = public_file(PLACES[name.partition(":")[0]])
        folder = tmp_path / "data" / source.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / source.name).symlink_to(source)
        return load(name)

    return made


@pytest.mark.parametrize(
    ("name", "count", "first", "last"),
    [
        ("humaneval", 164, "HumanEval/0", "HumanEval/163"),
        ("humaneval:base", 164, "HumanEval/0", "HumanEval/163"),
        ("mbpp", 500, "Mbpp/11", "Mbpp/510"),
        ("mbpp:base", 500, "Mbpp/11", "Mbpp/510"),
        ("mbpp-sanitized", 427, "Mbpp/2", "Mbpp/809"),
        ("mbpp-sanitized:base", 427, "Mbpp/2", "Mbpp/809"),
    ],
)
def test_the_official_tasks_and_no_others(
    suite_of: Callable[[str], Suite], name: str, count: int, first: str, last: str
) -> None:
    """Each suite has its official number of tasks, all different, and says how it asks."""
    suite = suite_of(name)
    ids = [task.id for task in suite.tasks]
    assert (len(ids), len(set(ids)), ids[0], ids[-1]) == (count, count, first, last)
    assert suite.protocol.endswith("base" if name.endswith(":base") else "chat")
    assert suite.grader == "in_process"
    assert all(task.judge_in_process and task.solution for task in suite.tasks)


@pytest.mark.parametrize("name", ["humaneval", "mbpp", "mbpp-sanitized"])
def test_the_stored_solution_comes_back_out_of_a_reply(suite_of: Callable[[str], Suite], name: str) -> None:
    """What `reference` replies is taken out of its fence as it went in, but for line ends."""
    for task in suite_of(name).tasks:
        taken = take_code(render_files(task.solution, language="python"), task.extract, language="python")
        assert not taken.problem, task.id
        assert taken.files["answer.py"].split() == task.solution["answer.py"].split(), task.id


def test_a_reply_may_hold_the_whole_function_or_its_body(suite_of: Callable[[str], Suite]) -> None:
    """HumanEval's body alone, fenced or not, becomes a function again; the joined program defines it."""
    for task in suite_of("humaneval").tasks[:40]:
        body = task.solution["answer.py"].removeprefix(task.grading["before"])
        for reply in (f"Sure:\n```python\n{body}```\nDone.", body):
            taken = take_code(reply, task.extract, language="python")
            program = ast.parse(task.grading["before"] + taken.files["answer.py"])
            functions = [node for node in program.body if isinstance(node, ast.FunctionDef)]
            assert functions[-1].name == task.title, task.id
            assert any(not isinstance(statement, ast.Expr) for statement in functions[-1].body), task.id


def test_base_models_are_asked_in_the_papers_words(suite_of: Callable[[str], Suite]) -> None:
    """HumanEval's prompt goes out as it is, with the stop words; MBPP's has three solved tasks before it."""
    first = suite_of("humaneval:base").tasks[0]
    assert first.ask.prompt == first.grading["before"]
    assert first.ask.stop == ("\nclass", "\ndef", "\n#", "\nif", "\nprint")
    asked = suite_of("mbpp:base").tasks[0].ask
    assert asked.prompt is not None
    assert asked.prompt.count("[BEGIN]\n") == 4
    assert asked.prompt.count("\n[DONE]\n") == 3
    assert asked.prompt.endswith("[BEGIN]\n")
    assert asked.prompt.startswith("You are an expert Python programmer, and here is your task: ")
    assert asked.stop == ("[DONE]",)


def test_a_completion_is_taken_to_the_letter(suite_of: Callable[[str], Suite]) -> None:
    """A base model's text is the answer as it came: spaces, fences and all."""
    task: Task = suite_of("humaneval:base").tasks[0]
    text = "    return []\n\n```\n"
    assert take_code(text, task.extract, language="python").files == {"answer.py": text}


def test_conversations_show_everything_that_is_needed(suite_of: Callable[[str], Suite]) -> None:
    """A conversation shows prompt or tests, never the solution."""
    for task in suite_of("mbpp").tasks:
        (message,) = task.ask.messages
        assert "Your code should pass these tests:\n\nassert" in message.content
        assert task.solution["answer.py"].strip() not in message.content
        assert task.extract.api, task.id
