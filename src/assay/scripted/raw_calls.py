"""Calls as models write them, before anybody has read them; written down once more, apart from the readers' own
tables, so that the two can disagree.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

Calls = Sequence[tuple[str, dict[str, Any]]]


def raw_calls(form: str, calls: Calls, *, special: bool = True) -> str:
    """The model's own text; without `special`, its special tokens are gone, as servers leave them out."""
    text = FORMS[form](calls)
    for token in () if special else SPECIAL.get(form, ()):
        text = text.replace(token, "")
    return text


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _json(value)


def _hermes(calls: Calls) -> str:
    return "\n".join(f"<tool_call>\n{_json({'name': n, 'arguments': a})}\n</tool_call>" for n, a in calls)


def _fenced(calls: Calls) -> str:
    return "\n".join(f"```json\n{_json({'name': n, 'arguments': a})}\n```" for n, a in calls)


def _llama3(calls: Calls) -> str:
    return "; ".join(_json({"name": n, "parameters": a}) for n, a in calls)


def _pythonic(calls: Calls) -> str:
    said = (f"{n}({', '.join(f'{key}={value!r}' for key, value in a.items())})" for n, a in calls)
    return f"[{', '.join(said)}]"


def _mistral_v3(calls: Calls) -> str:
    return f"[TOOL_CALLS] {_json([{'name': n, 'arguments': a} for n, a in calls])}"


def _mistral_v11(calls: Calls) -> str:
    return "".join(f"[TOOL_CALLS]{n}[ARGS]{_json(a)}" for n, a in calls)


def _qwen3_coder(calls: Calls) -> str:
    def one(name: str, arguments: dict[str, Any]) -> str:
        values = "".join(f"<parameter={k}>\n{_text(v)}\n</parameter>\n" for k, v in arguments.items())
        return f"<tool_call>\n<function={name}>\n{values}</function>\n</tool_call>"

    return "\n".join(one(n, a) for n, a in calls)


def _glm45(calls: Calls) -> str:
    def one(name: str, arguments: dict[str, Any]) -> str:
        pairs = "".join(f"<arg_key>{k}</arg_key>\n<arg_value>{_text(v)}</arg_value>\n" for k, v in arguments.items())
        return f"<tool_call>{name}\n{pairs}</tool_call>"

    return "\n".join(one(n, a) for n, a in calls)


def _minimax_m2(calls: Calls) -> str:
    def one(name: str, arguments: dict[str, Any]) -> str:
        values = "".join(f'<parameter name="{k}">{_text(v)}</parameter>\n' for k, v in arguments.items())
        return f'<invoke name="{name}">\n{values}</invoke>\n'

    return f"<minimax:tool_call>\n{''.join(one(n, a) for n, a in calls)}</minimax:tool_call>"


def _deepseek_v3(calls: Calls) -> str:
    said = (
        f"<｜tool▁call▁begin｜>function<｜tool▁sep｜>{n}\n```json\n{_json(a)}\n```<｜tool▁call▁end｜>" for n, a in calls
    )
    return "<｜tool▁calls▁begin｜>" + "\n".join(said) + "<｜tool▁calls▁end｜>"


def _deepseek_v31(calls: Calls) -> str:
    said = (f"<｜tool▁call▁begin｜>{n}<｜tool▁sep｜>{_json(a)}<｜tool▁call▁end｜>" for n, a in calls)
    return "<｜tool▁calls▁begin｜>" + "".join(said) + "<｜tool▁calls▁end｜>"


def _kimi_k2(calls: Calls) -> str:
    said = (
        f"<|tool_call_begin|>functions.{n}:{at}<|tool_call_argument_begin|>{_json(a)}<|tool_call_end|>"
        for at, (n, a) in enumerate(calls)
    )
    return "<|tool_calls_section_begin|>" + "".join(said) + "<|tool_calls_section_end|>"


def _granite30(calls: Calls) -> str:
    return f"<|tool_call|>{_json([{'name': n, 'arguments': a} for n, a in calls])}"


def _internlm2(calls: Calls) -> str:
    return "".join(f"<|action_start|><|plugin|>\n{_json({'name': n, 'parameters': a})}<|action_end|>" for n, a in calls)


def _lfm2(calls: Calls) -> str:
    return f"<|tool_call_start|>{_pythonic(calls)}<|tool_call_end|>"


FORMS: dict[str, Callable[[Calls], str]] = {
    "deepseek_v3": _deepseek_v3,
    "deepseek_v31": _deepseek_v31,
    "glm45": _glm45,
    "granite30": _granite30,
    "hermes": _hermes,
    "internlm2": _internlm2,
    "kimi_k2": _kimi_k2,
    "lfm2": _lfm2,
    "llama3_json": _llama3,
    "minimax_m2": _minimax_m2,
    "mistral_v11": _mistral_v11,
    "mistral_v3": _mistral_v3,
    "pythonic": _pythonic,
    "qwen25coder_fence": _fenced,
    "qwen3_coder": _qwen3_coder,
}

_DEEPSEEK = (
    "<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>", "<｜tool▁call▁begin｜>", "<｜tool▁call▁end｜>", "<｜tool▁sep｜>",
)  # fmt: skip
SPECIAL: dict[str, tuple[str, ...]] = {
    "deepseek_v3": _DEEPSEEK,
    "deepseek_v31": _DEEPSEEK,
    "granite30": ("<|tool_call|>",),
    "internlm2": ("<|action_start|>", "<|plugin|>", "<|action_end|>"),
    "kimi_k2": (
        "<|tool_calls_section_begin|>", "<|tool_calls_section_end|>", "<|tool_call_begin|>", "<|tool_call_end|>",
        "<|tool_call_argument_begin|>",
    ),
    "lfm2": ("<|tool_call_start|>", "<|tool_call_end|>"),
    "mistral_v11": ("[TOOL_CALLS]", "[ARGS]"),
    "mistral_v3": ("[TOOL_CALLS]",),
}  # fmt: skip
"""Tokens that a server leaves out of what it shows, unless it is asked for them."""
