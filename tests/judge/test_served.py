"""Tools that stay between answers make building quicker, and decide nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from assay.core.judging import Ended, Job, Program, Step
from assay.sandboxes import served, wire
from assay.sandboxes.box import Command
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.linux.serving import LinuxServices
from assay.sandboxes.toolchains import all_mounts, find
from assay.sandboxes.toolchains.base import Toolchain

_FOUND = find("java")
pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(isinstance(_FOUND, str), reason=str(_FOUND)),
]

_DEEP = "class Answer { static int f() { return " + "(" * 20_000 + "1" + ")" * 20_000 + "; } }"
_SOURCES = {
    "one class": {"Answer.java": "class Answer { static int f() { return 1; } }"},
    "classes of every kind": {
        "Answer.java": "import java.util.*;\npublic class Answer { enum E { A, B } record R(int x) {} interface I {}\n"
        "  static int f() { Runnable r = () -> {}; I i = new I() {}; return switch (E.A) { case A -> 1; case B -> 2; };"
        " }\n  static String g(int n) { return n + \"x\" + List.of(n); } }\n",
    },
    "a package, and files that need each other": {
        "shop/Answer.java": "package shop; public class Answer { static int f() { return Other.N; } }",
        "shop/Other.java": "package shop; class Other { static final int N = Answer.class.hashCode(); }",
    },
    "names and texts beyond ASCII": {
        "Answer.java": 'class Answer { static String f() { return Größe.ß; } } class Größe { static String ß = "\u2603"; }'
    },
    "nothing": {"Answer.java": "// nothing\n"},
}  # fmt: skip
_WRONG = {
    "a type error": "class Answer { static int f() { return \"\"; } }",
    "another file's class": "public class Elsewhere {}",
    "half a class": "class Answer {",
    "nested too deep": _DEEP,
}  # fmt: skip


@pytest.fixture
def java() -> Toolchain:
    assert not isinstance(_FOUND, str)
    _FOUND.prepare()
    return _FOUND


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services() -> AsyncIterator[LinuxServices]:
    made = LinuxServices(1, all_mounts())
    yield made
    await made.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def boxes() -> AsyncIterator[LinuxBoxes]:
    made = LinuxBoxes(1, all_mounts())
    yield made
    await made.close()


def _job(files: dict[str, str]) -> Job:
    return Job(language="java", files=files, entry=next(iter(files)), cases=((Step("call", "f", ()),),))


@pytest.mark.parametrize("what", _SOURCES)
async def test_both_ways_make_the_same_files(
    java: Toolchain, services: LinuxServices, boxes: LinuxBoxes, what: str
) -> None:
    """Byte by byte, and no file more."""
    plan = java.plan(_job(_SOURCES[what]))
    quick = await served.built(plan, services)
    made = {path: data for path, data in quick.files.items() if path not in plan.files}
    assert quick.builds == ()
    async with boxes.enter() as box:
        await box.put(plan.files)
        for command in plan.builds:
            assert (await box.run(command)).exit_code == 0
        count = await box.run(Command(argv=("/bin/sh", "-c", "find .assay -name '*.class' | wc -l"), env={}))
        assert int(count.stdout) == len(made)
        for path, data in made.items():
            assert await box.take(path, most=1 << 20) == data


@pytest.mark.parametrize("what", _WRONG)
async def test_what_does_not_compile_is_left_to_the_plain_way(
    java: Toolchain, services: LinuxServices, what: str
) -> None:
    """The tool that stays builds the next answer as if nothing had been."""
    plan = java.plan(_job({"Answer.java": _WRONG[what]}))
    assert await served.built(plan, services) == plan
    assert (await served.built(java.plan(_job(_SOURCES["one class"])), services)).builds == ()


async def test_classes_of_one_answer_are_no_part_of_the_next(java: Toolchain, services: LinuxServices) -> None:
    """What another answer has declared is not declared."""
    helped = {"Answer.java": "class Answer { static int f() { return Helper.N; } }"}
    helper = {"Helper.java": "public class Helper { static int N = 1; }"}
    assert (await served.built(java.plan(_job(helped | helper)), services)).builds == ()
    plan = java.plan(_job(helped))
    assert await served.built(plan, services) == plan


_REPLIES = {
    "none": None,
    "no value": b"m1\ns",
    "null": wire.encode(None),
    "a list": wire.encode([b"x"]),
    "text for bytes": wire.encode({"Answer.class": "x"}),
    "a path that leaves": wire.encode({"../Answer.class": b"x"}),
    "an absolute path": wire.encode({"/etc/passwd": b"x"}),
    "a name too long": wire.encode({"A" * 300 + ".class": b"x"}),
}


class _Says:
    """Services that say one thing to everybody."""

    def __init__(self, reply: bytes | None) -> None:
        self._reply = reply

    async def ask(self, tool: Command, request: bytes) -> bytes | None:
        return self._reply

    async def close(self) -> None: ...


@pytest.mark.parametrize("what", _REPLIES)
async def test_a_reply_that_is_none_changes_nothing(java: Toolchain, what: str) -> None:
    """Whatever comes back instead of files, the answer is built the plain way."""
    plan = java.plan(_job(_SOURCES["one class"]))
    assert await served.built(plan, _Says(_REPLIES[what])) == plan


@pytest.mark.slow
async def test_a_judge_says_the_same_with_and_without(services: LinuxServices, boxes: LinuxBoxes) -> None:
    """Results, programs' output and a compiler's words are those of a judge that has no such tools."""
    program = "class Program { public static void main(String[] a) { System.out.println(a.length); } }"
    jobs = [
        _job(_SOURCES["classes of every kind"]),
        _job({"Answer.java": _WRONG["a type error"]}),
        Job(language="java", files={"Program.java": program}, entry="Program.java", programs=(Program(argv=("x",)),)),
    ]
    for job in jobs:
        quick, plain = [await BoxJudge(boxes, services=having).run(job) for having in (services, None)]
        assert quick.ended is plain.ended
        assert quick.cases == plain.cases
        assert quick.log == plain.log
        assert [ran.stdout for ran in quick.programs] == [ran.stdout for ran in plain.programs]
    assert plain.ended is Ended.DONE
