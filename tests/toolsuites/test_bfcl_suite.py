"""The leaderboard's questions: counted, asked natively and in text, each with an answer that passes."""

from __future__ import annotations

import asyncio
import json
import re

import pytest
from bfcl_data import bfcl_data

from assay.core.errors import UserError
from assay.core.judging import Attempt, Verdict
from assay.core.task import Suite, Task
from assay.formats.said import PATH, Said, written
from assay.graders.tool_calls import ToolCallsGrader
from assay.suites import load

WITHOUT = {
    "simple_java_36", "simple_java_65", "live_simple_106-63-0", "live_simple_112-68-0", "live_multiple_862-181-3",
    "live_multiple_964-207-0",
}  # fmt: skip
"""Questions to which no answer is officially right."""


def verdict(task: Task, said: Said) -> Verdict:
    return asyncio.run(ToolCallsGrader().grade(task, Attempt(files={PATH: written(said)}), None))  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=["bfcl", "bfcl:prompt"])
def suite(request: pytest.FixtureRequest) -> Suite:
    return load(request.param, data=bfcl_data())


def test_a_right_answer_to_each_question_passes(suite: Suite) -> None:
    """Only the questions that are contradictory have none."""
    grader = ToolCallsGrader()

    async def wrong() -> set[str]:
        return {
            task.id
            for task in suite.tasks
            if not (await grader.grade(task, Attempt(files=task.solution), None)).score  # type: ignore[arg-type]
        }

    assert len(suite.tasks) == len({task.id for task in suite.tasks}) == 3641
    assert asyncio.run(wrong()) == WITHOUT


def test_functions_are_shown_as_servers_or_people_read_them(suite: Suite) -> None:
    """Natively, names and types are such that servers take them; in text, they are as they are, behind the prompt."""
    for task in suite.tasks:
        if suite.name == "bfcl":
            assert all(re.fullmatch(r"[a-zA-Z0-9_-]+", tool.name) for tool in task.ask.tools)
            types = {schema["type"] for tool in task.ask.tools for schema in tool.parameters["properties"].values()}
            assert types <= {"string", "integer", "number", "boolean", "array", "object"}
        else:
            assert not task.ask.tools
            assert task.ask.messages[0].role == "system"
            assert task.ask.messages[0].content.startswith("You are an expert in composing functions.")


def test_wrong_answers_fail_with_the_official_word(suite: Suite) -> None:
    """A wrong count, no call at all, and a call where none is due."""
    tasks = {task.id: task for task in suite.tasks}
    name = "calculate_triangle_area"
    once = Said(calls=((name, '{"base": 10, "height": 5}'),))
    told = {
        ("simple_python_0", once): ("passed", "pass"),
        ("simple_python_0", Said(calls=once.calls * 2)): ("failed", "simple_function_checker:wrong_count"),
        ("simple_python_0", Said(calls=((name, "{not JSON"),))): ("invalid", "ast_decoder:decoder_failed"),
        ("simple_python_0", Said(text="I cannot.")): ("invalid", "ast_decoder:decoder_failed"),
        ("simple_python_0", Said(calls=((name, "[]"),))): ("invalid", "ast_decoder:decoder_wrong_output_format"),
        ("simple_java_0", Said(text="[]", reading="prompted")): ("invalid", "ast_decoder:decoder_wrong_output_format"),
        ("simple_javascript_0", Said(text="f(a=1), f(a=2)", reading="prompted")): (
            "invalid", "ast_decoder:decoder_wrong_output_format",
        ),
        ("simple_python_0", Said(declined="content_filter")): ("refused", "refused"),
        ("irrelevance_0", Said(text="No function fits.")): ("passed", "pass"),
        ("irrelevance_0", once): ("failed", "irrelevance_error:decoder_success"),
        ("live_relevance_0-0-0", once): ("passed", "pass"),
        ("live_relevance_0-0-0", Said(text="No.")): ("failed", "relevance_error:decoder_failed"),
    }  # fmt: skip
    for (task_id, said), (status, word) in told.items():
        found = verdict(tasks[task_id], said)
        assert (found.status.value, found.detail and found.detail["parts"]) == (
            status,
            {tasks[task_id].category: word},
        ), (task_id, said)


def test_what_cannot_be_judged_here_is_refused_with_the_reason() -> None:
    """No verdict is made up for memory and web search."""
    for part, reason in (
        ("memory", "memory stores"),
        ("web_search", "paid search engine"),
        ("sql", "no category “sql”"),
    ):
        with pytest.raises(UserError, match=reason):
            load(f"bfcl:{part}")


def test_hostile_answers_are_just_wrong() -> None:
    """Neither depth nor size nor code in an answer does anything."""
    tasks = {task.id: task for task in load("bfcl:simple_python:prompt", data=bfcl_data()).tasks}
    task = tasks["simple_python_0"]
    for text in (
        "[" * 100_000,
        "[f(" + "(" * 50_000 + "]",
        "[calculate_triangle_area(base=" + "-" * 90_000 + "1, height=5)]",
        "[calculate_triangle_area(base=" + "1+" * 90_000 + "1, height=5)]",
        "[calculate_triangle_area(base=9**9**9**9, height=5)]",
        "[calculate_triangle_area(base='a'*10**9, height=5)]",
        "[calculate_triangle_area(base=__import__('os').system('exit 1'), height=5)]",
        "\x00\ud800".encode("utf-8", "replace").decode(),
        json.dumps({"tool_calls": "x"}),
    ):
        assert verdict(task, Said(text=text)).score == 0.0, text[:60]
