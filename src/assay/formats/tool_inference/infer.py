"""Which dialect of tool calls a model speaks, told from a chat template, a tokenizer's settings, a name, or what it
wrote. An answer is a ranked list with the evidence for each; it is certain where nothing else fits as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from assay.core.messages import Tool
from assay.formats.tool_inference.chat_template import ChatTemplate, TemplateRefused
from assay.formats.tool_inference.families import family_of
from assay.formats.tool_inference.flags import Extras
from assay.formats.tool_inference.markers import Marker, in_output, in_template
from assay.formats.tool_inference.wire_text import TOOLS, WireText, render_calls
from assay.formats.tools import DIALECTS, dialect
from assay.formats.tools.base import Parsed, Unrepresentable

LARGEST_OUTPUT = 64 * 1024
"""Characters of an answer that are looked at."""
_MOST_READ = 12
"""Dialects that raw output is read with; those with a marker in it come first."""


class Guess(msgspec.Struct, frozen=True):
    """A dialect, how much speaks for it, and what."""

    dialect: str
    weight: float
    """Between 0 and 1: a rank, no probability."""
    evidence: tuple[str, ...]


class Inference(msgspec.Struct, frozen=True):
    """The guesses, the best first; and what else there is to say."""

    guesses: tuple[Guess, ...] = ()
    notes: tuple[str, ...] = ()
    extras: Extras = Extras()
    """What the family wants besides, where it is known."""

    @property
    def best(self) -> str:
        """The likeliest dialect; empty where nothing points to any."""
        return self.guesses[0].dialect if self.guesses else ""

    @property
    def certain(self) -> bool:
        """The best guess was tried and worked, and no other one worked as well."""
        if not self.guesses or self.guesses[0].weight < _TRIED:
            return False
        return len(self.guesses) == 1 or self.guesses[1].weight < self.guesses[0].weight


_EXACT, _ALIKE, _TRIED, _SLOPPY, _MARKED, _NAMED = 0.96, 0.92, 0.8, 0.6, 0.4, 0.3
_MEASURED = 0.99
"""A name's, where it is known that the family's template tells nothing."""
_UNMARKED = 0.12
"""What it takes away that a dialect fits and nothing special to it is there."""
_STEP = 0.02
"""What each further place in a list takes away."""


def from_template(source: str, **variables: Any) -> Inference:
    """From a chat template: a known call is rendered and read back by every dialect; and markers."""
    marked = _first_seen(in_template(source))
    try:
        wire = render_calls(ChatTemplate(source), **variables)
    except TemplateRefused as refused:
        return Inference(tuple(_by_markers(marked)), (f"known calls could not be rendered: {refused}",))
    guesses = list(_round_trip(wire, marked))
    tried = {guess.dialect for guess in guesses}
    guesses += [guess for guess in _by_markers(marked) if guess.dialect not in tried]
    return Inference(_ranked(guesses), (f"rendered with {wire.how}",))


def from_tokenizer_config(config: Mapping[str, Any], *, chat_template: str = "") -> Inference:
    """From a tokenizer_config.json, decoded; `chat_template` is that of a chat_template.jinja beside it."""
    variables = {key: token for key in ("bos_token", "eos_token") if (token := _token(config.get(key)))}
    notes: list[str] = []
    if config.get("response_template"):
        notes.append(
            "it holds a response_template, which says itself how answers are read:"
            " vLLM --tool-call-parser hf, SGLang --tool-call-parser response_template"
        )
    template = chat_template or _template(config.get("chat_template"))
    found = from_template(template, **variables) if template else Inference()
    if not found.guesses:
        words = " ".join(_added_tokens(config))
        found = Inference(tuple(_by_markers(_first_seen(in_template(words)), "its vocabulary")))
    return Inference(found.guesses, (*notes, *found.notes), found.extras)


def from_name(model: str) -> Inference:
    """From the id of a model."""
    family = family_of(model)
    if family is None:
        return Inference()
    weight = _MEASURED if family.writes_otherwise else _NAMED
    guesses = tuple(
        Guess(name, weight - at * _STEP, (f"its name is one of {family.name}",))
        for at, name in enumerate(family.dialects)
        if name in DIALECTS
    )
    return Inference(guesses, (family.note,) if family.note else (), family.extras)


def from_output(text: str, tools: Sequence[Tool] = ()) -> Inference:
    """From what a model wrote with nobody reading it: markers, and which dialects find calls of these tools in it."""
    text = text[:LARGEST_OUTPUT]
    marked = _first_seen(in_output(text))
    known = {tool.name for tool in tools}
    guesses = []
    for at, name in enumerate(list(marked)[:_MOST_READ]):
        if name not in DIALECTS:
            continue
        parsed = dialect(name).parse(text, tuple(tools))
        named = [call.name for call in parsed.calls]
        if named and (not known or known >= set(named)):
            weight, evidence = _reading(name, parsed, (text,))
            guesses.append(Guess(name, weight - at * _STEP, (_seen(marked[name]), evidence)))
    read = {guess.dialect for guess in guesses}
    guesses += [guess for guess in _by_markers(marked) if guess.dialect not in read]
    return Inference(_ranked(guesses))


def witnessed(output: Inference, *others: Inference) -> Inference:
    """What a model was seen to write decides, if anything could be read in it; the others add what it needs."""
    heard = bool(output.guesses) and output.guesses[0].weight >= _SLOPPY
    together = combined(output, *others)
    return msgspec.structs.replace(together, guesses=output.guesses) if heard else together


def combined(*inferences: Inference) -> Inference:
    """Several witnesses of one model: what they say of the same dialect stands together."""
    weights: dict[str, float] = {}
    evidence: dict[str, list[str]] = {}
    for inference in inferences:
        for guess in inference.guesses:
            weights[guess.dialect] = 1 - (1 - weights.get(guess.dialect, 0.0)) * (1 - guess.weight)
            evidence.setdefault(guess.dialect, []).extend(guess.evidence)
    guesses = [Guess(name, weight, tuple(dict.fromkeys(evidence[name]))) for name, weight in weights.items()]
    notes = tuple(dict.fromkeys(note for inference in inferences for note in inference.notes))
    extras = next((one.extras for one in inferences if one.extras != Extras()), Extras())
    return Inference(_ranked(guesses), notes, extras)


def _round_trip(wire: WireText, marked: Mapping[str, tuple[str, ...]]) -> Iterator[Guess]:
    """Every dialect that gives back the calls that were rendered; those that leave more text over come later."""
    tools = known_tools()
    places = {name: at for at, name in enumerate(marked)}
    read: dict[str, Parsed] = {}
    for name in DIALECTS:
        parsed = [dialect(name).parse(reading, tools) for reading in wire.readings]
        good = [one for one in parsed if _same(one, wire)]
        if good:
            read[name] = min(good, key=lambda one: (len(one.problems), len(one.text)))
    least = min((len(one.text.strip()) for one in read.values()), default=0)
    for name, one in read.items():
        weight, told = _reading(name, one, wire.readings)
        evidence = [told]
        if name in marked:
            evidence.append(_seen(marked[name]))
        over = 2 * _STEP * (len(one.text.strip()) > least)
        yield Guess(name, weight - over - min(_STEP * places.get(name, 99), _UNMARKED), tuple(evidence))


def known_tools() -> tuple[Tool, ...]:
    """The tools whose calls are rendered."""
    functions = [tool["function"] for tool in TOOLS]
    return tuple(Tool(one["name"], one["description"], one["parameters"]) for one in functions)


def _same(parsed: Parsed, wire: WireText) -> bool:
    """In JSON, where true is no 1."""
    heard = [[call.name, call.arguments] for call in parsed.calls]
    return msgspec.json.encode(heard, order="sorted") == msgspec.json.encode(wire.calls, order="sorted")


def _reading(name: str, parsed: Parsed, texts: Sequence[str]) -> tuple[float, str]:
    """How well a dialect that finds calls in texts fits them."""
    own = _own_form(name, parsed)
    if own and any(own in text for text in texts):
        return _EXACT, "it writes these calls just so"
    if own and any(_bare(own) in _bare(text) for text in texts):
        return _ALIKE, "it writes these calls so, blanks apart"
    weight = _SLOPPY if parsed.problems else _TRIED
    return weight, f"it reads {', '.join(call.name for call in parsed.calls[:5])}"


def _own_form(name: str, parsed: Parsed) -> str:
    """The dialect's own form of these calls, or nothing."""
    try:
        return dialect(name).render(parsed.calls).strip()
    except Unrepresentable:
        return ""


def _bare(text: str) -> str:
    return "".join(text.split())


def _first_seen(markers: Iterable[Marker]) -> dict[str, tuple[str, ...]]:
    """The first marker of each dialect, in their order."""
    seen: dict[str, tuple[str, ...]] = {}
    for marker in markers:
        seen.setdefault(marker.dialect, marker.has)
    return seen


def _by_markers(marked: Mapping[str, tuple[str, ...]], where: str = "") -> Iterator[Guess]:
    known = [name for name in marked if name in DIALECTS]
    for at, name in enumerate(known):
        yield Guess(name, max(_STEP, _MARKED - at * _STEP), (_seen(marked[name], where),))


def _seen(has: tuple[str, ...], where: str = "") -> str:
    return f"{' and '.join(repr(part) for part in has)} {f'in {where}' if where else 'is there'}"


def _ranked(guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    return tuple(sorted(guesses, key=lambda guess: -guess.weight))


def _template(value: Any) -> str:
    """A template, or the one for tools among several."""
    if isinstance(value, str):
        return value
    named = {
        str(one.get("name")): one["template"]
        for one in (value if isinstance(value, list) else ())
        if isinstance(one, dict) and isinstance(one.get("template"), str)
    }
    return named.get("tool_use") or named.get("default") or next(iter(named.values()), "")


def _token(value: Any) -> str:
    content = value.get("content") if isinstance(value, dict) else value
    return content if isinstance(content, str) else ""


def _added_tokens(config: Mapping[str, Any]) -> list[str]:
    added = config.get("added_tokens_decoder")
    return [_token(one) for one in added.values()][:4096] if isinstance(added, dict) else []
