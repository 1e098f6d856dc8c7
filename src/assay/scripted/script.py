"""What the scripted server answers, and how it misbehaves: a frozen value, read from a YAML or JSON file.

It knows rules, answers and troubles; it refuses to know wire formats, sockets and clocks.
"""

from __future__ import annotations

import difflib
import fnmatch
import re
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from assay.core.errors import UserError
from assay.scripted.engine import Engine
from assay.scripted.raw_calls import FORMS

Finish = Literal["stop", "length", "tool_calls", "content_filter", "refusal"]

Does = Literal[
    "",
    "hang",  # takes the request and never says a word, not even a status
    "close",  # hangs up without an answer
    "reset",  # hangs up with a TCP reset
    "silent",  # status and headers, `after` events, then nothing more
    "cut",  # `after` events (half of an unstreamed body), then hangs up
    "error",  # `after` events, then the vendor's error as an event; unstreamed: status 500
    "malformed",  # `after` events, then one that is broken JSON; unstreamed: half a JSON text, well framed
    "empty",  # a well-formed answer without a choice, block, item or candidate in it
    "html",  # status 200 and a page for people, as a captive proxy sends
    "huge",  # a valid answer of `size` bytes
    "overflow",  # the vendor's own "your prompt is too long"
]


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tool call that the model makes; `arguments` may be JSON text, even broken, sent as it is."""

    name: str
    arguments: dict[str, Any] | str = {}
    id: str = ""

    @property
    def json(self) -> str:
        """The arguments as JSON text."""
        if isinstance(self.arguments, str):
            return self.arguments
        return msgspec.json.encode(self.arguments).decode()


class Tokens(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Token counts that replace the counted ones. `input` leaves out the two cache counts;
    `output` includes `reasoning`."""

    input: int | None = None
    output: int | None = None
    cache_read: int | None = None
    cache_write: int | None = None
    reasoning: int | None = None


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer in no vendor's words."""

    text: str = ""
    echo: bool = False
    """The text is what was last said to the model."""
    reasoning: str = ""
    refusal: str = ""
    tool_calls: tuple[Call, ...] = ()
    finish: Finish | None = None
    """`None`: what follows from the rest (`tool_calls`, `refusal`, `length`, else `stop`)."""
    usage: Tokens = Tokens()
    chunk: int = 4
    """Tokens in one event of a stream."""
    model: str = ""
    """The id that the answer claims to come from; empty: the one asked for."""


class Trouble(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one reply goes wrong; the parts combine."""

    does: Does = ""
    after: int = 0
    """Events of a stream that still arrive whole before `silent`, `cut`, `error` or `malformed`."""
    status: int = 0
    """An HTTP error in the vendor's own body: 400, 401, 403, 404, 408, 409, 413, 429, 500, 503, 529 …"""
    message: str = ""
    """The error's text; empty: the vendor's usual one."""
    retry_after: float | None = None
    """Seconds, in the `Retry-After` header; Gemini says them in the body instead, as the vendor does."""
    echo_headers: bool = False
    """The error's text repeats the request's headers, the key among them."""
    latency: float = 0.0
    """Seconds before the status line."""
    ttft: float = 0.0
    """Seconds between the headers and the first event (unstreamed: added to the latency)."""
    drip: float = 0.0
    """Seconds between two events, or between two pieces where `piece` is set."""
    piece: int = 0
    """Bytes written at once, so that events and characters are torn apart; 0: an event at a time."""
    comments: int = 0
    """Keep-alive comments before each event of a stream."""
    size: int = 100 * 1024 * 1024
    """Bytes of a `huge` answer."""
    headers: dict[str, str] = {}
    """Further headers of the reply (a vendor's rate limits, say)."""


class Match(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which calls a rule is for; all that is given must hold. The text is what was last said to the
    model: the last user message or tool result, or the prompt to go on with."""

    contains: str = ""
    regex: str = ""
    model: str = "*"
    """A glob."""
    nth: int | None = None
    """Only the nth call for which the rest holds, counted from 1."""
    every: int | None = None
    """Only each nth of them."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first rule that matches decides."""

    match: Match = Match()
    answer: Answer | None = None
    """`None`: the script's default answer."""
    trouble: Trouble | None = None
    times: int | None = None
    """Only the first so many matching calls meet the trouble; then the rule is healed."""
    per: Literal["rule", "prompt"] = "rule"
    """What `times` counts: all matching calls, or those with the same text."""


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a scripted server says."""

    models: tuple[str, ...] = ("demo",)
    """What the server lists."""
    known_only: bool = False
    """An id that is not listed is answered with the vendor's 404."""
    rules: tuple[Rule, ...] = ()
    default: Answer = Answer(text="This is a scripted answer.")
    engine: Engine | None = None
    """An inference engine, set up rightly or wrongly, whose model does what it is told; it takes the place of
    `default`."""

    @classmethod
    def served(cls, engine: Engine, *, model: str = "demo") -> Script:
        """A model behind this engine."""
        return cls(models=(model,), engine=engine)

    @classmethod
    def echo(cls) -> Script:
        """Answers with what it was asked."""
        return cls(default=Answer(echo=True))

    @classmethod
    def fixed(cls, text: str) -> Script:
        """Always answers the same."""
        return cls(default=Answer(text=text))

    @classmethod
    def troubled(cls, trouble: Trouble, *, times: int | None = None, per: str = "rule") -> Script:
        """Meets every call (or the first `times`) with the same trouble."""
        rule = {"trouble": trouble, "times": times, "per": per}
        return msgspec.convert({"rules": [rule]}, cls)


class Director:
    """Walks through a script call by call; the only state is how often each rule has matched."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._patterns = [re.compile(rule.match.regex) for rule in script.rules]
        self._matched = [0] * len(script.rules)
        self._troubled: list[dict[str, int]] = [{} for _ in script.rules]

    def choose(self, *, model: str, text: str) -> tuple[Answer, Trouble | None]:
        """The answer and the trouble for the next call."""
        for index, rule in enumerate(self._script.rules):
            if self._matches(index, rule.match, model=model, text=text):
                answer = rule.answer or self._script.default
                return answer, self._trouble(index, rule, text)
        return self._script.default, None

    def _matches(self, index: int, match: Match, *, model: str, text: str) -> bool:
        if match.contains not in text or not fnmatch.fnmatchcase(model, match.model):
            return False
        if match.regex and not self._patterns[index].search(text):
            return False
        self._matched[index] += 1
        count = self._matched[index]
        if match.nth is not None and count != match.nth:
            return False
        return match.every is None or count % match.every == 0

    def _trouble(self, index: int, rule: Rule, text: str) -> Trouble | None:
        if rule.trouble is None or rule.times is None:
            return rule.trouble
        met, key = self._troubled[index], text if rule.per == "prompt" else ""
        met[key] = met.get(key, 0) + 1
        return rule.trouble if met[key] <= rule.times else None


def load_script(path: str | Path) -> Script:
    """Reads a script; whatever is wrong with it is one UserError that names the line and the field."""
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"{file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{file}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    return parse_script(text, name=str(file))


def parse_script(text: str, *, name: str = "script") -> Script:
    """The script in `text` (YAML, of which JSON is a part)."""
    try:
        value = yaml.safe_load(text)
        script = msgspec.convert(value if value is not None else {}, Script)
    except yaml.YAMLError as error:
        raise UserError(f"{name}{_yaml_place(error)}") from error
    except msgspec.ValidationError as error:
        raise UserError(_explain(str(error), text, name)) from error
    for where, problem in _contradictions(script):
        raise UserError(f"{name}:{_line(text, where)}: {where}: {problem}")
    return script


def _yaml_place(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        mark = error.problem_mark
        return f":{mark.line + 1}: column {mark.column + 1}: {error.problem or 'not YAML'}"
    return ": " + " ".join(str(error).split())


def _explain(message: str, text: str, name: str) -> str:
    problem, _, where = message.partition(" - at `$")
    where = where.rstrip("`").lstrip(".")
    unknown = re.search(r"unknown field `(.*)`", problem)
    if unknown:
        key = unknown[1]
        near = difflib.get_close_matches(key, _known_keys(), n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        where = f"{where}.{key}".lstrip(".")
        return f"{name}:{_line(text, where)}: {where}: unknown key{hint}"
    return f"{name}:{_line(text, where)}: {where or 'the script'}: {problem[:1].lower()}{problem[1:]}"


def _known_keys() -> list[str]:
    structs = (Script, Rule, Match, Answer, Trouble, Tokens, Call, Engine)
    return sorted({name for struct in structs for name in struct.__struct_fields__})


def _line(text: str, where: str) -> int:
    """The line on which the field `where` (`rules[1].match`) stands."""
    node, line = yaml.compose(text, Loader=yaml.SafeLoader), 1
    for part in re.findall(r"[^.\[\]]+", where):
        if isinstance(node, yaml.SequenceNode) and part.isdigit():
            node = node.value[int(part)]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == part), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
    return line


def _contradictions(script: Script) -> list[tuple[str, str]]:
    """What has the right type and still cannot be meant."""
    found: list[tuple[str, str]] = []
    answers = [("default", script.default)]
    for index, rule in enumerate(script.rules):
        where = f"rules[{index}]"
        if rule.answer is not None:
            answers.append((f"{where}.answer", rule.answer))
        try:
            re.compile(rule.match.regex)
        except re.error as error:
            found.append((f"{where}.match.regex", f"not a regular expression: {error}"))
        for key in ("nth", "every"):
            wanted = getattr(rule.match, key)
            if wanted is not None and wanted < 1:
                found.append((f"{where}.match.{key}", "calls are counted from 1"))
        if rule.times is not None and rule.trouble is None:
            found.append((f"{where}.times", "limits a trouble, and this rule has none"))
        found += [(f"{where}.trouble.{key}", problem) for key, problem in _bad_trouble(rule.trouble)]
    if script.engine is not None and script.engine.writes not in FORMS:
        found.append(("engine.writes", f"no such form; known: {', '.join(FORMS)}"))
    found += [(f"{where}.chunk", "must be at least 1") for where, answer in answers if answer.chunk < 1]
    return found


def _bad_trouble(trouble: Trouble | None) -> list[tuple[str, str]]:
    if trouble is None:
        return []
    found = []
    if trouble.status and not 400 <= trouble.status <= 599:
        found.append(("status", "an error is 400 to 599"))
    for key in ("after", "latency", "ttft", "drip", "piece", "comments", "size"):
        if getattr(trouble, key) < 0:
            found.append((key, "must not be negative"))
    return found
