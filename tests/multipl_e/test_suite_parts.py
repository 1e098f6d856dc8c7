"""The suite's names, its rows in every wrapping, and what models are asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from public_rows import real_suite
from spoken_rows import SAID

from assay.core.errors import UserError
from assay.suites import load
from assay.suites.multipl_e import LANGUAGES, entry_of

COUNTS = {
    "python": 164, "javascript": 161, "typescript": 159, "go": 154, "rust": 156, "java": 158, "cpp": 161,
    "csharp": 158, "php": 161, "bash": 158,
}  # fmt: skip
RUST = {"name": "Made_0_f", "language": "rs", "prompt": SAID["rust"].prompt, "tests": SAID["rust"].tests,
        "stop_tokens": ["\n}"]}  # fmt: skip


def folder_of(tmp_path: Path, rows: list[Any], name: str = "humaneval-rs.jsonl") -> Path:
    (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


@pytest.mark.parametrize("language", COUNTS)
def test_the_real_rows_are_whole(language: str) -> None:
    """Each language has its official number of problems; each names its function and can say that it ended, but
    for Go."""
    suite = real_suite(language)
    assert (len(suite.tasks), suite.grader) == (COUNTS[language], "program")
    assert suite.protocol == "multipl-e/1 base"
    for task in suite.tasks:
        assert task.language == language
        assert task.title.isidentifier(), task.id
        assert bool(task.grading["ending"]) == (language != "go"), task.id
        assert task.ask.prompt == task.grading["prompt"].strip()
        assert task.ask.stop == tuple(task.grading["stop"]) != ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_function_asked_for_is_found(language: str) -> None:
    """By its word, or in front of its parameters."""
    assert entry_of(SAID[language].prompt).lower() == "f"


def test_the_same_rows_are_the_same_version(tmp_path: Path) -> None:
    """JSON lines, with fields of others, and Parquet: what decides a verdict is the version, not the file."""
    path = folder_of(tmp_path, [{**RUST, "task_id": "Made_0_f", "test": RUST["tests"]}])
    lines = load("multipl-e:rs", data=path)
    columns = tmp_path / "hub" / "humaneval-rs"
    columns.mkdir(parents=True)
    source = folder_of(columns, [RUST], "rows.jsonl") / "rows.jsonl"
    target = columns / "test-00000-of-00001.parquet"
    duckdb.connect().execute(f"copy (select * from read_json('{source}')) to '{target}' (format parquet)")
    parquet = load("multipl-e:rust", data=tmp_path / "hub")
    assert lines.version == parquet.version
    assert [task.task_hash for task in lines.tasks] == [task.task_hash for task in parquet.tasks]


def test_mbpp_has_a_part_of_its_own(tmp_path: Path) -> None:
    """`mbpp-rust` reads the rows of MBPP."""
    suite = load("multipl-e:mbpp-rust:base", data=folder_of(tmp_path, [RUST], "mbpp-rs.jsonl"))
    assert (suite.tasks[0].id, suite.protocol) == ("Made_0_f", "multipl-e/1 base")


@pytest.mark.parametrize(
    ("part", "rows", "said"),
    [
        ("", [RUST], "which language?"),
        ("rus", [RUST], "did you mean “rust”?"),
        ("rust:bse", [RUST], "did you mean “base”?"),
        ("rust", [{**RUST, "language": "js"}], "is in “js”, not in rust"),
        ("rust", [{**RUST, "language": "", "name": "HumanEval/0"}], "is in “humaneval”, not in rust"),
        ("rust", [{**RUST, "tests": ""}], "has no tests"),
        ("rust", [RUST, RUST], "two tasks are called"),
        ("rust", [], "no rows"),
        ("java", [RUST], "humaneval-java"),
    ],
)
def test_what_cannot_be_is_said(part: str, rows: list[Any], said: str, tmp_path: Path) -> None:
    """Unknown languages and parts, rows of another language, without tests, doubled, absent."""
    with pytest.raises(UserError) as caught:
        load(f"multipl-e:{part}" if part else "multipl-e", data=folder_of(tmp_path, rows))
    assert said in str(caught.value)


def test_a_conversation_shows_the_prompt_and_asks_for_the_whole_function() -> None:
    """What a chat model is shown holds the prompt and nothing of the tests."""
    for task in real_suite("rust", asking="chat").tasks:
        (message,) = task.ask.messages
        assert task.grading["prompt"].strip() in message.content
        assert "assert_eq!" not in message.content
