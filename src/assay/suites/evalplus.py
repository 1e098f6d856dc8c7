"""EvalPlus' HumanEval+ and MBPP+: known functions, called on many more inputs than their first tests had.

Of each task the base inputs are the old tests' and the plus inputs EvalPlus' own; a pass passes both. The versions of
the data differ in inputs and in tasks: a score without its version is not comparable.
"""

from __future__ import annotations

import json
import re
from typing import Any

from assay.core.errors import UserError
from assay.core.messages import Message
from assay.core.names import did_you_mean
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.suites.asked import Asked, Asking
from assay.suites.official_data import OfficialFile, rows_of

PROTOCOL = "evalplus/1"
"""Bumped by hand when the joining, the judging or a limit can change a verdict."""

_ADDRESS = "https://github.com/evalplus/{name}_release/releases/download/{version}/{file}.jsonl.gz"


def _file(name: str, version: str, *, sha256: str, size: int, rows: int) -> OfficialFile:
    return OfficialFile(
        suite="evalplus",
        name=f"{name}-{version}.jsonl.gz",
        address=_ADDRESS.format(name=name.lower(), version=version, file=name),
        sha256=sha256,
        size=size,
        rows=rows,
    )


HUMANEVAL = {
    "v0.1.10": _file(
        "HumanEvalPlus", "v0.1.10", size=925932, rows=164,
        sha256="272720b90ac375502c8ed23cd791c2a93dfb22a911641a494da74a426c09f101",
    ),
    "v0.1.9": _file(
        "HumanEvalPlus", "v0.1.9", size=936542, rows=164,
        sha256="e62f4130146963d969da64553f407a66e52d095adbfed4ee6733b4d59e14a3ed",
    ),
}  # fmt: skip
MBPP = {
    "v0.2.0": _file(
        "MbppPlus", "v0.2.0", size=336032, rows=378,
        sha256="af43697e8791c4c149bdfd6b489d8b5412507551ac20e28a439f650b8225db63",
    ),
    "v0.1.0": _file(
        "MbppPlus", "v0.1.0", size=357603, rows=399,
        sha256="57d639e77667d88930052b2b07212011c25c0bab94dfc1f19d15e1f7f558bfa9",
    ),
}  # fmt: skip
"""By version, the one that EvalPlus takes by itself first."""

_STOP = ("<|endoftext|>", "<|endofmask|>", "</s>", "\nif __name__", "\ndef main(", "\nprint(")
STOPS = {
    "humaneval": (*_STOP, "\ndef ", "\nclass ", "\nimport ", "\nfrom ", "\nassert "),
    "mbpp": (*_STOP, '\n"""', "\nassert"),
}
LIMITS = Limits(cpu=66.0, wall=900.0, memory=4096)
"""The driver holds each input to four seconds and all of them to a minute; these are the backstop."""
_WHOLE, _REST = "answer.py", "completion.py"

SHAPES = {
    "tuples": (2, 116, 132, 143, 222, 261, 273, 394, 399, 421, 424, 429, 470, 560, 579, 596, 616, 630, 726, 740, 744,
               809),
    "lists of tuples": (63, 64, 70, 94, 120, 237, 272, 299, 400, 409, 417, 438, 473, 614, 780),
    "list of tuples first": (75, 413, 444, 753),
    "tuple first": (250, 307, 405, 446, 617, 720, 763, 808),
    "tuple second": (106, 750),
    "tuples of tuples": (259, 401, 445),
    "tuple with tuples": (278,),
    "tuples throughout": (580, 615, 791),
    "list of sets": (115,),
    "map of tuples first": (722,),
    "complex": (252,),
    "float and complex": (124,),
}  # fmt: skip
"""What JSON has no way to say: of which tasks of MBPP the arguments are other things than lists."""

ORACLES = {
    "humaneval": {"find_zero": "root"},
    "mbpp": {
        "are_equivalent": "anything", "sum_div": "or zero", "surface_Area": "pyramid", "digit_distance_nums": "digits",
        **dict.fromkeys(("check_str", "text_match_three", "text_starta_endb"), "not none"),
        **dict.fromkeys(
            ("similar_elements", "find_char_long", "common_in_nested_lists", "extract_singly", "larg_nnum",
             "intersection_array", "find_dissimilar", "Diff"),
            "same set",
        ),
    },
}  # fmt: skip
"""Functions with more than one right result, and what takes the place of equality."""

_SHAPE_OF = {number: shape for shape, numbers in SHAPES.items() for number in numbers}


def files_humaneval(part: str) -> tuple[OfficialFile, ...]:
    return (HUMANEVAL[_version(part, HUMANEVAL)],)


def files_mbpp(part: str) -> tuple[OfficialFile, ...]:
    return (MBPP[_version(part, MBPP)],)


def load_humaneval(asked: Asked) -> Suite:
    """A conversation asks for a whole program; the part `base` asks to go on with the prompt. A version may stand
    before it: `humaneval+:v0.1.9:base`."""
    return _suite(asked, HUMANEVAL, dataset="humaneval", licence="MIT")


def load_mbpp(asked: Asked) -> Suite:
    return _suite(asked, MBPP, dataset="mbpp", licence="CC-BY-4.0")


def _version(part: str, versions: dict[str, OfficialFile]) -> str:
    named = [word for word in part.split(":") if word in versions]
    return named[0] if named else next(iter(versions))


def _suite(asked: Asked, versions: dict[str, OfficialFile], *, dataset: str, licence: str) -> Suite:
    words = [word for word in asked.part.split(":") if word]
    for word in words:
        if word not in versions and word != "base":
            known = (*versions, "base")
            raise UserError(f"{asked.name}: no part “{word}”; {did_you_mean(word, known)}")
    if len(words) != len({"base" if word == "base" else "version" for word in words}):
        raise UserError(f"{asked.name}: one version of the data at a time, and `base` once")
    version = _version(asked.part, versions)
    asking: Asking = "base" if "base" in words else "chat"
    file = versions[version]
    rows = rows_of(file, asked.data)
    return Suite(
        name=asked.name,
        version=version.removeprefix("v"),
        protocol=f"{PROTOCOL} {asking}",
        tasks=tuple(task_of(row, file, dataset=dataset, licence=licence, asking=asking) for row in rows),
        grader="evalplus",
        pinned=True,
    )


def task_of(
    row: dict[str, Any], file: OfficialFile, *, dataset: str, licence: str = "", asking: Asking = "chat"
) -> Task:
    """One official row as a task."""
    prompt, entry = row["prompt"], row["entry_point"]
    whole = prompt + row["canonical_solution"]
    number = int(row["task_id"].rpartition("/")[2])
    return Task(
        id=row["task_id"],
        language="python",
        category="completion" if dataset == "humaneval" else "generation",
        title=entry,
        ask=_chat(prompt) if asking == "chat" else Ask(prompt=f"{prompt.strip()}\n", stop=STOPS[dataset]),
        extract=Extract(path=_WHOLE, api=(_head(whole, entry),)) if asking == "chat" else Extract("raw", _REST),
        grading={
            "path": _WHOLE,
            "rest": _REST,
            "prompt": prompt,
            "entry": entry,
            "solution": whole,
            "base": json.dumps(row["base_input"]),
            "plus": json.dumps(row["plus_input"]),
            "atol": row["atol"],
            "shape": _SHAPE_OF.get(number, "") if dataset == "mbpp" else "",
            "oracle": ORACLES[dataset].get(entry, ""),
        },
        limits=LIMITS,
        solution={_WHOLE: whole} if asking == "chat" else {_REST: row["canonical_solution"]},
        origin=f"{file.address} {row['task_id']}",
        licence=licence,
    )


def _chat(prompt: str) -> Ask:
    """As EvalPlus asks models behind a chat interface."""
    text = (
        "Please provide a self-contained Python script that solves the following problem in a markdown code block:\n"
        f"```python\n{prompt.strip()}\n```\n"
    )
    return Ask(messages=(Message("user", text),))


def _head(program: str, entry: str) -> str:
    heads = re.findall(rf"^def {re.escape(entry)}\(.*:[ \t]*$", program, re.MULTILINE)
    return heads[-1].rstrip() if heads else entry
