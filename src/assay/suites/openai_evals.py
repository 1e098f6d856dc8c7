"""Evals of the openai/evals registry that compare a reply with stored answers: Match, Includes, FuzzyMatch, JsonMatch.

They are read from a checkout, or from a folder of the same form. Evals whose classes run code of their own, or ask
a model to judge, are refused by name. The official classes compare the reply as it came and ask at temperature 0;
`--protocol assay` takes thinking and the white space around it away first.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import msgspec

from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.messages import Message, Role
from assay.core.names import did_you_mean
from assay.core.task import Ask, Extract, Suite, Task
from assay.suites.asked import Asked
from assay.suites.official_data import data_folder
from assay.suites.openai_registry import Eval, Registry

ADDRESS = "https://github.com/openai/evals"
PROTOCOL = "openai-evals/1"
"""Bumped by hand when a comparison can come to another verdict."""
PROTOCOLS = {"official": Extract(form="raw", path="answer.txt"), "assay": Extract(form="text")}


class _Class(msgspec.Struct, frozen=True):
    """What a class of evals is here."""

    rule: str
    args: tuple[str, ...] = ()
    """Arguments that change what is asked or compared, besides the samples."""


_BASIC = "evals.elsuite.basic."
CLASSES = {
    f"{_BASIC}match:Match": _Class("match", ("num_few_shot", "few_shot_jsonl")),
    f"{_BASIC}includes:Includes": _Class("includes", ("ignore_case",)),
    f"{_BASIC}fuzzy_match:FuzzyMatch": _Class("fuzzy_match"),
    f"{_BASIC}json_match:JsonMatch": _Class("json_match"),
}
_ROLES: dict[Any, Role] = {role: role for role in get_args(Role)}
_HEEDLESS = ("samples_jsonl", "max_tokens")
"""Arguments of all of them. The official classes' own bound on tokens is the entrant's setting here."""


def load(asked: Asked) -> Suite:
    if not asked.part:
        raise UserError(f"{asked.name}: say which eval of the registry, as in openai-evals:test-match")
    protocol = asked.protocol or "official"
    if protocol not in PROTOCOLS:
        raise UserError(f"--protocol {protocol}: {did_you_mean(protocol, PROTOCOLS)}")
    registry = Registry(_place(asked))
    found = registry.find(asked.part)
    cls = CLASSES.get(found.cls)
    if cls is None:
        raise UserError(f"{asked.name}: {_refusal(found)}; what can be run are {', '.join(_short(CLASSES))}")
    if strange := [name for name in found.args if name not in (*_HEEDLESS, *cls.args)]:
        raise UserError(f"{asked.name}: its class is given {', '.join(map(str, strange))}, which has no meaning here")
    shots = _shots(registry, found)
    rows = registry.rows(found.args.get("samples_jsonl"))
    rule = f"{cls.rule}_any_case" if found.args.get("ignore_case") else cls.rule
    tasks = tuple(
        _task(found, number, where, row, shots=shots, rule=rule, extract=PROTOCOLS[protocol])
        for number, (where, row) in enumerate(rows)
    )
    return Suite(
        name=asked.name,
        version=content_hash(tasks)[:12],
        protocol=f"{PROTOCOL} {protocol}",
        tasks=tasks,
        grader="text_match",
    )


def _place(asked: Asked) -> Path:
    place = asked.data or data_folder() / "openai-evals"
    if not place.is_dir():
        raise UserError(f"{asked.name}: its registry is not at {place}; give a checkout of {ADDRESS} with --data")
    return place


def _refusal(found: Eval) -> str:
    if ".modelgraded." in found.cls:
        return f"“{found.name}” has a model judge the replies ({found.cls}), and a judge's opinion is no verdict here"
    return f"“{found.name}” runs code of its own ({found.cls}), which is not run here"


def _short(names: dict[str, _Class]) -> list[str]:
    return [name.rpartition(":")[2] for name in names]


def _shots(registry: Registry, found: Eval) -> tuple[Message, ...]:
    """Solved samples that go before the last message."""
    count = found.args.get("num_few_shot", 0)
    if not isinstance(count, int) or count <= 0:
        return ()
    rows = registry.rows(found.args.get("few_shot_jsonl"))[:count]
    return tuple(message for where, row in rows for message in _messages(where, "sample", row.get("sample")))


def _task(
    found: Eval,
    number: int,
    where: str,
    row: dict[str, Any],
    *,
    shots: tuple[Message, ...],
    rule: str,
    extract: Extract,
) -> Task:
    """Known by the official id of its sample: the eval's first two names, and its number in the file."""
    base, _, rest = found.name.partition(".")
    ideals = row.get("ideal")
    ideals = ideals if isinstance(ideals, list) else [ideals]
    if not ideals or not all(isinstance(ideal, str) for ideal in ideals):
        raise UserError(f"{where}: “ideal” has to be a text or a list of texts")
    if rule == "json_match" and not all(map(_is_json, ideals)):
        raise UserError(f"{where}: “ideal” has to hold JSON, as replies are compared with it as JSON")
    asked = _messages(where, "input", row.get("input"))
    if shots and isinstance(row["input"], str):
        raise UserError(f"{where}: examples can only stand in a conversation, and “input” is one text")
    return Task(
        id=f"{base}.{rest.partition('.')[0]}.{number}",
        kind="text",
        category="question",
        ask=Ask(messages=(*asked[:-1], *shots, *asked[-1:])),
        extract=extract,
        grading={"rule": rule, "ideals": ideals},
        solution={extract.path: ideals[0]},
        origin=f"{ADDRESS} {found.name}",
        licence="MIT",
    )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _messages(where: str, field: str, value: Any) -> tuple[Message, ...]:
    """A conversation as it is; one text is a system message, as the official chat form makes it."""
    if isinstance(value, str):
        return (Message("system", value),)
    if not isinstance(value, list) or not value:
        raise UserError(f"{where}: “{field}” has to be a text or a list of messages")
    return tuple(_message(where, one) for one in value)


def _message(where: str, value: Any) -> Message:
    role, content = (value.get("role"), value.get("content")) if isinstance(value, dict) else (None, None)
    if not isinstance(role, str) or role not in _ROLES or not isinstance(content, str):
        raise UserError(f"{where}: a message needs a role ({', '.join(_ROLES)}) and its content as text")
    return Message(_ROLES[role], content, name=str(value.get("name") or ""))
