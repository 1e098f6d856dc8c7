"""Which dialect a model speaks is told from its template, its settings, its name or its words, with the reasons; and
what its server must be told follows from that."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from chat_templates import HERMES, HOSTILE, MISTRAL, SILENT, WRITES

from assay.core.messages import Tool
from assay.formats.tool_inference import (
    ENGINES,
    combined,
    from_name,
    from_output,
    from_template,
    from_tokenizer_config,
    setting,
    witnessed,
)
from assay.formats.tool_inference.chat_template import ChatTemplate, TemplateRefused
from assay.formats.tool_inference.families import FAMILIES
from assay.formats.tool_inference.flags import PARSERS
from assay.formats.tool_inference.markers import MARKERS, SHAPES
from assay.formats.tools import DIALECTS, dialect

DATA = Path(os.environ.get("ASSAY_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "toolcalls"
TOOLS = (
    Tool(
        "get_weather", "", {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}}
    ),
    Tool("search"),
)


def facts(name: str) -> Any:
    path = DATA / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"no {path} here")
    return json.loads(path.read_text())


def test_every_dialect_that_a_table_names_is_one() -> None:
    """Markers, families and flags speak of dialects that there are, and each dialect has its flags."""
    named = {one for family in FAMILIES for one in family.dialects} | {marker.dialect for marker in MARKERS}
    assert (named | {name for name, _ in SHAPES}) <= set(DIALECTS)
    assert set(PARSERS) == set(DIALECTS)


@pytest.mark.parametrize("name", WRITES)
def test_a_template_is_known_by_what_it_writes(name: str) -> None:
    """A known call goes through the template and comes back: that dialect is the first, and no other is as good."""
    found = from_template(WRITES[name])
    assert found.best == name and found.certain, found
    assert found.guesses[0].evidence and "rendered with" in found.notes[0]


def test_a_template_that_leaves_calls_out_tells_by_its_markers() -> None:
    """Nothing to render is no error: the instructions in the template still say something, with less weight."""
    assert from_template(SILENT).guesses == ()
    found = from_template(SILENT + "{# answer as [TOOL_CALLS] name [ARGS] #}")
    assert (found.best, found.certain) == ("mistral_v11", False)
    assert "left out" in found.notes[0]


@pytest.mark.parametrize("name", WRITES)
def test_a_template_by_itself_is_handed_what_every_engine_hands_over(name: str) -> None:
    """The tokens that begin and end a text, although nobody said which they are; each argument has a description."""
    source = (
        "{{ bos_token + eos_token }}{% for t in tools %}{% for n, p in t.function.parameters.properties.items() %}"
        "{{ n + ': ' + p.description }}{% endfor %}{% endfor %}" + WRITES[name]
    )
    assert from_template(source).best == name and from_template(source).certain


def test_why_nothing_could_be_rendered_is_said_of_the_way_that_most_templates_want() -> None:
    """Others are tried after it, with ids that only one family has: what they fail for says nothing."""
    broken = from_template(MISTRAL.replace("[TOOL_CALLS]", "{{ 1 + 'a' }}"))
    assert "unsupported operand" in broken.notes[0]
    assert "left out" in from_template(SILENT.replace("m.content }}", "m.content + '' }}")).notes[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_is_refused_soon(name: str) -> None:
    """A template is a stranger's program: whatever it tries, it ends within seconds and small, and nothing leaks."""
    began = time.perf_counter()
    with pytest.raises(TemplateRefused):
        ChatTemplate(HOSTILE[name]).render([])
    assert from_template(HOSTILE[name]).guesses == ()
    assert time.perf_counter() - began < 20


def test_what_a_template_needs_is_there() -> None:
    """Filters, methods and functions of real templates: dates, exceptions, dumps, formats, cut texts."""
    source = (
        "{{ strftime_now('%d %b %Y') }}|{{ {'a': [1]} | tojson(indent=2) }}|{{ 'a{}c'.format('b') }}|"
        "{{ ' x '.strip() | upper }}|{{ messages | map(attribute='role') | join(',') }}|{{ 'a-b'.split('-')[-1] }}"
    )
    text = ChatTemplate(source).render([{"role": "user", "content": "é"}])
    assert text == '2026-01-01|{\n  "a": [\n    1\n  ]\n}|abc|X|user|b'


def test_a_tokenizers_settings() -> None:
    """The template for tools among several is the one that counts; a response_template is said; without a template
    the vocabulary is what there is."""
    several = [{"name": "default", "template": SILENT}, {"name": "tool_use", "template": HERMES}]
    assert from_tokenizer_config({"chat_template": several, "bos_token": {"content": "<s>"}}).best == "hermes"
    assert from_tokenizer_config({}, chat_template=HERMES).best == "hermes"
    declared = from_tokenizer_config({"response_template": {"fields": {}}})
    assert "--tool-call-parser hf" in declared.notes[0]
    words = {"added_tokens_decoder": {"1": {"content": "<|tool_calls_section_begin|>"}}}
    assert from_tokenizer_config(words).best == "kimi_k2"
    odd_ones: list[dict[str, Any]] = [
        {"chat_template": 3}, {"added_tokens_decoder": []}, {"bos_token": []}, {"chat_template": [{}]},
    ]  # fmt: skip
    for odd in odd_ones:
        assert from_tokenizer_config(odd).guesses == ()


@pytest.mark.parametrize(
    ("model", "best", "flag"),
    [
        ("Qwen/Qwen2.5-7B-Instruct", "hermes", "--tool-call-parser hermes"),
        ("qwen2.5:32b-instruct", "hermes", "--tool-call-parser hermes"),
        ("Qwen/QwQ-32B", "hermes", "--reasoning-parser deepseek_r1"),
        ("Qwen/Qwen3-8B", "hermes", "--reasoning-parser qwen3"),
        ("Qwen/Qwen3-Coder-30B-A3B-Instruct", "qwen3_coder", "--tool-call-parser qwen3_coder"),
        ("Qwen/Qwen3.6-35B-A3B", "qwen3_coder", "--tool-call-parser qwen3_coder"),
        ("meta-llama/Llama-3.1-8B-Instruct", "llama3_json", "tool_chat_template_llama3.1_json.jinja"),
        ("mistralai/Devstral-Small-2507", "mistral_v11", "--tool-call-parser mistral"),
        ("deepseek-ai/DeepSeek-R1-0528", "deepseek_v3", "tool_chat_template_deepseekr1.jinja"),
        ("deepseek-ai/DeepSeek-V3.1", "deepseek_v31", "--tool-call-parser deepseek_v31"),
        ("zai-org/GLM-4.7-FP8", "glm47", "--tool-call-parser glm47"),
        ("openai/gpt-oss-120b", "harmony", "--tool-call-parser openai"),
        ("ibm-granite/granite-4.0-h-small", "hermes", "--tool-call-parser granite4"),
        ("stepfun-ai/Step-3.5-Flash", "qwen3_coder", "--tool-call-parser step3p5"),
        ("moonshotai/Kimi-K2-Thinking", "kimi_k2", "--enable-auto-tool-choice"),
        ("CohereLabs/North-Mini-Code", "cohere_r7b", "--tool-call-parser cohere_command4"),
        ("HuggingFaceTB/SmolLM3-3B", "hermes", "--tool-call-parser hermes"),
        ("Tele-AI/TeleChat4-115B", "telechat4", ""),
    ],
)
def test_a_name_leads_to_the_flag(model: str, best: str, flag: str) -> None:
    """The family's dialect, and the command line that vLLM's own documentation gives for it."""
    found = from_name(model)
    assert found.best == best and not found.certain
    assert flag in setting("vllm", best, model=model, extras=found.extras).command


@pytest.mark.parametrize(
    ("model", "best", "parser"),
    [
        ("ai-sage/GigaChat3.5-10B", "gigachat35", "gigachat35"),
        ("ai-sage/GigaChat3-10B", "gigachat3", "gigachat3"),
        ("IQuestLab/IQuest-Coder-Q1", "iquest_q1", "iquest_q1"),
        ("arcee-ai/Trinity-Large-Thinking", "hermes", "trinity"),
        ("iflytek/Spark2.5", "glm47", "spark25"),
    ],
)
def test_a_name_leads_to_a_parser_that_only_sglang_has(model: str, best: str, parser: str) -> None:
    """Of the dialect, or of the family alone."""
    found = from_name(model)
    assert found.best == best
    assert setting("sglang", best, extras=found.extras).command.endswith(f"--tool-call-parser {parser}")


def test_a_name_of_one_generation_says_nothing_of_another() -> None:
    """Solar Open 2 writes otherwise than Solar Open."""
    assert from_name("upstage/Solar-Open-100B").best == "solar"
    assert from_name("upstage/Solar-Open2-250B").best == from_name("upstage/Solar-Open-2").best == "solar_open2"


def test_qwen25_coder_is_another_matter() -> None:
    """It has Qwen2.5's template and does not write what that shows: its name outweighs the template, and its words
    outweigh both."""
    named = from_name("Qwen/Qwen2.5-Coder-14B-Instruct")
    assert combined(from_template(HERMES), named).best == "qwen25coder_fence"
    assert "no engine's parser" in named.notes[0]
    plain = '{"name": "get_weather", "arguments": {"city": "Paris", "days": 3}}'
    assert witnessed(from_output(plain, TOOLS), from_template(HERMES), named).best == "bare_json"
    assert setting("vllm", "qwen25coder_fence").command == ""


def test_a_name_that_nobody_knows_says_nothing() -> None:
    """And an odd one does no harm."""
    for name in ("", "my-model", "x" * 10_000, "☃"):
        assert from_name(name).guesses == ()


@pytest.mark.parametrize("engine", ENGINES)
def test_every_dialect_has_a_setting_or_a_reason(engine: str) -> None:
    """There is something to type, or a sentence that says why there is not."""
    for name in PARSERS:
        told = setting(engine, name, model="m")
        assert told.command or told.note, (engine, name)
    assert setting("elsewhere", "hermes").command == ""


def test_raw_output_is_read_by_its_own_dialect() -> None:
    """Of each known wire format, the first guess reads the calls that are in it."""
    file = facts("canonical_samples")
    for name, text in file["samples"].items():
        if name == "plain_text":
            assert from_output(text, TOOLS).guesses == ()
            continue
        found = from_output(text, TOOLS)
        wanted = dialect(name).parse(text, TOOLS).calls
        assert dialect(found.best).parse(text, TOOLS).calls == wanted, (name, found.guesses)


def test_raw_output_of_other_tools_is_no_call() -> None:
    """JSON that names no tool of the request is somebody's example."""
    text = '```json\n{"name": "Ada", "arguments": {"born": 1815}}\n```'
    assert all(len(guess.evidence) == 1 for guess in from_output(text, TOOLS).guesses)
    assert from_output("", TOOLS).guesses == ()


def test_real_templates_lead_to_parsers_that_read_them() -> None:
    """What 97 real templates write, and which of vLLM's parsers were seen to read it back: the parser that is named
    is one of those, wherever there is any."""
    rows = facts("template_roundtrip")
    checked = 0
    for name, row in rows.items():
        if not row.get("vllm_roundtrip"):
            continue
        checked += 1
        best = from_output(row["wire"], TOOLS).best
        assert PARSERS[best].vllm in row["vllm_roundtrip"], (name, best)
    assert checked >= 50


def test_flags_are_those_that_were_seen_to_work() -> None:
    """Each wire format's parser is one that read it in the measured table, or its note says what is wrong with it."""
    table, samples = facts("vllm_parser_by_format"), facts("canonical_samples")["samples"]
    for name in samples:
        if name == "plain_text":
            continue
        told = PARSERS[dialect(name).name]
        readers = [
            key.split("|")[0]
            for key, row in table.items()
            if key.endswith(f"|{name}") and str(row["nonstream"]).startswith("OK")
        ]
        if told.vllm in readers or (not told.vllm and not readers):
            continue
        ran = str(table[f"{told.vllm}|{name}"]["nonstream"])
        assert told.note or ran.startswith(("EXC", "STARTUPFAIL")), (name, told, readers, ran)


def test_markers_of_real_templates_agree_with_the_markers_seen() -> None:
    """The table of markers names a dialect for each real template in which one of its marks was seen."""
    rows = facts("template_markers")
    trips = facts("template_roundtrip")
    checked = 0
    for name, row in rows.items():
        readers = trips[name].get("vllm_roundtrip") or []
        seen = {mark for mark in row["markers"] if mark[0] in "<[]"}
        if len(readers) != 1 or not seen:
            continue
        checked += 1
        told = {PARSERS[marker.dialect].vllm for marker in MARKERS if set(marker.has) & seen}
        assert set(readers) & told, (name, readers, told)
    assert checked >= 10


def test_the_page_shows_the_flags() -> None:
    """docs/toolcalls.md has a line for each dialect, with its parsers' names as they are in the table."""
    page = (Path(__file__).parents[2] / "docs" / "toolcalls.md").read_text(encoding="utf-8")
    for name, told in PARSERS.items():
        cells = (f"`{one}`" if one else "–" for one in (told.vllm, told.sglang, told.ollama))
        assert f"| `{name}` | {' | '.join(cells)} | {told.note}".rstrip() in page, name
