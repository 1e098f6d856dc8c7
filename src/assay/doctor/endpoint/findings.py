"""What the examination of an endpoint finds, and which of it answers a need. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

Verdict = Literal["works", "broken", "absent", "untried"]


class Fault(msgspec.Struct, frozen=True):
    """What is wrong, from the outside in."""

    symptom: str
    cause: str
    mend: str
    """The exact command line or setting; empty: there is none."""
    note: str = ""


class Finding(msgspec.Struct, frozen=True):
    """The verdict on one capability."""

    capability: str
    verdict: Verdict
    detail: str
    fault: Fault | None = None


class Spent(msgspec.Struct, frozen=True):
    """What a probe took."""

    calls: int = 0
    input: int = 0
    output: int = 0
    usd: float | None = 0.0
    """`None`: unknown, because a call's price or tokens are."""

    def plus(self, other: Spent) -> Spent:
        usd = None if self.usd is None or other.usd is None else self.usd + other.usd
        return Spent(self.calls + other.calls, self.input + other.input, self.output + other.output, usd)


class Examined(msgspec.Struct, frozen=True):
    """One probe: what it does, what it found, what it took."""

    probe: str
    about: str
    findings: tuple[Finding, ...]
    spent: Spent


class Identity(msgspec.Struct, frozen=True):
    """What answers there. Empty or `None`: it does not say."""

    engine: str = ""
    """`vllm`, `sglang`, `llama.cpp`, `llama-cpp-python`, `ollama`, `tgi`, `transformers`, a vendor's name, or empty."""
    version: str = ""
    model: str = ""
    context: int | None = None
    """Tokens that it declares."""
    parser: str = ""
    """The parser of tool calls that it says is set."""
    template: str = ""
    """Its chat template, where it shows it (Ollama's is in Go's form, and is not kept)."""
    facts: tuple[str, ...] = ()
    """What else it tells, a phrase each."""


class Report(msgspec.Struct, frozen=True):
    """The whole examination."""

    address: str
    identity: Identity
    examined: tuple[Examined, ...]
    spent: Spent
    broke: str = ""
    """Why nothing more could be tried; empty: everything was."""
    missing: tuple[str, ...] = ()
    """Of what was needed."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for one in self.examined for finding in one.findings)


CAPABILITIES: dict[str, str] = {
    "chat": "answers a plain question",
    "streaming": "streams, and the pieces make the same answer",
    "usage": "counts its tokens, streamed or not",
    "tools.auto": "calls a tool when the model wants to",
    "tools.streamed": "streams a call, and the pieces make the same call",
    "tools.required": "calls a tool when it has to",
    "tools.named": "calls the tool that it is told to",
    "tools.none": "calls none when it may not",
    "tools.parallel": "makes several calls in one answer",
    "tools.typed": "gives arguments the types of their schema",
    "tools.text": "carries any text as an argument",
    "tools.result": "goes on from a tool's result",
    "reasoning": "keeps its reasoning out of its answer",
    "fim.suffix": "fills in between a prefix and a suffix that are sent apart",
    "fim.tokens": "fills in between fill-in-the-middle tokens in a prompt",
    "logprobs": "gives log-probabilities",
    "seed": "says the same with the same seed",
    "stop": "stops at a stop sequence",
    "json": "keeps to a JSON schema",
    "context": "reads as much as it says",
    "speed": "answers 1, 4 and 16 requests at once",
}
"""Each capability, as a sentence whose subject is the endpoint."""

NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "tools": (("tools.auto",), ("tools.streamed",), ("tools.typed",), ("tools.result",)),
    "fim": (("fim.suffix", "fim.tokens"),),
    **{name: ((name,),) for name in CAPABILITIES},
}
"""What a word of `--need` asks for: of each group, one has to work."""


def within(word: str) -> tuple[str, ...]:
    """The capabilities that a word of `--only` stands for: itself, or all of its kind."""
    return tuple(name for name in CAPABILITIES if name == word or name.startswith(f"{word}."))


def missing(needs: Iterable[str], findings: Mapping[str, Finding]) -> tuple[str, ...]:
    """The needs that are not met. What was not tried is not met."""

    def works(name: str) -> bool:
        return name in findings and findings[name].verdict == "works"

    return tuple(need for need in needs if not all(any(map(works, group)) for group in NEEDS[need]))
