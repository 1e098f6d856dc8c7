"""How much of a prompt is really read: a word stands at its beginning, and is asked for at its end."""

from __future__ import annotations

import msgspec

from assay.core.errors import Fault as Trouble
from assay.core.messages import Message, Request
from assay.doctor.endpoint.findings import Fault, Finding
from assay.doctor.endpoint.patient import GONE, Heard, Patient
from assay.doctor.endpoint.probes.base import Probe, brief, broken, untried, works

WORD = "MARMALADE"
_FIRST = 512
_STEPS = 4
"""Halvings between the longest prompt that was read and the shortest that was not."""
_ROOM = 64
"""Tokens left for the question."""


class _Tried(msgspec.Struct, frozen=True):
    """A prompt of about so many tokens, and what came of it."""

    size: int
    heard: Heard

    @property
    def found(self) -> bool:
        return WORD.lower() in self.heard.words.lower()

    @property
    def refused(self) -> bool:
        return self.heard.error is not None

    @property
    def unanswered(self) -> bool:
        """Neither read nor refused: a long prompt takes a slow machine its time."""
        return self.heard.error is not None and self.heard.error.fault in GONE

    @property
    def counted(self) -> int | None:
        return self.heard.read


async def context(patient: Patient) -> list[Finding]:
    """P15: prompts that double until one is refused or not read to its beginning, then halvings in between."""
    declared = patient.identity.context
    limit = min(patient.context, declared - patient.room - _ROOM if declared else patient.context)
    if limit < _FIRST:
        return [untried("context", "not asked for" if not patient.context else f"it declares {declared} tokens only")]
    good: _Tried | None = None
    bad: _Tried | None = None
    for size in [*_doubled(limit), limit]:
        tried = await _try(patient, size)
        if not tried.found:
            bad = tried
            break
        good = tried
    if bad is None:
        assert good is not None
        return [works("context", f"{_size(good)} tokens are read to their beginning{_of(declared)}")]
    if bad.unanswered:
        more = f"{_size(good)} tokens are read; to {_times(good, bad)}" if good else f"to about {bad.size} tokens"
        return [untried("context", f"{more} no answer came: {brief(bad.heard.said, 120)}")]
    if good is None:
        return [await _by_counts(patient, bad, limit)]
    for _ in range(_STEPS):
        between = await _try(patient, (good.size + bad.size) // 2)
        good, bad = (between, bad) if between.found else (good, between)
    return [_refused(good, bad) if bad.refused else _silent(patient, good, bad)]


def _doubled(limit: int) -> list[int]:
    sizes = [_FIRST]
    while sizes[-1] * 2 < limit:
        sizes.append(sizes[-1] * 2)
    return sizes


async def _try(patient: Patient, size: int) -> _Tried:
    """About `size` tokens: a number and a word are one or two of them in any vocabulary."""
    filler = " ".join(f"rain {number % 10}" for number in range(max(1, (size - _ROOM) // 2)))
    text = f"The secret word is {WORD}.\n{filler}\nWhat is the secret word? Answer with that word only."
    sampling = patient.sampling()
    return _Tried(size, await patient.ask(Request(messages=(Message(role="user", content=text),), sampling=sampling)))


def _size(tried: _Tried) -> str:
    return f"{tried.counted}" if tried.counted else f"about {tried.size}"


def _times(good: _Tried, bad: _Tried) -> str:
    """How long the one prompt is beside the other: a server that did not answer counted nothing."""
    return f"{bad.size / good.size:.2f}".rstrip("0").rstrip(".") + " times as many"


def _of(declared: int | None) -> str:
    return f"; it declares {declared}" if declared else ""


async def _by_counts(patient: Patient, first: _Tried, limit: int) -> Finding:
    """For a model that finds no word even in a short prompt: the server's counts must grow with the prompt."""
    before = first
    for size in [*_doubled(limit)[1:], limit]:
        if before.refused or before.counted is None:
            break
        tried = await _try(patient, size)
        if not tried.refused and _cut(before, tried):
            return _silent(patient, before, tried)
        if tried.refused:
            return _refused(before, tried)
        before = tried
    if before.refused:
        return broken("context", f"a prompt of about {before.size} tokens is refused: {brief(before.heard.said, 120)}")
    counted = "" if before.counted is None else f"; of about {before.size} tokens, {before.counted} are counted"
    return untried("context", f"the model finds no word in about {first.size} tokens{counted}")


def _cut(good: _Tried, bad: _Tried) -> bool:
    """A longer prompt, and hardly more tokens counted."""
    if good.counted is None or bad.counted is None:
        return False
    return bad.counted - good.counted < (bad.size - good.size) // 2


def _refused(good: _Tried, bad: _Tried) -> Finding:
    error = bad.heard.error
    honest = error is not None and error.fault is Trouble.CONTEXT
    said = f"{_size(good)} tokens are taken; {_times(good, bad)} are refused: {brief(bad.heard.said, 120)}"
    return works("context", said) if honest else broken("context", said)


def _silent(patient: Patient, good: _Tried, bad: _Tried) -> Finding:
    """Neither read nor refused."""
    declared = patient.identity.context
    cut = _cut(good, bad)
    if not cut and bad.counted is not None:
        symptom = f"of a prompt of {bad.counted} tokens the beginning is not known"
        cause = "all of it is counted, so that most likely nothing is cut: it is beyond the model"
        return broken("context", f"{_size(good)} tokens are read{_of(declared)}", Fault(symptom, cause, ""))
    symptom = f"of a prompt of about {bad.size} tokens the beginning is not known"
    symptom += f", and {bad.counted} tokens are counted" if cut else ""
    cause = "the prompt is cut at its beginning without a word" if cut else "cut without a word, or beyond the model"
    mend = _MENDS.get(patient.identity.engine, "").format(size=max(declared or 0, patient.context))
    return broken("context", f"{_size(good)} tokens are read{_of(declared)}", Fault(symptom, cause, mend))


_MENDS = {
    "ollama": "OLLAMA_CONTEXT_LENGTH={size} ollama serve, or PARAMETER num_ctx {size} in the Modelfile",
    "llama.cpp": "llama-server … --ctx-size {size} --no-context-shift (the size is shared by --parallel slots)",
    "vllm": "vllm serve … --max-model-len {size}, and no truncate_prompt_tokens",
    "sglang": "python -m sglang.launch_server … --context-length {size}, without --allow-auto-truncate",
    "tgi": "text-generation-launcher --max-input-tokens {size}",
}

PROBES = (Probe("context", "a word before ever longer prompts, asked for at their end", ("context",), context),)
