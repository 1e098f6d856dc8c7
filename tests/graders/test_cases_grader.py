"""From what a judge saw to a verdict: statuses, counts, reasons in words, and whose fault it was."""

from __future__ import annotations

from typing import Any

import pytest
from fake_judge import FakeJudge, raised, ran, returned, task_of

from assay.core.errors import SandboxError, TaskError
from assay.core.judging import Attempt, Ended, Opaque, Outcome, Program, Seen, Step, Verdict
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.graders import grader_class
from assay.graders.cases import CasesGrader, first_error

ANSWER = Attempt(files={"a.py": "A"})
DONE = Ended.DONE


async def grade(task: Task, *outcomes: Outcome, attempt: Attempt = ANSWER) -> Verdict:
    return await CasesGrader().grade(task, attempt, FakeJudge(*outcomes))


def call(returns: Any, **more: Any) -> dict[str, Any]:
    return {"call": "f", "args": [1], "returns": returns, **more}


async def test_all_right() -> None:
    """Every owed case right is a pass, and nothing else is."""
    verdict = await grade(task_of(call(2), call(3)), returned(2, 3))
    assert verdict == Verdict(status=Status.PASSED, score=1.0, tests=TestCounts(passed=2))


async def test_the_job_holds_no_expected_value() -> None:
    """The judge learns what to call, over which files, and not what should come of it."""
    judge = FakeJudge(returned(2))
    task = task_of(call(424242, after=[434343], match="strict"), api=["def f(x)"], records={"P": ["x"]})
    await CasesGrader().grade(task, Attempt(files={"a.py": "A", "b.py": "C"}), judge)
    (job,) = judge.jobs
    assert job.files == {"b.py": "C", "a.py": "A"}
    assert job.cases == ((Step("call", "f", (1,)),),)
    assert (job.entry, job.api, job.records) == ("a.py", ("def f(x)",), {"P": ("x",)})
    assert "424242" not in repr(job)
    assert "434343" not in repr(job)


async def test_the_first_wrong_case_is_told() -> None:
    """Reason and detail name the case, the call, what was expected and what came."""
    cases = (call(1), {"name": "empty input", "call": "parse", "args": [""], "raises": "ValueError"}, call(5))
    verdict = await grade(task_of(*cases), returned(1, 0, 6))
    assert verdict.status is Status.FAILED
    assert verdict.score == 0.0
    assert verdict.tests == TestCounts(passed=1, failed=2)
    assert verdict.reason == 'case 2 ‘empty input’: parse("") returned 0, expected an error ValueError'
    assert verdict.detail == {
        "case": "case 2 ‘empty input’",
        "call": 'parse("")',
        "expected": 'raises "ValueError"',
        "got": "0",
        "log": "",
    }


@pytest.mark.parametrize(
    ("case", "seen", "said"),
    [
        (call(2), Seen(returned=3), "case 1: f(1) returned 3, expected 2"),
        (call([1, 2]), Seen(returned=[1, 3]), "f(1) returned a wrong value: at [1]: expected 2, got 3"),
        (call(2), raised("KeyError", "LookupError", message="'x'"), "f(1) raised KeyError: 'x', expected 2"),
        (call(2), Seen(returned=Opaque("Foo")), "f(1) returned <Foo>, expected 2"),
        ({"call": "f", "args": [[1]], "after": [[2]]}, Seen(args_after=([1],)), "left its arguments wrong: at [0][0]"),
        ({"call": "f", "raises": True}, raised("panic", message="index"), "panicked (panic: index), expected an error"),
        ({"call": "f", "raises": "E"}, raised("F"), "raised F, expected an error E"),
        ({"call": "f", "raises": "E"}, raised(), "raised an error, expected an error E"),
        (
            {"call": "f", "raises": {"kind": "E", "message": "low"}},
            raised("E", message="high"),
            'raised E: high, expected an error E that says "low"',
        ),
        (call("a b", match="tokens"), Seen(returned="a c"), 'word 2: expected "b", got "c"'),
        (call([1, 2], match="unordered"), Seen(returned=[2, 2]), "expected 1 among the items, got 2 instead"),
        (call(1.0, match="strict"), Seen(returned=1.0000000001), "returned 1.0000000001, expected 1.0"),
    ],
)
async def test_wrong_calls(case: dict[str, Any], seen: Seen, said: str) -> None:
    """Each way to be wrong has its words."""
    verdict = await grade(task_of(case), Outcome(ended=DONE, cases=((seen,),)))
    assert verdict.status is Status.FAILED
    assert said in verdict.reason


@pytest.mark.parametrize(
    ("case", "seen"),
    [
        (call({"$bytes": "AQI="}), Seen(returned=b"\x01\x02")),
        (call(0.3), Seen(returned=0.1 + 0.2)),
        (call(0.5, match={"close": 0.1}), Seen(returned=0.55)),
        (call([1, 2], match="unordered"), Seen(returned=[2, 1])),
        ({"call": "f", "args": [[2, 1]], "after": [[1, 2]]}, Seen(returned=None, args_after=([1, 2],))),
        ({"call": "f", "raises": True}, raised()),
        ({"call": "f", "raises": "LookupError"}, raised("KeyError", "LookupError", "Exception")),
        ({"call": "f", "raises": "panic"}, raised("panic")),
        ({"call": "f", "raises": {"message": "low"}}, raised("E", message="too low")),
        (call(None), Seen()),
    ],
)
async def test_right_calls(case: dict[str, Any], seen: Seen) -> None:
    """What the task accepts passes: base types of errors, in-place work, every match."""
    assert (await grade(task_of(case), Outcome(ended=DONE, cases=((seen,),)))).status is Status.PASSED


SEQUENCE = {
    "steps": [
        {"new": "Cache", "args": [2]},
        {"do": "put", "args": [1, 5]},
        {"do": "get", "args": [1], "returns": 5},
        {"call": "g", "raises": "E"},
    ]
}


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ((Seen(), Seen(), Seen(returned=5), raised("E")), ""),
        ((Seen(), Seen(), Seen(returned=6), raised("E")), "case 1: .get(1) returned 6, expected 5"),
        ((Seen(), raised("X"), Seen(returned=5), raised("E")), "case 1: .put(1, 5) raised X"),
        ((raised("X", message="m"),), "case 1: new Cache(2) raised X: m"),
        ((Seen(), Seen()), "case 1: .get(1) was not reached"),
    ],
)
async def test_sequences(seen: tuple[Seen, ...], said: str) -> None:
    """A step without an expectation only has to not fail; the first step that is wrong is told."""
    verdict = await grade(task_of(SEQUENCE), Outcome(ended=DONE, cases=(seen,)))
    assert verdict.reason == said
    assert (verdict.status is Status.PASSED) == (said == "")


@pytest.mark.parametrize(
    ("outcome", "status", "reason", "tests"),
    [
        (
            Outcome(ended=Ended.EXCEEDED, limit="cpu", cases=((Seen(returned=2),),)),
            Status.EXCEEDED,
            "cpu",
            TestCounts(passed=1, errors=2),
        ),
        (
            Outcome(ended=Ended.EXCEEDED, limit="memory", cases=((Seen(returned=9),),)),
            Status.FAILED,
            "case 1: f(1) returned 9, expected 2",
            TestCounts(failed=1, errors=2),
        ),
        (
            Outcome(ended=Ended.CRASHED, log="boo\nSegmentation fault\n", cases=((Seen(returned=2),),)),
            Status.FAILED,
            "case 2: it crashed (Segmentation fault)",
            TestCounts(passed=1, errors=2),
        ),
        (Outcome(ended=Ended.CRASHED), Status.FAILED, "case 1: it crashed", TestCounts(errors=3)),
        (
            Outcome(ended=Ended.BUILD_FAILED, log="In file x:\na.c:1:2: error: no ; here\nmore"),
            Status.FAILED,
            "does not compile: a.c:1:2: error: no ; here",
            TestCounts(errors=3),
        ),
        (Outcome(ended=Ended.BUILD_FAILED), Status.FAILED, "does not compile", TestCounts(errors=3)),
    ],
)
async def test_ends_before_the_end(outcome: Outcome, status: Status, reason: str, tests: TestCounts) -> None:
    """What was not observed counts as an error; the first thing wrong, in the order of the cases, decides."""
    verdict = await grade(task_of(call(2), call(2), call(2)), outcome)
    assert (verdict.status, verdict.reason, verdict.tests, verdict.score) == (status, reason, tests, 0.0)


@pytest.mark.parametrize(("problem", "status"), [("invalid", Status.INVALID), ("refused", Status.REFUSED)])
async def test_nothing_to_judge(problem: Any, status: Status) -> None:
    """An attempt without code asks no judge."""
    verdict = await grade(task_of(call(2)), attempt=Attempt(problem=problem, reason="why"))
    assert (verdict.status, verdict.score, verdict.reason) == (status, 0.0, "why")
    assert verdict.tests == TestCounts(errors=1)


@pytest.mark.parametrize(
    ("case", "seen", "said"),
    [
        ({"stdout": "a\nb\n"}, ran(b"a  \nb\n\n"), ""),
        ({"stdout": "a\nb\n"}, ran(b"a\r\nb"), ""),
        ({"stdout": "a\nb\n"}, ran(b"a\nc"), 'printed the wrong thing: line 2: expected "b", got "c"'),
        ({"stdout": "a\nb\n"}, ran(b"a\n"), "expected 2 lines, got 1"),
        ({"stdout": "a"}, ran(b"b"), 'expected "a", got "b"'),
        ({"stdout": "a\n", "match": "strict"}, ran(b"a"), "printed the wrong thing"),
        ({"stdout": "1 2", "match": "tokens"}, ran(b"1\n 2\n"), ""),
        ({"stdout": "1 2", "match": "tokens"}, ran(b"1 3"), "word 2"),
        ({"stdout": "x 0.5", "match": {"close": 0.01}}, ran(b"x 0.501"), ""),
        ({"stdout": "x 0.5", "match": {"close": 0.01}}, ran(b"y 0.501"), 'at [0]: expected "x", got "y"'),
        ({"stdout": "a\nb", "match": "unordered"}, ran(b"b\na\n"), ""),
        ({"stdout": "a"}, ran(b"a", 1), "ended with exit code 1, expected 0"),
        ({"stdout": "a"}, ran(b"", 1), "(and ended with exit code 1, expected 0)"),
        ({"exit": 3}, ran(b"anything", 3), ""),
        ({"exit": 0}, ran(b"", None, signal=11), "was ended by signal 11"),
        ({"files": {"o.txt": "x"}}, ran(files={"o.txt": b"x\n"}), ""),
        ({"files": {"o.txt": "x"}}, ran(), "wrote no file o.txt"),
        ({"files": {"o.txt": "x"}}, ran(files={"o.txt": b"y"}), 'into o.txt: expected "x", got "y"'),
        ({"stdout": "ä"}, ran(b"\xff"), 'expected "ä", got "\ufffd"'),
    ],
)
async def test_programs(case: dict[str, Any], seen: Any, said: str) -> None:
    """Programs are compared by what they print, write and end with."""
    verdict = await grade(task_of({"run": {}, **case}), Outcome(ended=DONE, programs=(seen,)))
    assert said in verdict.reason
    assert (verdict.status is Status.PASSED) == (said == "")


async def test_a_program_over_its_limit() -> None:
    """The limit is the reason; later programs may still have been right."""
    task = task_of({"run": {"stdin": "1"}, "stdout": "1"}, {"run": {"argv": ["-x"]}, "stdout": "2"})
    judge = FakeJudge(Outcome(ended=DONE, programs=(ran(b"1"), ran(b"", None, limit="wall", stderr=b"hm"))))
    verdict = await CasesGrader().grade(task, ANSWER, judge)
    assert (verdict.status, verdict.reason) == (Status.EXCEEDED, "wall")
    assert verdict.detail is not None
    assert (verdict.detail["call"], verdict.detail["log"]) == ('program -x with stdin ""', "hm")
    assert judge.jobs[0].programs == (Program(stdin="1"), Program(argv=("-x",)))


async def test_an_in_process_task() -> None:
    """The test program lies over the answer's files, decides by its exit code, and the trial is flagged."""
    task = task_of(
        judge="in-process", tests={"main.py": "T", "a.py": "not overwritten by the answer"}, test_entry="main.py"
    )
    judge = FakeJudge(Outcome(ended=DONE, programs=(ran(),), flags=("x",)))
    verdict = await CasesGrader().grade(task, Attempt(files={"a.py": "A", "main.py": "forged"}), judge)
    assert (verdict.status, verdict.flags) == (Status.PASSED, ("x", "in_process"))
    (job,) = judge.jobs
    assert (job.entry, job.programs) == ("main.py", (Program(),))
    assert job.files["main.py"] == "T"
    verdict = await grade(task, Outcome(ended=DONE, programs=(ran(b"", 1),)))
    assert (verdict.status, verdict.reason) == (Status.FAILED, "case 1: ended with exit code 1, expected 0")


CHECKED = {"call": "f", "args": [3], "match": "checker"}


async def test_a_checker_is_asked_in_a_job_of_its_own() -> None:
    """It gets the arguments and what came, in the sandbox, and its word is the verdict."""
    judge = FakeJudge(returned([1, 2], [3]), returned(True, True))
    verdict = await CasesGrader().grade(task_of(CHECKED, CHECKED, checker="def check(args, got): …"), ANSWER, judge)
    assert verdict.status is Status.PASSED
    job = judge.jobs[1]
    assert (job.language, job.entry, job.files) == ("python", "checker.py", {"checker.py": "def check(args, got): …"})
    assert job.cases == (
        (Step("call", "check", ([3], [1, 2])),),
        (Step("call", "check", ([3], [3])),),
    )


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (returned(False), "f(3) gave [1]: the checker says no"),
        (returned("not sorted"), "f(3) gave [1]: the checker says: not sorted"),
        (returned(1), "the checker says no"),
        (Outcome(ended=DONE, cases=((raised("TypeError"),),)), "could make nothing of it (TypeError)"),
        (Outcome(ended=Ended.EXCEEDED, limit="cpu"), "came to no answer (it ran over its cpu limit)"),
        (Outcome(ended=Ended.CRASHED), "the checker came to no answer"),
    ],
)
async def test_a_checker_that_says_no(answer: Outcome, said: str) -> None:
    """Only True is right; a checker that an answer can break counts against the answer."""
    verdict = await grade(task_of(CHECKED, checker="c"), returned([1]), answer)
    assert verdict.status is Status.FAILED
    assert said in verdict.reason


async def test_a_checker_of_a_program() -> None:
    """It is shown the run and what was printed."""
    judge = FakeJudge(Outcome(ended=DONE, programs=(ran(b"7\n"),)), returned(True))
    task = task_of({"run": {"stdin": "1"}, "match": "checker"}, checker="c")
    assert (await CasesGrader().grade(task, ANSWER, judge)).status is Status.PASSED
    assert judge.jobs[1].cases[0][0].args == ({"argv": [], "stdin": "1", "files": {}}, "7\n")


async def test_what_no_checker_is_asked() -> None:
    """Errors, and values that cannot cross the wire, are wrong without asking."""
    wrong = Outcome(ended=DONE, cases=((raised("E"),), (Seen(returned=[Opaque("Foo")]),)))
    verdict = await grade(task_of(CHECKED, CHECKED, checker="c"), wrong)
    assert verdict.tests == TestCounts(failed=2)
    assert verdict.reason == "case 1: f(3) raised E"


@pytest.mark.parametrize(
    "task",
    [
        task_of({"call": "f", "argz": []}),
        task_of({"call": "f", "args": [{"$x": 1}]}),
        task_of({"run": {"argv": 3}}),
        task_of(surprise=1),
    ],
)
async def test_a_task_at_fault(task: Task) -> None:
    """A grading that cannot be read is the task's fault, never the answer's."""
    with pytest.raises(TaskError, match="python/t: "):
        await grade(task, returned(1))


async def test_a_checker_at_fault() -> None:
    """A checker that cannot be loaded is the task's fault."""
    with pytest.raises(TaskError, match=r"tests/checker.py cannot be loaded: bad"):
        await grade(task_of(CHECKED, checker="c"), returned(1), Outcome(ended=Ended.BUILD_FAILED, log="bad"))


@pytest.mark.parametrize("seen", [returned(), returned(1, 2)])
async def test_a_judge_at_fault(seen: Outcome) -> None:
    """A judge that is done with too few or too many cases has broken, whatever it saw."""
    with pytest.raises(SandboxError, match="of 1 cases"):
        await grade(task_of(call(1)), seen)


async def test_hostile_words_stay_in_bounds() -> None:
    """What an answer says of itself is shown short, on one line, and without control characters."""
    seen = raised("E" * 10_000, message="\x1b[2J\n" * 10_000)
    verdict = await grade(task_of(call(1)), Outcome(ended=DONE, cases=((seen,),), log="x" * 10**6))
    assert len(verdict.reason) <= 501
    assert verdict.reason.isprintable()
    assert verdict.detail is not None
    assert sum(len(str(value)) for value in verdict.detail.values()) < 12_000


def test_names() -> None:
    """A grader is known by name."""
    assert grader_class("cases") is CasesGrader
    with pytest.raises(Exception, match="unknown grader “case”: did you mean “cases”"):
        grader_class("case")


def test_the_first_error_of_a_compiler() -> None:
    """The line with the error, else the first that says anything."""
    assert first_error("\n warning: x\n b.rs: ERROR here\n") == "b.rs: ERROR here"
    assert first_error("\n\nodd\nthing") == "odd"
    assert first_error("") == ""


@pytest.mark.parametrize(
    ("returned_value", "answer", "status", "said"),
    [
        (2, "def f(x): return 2\n", Status.PASSED, ""),
        (2, "def g(x): return 2\nf = g\n", Status.FAILED, "shape: a.py defines no f"),
        (3, "def g(x): return 3\nf = g\n", Status.FAILED, "case 1: f(1) returned 3, expected 2"),
    ],
)
async def test_a_shape_besides(returned_value: int, answer: str, status: Status, said: str) -> None:
    """Where a task asks for a shape, right results alone do not pass; wrong ones are told first."""
    shape = {"functions": [{"file": "a.py", "signature": "def f(x)"}]}
    task = task_of(call(2), shape=shape)
    verdict = await grade(task, returned(returned_value), attempt=Attempt(files={"a.py": answer, "b.py": "B = 1\n"}))
    assert (verdict.status, verdict.reason) == (status, said)
