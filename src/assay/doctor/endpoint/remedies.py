"""From a symptom and an engine to its cause and the exact command line or setting that mends it. Pure."""

from __future__ import annotations

import shlex

from assay.doctor.endpoint.findings import Fault, Identity
from assay.doctor.endpoint.symptoms import Kind
from assay.formats.tool_inference import ENGINES, Inference, Setting, from_name, from_template, setting

_SHOWN = 80

_SYMPTOMS: dict[Kind, str] = {
    "no_parser": "the server refuses tools",
    "no_jinja": "the server refuses tools",
    "no_tools": "the server refuses tools for this model",
    "unparsed": "the server fails on what its model wrote",
    "failed": "the server fails",
    "refused": "the request came to nothing",
    "left_in_text": "the call stands in the text, tool_calls is empty, nothing fails",
    "stripped": "the call stands in the text without its marks, tool_calls is empty, nothing fails",
    "torn": "the end of a call stands in the text, tool_calls is empty",
    "in_reasoning": "the call stands in the reasoning, tool_calls is empty",
    "nothing": "no text and no call, and nothing fails",
    "bogus": "a call of a tool that there is not, or with arguments that are no object",
    "emptied": "a call without any of its arguments",
    "prose": "words in place of a call",
}

_CAUSES: dict[Kind, str] = {
    "no_parser": "it was started without a parser of tool calls",
    "no_jinja": "it was started without the template engine that tools need",
    "no_tools": "this model's template has no place for tools",
    "unparsed": "its parser expects another form than the model writes",
    "failed": "an exception within the server, which its own log tells: most often its parser cannot read what the"
    " model wrote",
    "left_in_text": "no parser is set, or one for another dialect",
    "stripped": "the parser is for another dialect, and special tokens are left out of the text",
    "torn": "the parser took the beginning of the model's call for its own dialect, and lost it",
    "in_reasoning": "the parser of reasoning takes the call with it",
    "nothing": "the parser took the model's call for its own dialect, and lost it",
    "bogus": "the parser is for a dialect that looks alike",
    "emptied": "the parser is for another dialect, and took the call's beginning for its own, or forces its own form"
    " upon the model",
}


def mend(
    kind: Kind, identity: Identity, found: Inference, *, said: str = "", wrote: str = "", readable: bool = True
) -> Fault:
    """The whole fault. `found`: what is known of the model's dialect; `said`: the server's error; `wrote`: what
    the model is known to have written; `readable`: asked to read nothing, the server shows that."""
    symptom = _SYMPTOMS.get(kind, "")
    if said:
        symptom += f": {' '.join(said.split())[: 2 * _SHOWN]}"
    elif wrote:
        symptom += f"; the model wrote {' '.join(wrote.split())[:_SHOWN]!r}"
    cause = _CAUSES.get(kind, "")
    if found.best and cause:
        cause += f"; the model writes {found.best}"
        cause += f" ({found.guesses[0].evidence[0]})" if found.guesses[0].evidence else ""
    if identity.parser and kind in ("left_in_text", "nothing", "torn", "bogus", "emptied", "stripped"):
        cause += f"; {identity.parser} is set"
    if kind == "no_tools":
        return Fault(symptom, cause, *_no_tools(identity, found))
    if kind == "in_reasoning":
        return Fault(symptom, cause, *_reasoning(identity, found))
    if kind not in _CAUSES:
        return Fault(symptom, "not known", "", "")
    if kind == "no_jinja":
        return Fault(symptom, cause, *_jinja(identity))
    chosen = tool_setting(identity, found)
    if identity.parser and f"--tool-call-parser {identity.parser} " in f"{chosen.command} ":
        chosen = Setting("", f"{identity.parser} is set and is the right one: another version of {identity.engine}")
    elif identity.engine == "llama.cpp" and found.best and from_template(identity.template).best == found.best:
        chosen = Setting("", f"its template writes {found.best} too: without --skip-chat-parsing, or a newer llama.cpp")
    own = _own_reading(kind, identity, found) if readable else ""
    if not chosen.command and own:
        return Fault(symptom, cause, own, chosen.note)
    return Fault(symptom, cause, chosen.command, "; ".join(filter(None, (chosen.note, own and f"or {own}"))))


def read_by_us(dialect: str) -> str:
    return f"tool_format: {dialect} in models.yaml, and Assay reads the text itself"


_MARK_KEEPERS = ("vllm", "sglang", "")
"""Engines that can be asked to leave special tokens in a text; one that is not known may be."""


def _own_reading(kind: Kind, identity: Identity, found: Inference) -> str:
    """How Assay can read the calls itself, where the server still shows, or can be made to show, what was written."""
    if not found.best:
        return ""
    told = read_by_us(found.best)
    if kind == "left_in_text":
        return told
    if kind == "stripped" and identity.engine in _MARK_KEEPERS:
        return f"{told}; with extra_body: {{skip_special_tokens: false}}"
    if identity.engine == "vllm" and kind in ("nothing", "torn", "bogus", "emptied", "no_parser"):
        return f"{told}; with extra_body: {{tool_choice: none, skip_special_tokens: false}}, so that vLLM reads none"
    return ""


_UNKNOWN = {
    "vllm": Setting(
        "vllm serve … --enable-auto-tool-choice --tool-call-parser <its parser>",
        "the model's dialect could not be told: look for its family at --tool-call-parser in vLLM's documentation",
    ),
    "sglang": Setting(
        "python -m sglang.launch_server … --tool-call-parser auto",
        "the model's dialect could not be told; auto guesses",
    ),
    "llama.cpp": Setting("llama-server … --jinja", "with a GGUF file that holds the model's own template for tools"),
    "ollama": Setting("ollama pull a model that ollama.com/search?c=tools lists", ""),
    "transformers": setting("transformers", ""),
    "llama-cpp-python": setting("llama-cpp-python", ""),
}


def tool_setting(identity: Identity, found: Inference) -> Setting:
    """How this engine is told to read the model's calls; for an unknown engine, how vLLM would be."""
    if not found.best:
        return _UNKNOWN.get(identity.engine, Setting("", "the model's dialect could not be told"))
    if identity.engine in ENGINES:
        return setting(identity.engine, found.best, model=identity.model or "MODEL", extras=found.extras)
    if identity.engine:
        return Setting("", f"{identity.engine} serves it; only they can set the parser")
    there = setting("vllm", found.best, model=identity.model or "MODEL", extras=found.extras)
    return Setting(there.command, f"the engine is not known; on vLLM it is this. {there.note}".strip())


def reasoning_setting(identity: Identity, found: Inference) -> str:
    """How this engine is told to keep reasoning apart."""
    extras = found.extras if found.extras.reasoning else from_name(identity.model).extras
    if identity.engine == "vllm":
        return f"vllm serve {shlex.quote(identity.model)} --reasoning-parser {extras.reasoning or 'deepseek_r1'}"
    if identity.engine == "sglang":
        parser = extras.sglang_reasoning or "deepseek-r1"
        return f"python -m sglang.launch_server --model-path {shlex.quote(identity.model)} --reasoning-parser {parser}"
    if identity.engine == "llama.cpp":
        return "llama-server --jinja --reasoning-format deepseek"
    if identity.engine == "ollama":
        return 'send "think": true, with a model whose capabilities name thinking'
    return ""


def _jinja(identity: Identity) -> tuple[str, str]:
    return (
        f"llama-server -m {shlex.quote(identity.model or 'MODEL.gguf')} --jinja",
        "the template comes with the GGUF file; newer builds have --jinja on unless --no-jinja is given",
    )


def _no_tools(identity: Identity, found: Inference) -> tuple[str, str]:
    chosen = tool_setting(identity, found)
    return chosen.command, chosen.note


def _reasoning(identity: Identity, found: Inference) -> tuple[str, str]:
    chosen = tool_setting(identity, found)
    return chosen.command or reasoning_setting(identity, found), "; ".join(
        filter(None, (chosen.note, "or switch the reasoning off for runs with tools"))
    )
