"""One table of promises, kept in every language whose toolchain is here."""

from __future__ import annotations

import math

import pytest
from judge_bench import Bench, call, mostly

from assay.core.judging import Ended, Program, Seen, Step
from assay.core.task import Limits

pytestmark = pytest.mark.asyncio(loop_scope="session")

BIG = 2**100 + 1


async def test_values_and_errors_travel(bench: Bench) -> None:
    """Every kind of value goes in and comes back as itself, noise on stdout or not."""
    text = "naïve 😀 \0 end"
    long_text, many = "x" * 1_000_000, list(range(100_000))
    outcome = await bench.calls(
        call("add", 2, 3),
        call("echo_big", BIG),
        call("floats", 1.5),
        call("join", text, "é"),
        call("raw", b"\x00\xff\n1"),
        call("nest", [[1, 2], [], [3]]),
        call("counts", {1: "one", -2: "two"}),
        call("maybe", None),
        call("maybe", 4),
        call("both", 1, "b"),
        call("sort_it", [3, 1, 2]),
        call("fail", "input"),
        (Step("new", "Counter", (2,)), Step("do", "add", (3,)), Step("do", "get")),
        (Step("new", "Counter", (-1,)), Step("do", "get")),
        call("join", long_text, "y"),
        call("total", many),
    )
    assert (outcome.ended, outcome.log[:2000] if outcome.ended != Ended.DONE else "") == (Ended.DONE, "")
    assert "noise on the way" in outcome.log
    values = [case[-1].returned for case in outcome.cases]
    assert values[:2] == [5, BIG]
    first, nan, positive, negative, tenth = values[2]
    assert math.isnan(nan)
    assert (first, positive, negative, tenth) == (1.5, math.inf, -math.inf, 0.1)
    assert values[3:9] == [
        text + "é",
        b"1\n\xff\x00",
        [[3], [], [1, 2]],
        {1: "one", -2: "two", 7: "seven"},
        None,
        5,
    ]
    assert list(values[9]) == [1, "b"]
    assert outcome.cases[6][0].args_after == ({1: "one", -2: "two", 7: "seven"},)
    assert outcome.cases[10][0] == Seen(args_after=([1, 2, 3],))
    failed = outcome.cases[11][0].raised
    assert failed is not None
    assert bench.spoken.fails in failed.kinds
    assert "bad input" in failed.message
    assert values[12] == 5
    assert outcome.cases[13][0].raised is not None
    assert outcome.cases[13][1].raised is not None
    assert outcome.cases[13][1].raised.kinds == ("panic",)
    assert values[14] == long_text + "y"
    assert values[15] == sum(many)


async def test_leaving_early_is_no_success(bench: Bench) -> None:
    """An exit with code 0 in the middle leaves what was observed, and a flag."""
    outcome = await bench.calls(call("add", 1, 1), call("leave"), call("add", 2, 2))
    assert (outcome.ended, outcome.flags) == (Ended.CRASHED, ("early_exit",))
    assert [case[0].returned for case in outcome.cases] == [2]


@mostly("python", "javascript", "go")
async def test_an_endless_loop_uses_up_its_processor_time(bench: Bench) -> None:
    """It is `exceeded` for cpu, and the cases before it are kept."""
    outcome = await bench.calls(call("add", 1, 1), call("spin"), limits=Limits(cpu=1.0, wall=20.0))
    assert (outcome.ended, outcome.limit, len(outcome.cases)) == (Ended.EXCEEDED, "cpu", 1)


@pytest.mark.parametrize("bench", ["python", "javascript"], indirect=True)
async def test_one_that_sleeps_is_ended_by_the_clock(bench: Bench) -> None:
    """It is run twice, the second time alone, and then it is `exceeded` for wall."""
    outcome = await bench.calls(call("add", 1, 1), call("nap"), limits=Limits(cpu=5.0, wall=2.0))
    assert (outcome.ended, outcome.limit, len(outcome.cases)) == (Ended.EXCEEDED, "wall", 1)


@mostly("python", "javascript", "java")
async def test_hoarding_memory_ends(bench: Bench) -> None:
    """Whether the box or the runtime steps in first, it is `exceeded` for memory."""
    outcome = await bench.calls(call("add", 1, 1), call("hog"), limits=Limits(memory=512))
    assert (outcome.ended, outcome.limit, outcome.log[-300:] * (outcome.limit != "memory")) == (
        Ended.EXCEEDED,
        "memory",
        "",
    )


@mostly("python", "java", "rust")
async def test_bottomless_recursion_fails_the_answer_alone(bench: Bench) -> None:
    """Languages that catch it report an error; the others crash. No limit and no apparatus is blamed."""
    outcome = await bench.calls(call("add", 1, 1), call("deep", 0))
    assert outcome.cases[0][0].returned == 2
    if outcome.ended is Ended.DONE:
        assert outcome.cases[1][0].raised is not None
    else:
        assert outcome.ended is Ended.CRASHED


@mostly("python", "typescript", "go")
async def test_what_does_not_compile_says_why(bench: Bench) -> None:
    """A broken answer fails its build with the tool's own words, and so does one without the function."""
    broken = await bench.calls(call("add", 1, 1), source="this is { no program (\n")
    assert broken.ended is Ended.BUILD_FAILED
    assert bench.spoken.entry.partition(".")[0] in broken.log
    empty = {"java": "class Answer {}", "go": "package main\n"}.get(bench.language, "\n")
    absent = await bench.calls(call("add", 1, 1), source=empty)
    assert absent.ended is Ended.BUILD_FAILED
    assert "add" in absent.log


@mostly("python", "javascript", "cpp")
async def test_a_flood_of_output_ends(bench: Bench) -> None:
    """Too much on stdout is `exceeded` for output, and the log stays small."""
    outcome = await bench.calls(call("flood"), limits=Limits(output=256))
    assert (outcome.ended, outcome.limit) == (Ended.EXCEEDED, "output")
    assert len(outcome.log) < 40_000


async def test_forged_results_are_seen(bench: Bench) -> None:
    """Bytes of the answer's own on the channel do not pass for a result, and are flagged."""
    outcome = await bench.calls(call("add", 1, 1), call("forge"), call("add", 2, 2))
    assert (outcome.ended, outcome.flags) == (Ended.CRASHED, ("wrote_channel",))
    assert [case[0].returned for case in outcome.cases] == [2]


@mostly("python", "typescript", "rust")
async def test_programs_get_their_surroundings(bench: Bench) -> None:
    """Arguments, stdin and files go in; both outputs, exit code and files come out; runs do not meet."""
    program = Program(("a", "b c"), stdin="a line\n", files={"in.txt": "text"}, collect=("out.txt", "absent"))
    outcome = await bench.programs(program, program)
    assert (outcome.ended, outcome.limit) == (Ended.DONE, "")
    for ran in outcome.programs:
        assert ran.exit_code == 3
        assert ran.stdout.decode().splitlines() == ["argv a b c", "stdin a line", "file text"]
        assert ran.stderr.decode().strip() == "to the side"
        assert ran.files == {"out.txt": b"written"}


@pytest.mark.parametrize("bench", ["go", "rust"], indirect=True)
async def test_a_panic_is_told_from_an_error(bench: Bench) -> None:
    """What was not reported the way the language reports errors has the kind `panic`."""
    outcome = await bench.calls(call("blow", [1]))
    assert outcome.cases[0][0].raised is not None
    assert outcome.cases[0][0].raised.kinds == ("panic",)
