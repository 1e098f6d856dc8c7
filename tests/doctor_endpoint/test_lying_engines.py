"""Every symptom of a served model that is known has its engine here that shows it, and is named with what mends it."""

from __future__ import annotations

from typing import Any

import pytest
from lying import engine_of, examined

from assay.doctor.endpoint.findings import CAPABILITIES, Identity
from assay.doctor.endpoint.remedies import mend
from assay.formats.tool_inference import Guess, Inference
from assay.scripted.engine import Engine
from assay.scripted.script import Answer, Match, Rule, Script

KINDS = ("vllm", "sglang", "llama.cpp", "ollama", "tgi", "transformers", "hosted")
NOT_THERE: dict[str, set[str]] = {
    "vllm": {"fim.suffix"},
    "sglang": {"fim.suffix"},
    "tgi": {"fim.suffix"},
    "llama.cpp": {"tools.named"},
    "transformers": {
        "logprobs",
        "json",
        "tools.required",
        "tools.named",
        "tools.none",
        "tools.text",
        "fim.suffix",
        "stop",
    },
    "ollama": {"logprobs", "tools.required", "tools.named", "tools.none"},
}
"""What an engine cannot, however rightly it is set up."""


@pytest.mark.parametrize("kind", KINDS)
async def test_an_engine_set_up_rightly_is_found_healthy(kind: str) -> None:
    """Engine and version are named, everything is tried, and only what the engine cannot at all is missing."""
    engine = Engine(kind=kind, version="9.9", thinks=True)  # type: ignore[arg-type]
    report = await examined(Script.served(engine))
    found = {finding.capability: finding for finding in report.findings}
    assert set(found) == set(CAPABILITIES)
    assert {name for name, one in found.items() if one.verdict != "works"} == NOT_THERE.get(kind, set())
    assert report.identity.engine == ("" if kind == "hosted" else kind)
    assert kind in ("hosted", "sglang", "transformers") or report.identity.version == "9.9"
    assert ("not obeyed" in found["tools.parallel"].detail) == (kind == "transformers")
    assert report.spent.calls > 40 and report.spent.usd == 0.0 and not report.broke


VLLM = "vllm serve demo --enable-auto-tool-choice --tool-call-parser"

PARSERS: tuple[tuple[dict[str, Any], str, str], ...] = (
    # Signature E: refused. The dialect is found out all the same, past the parser.
    ({"kind": "vllm", "parser": "none"}, "requires --enable-auto-tool-choice", f"{VLLM} hermes"),
    ({"kind": "llama.cpp", "parser": "none"}, "--jinja flag", "llama-server"),
    ({"kind": "llama.cpp", "parser": "raw"}, "Failed to parse input at pos 0", "--chat-template-file"),
    ({"kind": "ollama", "parser": "none"}, "demo does not support tools", "ollama"),
    ({"kind": "transformers", "parser": "bogus"}, "HTTP 500", "response_template"),
    # Signature A: the call stands in the text.
    ({"kind": "vllm", "parser": "raw", "writes": "qwen3_coder"}, "stands in the text", f"{VLLM} qwen3_coder"),
    ({"kind": "vllm", "parser": "raw", "writes": "llama3_json"}, "stands in the text", f"{VLLM} llama3_json"),
    ({"kind": "vllm", "parser": "raw", "writes": "pythonic"}, "stands in the text", f"{VLLM} pythonic"),
    ({"kind": "vllm", "parser": "raw", "writes": "glm45"}, "stands in the text", f"{VLLM} glm45"),
    ({"kind": "vllm", "parser": "raw", "writes": "minimax_m2"}, "stands in the text", f"{VLLM} minimax_m2"),
    ({"kind": "vllm", "parser": "raw", "writes": "qwen25coder_fence"}, "in the text", "tool_format: qwen25coder_fence"),
    ({"kind": "sglang", "parser": "none", "writes": "kimi_k2"}, "without its marks", "--tool-call-parser kimi_k2"),
    ({"kind": "sglang", "parser": "raw"}, "stands in the text", "--tool-call-parser qwen"),
    ({"kind": "hosted", "parser": "raw"}, "stands in the text", f"{VLLM} hermes"),
    # The same, the special tokens gone: the model is asked past the parser.
    ({"kind": "vllm", "parser": "stripped", "writes": "deepseek_v3"}, "without its marks", f"{VLLM} deepseek_v3"),
    ({"kind": "vllm", "parser": "stripped", "writes": "deepseek_v31"}, "without its marks", f"{VLLM} deepseek_v31"),
    ({"kind": "vllm", "parser": "stripped", "writes": "mistral_v11"}, "without its marks", f"{VLLM} mistral"),
    ({"kind": "vllm", "parser": "stripped", "writes": "internlm2"}, "without its marks", f"{VLLM} internlm"),
    # Signature B: nothing at all.
    ({"kind": "vllm", "parser": "empty"}, "no text and no call", f"{VLLM} hermes"),
    ({"kind": "vllm", "parser": "empty", "writes": "granite30"}, "no text and no call", f"{VLLM} granite"),
    ({"kind": "ollama", "parser": "raw"}, "no text and no call", ""),
    # Signature C: calls that nobody made.
    ({"kind": "vllm", "parser": "bogus", "writes": "deepseek_v3"}, "a tool that there is not", f"{VLLM} deepseek_v3"),
    # The same, forced into the parser's own form: calls of the right tool, without arguments.
    ({"kind": "vllm", "parser": "emptied"}, "without any of its arguments", f"{VLLM} hermes"),
    ({"kind": "llama.cpp", "parser": "emptied"}, "without any of its arguments", "--chat-template-file"),
)


@pytest.mark.parametrize(("engine", "symptom", "mend"), PARSERS, ids=lambda one: str(one)[:70])
async def test_a_parser_that_does_not_match(engine: dict[str, Any], symptom: str, mend: str) -> None:
    """Whatever becomes of the calls, the symptom is told, the model's dialect found out, and the line that mends it."""
    found = (await engine_of("tools.auto", **engine))["tools.auto"]
    assert found.verdict == "broken" and found.fault is not None
    assert symptom in found.fault.symptom
    assert mend in f"{found.fault.mend} {found.fault.note}"
    if mend.startswith("vllm"):
        assert found.fault.mend.split()[:7] == mend.split()


LIES: tuple[tuple[str, str, dict[str, Any], str, str], ...] = (
    ("tools.streamed", "broken", {"parser": "stream_empty"}, "streamed, this does: nothing", "stream: false"),
    ("tools.streamed", "broken", {"lies": ["different_deltas"]}, "streamed, this does", "stream: false"),
    ("tools.streamed", "broken", {"lies": ["late_ids"]}, "first piece has no id", "stream: false"),
    ("tools.streamed", "broken", {"lies": ["same_index"]}, "the same index", "stream: false"),
    ("streaming", "broken", {"lies": ["different_deltas"]}, "both at temperature 0", "stream: false"),
    ("usage", "broken", {"lies": ["no_usage"]}, "no usage in the stream", "stream: false"),
    ("tools.required", "broken", {"lies": ["empty_required"]}, "finish_reason is tool_calls", "auto"),
    ("tools.required", "broken", {"lies": ["ignores_tool_choice"]}, "words came", "auto"),
    ("tools.named", "broken", {"kind": "llama.cpp"}, "0 calls", "that one tool only"),
    ("tools.none", "broken", {"lies": ["calls_when_none"]}, "although tool_choice is none", "leave the tools out"),
    ("tools.none", "broken", {"lies": ["calls_untold"]}, "there were no tools", ""),
    ("tools.parallel", "broken", {"lies": ["first_call_only"]}, "of two calls, one came", "internlm"),
    ("tools.parallel", "broken", {"lies": ["arguments_joined"]}, "}{", ""),
    ("tools.typed", "broken", {"lies": ["numbers_as_text"]}, "count should be 3 and is '3'", "tool_format"),
    ("tools.typed", "broken", {"lies": ["zeros_lost"]}, "'02134' and is 2134", "tool_format"),
    ("tools.typed", "broken", {"lies": ["refs_as_text"]}, "place should be", "tool_format"),
    ("tools.result", "broken", {"kind": "llama.cpp", "lies": ["broken_history"]}, "HTTP 500", "template"),
    ("tools.result", "broken", {"kind": "llama-cpp-python"}, "validation errors", ""),
    ("tools.typed", "broken", {"parser": "raw"}, "the call stands in the text, tool_calls", "tool_format: hermes"),
    ("tools.auto", "broken", {"lies": ["ignores_tools"]}, "words in place of a call", "place for tools"),
    ("tools.parallel", "broken", {"lies": ["ignores_tools"]}, "words in place of a call", "place for tools"),
    ("tools.typed", "broken", {"lies": ["ignores_tools"]}, "words in place of a call", "place for tools"),
    ("tools.auto", "broken", {"lies": ["rambles"]}, "1024 tokens, and no call yet", "a larger max_tokens"),
    ("tools.auto", "broken", {"lies": ["unwilling"]}, "words in place of a call", ""),
    ("tools.auto", "broken", {"kind": "vllm", "thinks": True, "lies": ["lost_in_thought"]}, "in the reasoning", "vllm"),
    (
        "reasoning",
        "broken",
        {"kind": "vllm", "thinks": True, "lies": ["leaks_thinking"]},
        "<think>",
        "--reasoning-parser",
    ),
    ("tools.none", "broken", {"kind": "transformers"}, "although tool_choice is none", "leave the tools out"),
    ("tools.text", "broken", {"kind": "transformers"}, "HTTP 500", ""),
    ("tools.text", "broken", {"kind": "vllm", "parser": "torn"}, "the end of a call", "--tool-call-parser hermes"),
    ("tools.text", "broken", {"kind": "vllm", "lies": ["tag_lost"]}, "stands in the text", "tool_format"),
    ("stop", "broken", {"kind": "vllm", "lies": ["keeps_stop"]}, "itself is in", "leave include_stop_str_in_output"),
    ("stop", "broken", {"kind": "transformers"}, "itself is in the answer", ""),
    ("stop", "broken", {"lies": ["ignores_stop"]}, "goes on past its stop sequence", "no setting"),
    ("seed", "broken", {"kind": "sglang", "lies": ["ignores_seed"]}, "with seed 1 differ", "deterministic"),
    ("json", "broken", {"lies": ["ignores_response_format"]}, "a JSON schema was demanded", "tool"),
    ("logprobs", "absent", {"lies": ["no_logprobs"]}, "none came", "past the proxy"),
    ("fim.tokens", "broken", {"lies": ["no_fim_tokens"]}, "come back as text", "another family"),
    ("fim.suffix", "absent", {"kind": "vllm"}, "only supported for models with FIM", "fim: qwen"),
    ("fim.suffix", "absent", {"kind": "sglang"}, "left aside", "--completion-template"),
    ("fim.suffix", "absent", {"kind": "transformers"}, "c = a + b return c return c", "fim: qwen"),
    ("fim.suffix", "absent", {"kind": "tgi"}, "suffix not supported", "fim: qwen"),
    ("context", "broken", {"kind": "ollama", "context": 4096, "lies": ["truncates"]}, "4096 tokens", "num_ctx 8192"),
    ("context", "broken", {"context": 3000, "lies": ["truncates", "forgets"]}, "3000 tokens are counted", ""),
    ("context", "broken", {"context": 3000, "lies": ["truncates"]}, "beginning is not known", ""),
    ("context", "broken", {"context": 3000, "lies": ["overlooks"]}, "tokens the beginning is not known", ""),
)


@pytest.mark.parametrize(("capability", "verdict", "engine", "symptom", "mend"), LIES, ids=lambda one: str(one)[:60])
async def test_a_lie_is_found_out(
    capability: str, verdict: str, engine: dict[str, Any], symptom: str, mend: str
) -> None:
    """What a server takes without a word and does not do is named, with what mends it where something does."""
    found = (await engine_of(capability, **engine))[capability]
    assert found.verdict == verdict and found.fault is not None, found
    assert symptom in found.fault.symptom, found
    assert mend in f"{found.fault.mend} {found.fault.note}", found


@pytest.mark.parametrize("kind", ["vllm", "sglang", "llama.cpp", "tgi"])
async def test_a_limit_that_is_told_is_no_lie(kind: str) -> None:
    """A prompt beyond the context that is refused as such is what one may expect; the size is named."""
    found = (await engine_of("context", kind=kind, context=3000, tells=False))["context"]
    assert found.verdict == "works" and "are refused" in found.detail


async def test_a_model_that_finds_nothing_proves_nothing() -> None:
    """Then the counts are what there is: they grow, or the server says that it is too much."""
    found = (await engine_of("context", lies=["forgets"]))["context"]
    assert found.verdict == "untried" and "are counted" in found.detail
    told = (await engine_of("context", kind="vllm", context=3000, lies=["forgets"], tells=False))["context"]
    assert told.verdict == "works" and "are refused" in told.detail


async def test_a_model_that_overlooks_what_was_counted_is_not_the_servers_doing() -> None:
    """Nothing that the server is set to would help, and none of it is advised."""
    fault = (await engine_of("context", kind="ollama", context=3000, lies=["overlooks"]))["context"].fault
    assert fault is not None and "beyond the model" in fault.cause and not fault.mend


async def test_a_right_answer_now_and_then_is_not_enough() -> None:
    """Willingness is a rate: it is counted, and shown."""
    found = (await engine_of("tools.auto", lies=["unwilling"]))["tools.auto"]
    assert found.detail == "1 of 2 calls came"


async def test_the_python_server_of_llama_cpp_is_told_from_llama_cpp() -> None:
    """By the title of its own description: it reads no calls, and llama.cpp's flags are none of its."""
    report = await examined(
        Script.served(Engine(kind="llama-cpp-python", version="0.3.36", parser="raw")), only=("tools.auto",)
    )
    fault = report.findings[-2].fault
    assert (report.identity.engine, report.identity.version) == ("llama-cpp-python", "0.3.36")
    assert fault is not None and "tool_format: hermes" in fault.mend and "llama-server" in fault.note


async def test_llama_cpp_fills_in_at_its_own_address() -> None:
    """Left aside on /v1/completions, it works on /infill, and the entry that has it so is named."""
    found = (await engine_of("fim.suffix", kind="llama.cpp"))["fim.suffix"]
    assert found.verdict == "works" and "api: infill" in found.detail


async def test_a_prompt_that_the_server_still_holds_was_read() -> None:
    """llama.cpp counts what its cache holds apart: a model that saw its tools is not said to have seen none."""
    engine: dict[str, Any] = {"kind": "llama.cpp", "lies": ["unwilling"]}
    fault = (await engine_of("tools.auto", **engine))["tools.auto"].fault
    assert fault is not None and fault.cause.startswith("the model is not willing")
    usage = (await engine_of("usage", **engine))["usage"]
    assert usage.verdict == "works" and int(usage.detail.split()[0]) > 1


@pytest.mark.parametrize(("capability", "kind"), [("tools.required", "llama.cpp"), ("tools.named", "hosted")])
async def test_words_up_to_the_limit_do_not_tell_whether_a_call_had_to_come(capability: str, kind: str) -> None:
    """llama.cpp lets a model say what it likes before a call that it must make: a rambling one proves nothing."""
    found = (await engine_of(capability, kind=kind, lies=["rambles"]))[capability]
    assert found.verdict == "untried" and "1024 tokens, and no call yet" in found.detail


@pytest.mark.parametrize("capability", ["tools.required", "tools.named"])
async def test_a_forced_call_is_one_whatever_its_arguments(capability: str) -> None:
    """vLLM forces the call, and not an object of arguments: that is said, and is not the same as no call."""
    found = (await engine_of(capability, kind="vllm", lies=["untyped_force"]))[capability]
    assert found.verdict == "works" and "nothing holds its arguments" in found.detail


@pytest.mark.parametrize("capability", ["tools.auto", "tools.parallel", "tools.typed"])
async def test_a_model_that_says_nothing_is_no_parsers_doing(capability: str) -> None:
    """Past every parser it says nothing either: no other parser is advised."""
    fault = (await engine_of(capability, kind="vllm", lies=["mute"]))[capability].fault
    assert fault is not None and "the model wrote none" in fault.cause and not fault.mend


async def test_a_parser_that_reads_other_calls_is_not_to_be_changed() -> None:
    """vLLM's hermes loses a call with its own closing tag in a text: setting the same parser again mends nothing."""
    fault = (await engine_of("tools.text", kind="vllm", lies=["tag_lost"]))["tools.text"].fault
    assert fault is not None and "a tag in the argument for its own" in fault.cause
    assert "--tool-call-parser" not in f"{fault.mend} {fault.note}"


@pytest.mark.parametrize("capability", ["tools.auto", "tools.streamed", "tools.parallel", "tools.typed", "tools.text"])
async def test_calls_without_arguments_are_not_the_models_doing(capability: str) -> None:
    """Past every parser it writes them: each capability names the parser, and nothing is advised that would not help."""
    fault = (await engine_of(capability, kind="vllm", parser="emptied"))[capability].fault
    assert fault is not None and "--tool-call-parser hermes" in fault.mend and "tool_format" not in fault.note


async def test_what_cannot_be_looked_at_is_said_to_be_open() -> None:
    """Without a way past the parser, a call without arguments may be the model's, and is not said to be."""
    fault = (await engine_of("tools.auto", kind="sglang", parser="emptied"))["tools.auto"].fault
    assert fault is not None and fault.cause == "the model, or a parser for another dialect"


@pytest.mark.parametrize("kind", ["vllm", "llama.cpp"])
async def test_a_call_that_nobody_could_read_is_the_models_own(kind: str) -> None:
    """A model that writes one call well and two as a muddle: past every parser they are one, and no parser is blamed."""
    muddle = Answer(text='{"name": "get_weather", "arguments": "arguments": "Paris", "days": 3}}\n</tool_call>')
    two = Rule(match=Match(contains="and get_weather with"), answer=muddle)
    report = await examined(Script(rules=(two,), engine=Engine(kind=kind)), only=("tools.parallel",))  # type: ignore[arg-type]
    fault = report.findings[-1].fault
    assert fault is not None and fault.cause == "the model wrote none that can be read" and not fault.mend


async def test_a_parser_that_reads_one_call_is_not_to_be_changed_for_several() -> None:
    """It is the right one for the model's dialect: what it leaves in the text is read from there."""
    fault = (await engine_of("tools.parallel", kind="llama.cpp", lies=["several_lost"]))["tools.parallel"].fault
    assert fault is not None and "fails on two in one answer" in fault.cause
    assert fault.mend.startswith("tool_format: hermes in models.yaml") and not fault.note


async def test_a_template_that_writes_the_models_dialect_is_not_to_be_changed() -> None:
    """llama.cpp with --skip-chat-parsing: that flag is the cause, and the calls can be read all the same."""
    fault = (await engine_of("tools.auto", kind="llama.cpp", lies=["skips_parsing"]))["tools.auto"].fault
    assert fault is not None and fault.mend.startswith("tool_format: hermes in models.yaml")
    assert "without --skip-chat-parsing" in fault.note and "--chat-template-file" not in fault.note


@pytest.mark.parametrize(
    ("kind", "flag"),
    [("vllm", "vllm serve … --chat-template FILE"), ("llama.cpp", "without --chat-template"), ("hosted", "")],
)
async def test_a_template_without_tools_is_changed_as_the_engine_has_it(kind: str, flag: str) -> None:
    """Each engine's own flag, and no other's."""
    fault = (await engine_of("tools.auto", kind=kind, lies=["ignores_tools"]))["tools.auto"].fault
    assert fault is not None and flag in fault.mend
    assert ("llama-server" in fault.mend, "vllm" in fault.mend) == (kind == "llama.cpp", kind == "vllm")


async def test_llama_cpp_without_its_template_engine_needs_the_flag_and_no_file() -> None:
    """The template comes with the model: a command that names a file which nobody has would not start."""
    fault = (await engine_of("tools.auto", kind="llama.cpp", parser="none", model="qwen.gguf"))["tools.auto"].fault
    assert fault is not None and fault.mend == "llama-server -m qwen.gguf --jinja"


@pytest.mark.parametrize(
    ("engine", "asked"), [("vllm", True), ("sglang", True), ("", True), ("llama.cpp", False), ("ollama", False)]
)
def test_marks_are_asked_for_where_an_engine_can_leave_them_in(engine: str, asked: bool) -> None:
    """skip_special_tokens is vLLM's and SGLang's: elsewhere it would change nothing, and is not advised."""
    fault = mend("stripped", Identity(engine=engine), Inference((Guess("deepseek_v3", 1.0, ("seen",)),)))
    assert ("skip_special_tokens" in f"{fault.mend} {fault.note}") == asked


@pytest.mark.parametrize("reasoning", ["", "On and on. " * 50])
@pytest.mark.parametrize(("capability", "asked"), [("json", "Plan a trip"), ("tools.required", "Greet me")])
async def test_an_answer_that_no_room_was_left_for_proves_nothing(capability: str, asked: str, reasoning: str) -> None:
    """It ran into its limit before it began; that it was thoughts is said where there are some."""
    cut = Rule(match=Match(contains=asked), answer=Answer(reasoning=reasoning, finish="length"))
    report = await examined(Script(rules=(cut,), engine=Engine(kind="llama.cpp")), only=(capability,))
    found = next(one for one in report.findings if one.capability == capability)
    assert found.verdict == "untried" and ("thoughts alone" in found.detail) == bool(reasoning)


@pytest.mark.parametrize(("capability", "kind"), [("tools.named", "transformers"), ("logprobs", "ollama")])
async def test_what_an_engine_lacks_altogether_is_not_to_be_had_by_another_way_to_it(
    capability: str, kind: str
) -> None:
    """No other tool_choice where there is none, and no way past a proxy where the engine itself was asked."""
    fault = (await engine_of(capability, kind=kind))[capability].fault
    assert (
        fault is not None and "tool_choice required" not in fault.mend and "proxy" not in f"{fault.cause} {fault.mend}"
    )


@pytest.mark.parametrize(
    ("capability", "asked"), [("json", "Plan a trip"), ("tools.required", "Greet me"), ("tools.named", "Greet me")]
)
async def test_a_model_that_ends_within_its_reasoning_shows_nothing_of_what_comes_behind_it(
    capability: str, asked: str
) -> None:
    """vLLM holds a schema and a call that has to come only behind the reasoning: neither was left aside."""
    ended = Rule(match=Match(contains=asked), answer=Answer(reasoning="Hm, a friendly one.", finish="stop"))
    report = await examined(Script(rules=(ended,), engine=Engine(kind="vllm")), only=(capability,))
    found = next(one for one in report.findings if one.capability == capability)
    assert found.verdict == "untried" and "thoughts alone" in found.detail, found


async def test_an_engine_that_takes_schemas_is_not_told_to_be_another() -> None:
    fault = (await engine_of("json", kind="llama.cpp", lies=["ignores_response_format"]))["json"].fault
    assert fault is not None and not fault.mend


async def test_a_model_that_takes_no_temperature_is_asked_without() -> None:
    """Models that think refuse to be cool; that is no fault of theirs, and costs one question."""
    found = await engine_of(lies=["no_temperature"])
    assert {one.capability for one in found.values() if one.verdict != "works"} == {"reasoning"}


async def test_a_proxy_hides_the_engine_and_not_its_faults() -> None:
    """Without the engine's own pages it has no name; the call in the text is found all the same."""
    found = (await engine_of("tools.auto", kind="vllm", parser="raw", tells=False))["tools.auto"]
    assert found.fault is not None and "the engine is not known" in found.fault.note


async def test_a_name_speaks_where_nothing_else_does() -> None:
    """A parser that swallows everything on an engine that shows nothing: the family's dialect is what is left."""
    found = await engine_of("tools.auto", kind="sglang", parser="empty", model="Qwen/Qwen2.5-7B-Instruct")
    fault = found["tools.auto"].fault
    assert fault is not None
    assert "its name is one of Qwen2.5" in fault.cause and "--tool-call-parser qwen" in fault.mend


async def test_what_a_server_says_of_itself_is_hostile() -> None:
    """A version that a terminal would obey is not shown, and a name that a shell would obey is quoted."""
    script = Script.served(Engine(kind="vllm", version="\x1b[2J9", parser="raw"), model="x; rm -rf ~")
    report = await examined(script, only=("tools.auto",))
    fault = report.findings[-2].fault
    assert report.identity.version == "" and fault is not None
    assert fault.mend.startswith("vllm serve 'x; rm -rf ~' --enable-auto-tool-choice")
    script = Script(default=Answer(text="\x1b[31mOK\x07"), models=("demo",))
    assert "\x1b" not in (await examined(script, only=("chat",))).findings[0].detail
