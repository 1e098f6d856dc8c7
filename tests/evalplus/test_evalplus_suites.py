"""The suites `humaneval+` and `mbpp+`: the official tasks in each version, asked as EvalPlus asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from evalplus_bench import shared

from assay.core.errors import UserError
from assay.core.task import Suite
from assay.formats.extract import render_files, take_code
from assay.suites import load, official_files


@pytest.fixture
def suite_of() -> Callable[[str], Suite]:
    return lambda name: load(name, data=shared("evalplus"))


@pytest.mark.parametrize(
    ("name", "version", "count"),
    [
        ("humaneval+", "0.1.10", 164),
        ("humaneval+:base", "0.1.10", 164),
        ("humaneval+:v0.1.9", "0.1.9", 164),
        ("humaneval+:v0.1.9:base", "0.1.9", 164),
        ("mbpp+", "0.2.0", 378),
        ("mbpp+:base", "0.2.0", 378),
        ("mbpp+:v0.1.0", "0.1.0", 399),
    ],
)
def test_each_version_has_its_official_tasks(
    suite_of: Callable[[str], Suite], name: str, version: str, count: int
) -> None:
    """A suite says the version of its data, and how it asks."""
    suite = suite_of(name)
    assert (suite.version, len(suite.tasks), len({task.id for task in suite.tasks})) == (version, count, count)
    assert suite.protocol == f"evalplus/1 {'base' if name.endswith('base') else 'chat'}"
    assert suite.pinned
    assert not any(task.judge_in_process for task in suite.tasks)
    assert official_files(name)[0].name.endswith(f"-v{version}.jsonl.gz")


@pytest.mark.parametrize("name", ["humaneval+", "mbpp+"])
def test_the_stored_solution_comes_back_out_of_a_reply(suite_of: Callable[[str], Suite], name: str) -> None:
    """What `reference` replies is taken out of its fence as it went in, but for line ends."""
    for task in suite_of(name).tasks:
        taken = take_code(render_files(task.solution, language="python"), task.extract, language="python")
        assert taken.files["answer.py"].split() == task.solution["answer.py"].split(), task.id


def test_a_conversation_and_a_completion_are_asked_in_the_official_words(suite_of: Callable[[str], Suite]) -> None:
    """Chat asks for a script in a markdown block; base gives the prompt to go on with, and the official stops."""
    chat, base = suite_of("mbpp+").tasks[0].ask, suite_of("mbpp+:base").tasks[0].ask
    assert str(chat.messages[0].content).startswith("Please provide a self-contained Python script that solves")
    assert base.prompt is not None
    assert base.prompt.endswith('"""\n')
    assert {'\n"""', "\nassert", "\nif __name__"} <= set(base.stop)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("humaneval+:v0.1.8", "did you mean “v0.1."),
        ("humaneval+:bse", "did you mean “base”?"),
        ("mbpp+:v0.1.0:v0.2.0", "one version of the data at a time"),
        ("mbpp+", "its data is not here"),
    ],
)
def test_a_part_that_is_none_is_refused_with_the_nearest(name: str, said: str, tmp_path: Path) -> None:
    """A slip in a part's name, or absent data, is one line."""
    with pytest.raises(UserError) as caught:
        load(name, data=tmp_path)
    assert said in str(caught.value)
