"""Real programs of real models, in every wrapping that replies come in: what is taken is the program.

The programs are the published answers below the shared data; nothing of them is copied here.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assay.core.task import Extract
from assay.formats.extract import take_code
from assay.suites import load

FENCE = "```"


class Program(NamedTuple):
    """One answer, and how its suite takes answers of its task."""

    name: str
    text: str
    extract: Extract
    language: str


def public(path: str) -> Path:
    """Skips visibly where it is absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    if not (folder / path).exists():
        pytest.skip(f"no {path} in {folder}: set ASSAY_TEST_DATA to a folder that holds it")
    return folder / path


def lines_of(path: str) -> Iterator[dict[str, Any]]:
    for line in public(path).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def results_of(path: str) -> Iterator[dict[str, Any]]:
    for rows in json.loads(public(path).read_text(encoding="utf-8"))["eval"].values():
        yield from rows


SETS: dict[str, tuple[str, str, Callable[[str], Iterator[dict[str, Any]]], str]] = {
    # name: suite, answers, how they are read, the field with the program
    "wizardcoder": ("humaneval", "wizardcoder-15b/humaneval.jsonl", lines_of, "completion"),
    "gpt-4o": ("humaneval", "gpt-4o-debugged/humaneval.jsonl", lines_of, "solution"),
    "llama, humaneval+": ("humaneval+", "llama-3-8b-instruct/humanevalplus_eval_results.json", results_of, "solution"),
    "llama, mbpp+": ("mbpp+", "llama-3-8b-instruct/mbppplus_eval_results.json", results_of, "solution"),
    "qwen, humaneval+": (
        "humaneval+:v0.1.9", "qwen2.5-coder-7b-base/humanevalplus/generated.jsonl", lines_of, "completion",
    ),
    "qwen, mbpp+": ("mbpp+:v0.1.0", "qwen2.5-coder-7b-base/mbppplus/generated_eval_results.json", results_of, "solution"),
    "qwen, java": ("multipl-e:java", "qwen2.5-coder-7b-base/multipl_e/pred_java_output.jsonl", lines_of, "generation"),
    "qwen, js": ("multipl-e:js", "qwen2.5-coder-7b-base/multipl_e/pred_js_output.jsonl", lines_of, "generation"),
    "qwen, cpp": ("multipl-e:cpp", "qwen2.5-coder-7b-base/multipl_e/pred_cpp_output.jsonl", lines_of, "generation"),
}  # fmt: skip


@cache
def programs(name: str) -> tuple[Program, ...]:
    suite_name, answers, read, field = SETS[name]
    folder = suite_name.partition(":")[0]
    data = {"humaneval+": "evalplus", "mbpp+": "evalplus", "multipl-e": "multipl_e"}.get(folder, folder)
    tasks = {task.id: task for task in load(suite_name, data=public(data)).tasks}
    found = []
    for row in read(f"answers/{answers}"):
        task, text = tasks[row["task_id"]], row[field].replace("\r\n", "\n").strip("\n")
        if says_itself(text, task.language):
            found.append(Program(row["task_id"], text, task.extract, task.language))
    return tuple(found)


def says_itself(text: str, language: str) -> bool:
    """It is a program, and not what a harness made of a reply without one."""
    if FENCE in text or "def " not in text:
        return language != "python"
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def fenced(text: str, word: str = "", *, fence: str = FENCE) -> str:
    return f"{fence}{word}\n{text}\n{fence}\n"


def listed(block: str) -> str:
    return "1. The code:\n\n" + "".join(f"   {line}" for line in block.splitlines(keepends=True)) + "\n2. Done.\n"


BEFORE = "Sure! Here is a solution. It walks over the input once:\n\n"
AFTER = "\nThis function takes O(n) time. Let me know if you need anything else!\n"
THOUGHT = (
    "<think>\nWait, the input could be empty.\n```python\ndef first_try(x):\n    return None\n```\nNo.\n</think>\n\n"
)
SHELL = "First install what it needs:\n\n```bash\npip install numpy\n```\n\n"
SHOWN = "\nIt prints:\n\n```text\n[1, 2, 3]\nTrue\n```\n"
ANY: dict[str, Callable[[str, str], str]] = {
    "fenced": fenced,
    "fenced without a word": lambda text, word: fenced(text),
    "fenced by tildes": lambda text, word: fenced(text, word, fence="~~~"),
    "fenced by four": lambda text, word: fenced(text, word, fence="````"),
    "fenced, a capital word": lambda text, word: fenced(text, word.capitalize()),
    "fenced, with a file's name": lambda text, word: f"{FENCE}{word} title=\"answer\"\n{text}\n{FENCE}",
    "prose around": lambda text, word: BEFORE + fenced(text, word) + AFTER,
    "prose around, without a word": lambda text, word: BEFORE + fenced(text) + AFTER,
    "Windows line ends": lambda text, word: (BEFORE + fenced(text, word) + AFTER).replace("\n", "\r\n"),
    "a byte order mark": lambda text, word: "\ufeff" + fenced(text, word),
    "a byte order mark and Windows line ends": lambda text, word: "\ufeff" + fenced(text, word).replace("\n", "\r\n"),
    "white space around": lambda text, word: f"\n\n \t\n{fenced(text, word)}\n \n\n",
    "a shell block before": lambda text, word: SHELL + BEFORE + fenced(text, word) + AFTER,
    "its output after": lambda text, word: BEFORE + fenced(text, word) + SHOWN,
    "thinking before": lambda text, word: THOUGHT + BEFORE + fenced(text, word),
    "thinking whose beginning is lost": lambda text, word: THOUGHT.removeprefix("<think>\n") + fenced(text, word),
    "in a list": lambda text, word: listed(fenced(text, word)),
    "the last fence cut off": lambda text, word: BEFORE + f"{FENCE}{word}\n{text}",
    "the last fence cut off after a line end": lambda text, word: BEFORE + f"{FENCE}{word}\n{text}\n",
    "twice the same": lambda text, word: BEFORE + fenced(text, word) + "\nOnce more:\n\n" + fenced(text, word),
    "in a block of Markdown": lambda text, word: fenced(BEFORE + fenced(text, word) + AFTER, "markdown", fence="````"),
    "headings around": lambda text, word: f"# Solution\n\n## Code\n\n{fenced(text, word)}\n## Notes\n\n- simple\n- *fast*\n",
}  # fmt: skip
PYTHON: dict[str, Callable[[str, str], str]] = {
    "unfenced": lambda text, word: text,
    "unfenced, Windows line ends": lambda text, word: text.replace("\n", "\r\n") + "\r\n",
    "unfenced, a byte order mark": lambda text, word: "\ufeff" + text,
    "unfenced, prose around": lambda text, word: BEFORE + text + "\n" + AFTER,
    "unfenced after thinking": lambda text, word: THOUGHT + text,
    "an example of its use after": lambda text, word: fenced(text, word) + "\nUse:\n\n" + fenced("print(1 + 1)", word),
    "tests after": lambda text, word: fenced(text, word) + "\nTests:\n\n" + fenced("assert True\nassert 1 == 1", word),
    "another language before": lambda text, word: fenced("int f() { return 1; }", "cpp") + "\n" + fenced(text, word),
}  # fmt: skip


def take(reply: str, program: Program) -> str:
    return "".join(take_code(reply, program.extract, language=program.language).files.values())


def same(got: str, wanted: str, language: str) -> bool:
    """What decides a verdict is the same: the program, whatever white space ends it."""
    if got.strip("\n") == wanted.strip("\n"):
        return True
    try:
        return language == "python" and ast.dump(ast.parse(got)) == ast.dump(ast.parse(wanted))
    except SyntaxError:
        return False


EVERY = 4
"""Each program gets every fourth wrapping, another fourth than the one before it."""


@pytest.mark.parametrize("name", SETS)
def test_every_wrapping_gives_the_program_back(name: str) -> None:
    """Whatever stands around a real program, it is taken out as it was."""
    wrong, cases = [], 0
    for place, program in enumerate(programs(name)):
        wrappings = ANY | PYTHON if program.language == "python" else ANY
        for how, wrap in islice(wrappings.items(), place % EVERY, None, EVERY):
            taken = take(wrap(program.text, program.language), program)
            cases += 1
            if not same(taken, program.text, program.language):
                wrong.append((program.name, how))
    assert wrong == []
    assert cases > 800


@pytest.mark.parametrize("name", SETS)
def test_a_reply_that_breaks_off_gives_what_there_is(name: str) -> None:
    """A program cut off in its middle is taken up to there, in a block without an end."""
    for program in programs(name):
        lines = program.text.split("\n")
        head = "\n".join(lines[: 1 + len(lines) // 2])
        for before in (BEFORE, THOUGHT):
            if head.strip():
                taken = take(f"{before}{FENCE}{program.language}\n{head}", program)
                assert taken.strip() == head.strip(), program.name


@pytest.mark.parametrize("name", [name for name in SETS if "multipl-e" not in SETS[name][0]])
def test_tabs_stay_tabs(name: str) -> None:
    """A program whose lines begin with tabs is taken with them, in a block and without."""
    for program in programs(name):
        text = re.sub("^(    )+", lambda found: "\t" * (len(found[0]) // 4), program.text, flags=re.MULTILINE)
        for reply in (fenced(text, "python"), text, BEFORE + text + "\n" + AFTER):
            assert same(take(reply, program), text, "python"), program.name


def test_replies_as_they_came() -> None:
    """A model's own words around its code: the program is the one that its makers took and published, who also cut
    example calls off its end."""
    published = {program.name: program for program in programs("wizardcoder")}
    compared = 0
    for row in lines_of("answers/wizardcoder-15b/humaneval.jsonl"):
        program = published.get(row["task_id"])
        if program is not None:
            taken = take(row["all_code"].rpartition("### Response:")[2], program)
            begins = taken.startswith(f"{program.text}\n\n# Example")
            assert begins or same(taken, program.text, "python"), program.name
            compared += 1
    assert compared > 160
