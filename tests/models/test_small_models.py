"""Programs, recorded answers and the built-in entrants."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
from pathlib import Path

import pytest

from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError, UserError
from assay.core.messages import Message, Request, Subject
from assay.core.ports import Model
from assay.core.task import Ask, Extract, Task
from assay.models.builtin import MutantModel, ReferenceModel
from assay.models.command import CommandModel
from assay.models.http import HttpModel
from assay.models.huggingface import HuggingFaceModel
from assay.models.recorded import RecordedModel

MODELS: tuple[type[Model], ...] = (
    HttpModel,
    HuggingFaceModel,
    CommandModel,
    RecordedModel,
    ReferenceModel,
    MutantModel,
)
"""Checked by the type checker: each of them fits the seam."""


def program(code: str, *arguments: str, timeout: float = 10.0) -> CommandModel:
    command = (sys.executable, "-c", code, *arguments)
    return CommandModel(Entrant(name="p", type="command", command=command, timeout=timeout))


async def test_a_program_reads_the_prompt_and_writes_the_answer() -> None:
    """What was said goes in, in order; what is printed comes out, in UTF-8 and of any size."""
    model = program("import sys; t = sys.stdin.read(); print(len(t), t.upper(), '·' * 200_000, end='')")
    talk = Request(messages=(Message(role="system", content="be kind"), Message(role="user", content="grüße")))
    reply = await model.reply(talk)
    assert reply.text == "14 BE KIND\n\nGRÜSSE " + "·" * 200_000
    assert reply.latency > 0 and reply.finish_reason == "stop"
    assert (await model.reply(Request(prompt="x"))).text.startswith("1 X")


async def test_a_program_need_not_read_its_prompt() -> None:
    """A large prompt into a program that ignores it is no error."""
    assert (await program("print('ok', end='')").reply(Request(prompt="x" * 2_000_000))).text == "ok"


async def test_a_program_runs_as_its_user_would_run_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the user's environment."""
    monkeypatch.setenv("ASSAY_TEST_VALUE", "seen")
    model = program("import os; print(os.environ['ASSAY_TEST_VALUE'], end='')")
    assert (await model.reply(Request(prompt="x"))).text == "seen"


async def test_a_failing_program_says_why_in_its_last_line() -> None:
    """The exit code or the signal, and the last words of its standard error."""
    model = program("import sys; print('a\\n\\nthe \\x1b[31mreason\\n', file=sys.stderr); sys.exit(3)")
    with pytest.raises(ProviderError, match=r"exit code 3: the \[31mreason$") as caught:
        await model.reply(Request(prompt="x"))
    assert caught.value.retryable
    with pytest.raises(ProviderError, match="signal 9"):
        await program("import os; os.kill(os.getpid(), 9)").reply(Request(prompt="x"))


async def test_a_program_that_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    """Nobody of its group is alive afterwards."""
    pid_file = tmp_path / "pid"
    code = (
        "import subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "open(sys.argv[1], 'w').write(str(child.pid)); time.sleep(60)"
    )
    with pytest.raises(ProviderError) as caught:
        await program(code, str(pid_file), timeout=1.5).reply(Request(prompt="x"))
    assert caught.value.fault is Fault.TIMEOUT
    assert await gone(int(pid_file.read_text()))


async def test_a_child_that_outlives_its_program_holds_nothing_up() -> None:
    """The answer is there when the program has ended, and the child goes with it."""
    code = (
        "import subprocess, sys;"
        "c = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); print(c.pid, end='')"
    )
    reply = await program(code).reply(Request(prompt="x"))
    assert await gone(int(reply.text))


async def test_a_cancelled_program_is_ended() -> None:
    """Giving up a call leaves no process behind."""
    model = program("import time; time.sleep(60)")
    task = asyncio.create_task(model.reply(Request(prompt="x")))
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)


async def test_a_program_that_is_not_there_stops_the_entrant() -> None:
    """It is not asked for again 2,000 times."""
    model = CommandModel(Entrant(name="p", type="command", command=("/no/such/program",)))
    with pytest.raises(ProviderError, match="/no/such/program") as caught:
        await model.reply(Request(prompt="x"))
    assert caught.value.stops_entrant


async def gone(pid: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        await asyncio.sleep(0.05)
    os.kill(pid, 9)
    return False


def recorded(folder: Path, text: str | bytes) -> RecordedModel:
    path = folder / "answers.jsonl"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return RecordedModel(Entrant(name="r", type="recorded", path=str(path)))


def about(task_id: str, sample: int = 0) -> Request:
    return Request(prompt="?", subject=Subject(suite="s", task_id=task_id, sample=sample))


async def test_the_nth_line_of_a_task_is_its_nth_sample(tmp_path: Path) -> None:
    """Under any of the three names; numbered lines go where they say, the later in place of the earlier."""
    model = recorded(
        tmp_path,
        '{"task_id": "a", "completion": "a0", "extra": 1}\n\n'
        '{"task_id": "b", "solution": "b0"}\n'
        '{"task_id": "a", "text": "a1"}\n'
        '{"task_id": "c", "completion": "old", "sample": 2}\n'
        '{"task_id": "c", "completion": "new", "sample": 2}\n'
        '{"task_id": "c", "completion": null, "sample": 3}',
    )
    wanted = {("a", 0): "a0", ("a", 1): "a1", ("b", 0): "b0", ("c", 2): "new"}
    for (task, sample), text in wanted.items():
        assert (await model.reply(about(task, sample))).text == text


@pytest.mark.parametrize("request_", [about("z"), about("a", 5), Request(prompt="?")])
async def test_an_answer_that_was_not_recorded_is_one_trials_trouble(tmp_path: Path, request_: Request) -> None:
    """It is missing, is not asked for again, and stops nothing else."""
    model = recorded(tmp_path, '{"task_id": "a", "completion": "x"}')
    with pytest.raises(ProviderError) as caught:
        await model.reply(request_)
    assert caught.value.fault is Fault.REJECTED
    assert not caught.value.retryable and not caught.value.stops_entrant


def test_bad_lines_are_named_by_number(tmp_path: Path) -> None:
    """All of them at once, as far as a line has room."""
    with pytest.raises(UserError) as caught:
        recorded(
            tmp_path,
            b'{"task_id": "a", "completion": "x"}\n{"task_id"\n[1]\n{"completion": "x"}\n{"task_id": "a"}\n'
            b'{"task_id": "a", "text": 5}\n{"task_id": "a", "text": "\xff"}\n'
            b'{"task_id": "a", "text": "", "sample": -1}\n',
        )
    text = str(caught.value)
    for number in (2, 3, 4, 5, 6):
        assert f"line {number}:" in text
    assert "2 more" in text and "line 1:" not in text and "\n" not in text


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_or_missing_file_is_the_users_to_mend(tmp_path: Path, content: str) -> None:
    """Said on opening, not trial by trial."""
    with pytest.raises(UserError, match="holds no answers"):
        recorded(tmp_path, content)
    with pytest.raises(UserError, match="No such file"):
        RecordedModel(Entrant(name="r", type="recorded", path=str(tmp_path / "none.jsonl")))


TASK = Task(
    id="python/add",
    language="python",
    ask=Ask(),
    extract=Extract(form="files"),
    solution={"add.py": "right", "util.py": "helper"},
    mutants=({"add.py": "wrong 0"}, {"add.py": "wrong 1", "more.py": "new"}),
)


def lookup(suite: str, task_id: str) -> Task:
    return {
        ("core", "python/add"): TASK,
        ("core", "raw"): Task(id="raw", ask=Ask(), extract=Extract(form="raw"), solution={"a.py": "body"}),
        ("core", "one"): Task(
            id="one", ask=Ask(), extract=Extract(path="a.py"), solution={"a.py": "body", "b.py": "other"}
        ),
    }[suite, task_id]


def render(files: dict[str, str], language: str) -> str:
    return f"{language}:{sorted(files.items())}"


def core(task_id: str, sample: int = 0) -> Request:
    return Request(prompt="?", subject=Subject(suite="core", task_id=task_id, sample=sample))


async def test_the_reference_replies_with_the_solution_as_the_task_takes_it() -> None:
    """Several files, one file, or the bare text."""
    model = ReferenceModel(lookup, render=render)
    assert (await model.reply(core("python/add"))).text == "python:[('add.py', 'right'), ('util.py', 'helper')]"
    assert (await model.reply(core("raw"))).text == "body"
    assert (await model.reply(core("one"))).text == ":[('a.py', 'body')]"


async def test_the_mutant_goes_through_the_wrong_answers_round_and_round() -> None:
    """Each laid over the solution, so that only what differs need be stored."""
    model = MutantModel(lookup, render=render)
    replies = [(await model.reply(core("python/add", sample))).text for sample in range(3)]
    assert replies[0] == replies[2] == "python:[('add.py', 'wrong 0'), ('util.py', 'helper')]"
    assert replies[1] == "python:[('add.py', 'wrong 1'), ('more.py', 'new'), ('util.py', 'helper')]"


@pytest.mark.parametrize("request_", [core("raw"), core("nowhere"), Request(prompt="?")])
async def test_what_has_no_stored_answer_is_a_provider_error(request_: Request) -> None:
    """Never an empty answer, which would be judged."""
    with pytest.raises(ProviderError) as caught:
        await MutantModel(lookup, render=render).reply(request_)
    assert caught.value.fault is Fault.REJECTED


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="torch is installed here")
def test_without_torch_the_extra_is_named() -> None:
    """Somebody without the extra is told what to install."""
    with pytest.raises(UserError, match=r"assay\[hf\]"):
        HuggingFaceModel(Entrant(name="x", type="huggingface", repo="a/b"))
