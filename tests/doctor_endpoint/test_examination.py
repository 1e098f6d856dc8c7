"""An examination ends, whatever the server does; it says what it took, and answers the question that was asked."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lying import examined

from assay.cli import main
from assay.core.errors import ProviderError, UserError
from assay.doctor.endpoint.findings import CAPABILITIES, NEEDS, Finding, missing
from assay.doctor.endpoint.symptoms import of_refusal
from assay.scripted.engine import Engine
from assay.scripted.script import Answer, Match, Rule, Script, Trouble
from assay.scripted.server import ScriptedServer
from assay.wiring.endpoint import Examination, examine_endpoint

TROUBLES = {
    "hangs": (Trouble(does="hang"), "no whole answer within 1 s"),
    "falls silent": (Trouble(does="silent"), "no whole answer within 1 s"),
    "hangs up": (Trouble(does="close"), "hung up"),
    "answers with a page": (Trouble(does="html"), "not JSON"),
    "answers with half a text": (Trouble(does="malformed"), "cannot be read"),
    "answers with nothing": (Trouble(does="empty"), "no choices"),
    "floods": (Trouble(does="huge", size=80 * 2**20), "larger than 64 MiB"),
    "refuses the key": (Trouble(status=401), "HTTP 401"),
    "fails": (Trouble(status=500), "HTTP 500"),
}


@pytest.mark.parametrize("name", TROUBLES)
async def test_a_server_that_gives_no_answer_gets_one_line(name: str) -> None:
    """It hangs, floods, hangs up or answers garbage: one clear line, soon, and no further question."""
    trouble, said = TROUBLES[name]
    began = time.monotonic()
    timeout = 20.0 if name == "floods" else 1.0
    report = await examined(Script.troubled(trouble), target="demo@{root}/v1", timeout=timeout)
    assert said in report.broke and "\n" not in report.broke
    assert len(report.examined) == 1 and report.spent.calls <= 4
    assert time.monotonic() - began < 30


async def test_a_server_that_dies_under_examination_is_not_waited_for_sixty_times() -> None:
    """It answers the first question and hangs from then on: the next probe is the last."""
    first = Rule(match=Match(contains="Answer with exactly", nth=1), answer=Answer(text="OK"))
    script = Script(rules=(first, Rule(trouble=Trouble(does="hang"))))
    report = await examined(script, target="demo@{root}/v1", timeout=0.5)
    assert "no whole answer" in report.broke and len(report.examined) == 2 and report.spent.calls <= 4


async def test_a_long_prompt_that_takes_too_long_is_not_refused() -> None:
    """A slow machine reads long prompts slowly; how much it takes could not be told then."""
    long = " ".join(f"rain {number % 10}" for number in range(1500))
    slow = Rule(match=Match(contains=long), trouble=Trouble(does="hang"))
    report = await examined(Script(rules=(slow,), engine=Engine()), only=("context",), timeout=0.5)
    found = report.findings[-1]
    assert found.verdict == "untried" and "to 2 times as many no answer came" in found.detail
    assert report.spent.calls < 8


async def test_a_question_that_takes_too_long_is_not_the_end() -> None:
    """The server still answers a plain one, and so it is asked the rest."""
    slow = Rule(match=Match(contains="random"), trouble=Trouble(does="hang"))
    report = await examined(Script(rules=(slow,), engine=Engine()), only=("seed", "stop", "json"), timeout=0.5)
    found = {finding.capability: finding for finding in report.findings}
    assert not report.broke and found["json"].verdict == "works"
    assert found["seed"].fault is not None and found["seed"].fault.cause == "no answer came"


TOOLS = (
    "tools.auto",
    "tools.streamed",
    "tools.required",
    "tools.parallel",
    "tools.result",
    "tools.typed",
    "tools.text",
)


async def test_no_answer_in_time_is_no_refusal_of_tools() -> None:
    """A call that takes too long, of a server that answers the rest, says nothing of its parser."""
    slow = Rule(match=Match(regex="Use your tools|Greet me|hail"), trouble=Trouble(does="hang"))
    report = await examined(Script(rules=(slow,), engine=Engine()), only=TOOLS, timeout=0.5)
    found = {finding.capability: finding for finding in report.findings}
    assert not report.broke
    for name in TOOLS:
        assert found[name].verdict == "untried" and "no whole answer within" in found[name].detail, found[name]


@pytest.mark.parametrize("trouble", [Trouble(does="html"), Trouble(status=500, message="oops"), Trouble(status=422)])
async def test_a_question_that_came_to_nothing_is_not_said_to_be_refused(trouble: Trouble) -> None:
    """A page for people, or a failure, in place of an answer with tools: what came is told, and no more."""
    broken = Rule(match=Match(contains="Use your tools"), trouble=trouble)
    report = await examined(Script(rules=(broken,), engine=Engine()), only=("tools.auto",), timeout=5.0)
    fault = {finding.capability: finding for finding in report.findings}["tools.auto"].fault
    assert fault is not None and fault.symptom.startswith("the request came to nothing: ")


async def test_what_was_answered_is_counted_beside_what_was_not() -> None:
    """Right calls and questions without an answer: neither all right nor a fault of the server's parser."""
    slow = Rule(match=Match(contains="Call get_weather", nth=2), trouble=Trouble(does="hang"))
    report = await examined(Script(rules=(slow,), engine=Engine()), only=("tools.auto",), timeout=0.5, repeat=3)
    found = {finding.capability: finding for finding in report.findings}["tools.auto"]
    assert found.verdict == "untried" and found.detail.startswith("2 of 2 calls came; to 1 more no answer came")


@pytest.mark.parametrize("trouble", [Trouble(status=429, retry_after=0.2), Trouble(does="reset")], ids=["429", "reset"])
async def test_a_passing_trouble_is_no_finding(trouble: Trouble) -> None:
    """Asked too often, it waits as it is told; a connection that broke is made again."""
    script = Script(rules=Script.troubled(trouble, times=1).rules, engine=Engine())
    report = await examined(script, only=("chat",), timeout=5.0)
    assert report.findings[0].verdict == "works" and not report.broke


async def test_nobody_there() -> None:
    """A port on which nobody listens is said to be that."""
    wanted = Examination(target="demo@http://127.0.0.1:9/v1", timeout=2.0)
    assert "refused" in (await examine_endpoint(wanted, lambda one: None)).broke
    with pytest.raises(ProviderError, match="refused"):
        await examine_endpoint(Examination(target="http://127.0.0.1:9", timeout=2.0), lambda one: None)


async def test_an_address_may_have_blanks_around_it() -> None:
    async with ScriptedServer(Script.fixed("OK")) as server:
        there = Examination(target=f" {server.root}/v1 ", timeout=5.0, only=("chat",))
        assert (await examine_endpoint(there, lambda one: None)).findings[0].verdict == "works"


async def test_a_server_that_fails_on_tools_only_is_examined_to_its_end() -> None:
    """A fault of one kind of question does not keep the others from being asked."""
    report = await examined(Script.served(Engine(kind="llama.cpp", parser="none")))
    verdicts = {finding.capability: finding.verdict for finding in report.findings}
    assert verdicts["tools.auto"] == "broken" and verdicts["seed"] == "works" and not report.broke


@pytest.mark.parametrize("kind", ["anthropic", "google", "responses"])
async def test_other_vendors_formats_are_examined_as_well(kind: str, tmp_path: Path) -> None:
    """Tools, streams and the rest go through every wire format; what a format has no place for is not tried."""
    async with ScriptedServer(Script.fixed("OK")) as server:
        file = tmp_path / "models.yaml"
        file.write_text(f"models:\n  - name: it\n    type: {kind}\n    model: demo\n    api_base: {server.root}/v1\n")
        wanted = Examination(target="it", models_file=str(file), timeout=5.0, repeat=1)
        report = await examine_endpoint(wanted, lambda one: None)
    found = {finding.capability: finding for finding in report.findings}
    assert set(found) == set(CAPABILITIES)
    assert found["chat"].verdict == found["streaming"].verdict == found["usage"].verdict == "works"
    assert found["tools.auto"].verdict == "broken" and "words in place" in (found["tools.auto"].fault or report).symptom  # type: ignore[union-attr]
    assert found["fim.suffix"].verdict == "untried"


async def test_a_type_that_goes_on_with_text_is_asked_for_no_tools(tmp_path: Path) -> None:
    """A base model's entry: filling in, stops and seeds are tried, conversations are not."""
    file = tmp_path / "models.yaml"
    async with ScriptedServer(Script.served(Engine())) as server:
        file.write_text(f"models:\n  - name: it\n    type: completions\n    model: demo\n    api_base: {server.url}\n")
        wanted = Examination(target="it", models_file=str(file), timeout=5.0)
        report = await examine_endpoint(wanted, lambda one: None)
    found = {finding.capability: finding.verdict for finding in report.findings}
    assert found["fim.suffix"] == found["fim.tokens"] == found["stop"] == "works"
    assert {found[name] for name in CAPABILITIES if name.startswith("tools.")} == {"untried"}


async def test_money_holds() -> None:
    """Each probe's calls, tokens and dollars are told; when the ceiling is reached, nothing more is asked."""
    slow = Script(rules=Script.troubled(Trouble(latency=0.02)).rules, engine=Engine())
    report = await examined(slow, target="demo@{root}/v1,price={gpu_hour: 3600}", max_cost=0.05)
    assert report.spent.usd is not None and report.spent.usd >= 0.05
    assert "$0.05" in report.broke and len(report.examined) < 8
    assert abs(sum(one.spent.usd or 0 for one in report.examined) - report.spent.usd) < 1e-9


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set', "no_parser"),
        ("tool_choice=required requires --tool-call-parser to be set", "no_parser"),
        ("tools param requires --jinja flag", "no_jinja"),
        ("Failed to parse input at pos 12: <tool_call>", "unparsed"),
        ("The model produced output that does not match the expected peg-native format", "unparsed"),
        ("registry.ollama.ai/library/gemma:2b does not support tools", "no_tools"),
        ("The server had an error.", "refused"),
    ],
)
def test_an_engines_own_words_are_known(said: str, kind: str) -> None:
    """What each engine says when tools come to nothing, older and newer."""
    assert of_refusal(said) == kind


def test_a_need_is_met_by_what_works() -> None:
    """`tools` wants calls that come whole and streamed, typed, and answered; `fim` wants one of two ways."""
    works = {name: Finding(name, "works", "") for name in CAPABILITIES}
    assert missing(NEEDS, works) == ()
    assert missing(["tools", "fim"], {**works, "fim.suffix": Finding("fim.suffix", "absent", "")}) == ()
    assert missing(["tools", "fim"], {**works, "tools.streamed": Finding("tools.streamed", "broken", "")}) == ("tools",)
    assert missing(["seed"], {}) == ("seed",)


async def test_a_kind_of_capability_can_be_asked_for_alone() -> None:
    """`--only fim` asks for both ways of filling in, and for nothing else but a first word."""
    report = await examined(Script.served(Engine()), only=("fim",))
    assert [finding.capability for finding in report.findings] == ["chat", "reasoning", "fim.suffix", "fim.tokens"]


async def test_what_cannot_be_examined_is_said() -> None:
    """A slip is one line: an unknown capability, no endpoint, an address without models."""
    for wanted, said in (
        (Examination(target="demo@http://x/v1", needs=("tool",)), "did you mean “tools”"),
        (Examination(target="demo@http://x/v1", only=("sed",)), "did you mean “seed”"),
        (Examination(target="reference"), "no endpoint"),
    ):
        with pytest.raises(UserError, match=said):
            await examine_endpoint(wanted, lambda one: None)
    async with ScriptedServer(Script(), key="k") as server:
        with pytest.raises(UserError, match=r"<model>@http://\S+,key=\$KEY"):
            await examine_endpoint(Examination(target=server.root, timeout=5.0), lambda one: None)
    async with ScriptedServer(Script(models=())) as server:
        with pytest.raises(UserError, match="lists no model"):
            await examine_endpoint(Examination(target=server.root, timeout=5.0), lambda one: None)


# --- the command ------------------------------------------------------------------------------------


@pytest.fixture
def serve() -> Iterator[Callable[[Script], str]]:
    """Serves scripts beside the command, which has a loop of its own; gives the address."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    servers: list[ScriptedServer] = []

    def start(script: Script) -> str:
        server = ScriptedServer(script)
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
        servers.append(server)
        return server.root

    yield start
    for server in servers:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


def command(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["doctor", "endpoint", *arguments])
    assert isinstance(left.value.code, int)
    return left.value.code


def test_the_command(
    serve: Callable[[Script], str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Exit code 0, and 1 when something needed is missing; what mends it is printed; --json is one object."""
    monkeypatch.chdir(tmp_path)
    address = serve(Script.served(Engine(kind="vllm", version="0.33.0", parser="raw", writes="qwen3_coder")))
    assert command(address, "--only", "tools.auto,seed", "--need", "seed") == 0
    said = capsys.readouterr().out
    assert said.startswith("vllm 0.33.0, model demo, declares 32768 tokens")
    assert "mend:    vllm serve demo --enable-auto-tool-choice --tool-call-parser qwen3_coder" in said
    assert "5 calls came" in said and "no cost" in said
    assert command(address, "--only", "tools.auto", "--need", "tools") == 1
    assert "needed and missing: tools" in capsys.readouterr().out
    assert command(address, "--only", "tools.auto", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["identity"]["engine"] == "vllm"
    assert report["examined"][1]["findings"][0]["fault"]["mend"].endswith("--tool-call-parser qwen3_coder")


def test_the_command_on_a_dead_server(serve: Callable[[Script], str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3 and one line."""
    address = serve(Script.troubled(Trouble(does="hang")))
    assert command(f"demo@{address}/v1", "--timeout", "0.5") == 3
    assert capsys.readouterr().err.strip().count("\n") == 0
