"""CRUXEval: asked in the official words, taken out of replies by the official rules, judged by the official program."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from judged_suites import suite_of, verdicts

from assay.core.errors import UserError
from assay.core.task import Suite, Task
from assay.core.trial import Decision, Status
from assay.exchange.answers import reader_of
from assay.exchange.results import writer_of
from assay.formats.extract import take_code
from assay.sandboxes.judge import BoxJudge
from assay.suites import load
from assay.suites.cruxeval import PARTS
from assay.suites.cruxeval_prompts import PROMPTS

pytestmark = pytest.mark.asyncio(loop_scope="session")


def reference(task: Task) -> str:
    taken = take_code(task.solution["answer.py"], task.extract, language="python")
    assert not taken.problem
    return taken.files["answer.py"]


@pytest.mark.parametrize("part", PARTS)
async def test_every_way_of_asking_has_all_tasks(part: str) -> None:
    """800 tasks each way; the code is shown, what is asked for is not, and replies end at the official stop."""
    suite = suite_of(f"cruxeval:{part}")
    assert [task.id for task in suite.tasks] == [f"sample_{n}" for n in range(800)]
    for task in suite.tasks[:50]:
        shown = task.ask.prompt or task.ask.messages[-1].content
        assert bool(task.ask.prompt) is part.endswith("base")
        assert task.ask.stop == ("[/ANSWER]",)
        assert task.grading["before"].rpartition("\nassert")[0] in shown
        assert f"assert {task.grading['apart']['solution'].rpartition('lambda: ')[2]} ==" not in shown
        assert "??" in shown.rstrip().splitlines()[-3]


async def test_the_prompts_are_the_official_ones() -> None:
    """To the letter: their digest is that of the official functions' results."""
    whole = hashlib.sha256("\0".join(PROMPTS[key] for key in sorted(PROMPTS)).encode()).hexdigest()
    assert whole == "35c09719ca212b3002b4c589de05841e8e1d30c2c3f994d8b0dca922ce68b4a8"


@pytest.mark.parametrize(
    ("part", "reply", "taken"),
    [
        ("output", 'assert f("hi") == "bhihia"', '"bhihia"'),
        ("output", " [1, 2]\n", "[1, 2]"),
        ("output", "assert f(1) == 2\n[/ANSWER]\n\nassert f(3) == 4", "2"),
        ("output", 'assert f(1) == "a==b"', '"a'),
        ("input", "assert f([1], x=2) == 3", "f([1], x=2)"),
        ("input", "f(1)", "f(1)"),
        ("input", "[ANSWER]\nassert f('a') == 'b'\n[/ANSWER]", "f('a')"),
        ("output:cot", "It is 1 == 1, so:\n[/THOUGHT]\n[ANSWER]\nassert f(2) == 7\n[/ANSWER]", "7"),
        ("output:cot", "I think that\nit returns\n7", "7"),
        ("input:cot", "[ANSWER]\r\nassert f(16) == 17\r\n[/ANSWER]", "f(16)"),
        ("input:cot", "<think>\n[ANSWER]f(1)[/ANSWER]\n</think>\nf(16)", "f(16)"),
        ("input:cot:base", "so x is\nassert f(3) == 4", "f(3)"),
    ],
)
async def test_what_is_taken_out_of_a_reply(part: str, reply: str, taken: str) -> None:
    """The official rules, among them that a value with `==` in it is cut."""
    task = suite_of(f"cruxeval:{part}").tasks[0]
    assert take_code(reply, task.extract, language="python").files == {"answer.py": taken}


@pytest.mark.parametrize("part", ["", "inputs", "output:chat", "base"])
async def test_an_unknown_part_is_answered_with_known_ones(part: str) -> None:
    """There is no CRUXEval without saying what to predict."""
    with pytest.raises(UserError, match=r"input|output:cot"):
        load(f"cruxeval:{part}" if part else "cruxeval")


@pytest.mark.parametrize("part", ["input", "output"])
async def test_references_pass_and_wrong_ones_fail(part: str, python_judge: BoxJudge) -> None:
    """Of the stored answers, every fortieth: it passes both ways, and its neighbour's fails."""
    tasks = suite_of(f"cruxeval:{part}").tasks[::40]
    right = await verdicts([(task, reference(task)) for task in tasks], python_judge, strict=True)
    assert {(one.status, one.strict) for one in right} <= {(Status.PASSED, True), (Status.PASSED, None)}
    others = [*tasks[1:], tasks[0]]
    wrong = await verdicts([(task, reference(other)) for task, other in zip(tasks, others, strict=True)], python_judge)
    assert sum(one.status is Status.PASSED for one in wrong) <= 1


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", ["input", "output"])
async def test_all_references_pass(part: str, python_judge: BoxJudge) -> None:
    """800 of 800 officially, and from outside all but those that are given functions."""
    tasks = suite_of(f"cruxeval:{part}").tasks
    found = await verdicts([(task, reference(task)) for task in tasks], python_judge, strict=True)
    assert sum(one.status is Status.PASSED for one in found) == 800
    unsaid = {task.id: one.strict for task, one in zip(tasks, found, strict=True) if one.strict is not True}
    assert unsaid == ({} if part == "output" else dict.fromkeys(["sample_258", "sample_344", "sample_364"]))


FORGED = [
    ("output", "1 or True"),
    ("output", "[3] == [4] or 'a word'"),
    ("output", "f( [1, 1, 3, 1, 3, 1])"),
    ("output", "(f)([1, 1, 3, 1, 3, 1])"),
    ("input", "f([1, 3]) or True"),
    ("input", "[(4, 1), (4, 1), (4, 1), (4, 1), (2, 3), (2, 3)] or f([])"),
    ("input", "[(4, 1), (4, 1), (4, 1), (4, 1), (2, 3), (2, 3)] #f()"),
]


@pytest.mark.parametrize(("part", "prediction"), FORGED)
async def test_forged_predictions_are_flagged_by_themselves(part: str, prediction: str, python_judge: BoxJudge) -> None:
    """What predicts nothing names nothing, and is judged strictly without being asked to."""
    task = suite_of(f"cruxeval:{part}").tasks[0]
    forged, right = await verdicts([(task, prediction), (task, reference(task))], python_judge)
    assert (forged.status, forged.strict, forged.flags) == (Status.PASSED, False, ("disagree",))
    assert (right.status, right.strict, right.flags) == (Status.PASSED, True, ())


@pytest.mark.parametrize(
    ("part", "prediction", "passed", "strict"),
    [
        ("output", "1 or True", True, False),
        ("output", "f( [1, 1, 3, 1, 3, 1])", True, False),
        ("output", "f([1, 1, 3, 1, 3, 1])", False, None),
        ("output", "[(4, 1), (4, 1), (4, 1), (4, 1), (2, 3), (2, 3)]", True, True),
        ("output", "[(4, 1)] * 4 + [(2, 3)] * 2", True, True),
        ("output", "[(4, 1), (4, 1), (4, 1), (4, 1), (2, 3), (2, 3)], 'why'", True, False),
        ("output", "[(4, 1)", False, False),
        ("output", "", False, False),
        ("input", "f([3, 1, 3, 1, 1, 1])", True, True),
        ("input", "[(4, 1), (4, 1), (4, 1), (4, 1), (2, 3), (2, 3)] if 'f(' else 0", True, False),
        ("input", "[1, 1, 3, 1, 3, 1]", False, None),
        ("input", "f([1, 3])", False, False),
        ("input", "f(iter(int, 1))", False, False),
    ],
)
async def test_forged_predictions(
    part: str, prediction: str, passed: bool, strict: bool | None, python_judge: BoxJudge
) -> None:
    """The official verdict stands, tricks with the assertion included; from outside only a prediction counts."""
    task = suite_of(f"cruxeval:{part}").tasks[0]
    (one,) = await verdicts([(task, prediction)], python_judge, strict=True)
    assert (one.status is Status.PASSED, one.strict) == (passed, strict)
    assert ("disagree" in one.flags) == (strict is not None and passed != strict)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "generations.json"
    path.write_text(text, encoding="utf-8")
    return path


async def test_official_answers_are_read(tmp_path: Path) -> None:
    """A map from tasks to predictions, bare or within a file of results; what is missing is noted."""
    suite = suite_of("cruxeval:output")
    generations = {"sample_1": ["1", "2"], "sample_0": ["3"]}
    for content in (generations, {"raw_generations": generations, "pass_at_1": 1.0}):
        found = reader_of(suite.name)(written(tmp_path, json.dumps(content)), suite)
        assert [(one.task_id, one.sample, one.completion) for one in found.answers] == [
            ("sample_1", 0, "1"), ("sample_1", 1, "2"), ("sample_0", 0, "3"),
        ]  # fmt: skip
        assert any("798 of 800 tasks have no answer" in note for note in found.notes)


async def test_verdicts_in_a_file_of_results_are_read(tmp_path: Path) -> None:
    """As many as there are predictions; fewer cannot be told apart, since some predictions are not run officially."""
    generations = {"sample_0": ["1", "2"], "sample_1": ["3", "4"], "sample_2": ["5"]}
    scored = {"sample_0": [True, False], "sample_1": [True]}
    content = json.dumps({"raw_generations": generations, "raw_scored_generations": scored})
    suite = suite_of("cruxeval:output")
    found = reader_of(suite.name)(written(tmp_path, content), suite)
    assert [one.passed for one in found.answers] == [True, False, None, None, None]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"sample_0": ["1"], "sample_800": ["1"]}', "no task “sample_800”"),
        ('{"sample_0": [1]}', "answer 1: is no text"),
        ('{"sample_0": [NaN]}', "no JSON"),
        ('[["1"]]', "no map from sample_0"),
        ('{"sample_0": ["1"', "written to its end?"),
        ("{}", "holds no answers"),
    ],
)
async def test_bad_answer_files_are_named(content: str, said: str, tmp_path: Path) -> None:
    """One line that says what is wrong with the file."""
    suite = suite_of("cruxeval:output")
    with pytest.raises(UserError) as caught:
        reader_of(suite.name)(written(tmp_path, content), suite)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_results_are_written_as_the_official_script_does(tmp_path: Path) -> None:
    """Scores and percentages in its form, its own way with predictions that it does not run included."""
    suite = suite_of("cruxeval:input")
    decisions = [
        decided(suite, "sample_0", 0, "f(1)", True), decided(suite, "sample_0", 1, "[1]", False),
        decided(suite, "sample_1", 0, "f(1)", False), decided(suite, "sample_1", 1, "[1]", False),
    ]  # fmt: skip
    write = writer_of(suite.name)
    assert write is not None
    (path,) = write(tmp_path, "mine", suite, decisions)
    result = json.loads(path.read_text(encoding="utf-8"))
    assert path.name == "mine_scored_input.json"
    assert result["raw_generations"]["sample_0"] == ["f(1)", "[1]"]
    assert result["raw_scored_generations"] == {"sample_0": [True], "sample_1": [False, False]}
    assert (result["pass_at_1"], result["pass_at_5"]) == (50.0, 100.0)


def decided(suite: Suite, task_id: str, sample: int, completion: str, passed: bool) -> Decision:
    return Decision(
        model="m", task_id=task_id, completion=completion, passed=passed, latency=None, trial_id="", entrant_hash="",
        model_id="", provider="", solver="", protocol=suite.protocol, suite=suite.name, version="1", sample=sample,
        status=Status.PASSED if passed else Status.FAILED, score=float(passed),
    )  # fmt: skip
