"""Evals of the openai/evals registry form: found, asked, compared and refused as their own classes would."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from assay.core.errors import UserError
from assay.core.judging import Attempt
from assay.core.messages import Message, Request
from assay.core.task import Ask, Extract, Task
from assay.core.trial import Status
from assay.formats.extract import take_code
from assay.formats.wire.openai_chat import Chat
from assay.graders.text_match import TextMatchGrader
from assay.sandboxes.judge import BoxJudge
from assay.suites import load

EVALS = """
capitals:
  id: capitals.dev.v0
  metrics: [accuracy]
capitals.dev.v0:
  class: evals.elsuite.basic.match:Match
  args:
    samples_jsonl: capitals/samples.jsonl
capitals.shots.v0:
  class: evals.elsuite.basic.match:Match
  args: {samples_jsonl: capitals/samples.jsonl, few_shot_jsonl: capitals/shots.jsonl, num_few_shot: 1}
words:
  id: words.s1.v0
words.s1.v0:
  class: evals.elsuite.basic.includes:Includes
  args: {samples_jsonl: words, ignore_case: true}
fuzzy.dev.v0:
  class: evals.elsuite.basic.fuzzy_match:FuzzyMatch
  args: {samples_jsonl: text/samples.jsonl.gz, max_tokens: 20}
json.dev.v0:
  class: evals.elsuite.basic.json_match:JsonMatch
  args: {samples_jsonl: json.jsonl}
badjson.dev.v0:
  class: evals.elsuite.basic.json_match:JsonMatch
  args: {samples_jsonl: capitals/samples.jsonl}
opinion.dev.v0:
  class: evals.elsuite.modelgraded.classify:ModelBasedClassify
  args: {samples_jsonl: json.jsonl, eval_type: cot_classify}
own.dev.v0:
  class: evals.elsuite.ballots.eval:BallotsEval
  args: {}
astray.dev.v0:
  class: evals.elsuite.basic.match:Match
  args: {samples_jsonl: ../../secret.jsonl}
absent.dev.v0:
  class: evals.elsuite.basic.match:Match
  args: {samples_jsonl: nowhere.jsonl}
strange.dev.v0:
  class: evals.elsuite.basic.match:Match
  args: {samples_jsonl: json.jsonl, n_samples: 3}
pointer.dev.v0:
  class: evals.elsuite.basic.match:Match
  args: {samples_jsonl: pointer.jsonl}
round: {id: and}
and: {id: round}
"""
SAMPLES: list[dict[str, Any]] = [
    {
        "input": [
            {"role": "system", "content": "Answer with one word."},
            {"role": "system", "name": "example_user", "content": "Italy?"},
            {"role": "user", "content": "France?"},
        ],
        "ideal": "Paris",
    },
    {"input": "The capital of Bolivia?", "ideal": ["Sucre", "La Paz"]},
]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A registry as it lies in a checkout."""
    data = tmp_path / "evals" / "registry" / "data"
    (data.parent / "evals").mkdir(parents=True)
    (data.parent / "evals" / "all.yaml").write_text(EVALS, encoding="utf-8")
    (data.parent / "evals" / "none.yaml").write_text("# nothing\n", encoding="utf-8")
    for folder in ("capitals", "words", "text"):
        (data / folder).mkdir(parents=True)
    (data / "capitals" / "samples.jsonl").write_bytes(lines(*SAMPLES))
    shot = [{"role": "user", "content": "Spain?"}, {"role": "assistant", "content": "Madrid"}]
    (data / "capitals" / "shots.jsonl").write_bytes(lines({"sample": shot}, {"sample": shot}))
    (data / "words" / "b.jsonl").write_bytes(lines({"input": "b", "ideal": "two"}))
    (data / "words" / "a.jsonl").write_bytes(lines({"input": "a", "ideal": "one"}).replace(b"\n", b"\r\n"))
    (data / "text" / "samples.jsonl.gz").write_bytes(gzip.compress(lines({"input": "x", "ideal": "The Answer!"})))
    (data / "json.jsonl").write_bytes(lines({"input": "x", "ideal": '{"a": [1, true]}'}))
    (data / "pointer.jsonl").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:00\n", encoding="utf-8")
    (tmp_path / "evals" / "secret.jsonl").write_bytes(lines(*SAMPLES))
    return tmp_path


def lines(*rows: object) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@pytest.mark.parametrize("below", [".", "evals", "evals/registry"])
def test_a_registry_is_found_in_a_checkout(below: str, checkout: Path) -> None:
    """The checkout, the package in it, or the registry itself; an eval goes by any of its names, and its tasks by
    the official ids of its samples."""
    for name in ("capitals", "capitals.dev.v0"):
        suite = load(f"openai-evals:{name}", data=checkout / below)
        assert [task.id for task in suite.tasks] == ["capitals.dev.0", "capitals.dev.1"]
        assert (suite.protocol, suite.grader) == ("openai-evals/1 official", "text_match")


def test_what_a_model_is_asked(checkout: Path) -> None:
    """Conversations as they are, names of speakers included; one text as a system message; examples before the last
    message."""
    first, second = load("openai-evals:capitals", data=checkout).tasks
    assert first.ask.messages[1] == Message("system", "Italy?", name="example_user")
    body = Chat().call(Request(messages=first.ask.messages), model_id="m", stream=False).body
    assert body["messages"] == SAMPLES[0]["input"]
    assert second.ask.messages == (Message("system", "The capital of Bolivia?"),)
    assert second.grading["ideals"] == ["Sucre", "La Paz"]
    with pytest.raises(UserError, match="one text"):
        load("openai-evals:capitals.shots.v0", data=checkout)
    (checkout / "evals/registry/data/capitals/samples.jsonl").write_bytes(lines(SAMPLES[0]))
    (task,) = load("openai-evals:capitals.shots.v0", data=checkout).tasks
    assert [message.content for message in task.ask.messages[2:]] == ["Spain?", "Madrid", "France?"]


def test_all_files_of_a_folder_are_samples(checkout: Path) -> None:
    """In the order of their names, whatever their line ends."""
    suite = load("openai-evals:words", data=checkout)
    assert [(task.id, task.grading) for task in suite.tasks] == [
        ("words.s1.0", {"rule": "includes_any_case", "ideals": ["one"]}),
        ("words.s1.1", {"rule": "includes_any_case", "ideals": ["two"]}),
    ]


def test_other_samples_are_another_version(checkout: Path) -> None:
    """The version is the content: the same rows give the same one, changed rows another."""
    before = load("openai-evals:words", data=checkout).version
    assert load("openai-evals:words.s1.v0", data=checkout).version == before
    (checkout / "evals/registry/data/words/b.jsonl").write_bytes(lines({"input": "b", "ideal": "three"}))
    assert load("openai-evals:words", data=checkout).version != before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "say which eval"),
        ("capital", "did you mean “capitals”"),
        ("opinion.dev.v0", "has a model judge the replies"),
        ("own.dev.v0", "runs code of its own"),
        ("astray.dev.v0", "outside of its data folder"),
        ("absent.dev.v0", "no such file"),
        ("strange.dev.v0", "n_samples"),
        ("pointer.dev.v0", "git lfs pull"),
        ("badjson.dev.v0", "has to hold JSON"),
        ("round", "names no class"),
    ],
)
def test_what_cannot_be_run_is_refused_with_the_reason(name: str, said: str, checkout: Path) -> None:
    """One line that names the eval and why."""
    with pytest.raises(UserError) as caught:
        load(f"openai-evals:{name}" if name else "openai-evals", data=checkout)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b'{"input": "x"', "line 1: no JSON"),
        (b'{"input": "x", "ideal": NaN}', "line 1: no JSON"),
        (b"[1]", "line 1: no JSON object"),
        (b'{"input": "x", "ideal": 3}', "“ideal” has to be a text"),
        (b'{"input": "x", "ideal": []}', "“ideal” has to be a text"),
        (b'{"input": [], "ideal": "x"}', "“input” has to be a text"),
        (b'{"input": [{"role": ["x"], "content": "x"}], "ideal": "x"}', "needs a role"),
        (b'{"input": [{"role": "user", "content": [{}]}], "ideal": "x"}', "its content as text"),
        (b'{"input": "\xff", "ideal": "x"}', "line 1: no JSON in UTF-8"),
        (b"\n", "holds no samples"),
    ],
)
def test_bad_samples_are_named(row: bytes, said: str, checkout: Path) -> None:
    """The file, the line and what is wrong with it."""
    (checkout / "evals/registry/data/capitals/samples.jsonl").write_bytes(row)
    with pytest.raises(UserError) as caught:
        load("openai-evals:capitals", data=checkout)
    assert said in str(caught.value)
    assert "samples.jsonl" in str(caught.value)


def test_without_a_registry_its_place_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to give, and where it is published."""
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    for data in (None, tmp_path):
        with pytest.raises(UserError, match="checkout"):
            load("openai-evals:capitals", data=data)


RULES = [
    ("match", "Paris is", "Paris", True),
    ("match", " Paris", "Paris", False),
    ("match", "paris", "Paris", False),
    ("match", "anything", "", True),
    ("includes", "It is Paris.", "Paris", True),
    ("includes", "It is PARIS.", "Paris", False),
    ("includes_any_case", "It is PARIS.", "Paris", True),
    ("fuzzy_match", "the paris", "Paris, the capital", True),
    ("fuzzy_match", "It's an answer", "answer!", True),
    ("fuzzy_match", "Rome", "Paris", False),
    ("fuzzy_match", "?!", "Paris", False),
    ("fuzzy_match", "The", "a an", True),
    ("json_match", ' {"b": [2], "a": 1.0}\n', '{"a": 1, "b": [2]}', True),
    ("json_match", '{"a": true}', '{"a": 1}', True),
    ("json_match", '{"a": null}', '{"a": null}', False),
    ("json_match", '{"a": 1, "b": 2}', '{"a": 1}', False),
    ("json_match", "[1, 2]", "[2, 1]", False),
    ("json_match", "```json\n1\n```", "1", False),
    ("json_match", "[" * 100_000, "1", False),
    ("json_match", '"x"', '"x"', True),
]


@pytest.mark.parametrize(("rule", "reply", "ideal", "right"), RULES)
@pytest.mark.asyncio(loop_scope="session")
async def test_the_official_comparisons(rule: str, reply: str, ideal: str, right: bool, python_judge: BoxJudge) -> None:
    """To the letter, oddities included; any of several ideals will do."""
    for ideals in ([ideal], ["\x00no", ideal] if right else [ideal, ideal]):
        task = Task(
            id="t", ask=Ask(), extract=Extract(form="raw", path="answer.txt"), grading={"rule": rule, "ideals": ideals}
        )
        taken = take_code(reply, task.extract, language="")
        attempt = Attempt(completion=reply, files=taken.files)
        verdict = await TextMatchGrader().grade(task, attempt, python_judge)
        assert (verdict.status is Status.PASSED) is right


@pytest.mark.asyncio(loop_scope="session")
async def test_white_space_and_thinking_count_officially_and_not_by_our_protocol(
    checkout: Path, python_judge: BoxJudge
) -> None:
    """`--protocol assay` takes them away before the same comparison."""
    reply = "<think>\nLyon?\n</think>\n\nParis\n"
    passed = {}
    for protocol in ("official", "assay"):
        task = load("openai-evals:capitals", data=checkout, protocol=protocol).tasks[0]
        taken = take_code(reply, task.extract, language="")
        verdict = await TextMatchGrader().grade(task, Attempt(files=taken.files, text=taken.text), python_judge)
        passed[protocol] = verdict.status is Status.PASSED
    assert passed == {"official": False, "assay": True}
    with pytest.raises(UserError, match="official"):
        load("openai-evals:capitals", data=checkout, protocol="oficial")
