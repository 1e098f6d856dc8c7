"""Filling in the middle of code: with the suffix sent apart, and with the family's own tokens in one prompt."""

from __future__ import annotations

import re

from assay.core.messages import Request
from assay.doctor.endpoint.findings import Fault, Finding
from assay.doctor.endpoint.patient import Heard, Patient
from assay.doctor.endpoint.probes.base import Probe, absent, brief, broken, refusal, untried, works
from assay.formats.fim import FAMILIES

BEFORE = "def add(a, b):\n    "
AFTER = "\n    return c\n"

_FAMILY_NAMES = (
    (re.compile(r"code-?llama", re.I), "codellama"),
    (re.compile(r"codestral|mistral", re.I), "codestral"),
    (re.compile(r"deepseek", re.I), "deepseek"),
    (re.compile(r"codegemma", re.I), "codegemma"),
    (re.compile(r"granite", re.I), "granite"),
    (re.compile(r"starcoder", re.I), "starcoder"),
    (re.compile(r"stable-?code|codeqwen", re.I), "stable-code"),
    (re.compile(r"santacoder", re.I), "santacoder"),
)
_APIS = {"llama.cpp": "infill", "ollama": "generate"}
"""Engines with a way of their own to send a suffix."""


async def suffix(patient: Patient) -> list[Finding]:
    """P11."""
    if patient.wire not in ("openai_chat", "openai_completions"):
        return [untried("fim.suffix", "the format has no place for a suffix")]
    heard = await _filled(patient, "openai")
    if _middle(heard):
        return [works("fim.suffix", f"/v1/completions with suffix: {brief(heard.words, 40)!r}")]
    own = _APIS.get(patient.identity.engine)
    if own:
        there = await _filled(patient, own)
        if _middle(there):
            return [works("fim.suffix", f"type: completions, api: {own}: {brief(there.words, 40)!r}")]
        if there.error is not None:
            fault = Fault(
                brief(there.said, 160), "the model has no tokens, or its template no place, for filling in",
                "a base or coder model (for Ollama, one whose TEMPLATE has .Suffix)",
            )  # fmt: skip
            return [absent("fim.suffix", f"refused with api: {own} as well", fault)]
        shown = brief(there.words, 40)
        fault = Fault(f"with api: {own} it fills in {shown!r}", "the model", "a base or coder model")
        return [absent("fim.suffix", f"not the middle: {shown!r}", fault)]
    fault = _suffix_fault(patient, heard)
    detail = "refused" if heard.error else f"not the middle: {brief(heard.words, 40)!r}"
    return [absent("fim.suffix", detail, fault)]


async def _filled(patient: Patient, api: str) -> Heard:
    sampling = patient.sampling(max_tokens=40)
    return await patient.ask(Request(prompt=BEFORE, suffix=AFTER, sampling=sampling), api=api)


def _middle(heard: Heard) -> bool:
    """Code that makes `c` of both arguments, and does not go on to the suffix."""
    text = heard.words
    on = ("def ", AFTER.strip())
    return bool(re.search(r"\bc\s*=", text)) and "a" in text and "b" in text and not any(one in text for one in on)


def _suffix_fault(patient: Patient, heard: Heard) -> Fault:
    engine = patient.identity.engine
    symptom = brief(heard.said, 160) if heard.error else f"the suffix is left aside: {brief(heard.words, 40)!r}"
    name = family_name(patient.identity.model)
    mends = {
        "vllm": ("vLLM fills in for one family only", f"type: completions and fim: {name} in models.yaml"),
        "sglang": (
            "SGLang uses a suffix only with a template for it",
            "python -m sglang.launch_server … --completion-template qwen_coder (or deepseek_coder, star_coder)",
        ),
        "transformers": (
            "transformers serve only puts it behind the answer: the model never sees it",
            f"type: completions and fim: {name} in models.yaml",
        ),
        "tgi": ("TGI takes no suffix", f"type: completions and fim: {name} in models.yaml"),
    }
    unknown = "no such endpoint, or no such model" if heard.error else "the server leaves it aside, or its model"
    cause, mend = mends.get(engine, (unknown, f"fim: {name} in models.yaml"))
    return Fault(symptom, refusal(heard, cause), mend)


def family_name(model: str) -> str:
    """The family whose tokens a model of this name most likely knows; Qwen's, which most others took over."""
    return next((name for pattern, name in _FAMILY_NAMES if pattern.search(model)), "qwen")


async def tokens(patient: Patient) -> list[Finding]:
    """P12."""
    if patient.wire not in ("openai_chat", "openai_completions"):
        return [untried("fim.tokens", "the format does not go on with a text")]
    name = family_name(patient.identity.model)
    family = FAMILIES[name]
    sampling = patient.sampling(max_tokens=40, stop=family.stop[:4])
    heard = await patient.ask(Request(prompt=family.prompt(BEFORE, AFTER), sampling=sampling), api="openai")
    if _middle(heard):
        return [works("fim.tokens", f"fim: {name}: {brief(heard.words, 40)!r}")]
    if heard.reply is None:
        fault = Fault(brief(heard.said, 160), refusal(heard, "there is no /v1/completions here"), "")
        return [absent("fim.tokens", "refused", fault)]
    echoed = [part.strip() for part in (family.prefix, family.suffix, family.middle) if part.strip()]
    if any(part in heard.words for part in echoed):
        fault = Fault(
            f"the tokens come back as text: {brief(heard.words, 40)!r}",
            f"the model's vocabulary has no {echoed[0]}: another family, or a chat model", "fim: another family",
        )  # fmt: skip
        return [broken("fim.tokens", "the tokens are plain text to this model", fault)]
    fault = Fault(
        f"it goes on with {brief(heard.words, 40)!r}", "not trained on it, or a token is put before the prompt",
        "a base or coder model of the family",
    )  # fmt: skip
    return [absent("fim.tokens", "not the middle", fault)]


PROBES = (
    Probe("fill-in, suffix", "a function without its middle, the suffix sent apart", ("fim.suffix",), suffix),
    Probe("fill-in, tokens", "the same in one prompt, with the family's tokens", ("fim.tokens",), tokens),
)
