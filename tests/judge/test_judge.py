"""The judge's own promises: whose failure it was, what it refuses, what it keeps of what was printed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from judge_bench import call

from assay.core.errors import SandboxError, TaskError, Unsupported
from assay.core.judging import Ended, Job, Opaque, Program, Step
from assay.core.task import Limits
from assay.sandboxes.box import Box, Boxes, Command, Finished, Mount
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux import landlock
from assay.sandboxes.linux.mounts import everyday_mounts
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import find
from assay.sandboxes.toolchains.base import Plan, answer_files
from assay.sandboxes.toolchains.javascript import JavaScript

pytestmark = pytest.mark.asyncio(loop_scope="session")

BUILD = Limits(cpu=1.0, wall=10.0)
SPIN = ("/bin/sh", "-c", "while :; do :; done")


class Shell:
    """A language whose compiler is whatever a test says."""

    language = "shell"
    version = "shell 1"
    instant = False
    mounts: tuple[Mount, ...] = ()
    out_of_memory: tuple[bytes, ...] = ()
    trivial = Job(language="shell", files={"trivial": ""}, entry="trivial", programs=(Program(),))

    def __init__(self, *, build: tuple[str, ...], build_trivial: tuple[str, ...]) -> None:
        self._build = build
        self._build_trivial = build_trivial

    def prepare(self) -> None:
        """Nothing is shared."""

    def plan(self, job: Job) -> Plan:
        argv = self._build_trivial if job.entry == "trivial" else self._build
        run = Command(argv=("/bin/sh", f"../{job.entry}"), limits=job.limits)
        return Plan(files=answer_files(job), builds=(Command(argv=argv, limits=BUILD),), run=run)


def _shell(judge: BoxJudge, build: tuple[str, ...], build_trivial: tuple[str, ...]) -> BoxJudge:
    return BoxJudge(judge._boxes, toolchains={"shell": Shell(build=build, build_trivial=build_trivial)})


SCRIPT = Job(language="shell", files={"a": "echo hello"}, entry="a", programs=(Program(),))
TRUE, FALSE = ("/bin/true",), ("/bin/sh", "-c", "echo wrong >&2; exit 1")


@pytest.mark.parametrize(
    ("build", "build_trivial", "expected"),
    [
        (TRUE, TRUE, "done"),
        (FALSE, TRUE, "build_failed"),
        (FALSE, FALSE, "sandbox_error"),
        (SPIN, TRUE, "build_failed"),
        (SPIN, SPIN, "sandbox_error"),
    ],
    ids=["builds", "answer is wrong", "compiler is broken", "answer explodes", "machine is too slow"],
)
async def test_a_build_fails_on_the_right_account(
    judge: BoxJudge, build: tuple[str, ...], build_trivial: tuple[str, ...], expected: str
) -> None:
    """A failed build counts against the answer only while a trivial program builds."""
    ours = _shell(judge, build, build_trivial)
    if expected == "sandbox_error":
        with pytest.raises(SandboxError, match="trivial"):
            await ours.run(SCRIPT)
    else:
        assert (await ours.run(SCRIPT)).ended == expected


async def test_what_explodes_the_compiler_is_not_built_twice(judge: BoxJudge) -> None:
    """Processor time is no matter of a busy machine: what took too much of it would take it again, alone."""
    built: list[Job] = []

    class Watched(Shell):
        def plan(self, job: Job) -> Plan:
            built.append(job)
            return super().plan(job)

    ours = BoxJudge(judge._boxes, toolchains={"shell": Watched(build=SPIN, build_trivial=TRUE)})
    outcome = await ours.run(SCRIPT)
    assert (outcome.ended, outcome.log.strip()) == (Ended.BUILD_FAILED, "the compiler was stopped: cpu")
    assert built.count(SCRIPT) == 1


class Breakable:
    """A box of the real kind in which nothing can be run after a program that says so."""

    def __init__(self, box: Box, always: bool) -> None:
        self._box = box
        self._broken = always
        self.take = box.take
        self.put = box.put

    async def run(self, command: Command) -> Finished:
        if self._broken:
            raise SandboxError("nothing can be run here")
        finished = await self._box.run(command)
        self._broken = b"break" in finished.stdout
        return finished


class BreakableBoxes:
    def __init__(self, boxes: Boxes, *, always: bool) -> None:
        self._boxes = boxes
        self._always = always

    @asynccontextmanager
    async def enter(self, *, alone: bool = False) -> AsyncIterator[Breakable]:
        async with self._boxes.enter(alone=alone) as box:
            yield Breakable(box, self._always)

    @property
    def refuses_built(self) -> str:
        return ""

    async def close(self) -> None:
        return None


@pytest.mark.parametrize("always", [False, True], ids=["by the answer", "by itself"])
async def test_a_box_breaks_on_the_right_account(judge: BoxJudge, always: bool) -> None:
    """What breaks in each box in which an answer has run, and in no other, is that answer's failure."""
    shell = {"shell": Shell(build=TRUE, build_trivial=TRUE)}
    ours = BoxJudge(BreakableBoxes(judge._boxes, always=always), toolchains=shell)
    job = msgspec.structs.replace(SCRIPT, files={"a": "echo break"}, programs=(Program(), Program()))
    if always:
        with pytest.raises(SandboxError):
            await ours.run(job)
    else:
        outcome = await ours.run(job)
        assert (outcome.ended, outcome.flags) == (Ended.CRASHED, ("broke_box",))


async def test_changed_tests_are_put_back_and_flagged(judge: BoxJudge) -> None:
    """An answer that rewrites the tests beside it meets them again in the next run."""
    files = {"answer.py": "open('../test.py', 'w').write('print(1)')\n", "test.py": "import answer\nprint('owed')\n"}
    job = Job(
        language="python", files=files, entry="test.py", programs=(Program(), Program()), suite_files=("test.py",)
    )
    outcome = await judge.run(job)
    assert outcome.flags == ("touched_tests",)
    assert [ran.stdout for ran in outcome.programs] == [b"owed\n"] * 2


async def test_an_absent_toolchain_is_unsupported(judge: BoxJudge) -> None:
    """The reason is said before, and raised when asked to run all the same."""
    ours = BoxJudge(judge._boxes, toolchains={"rust": "no rustc found"})
    assert ours.supports("rust") == "no rustc found"
    assert "cobol" in judge.supports("cobol")
    with pytest.raises(Unsupported, match="no rustc"):
        await ours.run(msgspec.structs.replace(SCRIPT, language="rust"))


@pytest.mark.parametrize("path", ["../a.py", "/etc/a.py", "a/../../b.py", ".assay/driver.cjs", "-o", "a\nb", ""])
async def test_a_bad_path_is_the_answers_failure(judge: BoxJudge, path: str) -> None:
    """An answer cannot turn its own failure into the apparatus's by the name of a file."""
    files = {"answer.py": "def f(): return 1\n", path: "x"}
    outcome = await judge.run(Job(language="python", files=files, entry="answer.py", cases=(call("f"),)))
    assert outcome.ended is Ended.BUILD_FAILED


async def test_arguments_that_cannot_travel_are_the_tasks_fault(judge: BoxJudge) -> None:
    """What the wire cannot carry was written by the task's author."""
    job = Job(language="python", files={"a.py": ""}, entry="a.py", cases=(call("f", object()),))
    with pytest.raises(TaskError):
        await judge.run(job)


PYTHON = """
import asyncio, dataclasses, sys
@dataclasses.dataclass
class Point:
    x: int
    y: int
class Odd:
    def __eq__(self, other): return True
async def later(x):
    await asyncio.sleep(0)
    return x
def drawn(n): yield from range(n)
async def drawn_later():
    yield 1
def point(): return Point(1, 2)
def odd(): return [Odd(), {1: Odd()}]
def endless():
    inner = []
    inner.append(inner)
    return inner
def packages():
    found = []
    for name in ("assay", "msgspec", "numpy", "pip"):
        try:
            __import__(name)
            found.append(name)
        except ImportError:
            pass
    return found
def leave(): sys.exit(4)
class Box:
    def __init__(self): self.items = []
    @property
    def size(self): return len(self.items)
"""


async def test_python_answers_of_every_shape(judge: BoxJudge) -> None:
    """Awaitables are awaited, generators drawn; strange objects stay opaque; no package of ours is there."""
    names = ("later", "drawn", "drawn_later", "point", "odd", "endless", "packages", "leave")
    args: dict[str, tuple[object, ...]] = {"later": (5,), "drawn": (3,)}
    cases = [(Step("call", name, args.get(name, ())),) for name in names]
    made = (Step("new", "Box"), Step("do", "size"), Step("do", "absent"))
    job = Job(language="python", files={"a.py": PYTHON}, entry="a.py", cases=(*cases, made))
    outcome = await judge.run(job)
    assert outcome.ended is Ended.DONE, outcome.log
    values = [case[0].returned for case in outcome.cases]
    assert values[:5] == [5, [0, 1, 2], [1], {"x": 1, "y": 2}, [Opaque("Odd"), {1: Opaque("Odd")}]]
    assert values[5] == [Opaque("a value that nests without end")]
    assert values[6] == []
    left = outcome.cases[7][0].raised
    assert left is not None
    assert left.kinds[0] == "SystemExit"
    assert outcome.cases[8][1].returned == 0
    assert outcome.cases[8][2].raised is not None
    assert outcome.cases[8][2].raised.kinds == ("panic",)


async def test_an_error_on_loading_shows_the_answers_lines_only(judge: BoxJudge) -> None:
    """The log of an answer that cannot be loaded begins at its own code."""
    job = Job(language="python", files={"a.py": "x = 1 // 0\n"}, entry="a.py", cases=(call("f"),))
    outcome = await judge.run(job)
    assert outcome.ended is Ended.BUILD_FAILED
    assert "ZeroDivisionError" in outcome.log
    assert "drivers" not in outcome.log


@pytest.mark.parametrize("node", ["/nowhere/node", "/bin/false"])
async def test_a_toolchain_that_cannot_be_started_is_no_answers_failure(node: str, judge: BoxJudge) -> None:
    """An interpreter that is missing, or fails by itself, is the apparatus's fault, whatever form the task has."""
    gone = BoxJudge(judge._boxes, toolchains={"javascript": JavaScript(Path(node), "20")})
    one = Job(language="javascript", files={"a.js": "exports.f = () => 1"}, entry="a.js", cases=(call("f"),))
    for job in (one, msgspec.structs.replace(one, cases=(), programs=(Program(),))):
        with pytest.raises(SandboxError, match="not even a trivial program") as caught:
            await gone.run(job)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["package", "await", "inner"])
async def test_a_module_may_offer_what_its_own_lines_could_not_name(name: str) -> None:
    """A function is found by the name that it is exported by, be that a word that modules keep, or else by its own."""
    found = find("javascript")
    if isinstance(found, str):
        pytest.skip(found)
    judge = BoxJudge(LinuxBoxes(1, found.mounts))
    code = "const inner = () => 3;\nconst two = () => 2;\nexport { two as package, two as await };\n"
    job = Job(language="javascript", files={"a.js": code}, entry="a.js", cases=(call(name),))
    try:
        outcome = await judge.run(job)
    finally:
        await judge.close()
    (case,) = outcome.cases
    assert [seen.returned for seen in case] == [3 if name == "inner" else 2], outcome.log


async def test_an_answer_that_claims_not_to_have_started_has_failed(judge: BoxJudge) -> None:
    """Exit code 127 by the answer's own hand stays its own failure."""
    job = Job(language="python", files={"a.py": "raise SystemExit(127)"}, entry="a.py", programs=(Program(),))
    assert (await judge.run(job)).programs[0].exit_code == 127


async def test_node_starts_where_little_can_be_read() -> None:
    """Without namespaces the machine's own settings of OpenSSL are out of reach, and nobody asks for them."""
    found = find("javascript")
    if isinstance(found, str) or landlock.abi() < landlock.SCOPES_SINCE:
        pytest.skip(found if isinstance(found, str) else "this kernel's Landlock does not scope signals")
    fenced = BoxJudge(LinuxBoxes(1, found.mounts, fenced=True))
    try:
        outcome = await fenced.run(found.trivial)
    finally:
        await fenced.close()
    assert (outcome.ended, outcome.programs[0].stdout) == (Ended.DONE, b"1\n"), outcome.log


async def test_the_time_of_a_job_begins_with_its_box(judge: BoxJudge) -> None:
    """Building counts and waiting for a box does not: six jobs in two boxes took no more than two times the clock."""
    ours = _shell(judge, ("/bin/sleep", "0.2"), TRUE)
    begun = time.monotonic()
    outcomes = await asyncio.gather(*(ours.run(SCRIPT) for _ in range(6)))
    elapsed = time.monotonic() - begun
    assert all(outcome.wall_seconds >= 0.2 for outcome in outcomes)
    assert sum(outcome.wall_seconds for outcome in outcomes) <= 2 * elapsed


async def test_programs_that_nobody_may_run_are_unsupported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a linker may not make its program executable, that is said once, with what to do: it is no broken box."""
    if landlock.abi() < landlock.SCOPES_SINCE:
        pytest.skip("this kernel's Landlock does not scope signals")
    monkeypatch.setattr("assay.sandboxes.linux.users.may_map_two", lambda: False)
    boxes = LinuxBoxes(1, everyday_mounts(), fenced=True)
    chmod = ("/bin/sh", "-c", "echo '#!/bin/sh' > made; chmod +x made; :")

    class Linked(Shell):
        def plan(self, job: Job) -> Plan:
            return msgspec.structs.replace(super().plan(job), run=Command(argv=("../made",), limits=job.limits))

    ours = BoxJudge(boxes, toolchains={"shell": Linked(build=chmod, build_trivial=chmod)})
    try:
        with pytest.raises(Unsupported, match="assay doctor machine"):
            await ours.run(SCRIPT)
        assert "made executable" in ours.supports("shell")
    finally:
        await boxes.close()
