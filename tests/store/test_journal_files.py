"""The journal: what it keeps through kills, torn tails, full disks and second processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from assay.core.errors import StorageError, UserError
from assay.core.trial import CallEvent
from assay.store.journal import FileJournal, RunFolder
from assay.store.lines import LineFile
from assay.store.runs import find_run, remove_run, run_folders
from assay.store.tasks import read_tasks
from synthetic_runs import decision, make_plan, make_run


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """Decisions, calls, blobs and tasks come back as they went in, in their order."""
    folder = make_run(tmp_path, make_plan(tasks=4))
    decisions = list(folder.decisions())
    assert [one.task_id for one in decisions[::2]] == [task.id for task in folder.plan.suites[0].tasks]
    assert [event.event for event in folder.calls()] == ["sent", "answered"] * 8
    blobs = folder.blobs()
    assert b"files" in blobs.get(decisions[0].answer_hash)
    blobs.close()
    assert [stored.task.id for stored in read_tasks(folder.path)] == [one.task_id for one in decisions[::2]]


def test_the_five_expected_fields_come_first(tmp_path: Path) -> None:
    """A line of trials.jsonl starts with the fields that everybody looks for."""
    line = make_run(tmp_path, make_plan(tasks=1)).trials.read_bytes().splitlines()[0]
    assert list(msgspec.json.decode(line))[:5] == ["model", "task_id", "completion", "passed", "latency"]


def test_a_later_line_supersedes_an_earlier_one(tmp_path: Path) -> None:
    """`latest` holds one decision a trial, the last; `decisions` holds all."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=2), chance=0)
    again = decision(folder.plan, model="alpha", task=folder.plan.suites[0].tasks[0], revision=1, because="regraded")
    with FileJournal(folder) as journal:
        journal.decide(again)
    assert len(list(folder.decisions())) == 3
    assert folder.latest()[again.trial_id] == again
    assert len(folder.latest()) == 2


def test_a_torn_tail_is_cut_back_and_appending_goes_on(tmp_path: Path) -> None:
    """A line cut short by a kill is unseen by readers and gone after the next opening."""
    folder = make_run(tmp_path, make_plan(tasks=3))
    whole = folder.trials.read_bytes()
    with folder.trials.open("ab") as file:
        file.write(b'{"model":"alpha","task_id":"pyth')
    assert len(list(folder.decisions())) == 6
    assert folder.bad_lines == []
    with FileJournal(folder) as journal:
        assert journal.torn == 32
        journal.decide(decision(folder.plan, model="alpha", task=folder.plan.suites[0].tasks[0]))
    assert folder.trials.read_bytes().startswith(whole)
    assert len(list(folder.decisions())) == 7


@pytest.mark.parametrize(
    "bad", [b"nonsense\n", b"[]\n", b'{"model": "alpha"}\n', b'\xff\xfe{"model":1}\n', b'{"model":"\xff"}\n']
)
def test_a_bad_line_inside_is_named_and_passed_over(tmp_path: Path, bad: bytes) -> None:
    """The lines around it are read; its file and number are told."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=3))
    lines = folder.trials.read_bytes().splitlines(keepends=True)
    folder.trials.write_bytes(lines[0] + bad + b"".join(lines[1:]))
    assert len(list(folder.decisions())) == 3
    assert [(line.path.name, line.number) for line in folder.bad_lines] == [("trials.jsonl", 2)]


def test_a_second_process_is_refused_by_name(tmp_path: Path) -> None:
    """Who opens a run that is being written is told which process holds it; reading goes on."""
    folder = make_run(tmp_path, make_plan(tasks=1))
    hold = (
        "import sys, time; from pathlib import Path; from assay.store.journal import FileJournal, RunFolder\n"
        "journal = FileJournal(RunFolder(Path(sys.argv[1]))); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", hold, str(folder.path)], stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == b"held\n"
            with pytest.raises(UserError, match=f"process {other.pid}"):
                FileJournal(folder)
            with pytest.raises(UserError, match=f"process {other.pid}"):
                remove_run(folder)
            assert folder.holder == other.pid
            assert len(list(folder.decisions())) == 2
        finally:
            os.kill(other.pid, signal.SIGKILL)
    assert folder.holder is None
    FileJournal(folder).close()


def test_a_killed_writer_loses_nothing_that_it_wrote(tmp_path: Path) -> None:
    """After SIGKILL, every decision and blob whose call had returned is there."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=1))
    write = (
        "import sys; from pathlib import Path; from assay.store.journal import FileJournal, RunFolder\n"
        "folder = RunFolder(Path(sys.argv[1])); journal = FileJournal(folder); one = next(folder.decisions())\n"
        "number = 0\n"
        "while True:\n"
        "    journal.blob(b'%d' % number); journal.decide(one); number += 1\n"
        "    print(number, flush=True)"
    )
    with subprocess.Popen([sys.executable, "-c", write, str(folder.path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        for _ in range(200):
            other.stdout.readline()
        os.kill(other.pid, signal.SIGKILL)
        said = other.stdout.read().splitlines()
    written = int(said[-1]) if said and said[-1].isdigit() else 200
    assert len(list(folder.decisions())) >= written + 1
    with FileJournal(folder) as journal:
        for number in range(written):
            digest = journal.blob(b"%d" % number)
            assert journal.read_blob(digest) == b"%d" % number


def test_a_full_disk_is_one_clear_line_and_a_whole_journal(tmp_path: Path) -> None:
    """When a write comes to nothing or is cut short, StorageError says so and no partial line stays."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=2))
    before = folder.trials.stat().st_size
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from assay.core.errors import StorageError; from assay.store.journal import FileJournal, RunFolder\n"
        "folder = RunFolder(Path(sys.argv[1])); one = next(folder.decisions()); journal = FileJournal(folder)\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "limit = int(sys.argv[2]); resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
        "try:\n"
        "    for _ in range(1000): journal.decide(one)\n"
        "except StorageError as error: print(error)\n"
    )
    room = str(before + 1500)
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder.path), room], capture_output=True, text=True, check=True
    )
    assert len(done.stdout.splitlines()) == 1
    assert str(folder.trials) in done.stdout
    assert folder.trials.read_bytes().endswith(b"\n")
    assert before < folder.trials.stat().st_size <= int(room)
    assert list(folder.decisions())
    assert folder.bad_lines == []


def test_dev_full_is_said_to_be_full(tmp_path: Path) -> None:
    """ENOSPC from the system becomes a StorageError that names the file and what to do."""
    link = tmp_path / "trials.jsonl"
    link.symlink_to("/dev/full")
    try:
        lines = LineFile(link)
    except OSError as error:
        pytest.skip(f"/dev/full cannot be opened here: {error}")
    lines._restore = lambda: None  # type: ignore[method-assign]  # a device cannot be cut back
    with pytest.raises(StorageError, match=r"no space left for .*make room"):
        lines.append({"a": 1})
    lines.close()


@pytest.mark.parametrize("hostile", ["\ud800 lone", {"deep": 10**400}, {"deep": 2**70}, "nul \x00 and \u2028"])
def test_what_json_cannot_carry_is_kept_as_near_as_can_be(tmp_path: Path, hostile: object) -> None:
    """A vendor's lone surrogate or endless integer costs no trial its record."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=1), calls=False)
    nested: object = hostile
    for _ in range(50):
        nested = [nested]
    with FileJournal(folder) as journal:
        journal.call(CallEvent(call_id="c", trial_id="t", event="answered", at=1.0, usage_raw=[hostile, nested]))
    assert [event.call_id for event in folder.calls()] == ["c"]
    assert folder.bad_lines == []


def test_lines_reach_the_disk_within_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without anybody asking, what was written is fsynced."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=1))
    one = next(folder.decisions())
    synced: list[float] = []
    real = os.fsync

    def noted(fd: int) -> None:
        real(fd)
        synced.append(time.monotonic())

    monkeypatch.setattr(os, "fsync", noted)
    with FileJournal(folder) as journal:
        written = time.monotonic()
        journal.decide(one)
        while not synced and time.monotonic() < written + 3:
            time.sleep(0.02)
    assert synced
    assert synced[0] - written < 1.3


def test_runs_are_found_by_id_by_path_and_by_default_the_newest(tmp_path: Path) -> None:
    """A name that is wrong is answered with the nearest right one."""
    with pytest.raises(UserError, match="no run"):
        find_run(tmp_path)
    first = make_run(tmp_path, make_plan(run_id="first-run", tasks=1))
    second = make_run(tmp_path, make_plan(run_id="second-run", tasks=1))
    os.utime(first.plan_path, (1, 1))
    assert [run.path.name for run in run_folders(tmp_path)] == ["second-run", "first-run"]
    assert find_run(tmp_path).path == second.path
    assert find_run(tmp_path, "first-run").path == first.path
    assert find_run(tmp_path, str(first.path)).path == first.path
    with pytest.raises(UserError, match="did you mean first-run"):
        find_run(tmp_path, "first-rum")
    remove_run(first)
    assert not first.path.exists()


def test_a_run_is_created_once_and_its_plan_replaced_whole(tmp_path: Path) -> None:
    """A second run of the same name is refused; a grown plan takes the old one's place."""
    folder = make_run(tmp_path, make_plan(tasks=1))
    with pytest.raises(UserError, match="already"):
        RunFolder.create(folder.path, folder.plan)
    with pytest.raises(UserError, match="not a run"):
        RunFolder.open(tmp_path)
    grown = msgspec.structs.replace(folder.plan, samples=5)
    folder.replace_plan(grown)
    assert RunFolder.open(folder.path).plan == grown
    assert not list(folder.path.glob("*.partial"))
    folder.plan_path.write_text("{")
    with pytest.raises(StorageError, match=r"run\.json"):
        _ = folder.plan
