"""`assay compare`: the answer in words, the numbers behind it, what is refused, and the ways out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from runs_of_scores import Score, run_of

from assay.cli import main
from assay.stats.compare import compare
from assay.stats.paired import tango
from synthetic_runs import make_plan

Call = Callable[..., tuple[int, str, str]]

HALF = [1.0, 0.0] * 20
MORE = [1.0, 1.0, 1.0, 0.0] * 10


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs the command over the runs in an own folder: exit code, stdout, stderr."""
    monkeypatch.setenv("ASSAY_RUNS", str(tmp_path))

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["compare", *arguments])
        said = capsys.readouterr()
        code = left.value.code
        assert isinstance(code, int)
        return code, said.out, said.err

    return call


def found(out: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(out)
    return value


def test_the_answer_comes_first_and_says_the_price(tmp_path: Path, call: Call) -> None:
    """Who solves how many points more, between which limits, and what it costs; then the tasks that tell."""
    run_of(tmp_path, "one", {"alpha": HALF, "beta": MORE}, lines={"cost_usd": {"alpha": 0.05, "beta": 0.01}})
    code, out, _ = call("alpha", "beta")
    assert code == 0
    low, high = (f"{100 * float(limit):.1f}" for limit in tango(10, 0, 40))
    answer = f"core: beta solves 25.0 points more than alpha, between {low} and {high} at 95 %"
    assert out.splitlines()[0] == f"{answer}; beta costs a fifth of alpha."
    assert "40 common tasks: alpha better at 0, beta better at 10, the same at 30" in out
    assert "better by beta: " in out


def test_numbers_are_those_of_the_paired_comparison(tmp_path: Path, call: Call) -> None:
    """The JSON carries the difference of stats.compare, second less first, and the discordant tasks."""
    run_of(tmp_path, "one", {"alpha": HALF, "beta": MORE})
    (suite,) = found(call("alpha", "beta", "--json")[1])["suites"]
    (pair,) = suite["pairs"]
    expected = compare(MORE, HALF)
    apart = pair["apart"]
    assert (apart["difference"], apart["low"], apart["high"]) == pytest.approx(expected[:3])
    assert (apart["p"], apart["p_exact"]) == (expected.p, expected.p_exact)
    assert (apart["first_only"], apart["second_only"], apart["tasks"]) == (0, 10, 40)
    assert pair["cost"] == {"value": pytest.approx(1.0), "low": pytest.approx(1.0), "high": pytest.approx(1.0)}
    assert sum(one["tasks"] for one in pair["slices"] if one["slice"] == "language") == 40


def test_missing_trials_leave_the_pairs_and_widen_what_is_possible(tmp_path: Path, call: Call) -> None:
    """A lost trial is no wrong answer: its task has no part in the difference, and the range says what it could do."""
    run_of(tmp_path, "one", {"alpha": HALF, "beta": [None, None, *MORE[2:]]})
    (pair,) = found(call("alpha", "beta", "--json")[1])["suites"][0]["pairs"]
    assert pair["apart"]["tasks"] == 38
    assert pair["missing"] == 2
    seen = sum(MORE[2:]) - sum(HALF[2:])
    assert pair["worst"] == pytest.approx((seen + 0 - 1) / 40)
    assert pair["best"] == pytest.approx((seen + 2 - 1) / 40)


@pytest.mark.parametrize(
    ("scores", "difference", "low", "high"),
    [
        ({"alpha": [1], "beta": [0]}, -1.0, -1.0, 1.0),
        ({"alpha": [1] * 20, "beta": [1] * 20}, 0.0, -0.17, 0.17),
        ({"alpha": [0] * 20, "beta": [0] * 20}, 0.0, -0.17, 0.17),
    ],
)
def test_one_task_all_passed_all_failed(
    tmp_path: Path, call: Call, scores: dict[str, list[Score]], difference: float, low: float, high: float
) -> None:
    """Limits have a width where nothing differs, and say nearly nothing about one task."""
    run_of(tmp_path, "one", scores)
    (pair,) = found(call("alpha", "beta", "--json")[1])["suites"][0]["pairs"]
    assert pair["apart"]["difference"] == difference
    assert low - 0.01 <= pair["apart"]["low"] < difference + 1e-9
    assert difference - 1e-9 < pair["apart"]["high"] <= high + 0.01


def test_no_task_in_common_is_said_to_be_no_paired_comparison(tmp_path: Path, call: Call) -> None:
    """Two runs of different tasks compare unpaired, and the line says that this is much less."""
    plan = make_plan(run_id="first", models=("alpha",), tasks=40)
    tasks = plan.suites[0].tasks
    for name, model, part in (("first", "alpha", tasks[:20]), ("second", "beta", tasks[20:])):
        suite = msgspec.structs.replace(plan.suites[0], tasks=part)
        entrant = msgspec.structs.replace(plan.entrants[0], name=model)
        run_of(
            tmp_path, name, {model: HALF[:20]}, plan=msgspec.structs.replace(plan, suites=(suite,), entrants=(entrant,))
        )
    code, out, _ = call("alpha", "beta")
    assert code == 0
    assert "no common task: alpha and beta were judged on different ones" in out


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"task_hash": "ff"}, "40 of 40 common tasks with other tests, files or limits"),
        ({"prompt_hash": "cc"}, "40 of 40 common tasks with another prompt"),
        ({"judge_hash": "cc"}, "40 of 40 common tasks with another judge or toolchain"),
    ],
)
def test_what_was_not_judged_alike_is_refused_unless_anyway(
    tmp_path: Path, call: Call, second: dict[str, str], said: str
) -> None:
    """A known difference that decides stops the comparison; `--anyway` makes it, and says so."""
    run_of(tmp_path, "one", {"alpha": HALF})
    run_of(tmp_path, "two", {"beta": MORE}, lines=second)
    code, out, err = call("alpha", "beta")
    assert (code, out) == (2, "")
    assert said in err
    assert "--anyway" in err
    code, out, _ = call("alpha", "beta", "--anyway")
    assert code == 0
    assert f"note: compared anyway: one:alpha and two:beta: {said}" in out


def test_a_comparison_as_a_file_holds_the_answer_the_gate_and_what_was_compared_anyway(
    tmp_path: Path, call: Call
) -> None:
    """Markdown with the same sentences; names of models are data; a place that cannot be written is the user's to mend."""
    run_of(tmp_path, "one", {"al|pha": HALF})
    run_of(tmp_path, "two", {"<beta>": MORE}, lines={"task_hash": "ff"})
    (tmp_path / "gate.toml").write_text("[accuracy]\nmargin = 2\n")
    gate = ("--gate", str(tmp_path / "gate.toml"))
    code, _, _ = call("al|pha", "<beta>", "--anyway", *gate, "--out", str(tmp_path / "new" / "said.md"))
    assert code == 0
    text = (tmp_path / "new" / "said.md").read_text()
    assert "Gate: **pass**" in text
    assert "solves 25.0 points more than al&#124;pha" in text
    assert "&lt;beta" not in text
    assert "<beta>" not in text
    assert "40 of 40 common tasks with other tests" in text[text.index("compared anyway") :]
    assert len({line.count("|") for line in text.splitlines() if line.startswith("|")}) == 1
    code, _, err = call("al|pha", "<beta>", "--anyway", "--out", "/proc/nowhere/said.md")
    assert code == 2
    assert "name another file with --out" in err


def test_what_is_unknown_is_said_and_not_refused(tmp_path: Path, call: Call) -> None:
    """Records without hashes compare; one line says what could not be checked."""
    run_of(tmp_path, "one", {"alpha": HALF})
    run_of(tmp_path, "two", {"beta": MORE}, lines={"prompt_hash": ""})
    code, out, _ = call("alpha", "beta")
    assert code == 0
    assert "whether the prompt is the same is unknown for all common tasks" in out


def test_what_other_tools_call_a_protocol_is_unknown_and_not_different(tmp_path: Path, call: Call) -> None:
    """An import compares with a run of our own by suite, version and task; all that could not be checked is one line.
    Two protocols of one tool are different ones."""
    unknown = {"task_hash": "", "prompt_hash": "", "judge_hash": ""}
    run_of(tmp_path, "one", {"alpha": HALF})
    for name, tool, model in (("two", "lm-eval", "beta"), ("three", "lm-eval", "gamma")):
        plan = make_plan(run_id=name, models=(model,), tasks=40)
        suites = tuple(msgspec.structs.replace(suite, protocol=f"{tool}: core {name}") for suite in plan.suites)
        plan = msgspec.structs.replace(plan, imported_from=tool, suites=suites)
        run_of(tmp_path, name, {model: MORE}, plan=plan, lines={**unknown, "protocol": f"{tool}: core {name}"})
    code, out, _ = call("alpha", "beta")
    assert code == 0
    notes = [line for line in out.splitlines() if line.startswith("note: ")]
    assert notes == [
        "note: one:alpha and two:beta: whether protocol (core/1 against lm-eval: core two), task, prompt and judge are"
        " the same is unknown for all common tasks"
    ]
    code, _, err = call("beta", "gamma")
    assert code == 2
    assert "protocol lm-eval: core two against lm-eval: core three" in err


def test_other_settings_and_served_models_are_named(tmp_path: Path, call: Call) -> None:
    """They are part of what is compared: said, and no reason to refuse."""
    plan = make_plan(run_id="one", models=("alpha", "beta"), tasks=40)
    warm = msgspec.structs.replace(plan.entrants[1].sampling, temperature=0.8)
    entrants = (plan.entrants[0], msgspec.structs.replace(plan.entrants[1], sampling=warm))
    plan = msgspec.structs.replace(plan, entrants=entrants)
    folder = run_of(tmp_path, "one", {"alpha": HALF, "beta": MORE}, plan=plan, lines={"served_model": "alpha-2026"})
    text = folder.trials.read_text().replace('"served_model":"alpha-2026"', '"served_model":"alpha-2027"', 1)
    folder.trials.write_text(text)
    out = call("alpha", "beta")[1]
    assert "asked differently: temperature the server's own against 0.8" in out
    assert "alpha was served by alpha-2026 and by alpha-2027: its score mixes them" in out


GATES = {
    "passes": ("[accuracy]\nmargin = 2\n[cost]\nmargin = 10\n", ["alpha", "beta"], 0),
    "fails": ("[accuracy]\nmargin = 2\n", ["beta", "alpha"], 1),
    "good enough alone": ("[accuracy]\nat_least = 60\n", ["alpha", "beta"], 0),
    "not good enough alone": ("[accuracy]\nat_least = 90\n", ["alpha", "beta"], 1),
    "cheap enough": ("[cost_per_solved]\nat_most = 0.01\n", ["alpha", "beta"], 0),
    "too dear": ("[cost_per_solved]\nat_most = 0.001\n", ["alpha", "beta"], 1),
    "quick enough": ("[latency_p50]\nat_most = 5\n", ["alpha", "beta"], 0),
    "too few for a 95th percentile": ("[latency_p95]\nat_most = 5\n", ["alpha", "beta"], 4),
    "undecided": ("[accuracy]\nmargin = 24\n", ["beta", "alpha"], 4),
    "no missing": ("[missing]\nat_most = 0\n", ["alpha", "beta"], 0),
}


@pytest.mark.parametrize("name", GATES)
def test_a_gate_has_three_ways_out(tmp_path: Path, call: Call, name: str) -> None:
    """0 where the candidate is shown to be good enough, 1 where it is shown not to be, 4 where neither is."""
    text, order, code = GATES[name]
    run_of(tmp_path, "one", {"alpha": HALF, "beta": MORE})
    gate = tmp_path / "gate.toml"
    gate.write_text(text)
    left, out, _ = call(*order, "--gate", str(gate))
    assert left == code
    if name == "undecided":
        assert "tasks would decide it" in out


def test_a_gate_tells_its_own_false_alarms(tmp_path: Path, call: Call) -> None:
    """Of pairs of equals made from the data hardly any fails, and the count is the same each time."""
    run_of(tmp_path, "one", {"alpha": HALF, "beta": MORE})
    gate = tmp_path / "gate.toml"
    gate.write_text("[accuracy]\nmargin = 2\n")
    alarms = [
        found(call("alpha", "beta", "--gate", str(gate), "--self", "--json")[1])["suites"][0]["false_alarms"]
        for _ in range(2)
    ]
    assert alarms[0] == alarms[1]
    assert alarms[0]["checks"] == 400
    assert alarms[0]["failed"] <= 0.08 * 400


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no metric in it"),
        ("accuracy = 2\n", "write [accuracy] and below it margin = NUMBER"),
        ("[missing]\nmargin = 1\n", "unknown key “margin” in [missing]"),
        (
            "[accuracy]\nlevel = 0.9\n",
            "wants margin = NUMBER (points that the candidate may solve less than the baseline)",
        ),
        ("[acuracy]\nmargin = 2\n", "did you mean “accuracy”"),
        ("[accuracy]\nmargn = 2\n", "did you mean “margin”"),
        ("[accuracy]\nmargin = -1\n", "wants margin = NUMBER, not negative"),
        ("[accuracy]\nmargin = nan\n", "wants margin = NUMBER, not negative"),
        ("[accuracy]\nmargin = 2\nlevel = 95\n", "level lies between 0.5 and 1"),
        ("[accuracy\n", "a gate is TOML"),
    ],
)
def test_a_bad_gate_is_one_line(tmp_path: Path, call: Call, text: str, said: str) -> None:
    """The file, the key and the way out."""
    run_of(tmp_path, "one", {"alpha": HALF, "beta": MORE})
    gate = tmp_path / "gate.toml"
    gate.write_text(text)
    code, _, err = call("alpha", "beta", "--gate", str(gate))
    assert code == 2
    assert said in err
    assert len(err.splitlines()) == 1


def test_many_entrants_get_ranks_and_the_cheapest_of_the_best(tmp_path: Path, call: Call) -> None:
    """Of three, who may be the best, which of those is cheapest, and all pairs corrected together."""
    scores: dict[str, list[Score]] = {"alpha": [*MORE], "beta": [1, 1, 0, 1] * 10, "gamma": [0] * 40}
    run_of(tmp_path, "one", scores, lines={"cost_usd": {"alpha": 0.05, "beta": 0.01, "gamma": 0.001}})
    out = call("one")[1]
    assert "Any of these 2 may be the best of 3: alpha, beta." in out
    assert "The cheapest of them is beta" in out
    (suite,) = found(call("one", "--json")[1])["suites"]
    assert [(rank["label"], rank["low"], rank["high"]) for rank in suite["ranking"]["ranks"]] == [
        ("alpha", 1, 2), ("beta", 1, 2), ("gamma", 3, 3),
    ]  # fmt: skip
    assert [label for label, _ in suite["ranking"]["frontier"]] == ["beta", "gamma"]
    assert dict(suite["ranking"]["frontier"])["gamma"] == 1.0
    assert len(suite["pairs"]) == 3
    assert all(pair["apart"]["p_adjusted"] is not None for pair in suite["pairs"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["alpha"], "alpha is alone"),
        (["alpha", "nobody"], "no model and no run"),
        (["alpha", "beta", "--suite", "cor"], "did you mean “core”"),
        (["alpha", "beta", "--gate", "absent.toml"], "cannot read the gate"),
        (["alpha", "beta", "--self"], "wants --gate FILE"),
    ],
)
def test_slips_are_one_line(tmp_path: Path, call: Call, arguments: list[str], said: str) -> None:
    """What is wrong and what to do."""
    run_of(tmp_path, "one", {"alpha": HALF, "beta": MORE})
    code, _, err = call(*arguments)
    assert code == 2
    assert said in err
    assert len(err.splitlines()) == 1


def test_nothing_judged_has_no_answer(tmp_path: Path, call: Call) -> None:
    """All missing on one side: a line says why there is none."""
    run_of(tmp_path, "one", {"alpha": HALF, "beta": [None] * 40})
    code, _, err = call("alpha", "beta")
    assert code == 2
    assert "alpha: core; beta: nothing judged" in err


def test_dollars_offered_weigh_the_tasks(tmp_path: Path, call: Call) -> None:
    """One dear task can turn a comparison around: shares earned stand beside shares solved."""
    folder = run_of(tmp_path, "one", {"alpha": [1, 0, 0, 0], "beta": [0, 1, 1, 1]}, lines={"bounty_usd": 10.0})
    task = folder.plan.suites[0].tasks[0].id
    lines = folder.trials.read_text().splitlines(keepends=True)
    dear = [line.replace('"bounty_usd":10.0', '"bounty_usd":970.0') if f'"{task}"' in line else line for line in lines]
    folder.trials.write_text("".join(dear))
    (pair,) = found(call("alpha", "beta", "--json")[1])["suites"][0]["pairs"]
    assert (pair["apart"]["first"], pair["apart"]["second"]) == (0.25, 0.75)
    assert (pair["earned"]["first"], pair["earned"]["second"]) == pytest.approx((0.97, 0.03))
    assert pair["earned"]["difference"] == pytest.approx(-0.94)


def test_a_negative_cost_is_none(tmp_path: Path, call: Call) -> None:
    """What another tool wrote by mistake makes a cost unknown, and no traceback."""
    run_of(tmp_path, "one", {"alpha": HALF, "beta": MORE}, lines={"cost_usd": {"alpha": -1.0, "beta": 0.01}})
    (pair,) = found(call("alpha", "beta", "--json")[1])["suites"][0]["pairs"]
    assert pair["cost_first"] is None
    assert pair["cost"] is None
