"""Each way in which an endpoint can fail, through the command, with the status that it must come to."""

from __future__ import annotations

from pathlib import Path

import pytest
from e2e_world import RIGHT, WRONG, assay, calls, latest, prompt_mark, task_id, write_suite

from assay.scripted.script import Answer, Match, Rule, Script, Trouble
from assay.scripted.server import ScriptedServer

pytestmark = pytest.mark.usefixtures("sandbox")

RETRIED = "provider_error"
MATRIX: list[tuple[str, Rule, str, str]] = [
    ("right", Rule(), "passed", ""),
    ("wrong", Rule(answer=Answer(text=WRONG)), "failed", ""),
    ("latency", Rule(trouble=Trouble(latency=0.5)), "passed", ""),
    ("429 that heals", Rule(trouble=Trouble(status=429), times=2), "passed", ""),
    ("429 with Retry-After", Rule(trouble=Trouble(status=429, retry_after=1.0), times=1), "passed", ""),
    ("500 that heals", Rule(trouble=Trouble(status=500), times=2), "passed", ""),
    ("cut that heals", Rule(trouble=Trouble(does="cut", after=1), times=1), "passed", ""),
    ("500 for ever", Rule(trouble=Trouble(status=500)), RETRIED, "500"),
    ("hang", Rule(trouble=Trouble(does="hang")), RETRIED, ""),
    ("cut", Rule(trouble=Trouble(does="cut", after=1)), RETRIED, ""),
    ("silent", Rule(trouble=Trouble(does="silent", after=1)), RETRIED, ""),
    ("malformed", Rule(trouble=Trouble(does="malformed", after=1)), RETRIED, ""),
    ("empty choices", Rule(trouble=Trouble(does="empty")), RETRIED, ""),
    ("a page for people", Rule(trouble=Trouble(does="html")), RETRIED, ""),
    ("hung up", Rule(trouble=Trouble(does="close")), RETRIED, ""),
    ("reset", Rule(trouble=Trouble(does="reset")), RETRIED, ""),
    ("content filter", Rule(answer=Answer(finish="content_filter")), "refused", ""),
    ("refusal", Rule(answer=Answer(refusal="I cannot help with that.")), "refused", ""),
    ("filtered after the code", Rule(answer=Answer(text=RIGHT, finish="content_filter")), "passed", ""),
    ("context overflow", Rule(trouble=Trouble(does="overflow")), "invalid", ""),
    ("no answer", Rule(answer=Answer(text="")), "invalid", ""),
    ("prose only", Rule(answer=Answer(text="I would add the two numbers.")), "invalid", ""),
    ("slow drip", Rule(trouble=Trouble(drip=0.01, piece=40)), "passed", ""),
    ("100 MB", Rule(trouble=Trouble(does="huge")), "invalid", ""),
]


def script() -> Script:
    rules = []
    for number, (_, rule, _, _) in enumerate(MATRIX):
        rules.append(Rule(Match(contains=prompt_mark(number)), rule.answer, rule.trouble, rule.times, rule.per))
    return Script(rules=tuple(rules), default=Answer(text=RIGHT))


async def test_every_fault_comes_to_its_status(tmp_path: Path) -> None:
    """One run meets the whole matrix at once: each trial gets its own status and none disturbs another."""
    write_suite(tmp_path / "suite", len(MATRIX))
    async with ScriptedServer(script()) as server:
        done = await assay(
            "run",
            "./suite",
            "-m",
            f"demo@{server.url},timeout=3",
            "--name",
            "r",
            "--allow-missing",
            "100",
            cwd=tmp_path,
        )
    assert done.code == 0, done.err
    found = latest(tmp_path / "runs" / "r")
    for number, (name, _, status, reason) in enumerate(MATRIX):
        decision = found[task_id(number)]
        assert (name, decision["status"]) == (name, status), decision["reason"]
        assert reason in decision["reason"]
        assert (decision["score"] is None) == (status == RETRIED)
    waited = found[task_id(4)]["waited"]
    assert waited >= 1.0
    failed = [event for event in calls(tmp_path / "runs" / "r") if event["event"] == "failed"]
    assert {event["fault"] for event in failed} >= {"server_error", "rate_limited", "malformed", "cut_stream"}
    missing = sum(status == RETRIED for _, _, status, _ in MATRIX)
    assert f"{missing} " in done.out  # the board shows how many are missing, and what they could make of the score
    assert "–" in done.out


async def test_missing_trials_beyond_what_is_allowed_are_exit_code_3(tmp_path: Path) -> None:
    """With one of four trials missing the numbers are printed all the same, and the exit code says so."""
    write_suite(tmp_path / "suite", 4)
    rule = Rule(Match(contains=prompt_mark(2)), trouble=Trouble(status=500))
    async with ScriptedServer(Script(rules=(rule,), default=Answer(text=RIGHT))) as server:
        done = await assay("run", "./suite", "-m", f"demo@{server.url}", "--name", "r", cwd=tmp_path)
    assert done.code == 3
    assert "--allow-missing" in done.err
    assert "assay run --resume r" in done.err
    assert "3 of 4" in done.out
    assert "missing: 1 × demo" in done.err
    assert "provider_error: " in done.err


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble(status=401), "401"),
        (Trouble(status=404), "404"),
        (Trouble(status=401, echo_headers=True), "401"),
    ],
)
async def test_what_a_first_cheap_call_shows_costs_no_trial(tmp_path: Path, trouble: Trouble, said: str) -> None:
    """All faults of all entrants are named before the first real call, and no key is repeated."""
    write_suite(tmp_path / "suite", 4)
    async with ScriptedServer(Script.troubled(trouble)) as server:
        models = tmp_path / "models.yaml"
        models.write_text(
            "models:\n"
            + "".join(
                f"  - {{name: {name}, type: openai, api_base: '{server.url}', api_key: $THE_KEY, temperature: {heat}}}\n"
                for name, heat in (("one", 0.1), ("two", 0.2))
            )
        )
        done = await assay("run", "./suite", "--name", "r", cwd=tmp_path, THE_KEY="sk-very-secret")
        assert server.count() == 2
    assert done.code == 3
    assert "one: " in done.err
    assert "two: " in done.err
    assert said in done.err
    everything = done.out + done.err + "".join(p.read_text(errors="replace") for p in tmp_path.rglob("*.json*"))
    assert "sk-very-secret" not in everything


async def test_a_refused_connection_is_named_with_its_address(tmp_path: Path) -> None:
    """Nothing listens there: one line, exit 3, no traceback."""
    write_suite(tmp_path / "suite", 2)
    done = await assay("run", "./suite", "-m", "demo@http://127.0.0.1:9/v1", cwd=tmp_path)
    assert done.code == 3
    assert "127.0.0.1:9" in done.err
    assert "Traceback" not in done.err
