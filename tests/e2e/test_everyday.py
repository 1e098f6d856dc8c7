"""What people do every day, through the command: ask first, stream, go on, judge again."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from e2e_world import RIGHT, WRONG, assay, decisions, environment, latest, prompt_mark, write_suite

from assay.scripted.script import Answer, Match, Rule, Script
from assay.scripted.server import ScriptedServer

pytestmark = pytest.mark.usefixtures("sandbox")

PRICED = "models:\n  - {name: m, type: openai, api_base: '%s', max_tokens: 4000, price: {input: 500, output: 5000}}\n"


def half_right(count: int) -> Script:
    rules = tuple(Rule(Match(contains=prompt_mark(n)), answer=Answer(text=WRONG)) for n in range(0, count, 2))
    return Script(rules=rules, default=Answer(text=RIGHT))


async def test_what_costs_more_than_a_dollar_is_not_spent_unasked(tmp_path: Path) -> None:
    """Without a terminal, a run that may cost money needs --yes or --max-cost, and says about how much."""
    write_suite(tmp_path / "suite", 4)
    async with ScriptedServer(Script.fixed(RIGHT)) as server:
        (tmp_path / "models.yaml").write_text(PRICED % server.url)
        refused = await assay("run", "./suite", cwd=tmp_path)
        assert refused.code == 2
        assert "--yes" in refused.err
        assert "about $14" in refused.err
        assert server.count() == 0
        tried = await assay("run", "./suite", "--dry-run", cwd=tmp_path)
        assert tried.code == 0
        assert server.count() == 0
        assert not (tmp_path / "runs").exists()
        done = await assay("run", "./suite", "--yes", "--json", cwd=tmp_path)
        assert done.code == 0, done.err
    assert done.object["standings"][0]["cost_source"] == "priced"


async def test_a_ceiling_that_the_first_call_does_not_fit_is_exit_code_4(tmp_path: Path) -> None:
    """Nothing is asked, nothing is left behind, and the line says what the next call may cost."""
    write_suite(tmp_path / "suite", 2)
    async with ScriptedServer(Script.fixed(RIGHT)) as server:
        (tmp_path / "models.yaml").write_text(PRICED % server.url)
        done = await assay("run", "./suite", "--max-cost", "0.001", cwd=tmp_path)
        assert server.count() == 0
    assert done.code == 4
    assert "$0.001" in done.err
    assert not list((tmp_path / "runs").glob("*"))


async def test_an_unknown_price_cannot_be_held_under_a_ceiling(tmp_path: Path) -> None:
    """The entrant is refused by name before anything is asked of it."""
    write_suite(tmp_path / "suite", 2)
    (tmp_path / "models.yaml").write_text("models:\n  - {name: prog, type: command, command: cat}\n")
    done = await assay("run", "./suite", "--max-cost", "1", cwd=tmp_path)
    assert done.code == 3
    assert "prog: its price is unknown" in done.err


async def test_jsonl_streams_decisions_and_a_closed_pipe_is_silent(tmp_path: Path) -> None:
    """One line a trial on stdout and nothing else there; a reader that leaves early is no error."""
    write_suite(tmp_path / "suite", 12)
    async with ScriptedServer(half_right(12)) as server:
        model = f"demo@{server.url}"
        done = await assay("run", "./suite", "-m", model, "--jsonl", "--name", "r", cwd=tmp_path)
        lines = [json.loads(line) for line in done.out.splitlines()]
        assert list(lines[0])[:5] == ["model", "task_id", "completion", "passed", "latency"]
        assert sum(line["passed"] for line in lines) == 6
        assert {line["trial_id"] for line in lines} == {line["trial_id"] for line in decisions(tmp_path / "runs" / "r")}
    command = f"{sys.executable} -m assay run ./suite -m reference --jsonl | head -1"
    piped = subprocess.run(command, shell=True, cwd=tmp_path, env=environment(), capture_output=True, text=True)
    assert json.loads(piped.stdout)["model"] == "reference"
    assert "Traceback" not in piped.stderr
    assert "Error" not in piped.stderr


async def test_verify_says_no_when_a_record_was_changed(tmp_path: Path) -> None:
    """A verdict edited by hand is found: exit code 1 and the trial named; `grade --run` mends it with a revision."""
    write_suite(tmp_path / "suite", 4)
    await assay("run", "./suite", "-m", "mutant", "--name", "r", cwd=tmp_path)
    run = tmp_path / "runs" / "r"
    assert (await assay("verify", "r", cwd=tmp_path)).code == 0
    forged = (run / "trials.jsonl").read_text().replace('"passed":false', '"passed":true')
    forged = forged.replace('"status":"failed","score":0.0', '"status":"passed","score":1.0')
    (run / "trials.jsonl").write_text(forged)
    found = await assay("verify", "r", "--json", cwd=tmp_path)
    assert found.code == 1
    assert len(found.object["differences"]) == 4
    assert (await assay("grade", "--run", "r", cwd=tmp_path)).code == 0
    held = latest(run)
    assert {(line["status"], line["revision"], line["because"]) for line in held.values()} == {
        ("failed", 1, "regraded")
    }
    assert len(decisions(run)) == 8


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("assay suites | head -1", 0, ""),
        ("assay run ./suite -m reference --name r 2>err | head -1", 0, ""),
        ("assay suites >&-", 0, ""),
        ("assay run ./suite -m reference --name r <&- >&- 2>&-", 0, ""),
        ("assay suites >/dev/full", 3, "assay: the system refused: No space left on device\n"),
    ],
)
def test_where_nobody_listens_a_command_still_does_its_work(tmp_path: Path, command: str, code: int, said: str) -> None:
    """A reader that left or a stream that was closed is no fault; an output that takes nothing is, in one line."""
    write_suite(tmp_path / "suite", 2)
    script = f'set -o pipefail; assay() {{ {shlex.quote(sys.executable)} -m assay "$@"; }}; {command}'
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment(), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (code, said)
    if "run" in command:
        assert {line["status"] for line in latest(tmp_path / "runs" / "r").values()} == {"passed"}


@pytest.mark.parametrize("module", ["assay.cli.exits", "click", "assay.cli.root", "assay.cli.board"])
def test_ctrl_c_while_a_command_still_starts_is_silent(tmp_path: Path, module: str) -> None:
    """Also before anything of it runs: exit code 130, and no traceback."""
    script = (
        "import sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "from assay.cli import main\n"
        "main(['board'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment(), capture_output=True, text=True
    )
    assert (done.returncode, done.stderr.strip()) == (130, "")


async def test_a_damaged_copy_of_a_run_is_named_in_one_line(tmp_path: Path) -> None:
    """Answers or tasks that were copied in part are the apparatus' failure, told with the file that holds them."""
    write_suite(tmp_path / "suite", 4)
    await assay("run", "./suite", "-m", "mutant", "--name", "r", cwd=tmp_path)
    run = tmp_path / "runs" / "r"
    for name, kept, more in (("blobs/pack-000.bin", 90, b""), ("tasks.jsonl.zst", None, b"x")):
        whole = (run / name).read_bytes()
        (run / name).write_bytes(whole[:kept] + more)
        for command in (("verify", "r"), ("grade", "--run", "r")):
            done = await assay(*command, cwd=tmp_path)
            assert done.code == 3, done.err
            assert f"runs/r/{name.partition('/pack')[0]}" in done.err
            assert len(done.err.splitlines()) == 1, done.err
        (run / name).write_bytes(whole)


async def test_what_was_recorded_cannot_steer_the_terminal_that_sql_is_asked_on(tmp_path: Path) -> None:
    """On a terminal, where `assay sql` draws a table, escape sequences out of the records are written out."""
    write_suite(tmp_path / "suite", 1)
    await assay("run", "./suite", "-m", "reference", "--name", "r", cwd=tmp_path)
    ours, theirs = os.openpty()
    asked = [sys.executable, "-m", "assay", "sql", "select chr(27) || ']52;c;eA==' || chr(7) as said"]
    done = subprocess.run(asked, cwd=tmp_path, env=environment(), stdout=theirs, timeout=60)
    os.close(theirs)
    table = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert done.returncode == 0
    assert "\\u001b]52;c;eA==\\u0007" in table
    assert "\x1b]52" not in table


async def test_ping_makes_one_cheap_call_and_no_run(tmp_path: Path) -> None:
    """`assay models ping` proves a key and an id without a run."""
    async with ScriptedServer(Script.fixed("ready"), key="sk-right") as server:
        (tmp_path / "models.yaml").write_text(
            "models:\n" + "".join(
                f"  - {{name: {name}, type: openai, api_base: '{server.url}', api_key: ${name.upper()}}}\n"
                for name in ("good", "bad")
            )
        )  # fmt: skip
        done = await assay("models", "ping", "good", "bad", cwd=tmp_path, GOOD="sk-right", BAD="sk-wrong")
    assert done.code == 3
    assert "✓ good: answers" in done.out
    assert "✗ bad: " in done.out
    assert "sk-" not in done.out + done.err
    assert not (tmp_path / "runs").exists()
