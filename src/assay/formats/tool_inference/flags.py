"""What has to be set on each inference engine so that it reads a dialect.

Facts of vLLM 0.33, SGLang 0.5.23, Transformers 5.24, llama-cpp-python 0.3.36, and llama.cpp and Ollama of autumn 2026;
what differed before is said in words. Knows no model names: what a family adds to its dialect (a reasoning parser, a
chat template) stands in `families`.
"""

from __future__ import annotations

import shlex

import msgspec

ENGINES = ("vllm", "sglang", "llama.cpp", "llama-cpp-python", "ollama", "tgi", "transformers")


class Parsers(msgspec.Struct, frozen=True):
    """The names under which engines know a dialect; empty: no parser for it."""

    vllm: str = ""
    sglang: str = ""
    ollama: str = ""
    """The word after PARSER in a Modelfile; empty: the generic way, by the Go template."""
    note: str = ""
    """What is wrong with one of them, or was different before."""


_MISTRAL_NOTE = (
    "vLLM: start Mistral's own checkpoints with --tokenizer-mode mistral: with the tokenizer of Hugging Face the"
    " call's id ends up in its name where the format has [CALL_ID]"
)

_ALONE = "vLLM: calls that stand after text stay in it"
_ALONE_STREAMED = "vLLM: streamed, calls that stand after text stay in it"
_NO_BARE = "SGLang: reads no call without arguments"
_NO_SIGN = f"{_NO_BARE}, and none beside one, nor any with a negative number"

PARSERS: dict[str, Parsers] = {
    "hermes": Parsers("hermes", "qwen", "", "SGLang, older: the same parser was called qwen25"),
    "qwen25coder_fence": Parsers(
        note="no engine's parser reads fenced JSON (vLLM's qwen2_5_coder is an open proposal): set"
        " tool_format: qwen25coder_fence, or serve another model"
    ),
    "qwen25coder_tools": Parsers(note="no engine has a parser for it: set tool_format: qwen25coder_tools"),
    "bare_json": Parsers("", "", "", "no engine's parser is meant for it: set tool_format: bare_json"),
    "bare_json_array": Parsers("xlam", "", "", _ALONE),
    "llama3_json": Parsers(
        "llama3_json", "llama3", "", f"one call an answer is what the model was taught; {_ALONE_STREAMED}"
    ),
    "llama3_json_tag": Parsers("llama3_json", "llama3", "", _ALONE_STREAMED),
    "pythonic": Parsers(
        "pythonic",
        "pythonic",
        note=f"vLLM: names with a dot (spotify.play) are not read by this parser; {_ALONE}; {_NO_SIGN}",
    ),
    "llama4_json": Parsers("llama4_json", "llama3", "", f"vLLM: reads none of several calls; {_ALONE_STREAMED}"),
    "qwen_agent_nous": Parsers(
        "hermes", "qwen", "", "calls with code beside them are read by the Qwen-Agent library only"
    ),
    "llama4_pythonic": Parsers("llama4_pythonic", "pythonic", "", f"{_ALONE}; {_NO_SIGN}"),
    "mistral_v3": Parsers("mistral", "mistral", "", _MISTRAL_NOTE),
    "mistral_v11": Parsers("mistral", "mistral", "ministral", _MISTRAL_NOTE),
    "mistral_v11_callid": Parsers("mistral", "", "", f"{_MISTRAL_NOTE}; SGLang: its mistral reads no [CALL_ID]"),
    "qwen3_coder": Parsers(
        "qwen3_coder", "qwen3_coder", "qwen3-coder", "vLLM: qwen3_xml is the same class, and was another parser before"
    ),
    "mimo": Parsers("mimo", "mimo", "", ""),
    "seed_oss": Parsers("seed_oss", "", "", ""),
    "qwen_agent": Parsers(note="the Qwen-Agent library reads it itself; no engine does"),
    "deepseek_v3": Parsers(
        "deepseek_v3",
        "deepseekv3",
        "cogito",
        "SGLang's --tool-call-parser auto takes v31; Ollama: its deepseek3 reads V3.1's calls alone",
    ),
    "deepseek_v31": Parsers("deepseek_v31", "deepseekv31", "deepseek3", ""),
    "deepseek_v32": Parsers("deepseek_v32", "deepseekv32", "", ""),
    "deepseek_v4": Parsers("deepseek_v4", "deepseekv4", "", ""),
    "deepseek_v41": Parsers("deepseek_v41", "deepseekv41", "", ""),
    "kimi_k2": Parsers("kimi_k2", "kimi_k2", "", ""),
    "kimi_k3": Parsers("kimi_k3", "kimi_k3", "", ""),
    "glm45": Parsers("glm45", "glm", "", "SGLang, older: glm45; vLLM: glm45 and glm47 are the same class"),
    "ling3": Parsers("ling3", "ling3", "", ""),
    "glm47": Parsers("glm47", "glm47", "glm-4.7", ""),
    "minimax_m1": Parsers(note="no parser in vLLM 0.33 (before: minimax) and SGLang"),
    "minimax_m2": Parsers("minimax_m2", "minimax-m2", "", ""),
    "minimax_m3": Parsers("minimax_m3", "minimax-m3", "", ""),
    "phi4_mini": Parsers(
        "phi4_mini_json", "", "", "vLLM: this parser loses calls with lists in them, and streams none at all"
    ),
    "firefunction": Parsers("phi4_mini_json", "", "", "vLLM: loses calls with lists in them, and streams none at all"),
    "granite30": Parsers("granite", "", "", ""),
    "granite31": Parsers("granite", "", "", ""),
    "granite_20b_fc": Parsers("granite-20b-fc", "", "", _ALONE_STREAMED),
    "internlm2": Parsers(
        "internlm",
        "interns1",
        note="vLLM: reads the first call only; SGLang: reads it only where the tokenizer puts a space between the two"
        " markers",
    ),
    "jamba": Parsers("jamba", "", "", "vLLM: streamed calls are broken JSON"),
    "hunyuan_a13b": Parsers("hunyuan_a13b", "", "", _ALONE_STREAMED),
    "xlam": Parsers("xlam", "", "", _ALONE),
    "harmony": Parsers("openai", "gpt-oss", "harmony", _NO_BARE),
    "step3": Parsers("step3", "step3", "", f"vLLM: objects and lists among the arguments stay texts; {_NO_BARE}"),
    "hy_v3": Parsers("hy_v3", "hunyuan", "", ""),
    "hy_v4": Parsers("hy_v4", "", "", "SGLang: its hunyuan reads Hy V3's calls alone"),
    "gemma4": Parsers("gemma4", "gemma4", "gemma4", "vLLM: numbers within lists and objects become texts"),
    "functiongemma": Parsers(
        "functiongemma",
        "",
        "functiongemma",
        "vLLM: streamed calls may be broken JSON; Ollama: what is quoted stays a text, whatever the schema says",
    ),
    "gemma3_pythonic_fence": Parsers(
        "pythonic", "pythonic", "", f"needs a chat template that asks for bare calls; {_NO_SIGN}"
    ),
    "lfm2": Parsers("lfm2", "lfm2", "lfm2", ""),
    "olmo3": Parsers("olmo3", "", "olmo3", _ALONE_STREAMED),
    "longcat": Parsers("longcat", "", "", ""),
    "ernie45": Parsers("ernie45", "", "", ""),
    "apertus": Parsers("apertus", "apertus2509", "", ""),
    "gigachat3": Parsers("gigachat3", "gigachat3", "", "reads one call an answer"),
    "gigachat35": Parsers("", "gigachat35", "", "no parser in vLLM 0.33"),
    "iquest_q1": Parsers("", "iquest_q1", "", "no parser in vLLM 0.33"),
    "telechat4": Parsers(note="no parser in vLLM 0.33 and SGLang; TensorRT-LLM has one, telechat4"),
    "minicpm5": Parsers("minicpm5", "minicpm5", "", ""),
    "dots": Parsers("dots", "dots", "", ""),
    "inkling": Parsers("inkling", "inkling", "", ""),
    "cohere_r7b": Parsers("cohere_command3", "cohere_command4", "cohere", "vLLM: needs the package cohere_melody"),
    "muse": Parsers("muse", "muse", "glimmer", "vLLM: streamed text that is no call is dropped"),
    "plamo3": Parsers("plamo3", "", "", ""),
    "k2_horizon": Parsers("k2_horizon", "k2_horizon", "", ""),
    "functionary_v31": Parsers(note="llama.cpp reads it; vLLM and SGLang have no parser"),
    "functionary_v32": Parsers(note="llama.cpp reads it; vLLM and SGLang have no parser"),
    "command_r_plus": Parsers(note="no engine's parser reads it"),
    "nemotron_nano": Parsers(note="vLLM needs the parser plugin that comes with the model; SGLang has none"),
    "glm4": Parsers(note="no parser in vLLM 0.33 and SGLang"),
    "beam": Parsers("beam", "beam", "", "both want --reasoning-parser beam and the checkpoint's response_template"),
    "apriel": Parsers(note="no parser in vLLM 0.33 and SGLang; llama.cpp derives it from the template"),
    "solar": Parsers(note="no parser in vLLM 0.33 and SGLang; llama.cpp derives it from the template"),
    "solar_open2": Parsers(note="no parser in vLLM 0.33 and SGLang; Upstage's own vLLM has one, solar_open2"),
}


class Extras(msgspec.Struct, frozen=True, kw_only=True):
    """What a family of models wants besides its dialect's parser."""

    vllm: str = ""
    """A parser of the family's own, in place of the dialect's."""
    sglang: str = ""
    ollama: str = ""
    reasoning: str = ""
    """vLLM's reasoning parser."""
    sglang_reasoning: str = ""
    template: str = ""
    """vLLM: a chat template among its examples, where the model's own does not do."""


class Setting(msgspec.Struct, frozen=True):
    """What to do with one engine."""

    command: str
    """What to type or set; empty: there is nothing that would help."""
    note: str = ""


def setting(engine: str, dialect: str, *, model: str = "MODEL", extras: Extras | None = None) -> Setting:
    """How `engine` is told to read `dialect`. An engine that is not known gets none. A model's name may come from its
    server, so it is quoted: these lines are there to be pasted."""
    maker = _MAKERS.get(engine)
    if maker is None:
        return Setting("", "")
    return maker(PARSERS.get(dialect, Parsers()), extras or Extras(), model)


def _note(note: str, engine: str) -> str:
    """A note without what it says of other engines: `vLLM: …; SGLang …`."""
    others = tuple(word for word in ("vLLM", "SGLang", "Ollama") if word != engine)
    return "; ".join(part for part in note.split("; ") if not part.startswith(others))


def _vllm(parsers: Parsers, extras: Extras, model: str) -> Setting:
    parser = extras.vllm or parsers.vllm
    if not parser:
        return Setting("", _note(parsers.note, "vLLM") or "vLLM has no parser for this dialect")
    words = [f"vllm serve {shlex.quote(model)} --enable-auto-tool-choice --tool-call-parser {parser}"]
    words += [f"--reasoning-parser {extras.reasoning}"] if extras.reasoning else []
    words += [f"--chat-template examples/{extras.template}"] if extras.template else []
    return Setting(" ".join(words), _note(parsers.note, "vLLM"))


def _sglang(parsers: Parsers, extras: Extras, model: str) -> Setting:
    parser = extras.sglang or parsers.sglang
    if not parser:
        return Setting("", _note(parsers.note, "SGLang") or "SGLang has no parser for this dialect")
    words = [f"python -m sglang.launch_server --model-path {shlex.quote(model)} --tool-call-parser {parser}"]
    words += [f"--reasoning-parser {extras.sglang_reasoning}"] if extras.sglang_reasoning else []
    return Setting(" ".join(words), _note(parsers.note, "SGLang"))


def _llama_cpp(parsers: Parsers, extras: Extras, model: str) -> Setting:
    model = model.removesuffix(".gguf")
    return Setting(
        f"llama-server -m {shlex.quote(f'{model}.gguf')} --jinja --chat-template-file {shlex.quote(f'{model}.jinja')}",
        "llama.cpp takes the parser from the chat template: give it the model's own; --jinja is on by default in"
        " newer builds",
    )


def _llama_cpp_python(parsers: Parsers, extras: Extras, model: str) -> Setting:
    return Setting(
        "",
        "llama-cpp-python reads no calls that a model writes by itself: --chat_format chatml-function-calling forces"
        " some of its own form; llama-server, of llama.cpp itself, reads them",
    )


def _ollama(parsers: Parsers, extras: Extras, model: str) -> Setting:
    parser = extras.ollama or parsers.ollama
    show = f"ollama show --modelfile {shlex.quote(model)} > Modelfile"
    create = f"ollama create {shlex.quote(f'{model}-tools')} -f Modelfile"
    if not parser:
        return Setting(
            f"{show}; put {{{{ .Tools }}}} and {{{{ .ToolCalls }}}} into its TEMPLATE; {create}",
            "Ollama reads calls by the first text behind .ToolCalls in the template",
        )
    return Setting(
        f"{show}; add the line PARSER {parser}; {create}",
        "the parser is the model's, not the server's: no flag of ollama serve changes it",
    )


def _tgi(parsers: Parsers, extras: Extras, model: str) -> Setting:
    return Setting("", "TGI has no parsers: calls come from a grammar, never from what the model writes; use another")


def _transformers(parsers: Parsers, extras: Extras, model: str) -> Setting:
    return Setting(
        "",
        "transformers serve reads calls by the response_template that is saved with the tokenizer; without one it"
        " knows those of Qwen2 to Qwen3.5 and Gemma 4 alone. It takes no tool_choice, and a call that is cut or broken"
        " is an HTTP 500",
    )


_MAKERS = {
    "vllm": _vllm,
    "sglang": _sglang,
    "llama.cpp": _llama_cpp,
    "llama-cpp-python": _llama_cpp_python,
    "ollama": _ollama,
    "tgi": _tgi,
    "transformers": _transformers,
}
