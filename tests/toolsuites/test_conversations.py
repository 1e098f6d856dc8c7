"""Conversations of several turns with tools: how they go, and what they are judged by. The systems here are made up;
the leaderboard's own, where they are, prove themselves below."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from bfcl_data import bfcl_data

from assay.core.entrant import Entrant
from assay.core.judging import Attempt, Verdict
from assay.core.messages import Message, Reply, Request, Tool, ToolCall
from assay.core.ports import Judge, JudgeAttempt
from assay.core.task import Ask, Extract, Limits, Suite, Task, Turn
from assay.core.trial import Status
from assay.exchange.answers.bfcl import read as read_results
from assay.formats.said import Said
from assay.formats.said_turns import PATH, RESULTS, Turns, read, written
from assay.graders.tool_states import ToolStatesGrader
from assay.models.builtin import ReferenceModel
from assay.solvers.turns import STEPS
from assay.solvers.turns import Turns as Solver
from assay.suites import load
from assay.wiring.judging import build_judge, tools_for

LAMPS = """
class Lamps:
    def _load_scenario(self, scenario, long_context=False):
        self.lit = set(scenario["lit"])
        self._switched = 0

    def switch(self, name, on=True):
        self._switched += 1
        (self.lit.add if on else self.lit.discard)(name)
        return {"lit": sorted(self.lit)}

    def nearest(self, to):
        return to

    def blink(self, times):
        for _ in range(times):
            self.switch("hall")

    def dim(self, name):
        raise ValueError(f"{name} cannot be dimmed")
"""
SWITCH = Tool("switch", "Switches a lamp.", {"type": "object", "properties": {"name": {}, "on": {}}})
DIM = Tool("dim", "Dims a lamp.", {"type": "object", "properties": {"name": {}}})
Calls = list[list[list[tuple[str, dict[str, object]]]]]
"""Turns, steps, calls."""


def turns(calls: Calls) -> Turns:
    return [[Said(calls=tuple((name, json.dumps(given)) for name, given in step)) for step in turn] for turn in calls]


def task(truth: list[list[str]], solution: Calls, *, prompted: bool = False) -> Task:
    return Task(
        id="lamps", kind="calls", language="python", category="multi_turn_base",
        ask=Ask(
            messages=(Message("user", "Light the hall."),),
            tools=() if prompted else (SWITCH,),
            later=(Turn((Message("user", "And now?"),), () if prompted else (DIM,)),),
        ),
        extract=Extract(form="turns", path=PATH),
        grading={
            "systems": {"Lamps": "lamps"}, "config": {"Lamps": {"lit": ["attic"]}}, "long_context": False,
            "sources": {"lamps.py": LAMPS}, "truth": truth, "reading": "python" if prompted else "native",
        },
        solution={PATH: written(turns(solution))},
    )  # fmt: skip


RIGHT: Calls = [[[("switch", {"name": "hall"})]], [[("switch", {"name": "attic", "on": False})]]]
TRUTH = [["switch(name='hall')"], ["switch('attic', on=False)"]]


@pytest.fixture
async def judge() -> AsyncIterator[Judge]:
    found = build_judge([tools_for("python", grader="tool_states")])
    yield found
    await found.close()


async def verdict(one: Task, said: Turns, judge: Judge) -> Verdict:
    return await ToolStatesGrader().grade(one, Attempt(files={PATH: written(said)}), judge)


WRONG: dict[str, tuple[Calls, str]] = {
    "nothing called": ([[], RIGHT[1]], "multi_turn:empty_turn_model_response"),
    "another state": ([RIGHT[0], [[("switch", {"name": "attic"})]]], "multi_turn:instance_state_mismatch"),
    "stopped early": (RIGHT[:1], "multi_turn:force_terminated"),
    "no such function": ([[[("kindle", {"name": "hall"})]], RIGHT[1]], "multi_turn:instance_state_mismatch"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
async def test_a_wrong_conversation_is_told_by_the_official_word(judge: Judge, case: str) -> None:
    """What the systems are like after each turn decides, and what was told by then."""
    calls, word = WRONG[case]
    found = await verdict(task(TRUTH, RIGHT), turns(calls), judge)
    assert (found.score, found.detail) == (0.0, {"parts": {"multi_turn_base": word}})


async def test_what_the_right_calls_tell_has_to_be_told(judge: Judge) -> None:
    """The same state is not enough: a look that was never taken is missed, one taken a turn earlier is not."""
    one = task([TRUTH[0], ["dim(name='hall')"]], [RIGHT[0], [[("dim", {"name": "hall"})]]])
    found = await verdict(one, turns([RIGHT[0], RIGHT[0]]), judge)
    assert found.detail == {"parts": {"multi_turn_base": "multi_turn:execution_response_mismatch"}}
    early: Calls = [[[("dim", {"name": "hall"}), ("switch", {"name": "hall"})]], RIGHT[0]]
    assert (await verdict(one, turns(early), judge)).score == 1.0


async def test_a_right_one_may_take_its_own_way(judge: Judge) -> None:
    """More steps, more calls and calls that fail do no harm, as long as all that is owed has been told."""
    longer: Calls = [
        [[("dim", {"name": "hall"})], [("switch", {"name": "hall"})]],
        [[("switch", {"name": "attic", "on": False})], [("switch", {"name": "attic", "on": False})]],
    ]
    for calls in (RIGHT, longer):
        assert (await verdict(task(TRUTH, RIGHT), turns(calls), judge)).score == 1.0


async def test_a_turn_in_which_nothing_is_to_be_done_passes_whatever_is_called(judge: Judge) -> None:
    """As officially: what it changes is seen a turn later."""
    one = task([[], TRUTH[0]], [[], RIGHT[0]])
    assert (await verdict(one, turns([[], RIGHT[0]]), judge)).score == 1.0
    assert (await verdict(one, turns([[[("switch", {"name": "x"})]], RIGHT[0]]), judge)).score == 0.0


async def test_calls_without_end_are_the_answers_fault(judge: Judge) -> None:
    """They are over the limit, and whoever asks for their results gets an error for each."""
    one = msgspec.structs.replace(task(TRUTH, RIGHT), limits=Limits(cpu=0.5, wall=20.0))
    said = turns([[[("blink", {"times": 10**12})]], RIGHT[1]])
    found = await verdict(one, said, judge)
    assert (found.status, found.reason) == (Status.EXCEEDED, "cpu")
    asked = Attempt(files={PATH: written(said[:1])}, facts=RESULTS)
    told = (await ToolStatesGrader().grade(one, asked, judge)).detail or {}
    assert told["results"] == ["Error during execution: cpu"]


async def test_hostile_calls_are_not_evaluated(judge: Judge, tmp_path: Path) -> None:
    """Names, plain values and calls within calls are all that there is; what else stands there is an error."""
    one = task(TRUTH, RIGHT, prompted=True)
    for text in (
        f"[switch(name=open('{tmp_path}/seen', 'w'))]",
        "[switch(name=__import__('os').system('exit 1'))]",
        "[switch.__class__.__mro__[1].__subclasses__()]",
        "[exit()]",
        "[switch(name=" + "(" * 5000 + "]",
        "[switch(name=9**9**9)]",
    ):
        found = await verdict(one, [[Said(text=text)], [Said(text="[switch(name='attic', on=False)]")]], judge)
        assert found.score == 0.0
    assert not list(tmp_path.iterdir())


async def test_in_text_a_call_within_a_call_is_made_first(judge: Judge) -> None:
    """As officially, where a map of maps is taken for one as well, and an empty map spoils its whole step."""
    one = task(TRUTH, RIGHT, prompted=True)
    last = [Said(text="[switch(name='attic', on=False)]")]
    for value, score in (
        ("nearest(to='hall')", 1.0),
        ("nearest(to=nearest(to='hall'))", 1.0),
        ("{'nearest': {'to': 'hall'}}", 1.0),
        ("{'nearest': 'hall'}", 0.0),
        ("'hall'), switch(name={}", 0.0),
    ):
        said = [[Said(text=f"[switch(name={value})]")], last]
        assert (await verdict(one, said, judge)).score == score, value


async def test_what_is_no_list_of_turns_is_told_by_the_official_word(judge: Judge, tmp_path: Path) -> None:
    """The official harness writes an error where a conversation broke off."""
    one = msgspec.structs.replace(task(TRUTH, RIGHT), id="multi_turn_base_0")
    path = tmp_path / "result.json"
    path.write_text(json.dumps({"id": one.id, "result": "Error during inference: no server"}))
    suite = Suite(name="bfcl:multi_turn_base", version="4", protocol="", tasks=(one,), solver="turns", grader="")
    (found,) = read_results(path, suite).answers
    said = await ToolStatesGrader().grade(one, Attempt(files=found.files), judge)
    assert said.detail == {"parts": {"multi_turn_base": "multi_turn:inference_error"}}


class Replies:
    """A model that says what it was told to say, and keeps what it was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[Request] = []

    async def reply(self, request: Request) -> Reply:
        self.asked.append(request)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    async def close(self) -> None:
        """Nothing is held open."""


def calling(*calls: tuple[str, dict[str, object]]) -> Reply:
    return Reply("", tuple(ToolCall(f"c{at}", name, json.dumps(given)) for at, (name, given) in enumerate(calls)))


ENTRANT = Entrant(name="m", type="openai", model_id="m")


def judging(one: Task, judge: Judge) -> JudgeAttempt:
    async def told(attempt: Attempt) -> Verdict:
        return await ToolStatesGrader().grade(one, attempt, judge)

    return told


async def test_results_go_back_and_functions_come_when_they_come(judge: Judge) -> None:
    """Each call's result under its id, errors as the official harness words them; a turn ends with words alone."""
    one = task(TRUTH, RIGHT)
    model = Replies(
        calling(("switch", {"name": "hall"}), ("dim", {"name": "hall"})), Reply("Lit."),
        calling(("switch", {"name": "attic", "on": False})), Reply("Dark."),
    )  # fmt: skip
    attempt = await Solver(suite="s").solve(one, model, ENTRANT, 0, judging(one, judge))
    assert [[tool.name for tool in request.tools] for request in model.asked] == [["switch"]] * 2 + [
        ["switch", "dim"]
    ] * 2
    told = [(message.tool_call_id, message.content) for message in model.asked[1].messages if message.role == "tool"]
    assert told == [("c0", '{"lit": ["attic", "hall"]}'), ("c1", "Error during execution: hall cannot be dimmed")]
    assert [message.content for message in model.asked[2].messages if message.role == "user"][-1] == "And now?"
    assert (attempt.turns, [len(turn) for turn in read(attempt.files[PATH])]) == (4, [2, 2])
    assert (await ToolStatesGrader().grade(one, attempt, judge)).score == 1.0


async def test_in_text_results_are_told_as_the_user(judge: Judge) -> None:
    """As the benchmark's own prompting has it."""
    one = task(TRUTH, RIGHT, prompted=True)
    model = Replies(
        Reply("[switch(name='hall')]"), Reply("Lit."), Reply("[switch(name='attic', on=False)]"), Reply("Dark.")
    )
    attempt = await Solver(suite="s").solve(one, model, ENTRANT, 0, judging(one, judge))
    said = model.asked[1].messages[-1]
    assert (said.role, said.content) == (
        "user",
        "[{'role': 'tool', 'name': \"switch(name='hall')\", 'content': '{\"lit\": [\"attic\", \"hall\"]}'}]",
    )
    assert (await ToolStatesGrader().grade(one, attempt, judge)).score == 1.0


async def test_who_never_stops_is_stopped(judge: Judge) -> None:
    """After the official number of steps nothing more is asked, of model or judge, and the whole is lost."""
    one = task(TRUTH, RIGHT)
    model = Replies(calling(("switch", {"name": "hall"})))
    told = judging(one, judge)
    judged: list[Attempt] = []

    async def counting(attempt: Attempt) -> Verdict:
        judged.append(attempt)
        return await told(attempt)

    attempt = await Solver(suite="s").solve(one, model, ENTRANT, 0, counting)
    assert (len(model.asked), len(judged)) == (STEPS + 1, STEPS)
    assert attempt.files not in [one.files for one in judged], "its verdict would be taken for that of the results"
    found = await ToolStatesGrader().grade(one, attempt, judge)
    assert found.detail == {"parts": {"multi_turn_base": "multi_turn:force_terminated"}}


async def test_the_stored_answer_goes_through_the_whole_conversation(judge: Judge) -> None:
    """`reference` makes each turn's calls, hears what comes of them, and passes."""
    one = task(TRUTH, RIGHT)
    model = ReferenceModel(lambda suite, task_id: one, render=lambda files, language: "")
    attempt = await Solver(suite="s").solve(one, model, ENTRANT, 0, judging(one, judge))
    assert (await ToolStatesGrader().grade(one, attempt, judge)).score == 1.0


def official(part: str) -> Suite:
    data = bfcl_data()
    if not (data / "func_source_code").is_dir():
        pytest.skip(f"no simulated systems in {data / 'func_source_code'}")
    return load(f"bfcl:{part}", data=data)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["multi_turn_base", "multi_turn_miss_func", "multi_turn_long_context:prompt"])
async def test_right_answers_of_the_benchmark_pass(judge: Judge, part: str) -> None:
    """The official systems come to what the official calls say; `mpmath` is not needed by those looked at."""
    for one in [one for one in official(part).tasks if not one.needs][:25]:
        assert (await ToolStatesGrader().grade(one, Attempt(files=one.solution), judge)).score == 1.0, one.id
