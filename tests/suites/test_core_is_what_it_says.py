"""The suite in the box is what its page says it is."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from assay.suites import load
from assay.suites.task_toml import LANGUAGES

PAGE = Path(__file__).parents[2] / "docs" / "suites" / "core.md"
TASKS = Path(str(resources.files("assay.suites"))) / "core" / "tasks"
CORE = load("core").tasks


def test_languages_and_kinds_of_work_are_balanced() -> None:
    """So many of each category in each language, as the table has it."""
    text = PAGE.read_text(encoding="utf-8")
    each = {name: int(count) for name, count in re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.MULTILINE)}
    assert Counter((task.language, task.category) for task in CORE) == {
        (language, category): count for language in LANGUAGES for category, count in each.items()
    }
    assert f"{len(CORE)} original tasks, {sum(each.values())} in each" in text


@pytest.mark.parametrize(("difficulty", "share"), [("easy", 0.2), ("medium", 0.5), ("hard", 0.3)])
def test_difficulties_are_as_said(difficulty: str, share: float) -> None:
    """About a fifth, half, and the rest."""
    assert abs(sum(task.difficulty == difficulty for task in CORE) / len(CORE) - share) < 0.05


def test_forty_tasks_have_variants() -> None:
    """In all languages, and other numbers too."""
    assert sum(task.variants > 0 for task in CORE) >= 40
    assert {task.language for task in CORE if task.variants} == set(LANGUAGES)
    forms = [tomllib.loads(path.read_text(encoding="utf-8")) for path in TASKS.rglob("variants.toml")]
    assert sum(bool(form.get("numbers")) for form in forms) >= 40


def test_hardly_any_verdict_could_be_forged() -> None:
    """At most one task in ten is judged in one process with its answer."""
    assert sum(task.judge_in_process for task in CORE) <= len(CORE) / 10
