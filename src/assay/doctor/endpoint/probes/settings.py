"""Settings of a request that servers take without a word and leave aside: stop, seed, logprobs, a JSON schema."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from assay.core.messages import Message, Request
from assay.doctor.endpoint.findings import Fault, Finding
from assay.doctor.endpoint.patient import Heard, Patient
from assay.doctor.endpoint.probes.base import (
    Probe,
    absent,
    brief,
    broken,
    first_error,
    refusal,
    thoughts_alone,
    untried,
    words_or_thoughts,
    works,
)

COUNTING = "Count from 1 to 12, the numbers separated by spaces, and nothing else."
RANDOM = "Write a random sentence of about ten words about anything you like."


def _request(patient: Patient, text: str, **settings: Any) -> Request:
    return Request(messages=(Message(role="user", content=text),), sampling=patient.sampling(**settings))


async def stop(patient: Patient) -> list[Finding]:
    heard = await patient.ask(_request(patient, COUNTING, stop=("7",)))
    if heard.reply is None:
        return [broken("stop", brief(heard.said, 160))]
    text = heard.words
    if "6" in text and "7" not in text:
        return [works("stop", f"it ends before the stop sequence: {brief(text, 30)!r}")]
    if "8" in text:
        fault = Fault(
            f"the answer goes on past its stop sequence '7': {brief(text, 40)!r}", "the server leaves stop aside",
            "no setting helps; use another server for benchmarks that complete text",
        )  # fmt: skip
        return [broken("stop", "it is left aside", fault)]
    if "7" in text:
        cause, mend = _INCLUDED.get(patient.identity.engine, ("the server leaves it in", ""))
        fault = Fault("the stop sequence itself is in the answer", cause, mend)
        return [broken("stop", "it ends behind the stop sequence", fault)]
    return [untried("stop", f"the model did not count: {brief(text, 40)!r}")]


_INCLUDED = {
    "vllm": ("include_stop_str_in_output is set", "leave include_stop_str_in_output away"),
    "sglang": ("no_stop_trim is set", "leave no_stop_trim away"),
    "transformers": ("transformers serve always leaves it in", ""),
}


async def seed(patient: Patient) -> list[Finding]:
    """P14: three times with a seed, twice with others, three times together."""
    if patient.entrant.type not in _SEEDED:
        return [absent("seed", "the format has no seed")]
    same = [await patient.ask(_request(patient, RANDOM, temperature=0.8, seed=1)) for _ in range(3)]
    if any(heard.reply is None for heard in same):
        failed = next(heard for heard in same if heard.reply is None)
        said = brief(failed.said, 160)
        return [absent("seed", said, Fault(said, refusal(failed, "seeds are not taken"), ""))]
    loaded = await patient.at_once(3, _request(patient, RANDOM, temperature=0.8, seed=1), stream=False)
    others = [await patient.ask(_request(patient, RANDOM, temperature=0.8, seed=n)) for n in (2, 3)]
    words, under_load = {heard.words for heard in same}, {heard.words for heard in loaded if heard.reply}
    varied = len({heard.words for heard in others} | words) > 1
    if len(words) > 1:
        return [broken("seed", f"{len(words)} different answers of 3 with the same seed", _unseeded(patient))]
    if not varied:
        return [untried("seed", "other seeds give the same answer too: temperature is left aside, or answers cached")]
    if under_load - words:
        return [works("seed", "the same alone; not with three at once, which share a batch, or chance")]
    return [works("seed", "the same seed says the same, alone and with three at once; other seeds say other things")]


_SEEDED = ("openai", "completions", "google")


def _unseeded(patient: Patient) -> Fault:
    mends = {
        "vllm": "VLLM_BATCH_INVARIANT=1 vllm serve …; without it vLLM promises nothing under load",
        "sglang": "python -m sglang.launch_server … --enable-deterministic-inference",
        "llama.cpp": "llama-server … --parallel 1, and cache_prompt: false in extra_body",
    }
    cause = "the seed is left aside, or does not reach the sampler"
    mend = mends.get(patient.identity.engine, "count on samples, not on repetition: run -n 3")
    return Fault("three answers to one question with seed 1 differ", cause, mend)


async def logprobs(patient: Patient) -> list[Finding]:
    if patient.entrant.type not in ("openai", "completions"):
        return [untried("logprobs", "the format has none")]
    heard = await patient.ask(_request(patient, COUNTING, logprobs=5))
    if heard.reply is None:
        return [absent("logprobs", brief(heard.said, 160))]
    if not heard.reply.logprobs:
        without = patient.identity.engine in _WITHOUT_LOGPROBS
        cause = "this version of the engine has none" if without else "the engine has none, or a proxy takes them out"
        mend = "" if without else "ask the engine itself, past the proxy"
        return [absent("logprobs", "none came", Fault("logprobs were asked for, and none came", cause, mend))]
    many = await patient.ask(_request(patient, COUNTING, max_tokens=4, logprobs=25))
    more = "25 alternatives are taken too" if many.reply else f"25 alternatives are refused: {brief(many.said, 90)}"
    return [works("logprobs", f"{len(heard.reply.logprobs)} tokens with 5 alternatives; {more}")]


_WITHOUT_LOGPROBS = ("ollama", "transformers")

_SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
    "required": ["city", "days"],
    "additionalProperties": False,
}


async def json_schema(patient: Patient) -> list[Finding]:
    if not patient.openai:
        return [untried("json", "only tried where OpenAI's chat format is spoken")]
    shape = {"type": "json_schema", "json_schema": {"name": "trip", "strict": True, "schema": _SCHEMA}}
    text = "Plan a trip to Paris of three days. Introduce it with a friendly sentence, and give city and days."
    heard = await patient.say(text, extra_body={"response_format": shape})
    if heard.reply is None:
        status = heard.error.http_status or 0 if heard.error else 0
        cause = "the server fails on it" if status >= 500 else "no response_format here"
        return [absent("json", "refused", Fault(brief(heard.said, 200), refusal(heard, cause), ""))]
    if _fits(heard):
        return [works("json", f"{brief(heard.words, 50)}")]
    if thoughts_alone(heard):
        return [untried("json", f"no answer came behind the reasoning: {words_or_thoughts(heard)}")]
    symptom = f"a JSON schema was demanded, and this came: {brief(heard.words)!r}"
    if heard.reply.finish_reason == "length" and heard.words.lstrip()[:1] in ("", "{"):
        return [untried("json", f"the answer ran into its limit: {words_or_thoughts(heard)}")]
    fault = Fault(symptom, "response_format is left aside", _SHAPED.get(patient.identity.engine, _ELSEWHERE))
    return [broken("json", "the answer does not keep to the schema", fault)]


_ELSEWHERE = "vLLM, SGLang and llama.cpp take it; elsewhere, a tool with that schema and tool_choice required"
_SHAPED = {
    **dict.fromkeys(("vllm", "sglang", "llama.cpp"), ""),
    "ollama": "Ollama wants it as format on /api/chat",
    "transformers": "no setting helps; vLLM, SGLang and llama.cpp take it",
}


def _fits(heard: Heard) -> bool:
    try:
        value = msgspec.json.decode(heard.words.strip())
    except (msgspec.DecodeError, RecursionError):
        return False
    if not isinstance(value, dict) or value.keys() != {"city", "days"}:
        return False
    return isinstance(value["city"], str) and isinstance(value["days"], int) and not isinstance(value["days"], bool)


async def at_once(patient: Patient) -> list[Finding]:
    """Latency and throughput, with so many at once as a run may have."""
    lines: list[str] = []
    request = _request(patient, COUNTING, max_tokens=_SPEED_TOKENS)
    loop = asyncio.get_running_loop()
    for count in _LOADS:
        begun = loop.time()
        heards = await patient.at_once(count, request)
        took = max(loop.time() - begun, 1e-6)
        answered = [heard.reply for heard in heards if heard.reply is not None]
        if len(answered) < count:
            fault = Fault(
                first_error(heards), f"it does not take {count} at once", f"concurrency: {max(1, count // 4)}"
            )
            return [broken("speed", "; ".join([*lines, f"{count} at once: {len(answered)} answered"]), fault)]
        firsts = sorted(reply.ttft if reply.ttft is not None else reply.latency for reply in answered)
        tokens = sum(reply.usage.output or len(reply.text) // 4 for reply in answered)
        lines.append(f"{count} at once: first token {firsts[len(firsts) // 2]:.2f} s, {tokens / took:.0f} tokens/s")
    return [works("speed", "; ".join(lines))]


_LOADS = (1, 4, 16)
_SPEED_TOKENS = 64
"""However the model rambles, its speed is known after so many."""

PROBES = (
    Probe("stop sequences", "counting, to be stopped at 7", ("stop",), stop),
    Probe("seed", "a random sentence with seed 1, six times; with two other seeds", ("seed",), seed),
    Probe("log-probabilities", "5 alternatives a token, then 25", ("logprobs",), logprobs),
    Probe("JSON schema", "a friendly sentence asked for, a schema demanded", ("json",), json_schema, True),
)
SPEED = (Probe("speed", "one short answer, 1, 4 and 16 at once", ("speed",), at_once),)
