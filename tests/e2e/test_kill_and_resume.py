"""Nothing paid for is lost or paid twice: kills at random moments, Ctrl-C, two processes, a full disk."""

from __future__ import annotations

import asyncio
import os
import random
import re
import shutil
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from e2e_world import RIGHT, assay, calls, decisions, latest, prompt_mark, start, task_id, write_suite

from assay.scripted.script import Answer, Match, Rule, Script, Trouble
from assay.scripted.server import ScriptedServer

pytestmark = pytest.mark.usefixtures("sandbox")


def slow_script(latency: float) -> Script:
    return Script(rules=(Rule(trouble=Trouble(latency=latency)),), default=Answer(text=RIGHT))


def asked_so_far(server: ScriptedServer) -> Counter[str]:
    """How often each task was asked for, the first cheap calls left out."""
    marks = (re.search(r"\(No\. (\d+)\)", seen.text) for seen in server.calls)
    return Counter(task_id(int(mark[1])) for mark in marks if mark)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_fifty_kills_lose_no_trial_and_pay_for_none_twice(tmp_path: Path) -> None:
    """kill -9 at fifty random moments: every trial is decided once, an answer on disk is never asked for again,
    and the server sees no more than trials and calls in flight at each kill."""
    count, kills, number = 60, 0, 0
    write_suite(tmp_path / "suite", count)
    chance = random.Random(7)
    async with ScriptedServer(slow_script(0.05)) as server:
        while kills < 50:  # a run that ends before the fiftieth kill is followed by another
            number += 1
            run, begun = tmp_path / "runs" / f"r{number}", asked_so_far(server)
            command = ("run", "./suite", "-m", f"demo@{server.url},concurrency=2", "--name", run.name)
            sessions = []
            code: int | None = -9
            while code == -9:
                on_disk = {event["trial_id"] for event in calls(run) if event["event"] == "answered"}
                before = asked_so_far(server)
                process = await start(*command, cwd=tmp_path)
                try:
                    await asyncio.wait_for(process.communicate(), chance.uniform(0.2, 1.1) if kills < 50 else 60)
                except TimeoutError:
                    process.send_signal(signal.SIGKILL)
                    await process.communicate()
                    kills += 1
                code = process.returncode
                sessions.append((on_disk, before, asked_so_far(server)))
            assert code == 0
            asked = sum((asked_so_far(server) - begun).values())
            lines = decisions(run)
            assert len(lines) == count, "a trial was decided twice or not at all"
            assert {line["status"] for line in latest(run).values()} == {"passed"}
            task_of = {line["trial_id"]: line["task_id"] for line in lines}
            for on_disk, before, after in sessions:
                for trial in on_disk & set(task_of):
                    assert after[task_of[trial]] == before[task_of[trial]], "an answer on disk was asked for again"
            events = [event for event in calls(run) if event["trial_id"] != "preflight"]
            ended = {event["call_id"] for event in events if event["event"] != "sent"}
            lost = sum(event["event"] == "sent" and event["call_id"] not in ended for event in events)
            assert count <= asked <= count + lost
    assert kills >= 50


async def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(tmp_path: Path) -> None:
    """Exit 130; the answers that were on their way are kept; the command that it prints finishes the run."""
    write_suite(tmp_path / "suite", 60)
    async with ScriptedServer(slow_script(0.2)) as server:
        process = await start("run", "./suite", "-m", f"demo@{server.url},concurrency=2", "--name", "r", cwd=tmp_path)
        while len(decisions(tmp_path / "runs" / "r")) < 3:
            await asyncio.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, err = await process.communicate()
        assert process.returncode == 130, err.decode()
        assert "assay run --resume r" in err.decode()
        assert "Traceback" not in err.decode()
        done_before = len(decisions(tmp_path / "runs" / "r"))
        assert 0 < done_before < 60
        again = await assay("run", "--resume", "r", cwd=tmp_path)
        assert again.code == 0, again.err
        assert sum(asked_so_far(server).values()) == 60
    assert len(latest(tmp_path / "runs" / "r")) == 60


async def test_a_second_process_on_one_run_is_refused(tmp_path: Path) -> None:
    """One line that names the process that writes, exit 2, and the first goes on undisturbed."""
    write_suite(tmp_path / "suite", 40)
    async with ScriptedServer(slow_script(0.4)) as server:
        command = ("run", "./suite", "-m", f"demo@{server.url},concurrency=2", "--name", "r")
        first = await start(*command, cwd=tmp_path)
        while not decisions(tmp_path / "runs" / "r"):
            await asyncio.sleep(0.05)
        second = await assay(*command, cwd=tmp_path)
        await first.communicate()
    assert second.code == 2
    assert str(first.pid) in second.err
    assert first.returncode == 0


async def test_a_money_ceiling_holds_and_a_larger_one_goes_on(tmp_path: Path) -> None:
    """--max-cost is never passed; the exit code is 4; more money finishes the run."""
    write_suite(tmp_path / "suite", 30)
    async with ScriptedServer(Script.fixed(RIGHT)) as server:
        models = "models:\n  - {name: m, type: openai, api_base: '%s', max_tokens: 500, price: {input: 1000, output: 1000}}\n"
        (tmp_path / "models.yaml").write_text(models % server.url)
        short = await assay("run", "./suite", "--name", "r", "--max-cost", "1.5", "--json", cwd=tmp_path)
        assert short.code == 4, short.err
        assert 0 < short.object["spent_usd"] <= 1.5
        whole = await assay("run", "./suite", "--name", "r", "--max-cost", "500", "--json", cwd=tmp_path)
        assert whole.code == 0, whole.err
        assert sum(asked_so_far(server).values()) == 30


async def test_reuse_takes_equal_answers_at_no_cost(tmp_path: Path) -> None:
    """Another run with the same questions asks nothing but the first cheap call, and says where answers came from."""
    write_suite(tmp_path / "suite", 10)
    async with ScriptedServer(Script.fixed(RIGHT)) as server:
        model = f"demo@{server.url}"
        await assay("run", "./suite", "-m", model, "--name", "one", cwd=tmp_path)
        asked = sum(asked_so_far(server).values())
        done = await assay("run", "./suite", "-m", model, "--name", "two", "--reuse", "one", cwd=tmp_path)
        assert done.code == 0, done.err
        assert sum(asked_so_far(server).values()) == asked == 10
    reused = [event for event in calls(tmp_path / "runs" / "two") if event.get("reused_from")]
    assert len(reused) == 10
    assert all(event["cost_usd"] == 0 for event in reused)


async def test_a_full_disk_stops_the_run_with_one_line_and_a_whole_journal(tmp_path: Path) -> None:
    """When the disk fills, the run ends with exit 3 and one clear line; what is recorded can be read and gone on with."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("mounting a small file system needs root")
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=800k", "tmpfs", str(small)]).returncode:
        pytest.skip("cannot mount a small file system here")
    try:
        write_suite(tmp_path / "suite", 400)
        async with ScriptedServer(Script.fixed(RIGHT)) as server:
            command = ("run", "./suite", "-m", f"demo@{server.url}", "--name", "r")
            done = await assay(*command, cwd=tmp_path, ASSAY_RUNS=str(small))
            assert done.code == 3, done.err
            assert "Traceback" not in done.err
            assert "space" in done.err
            before = len(decisions(small / "r"))
            assert 0 < before < 400
            assert (small / "r" / "trials.jsonl").read_bytes().endswith(b"\n")
            subprocess.run(["mount", "-o", "remount,size=64m", str(small)], check=True)
            again = await assay(*command, cwd=tmp_path, ASSAY_RUNS=str(small))
            assert again.code == 0, again.err
        assert len(latest(small / "r")) == 400
    finally:
        subprocess.run(["umount", "-l", str(small)])


async def test_one_prompt_that_always_fails_of_many(tmp_path: Path) -> None:
    """The run ends in time with all others judged, and the board shows what the missing one could change."""
    count = 300
    write_suite(tmp_path / "suite", count)
    rule = Rule(Match(contains=prompt_mark(17)), trouble=Trouble(status=500))
    async with ScriptedServer(Script(rules=(rule,), default=Answer(text=RIGHT))) as server:
        done = await assay("run", "./suite", "-m", f"demo@{server.url}", "--name", "r", "--json", cwd=tmp_path)
    assert done.code == 0, done.err
    standing = done.object["standings"][0]
    assert (standing["judged"], standing["missing"]) == (count - 1, 1)
    assert standing["worst"] == pytest.approx((count - 1) / count)
    assert standing["best"] == pytest.approx(1.0)
