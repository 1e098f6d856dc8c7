"""Inspect AI's logs on disk: their header, and their samples one at a time, in the zip form (both sample
layouts) and the JSON form. Knows the fields that matter here; the rest of a sample is passed over undecoded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.exchange.imports.archive import Archive
from assay.exchange.imports.pieces import JsonFile
from assay.exchange.imports.reading import decode


class Generate(msgspec.Struct):
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    reasoning_effort: str | None = None
    system_message: str | None = None


class Spec(msgspec.Struct):
    task: str
    model: str
    task_id: str = ""
    task_version: int | str = 0
    created: str = ""
    solver: str | None = None
    packages: dict[str, Any] = {}
    model_generate_config: Generate = msgspec.field(default_factory=Generate)
    model_args: dict[str, Any] = {}
    task_args: dict[str, Any] = {}


class Scored(msgspec.Struct):
    name: str = ""
    scorer: str = ""


class Results(msgspec.Struct):
    total_samples: int = 0
    completed_samples: int = 0
    scores: list[Scored] = []


class Header(msgspec.Struct):
    eval: Spec
    status: str = "started"
    results: Results | None = None


class Content(msgspec.Struct):
    type: str = ""
    text: str = ""


class Said(msgspec.Struct):
    role: str = "user"
    content: str | list[Content] = ""


class Choice(msgspec.Struct):
    message: Said = msgspec.field(default_factory=Said)
    stop_reason: str | None = None


class Tokens(msgspec.Struct):
    input_tokens: int | None = None
    output_tokens: int | None = None
    input_tokens_cache_read: int | None = None
    input_tokens_cache_write: int | None = None
    reasoning_tokens: int | None = None
    total_cost: float | None = None


class Output(msgspec.Struct):
    model: str = ""
    choices: list[Choice] = []
    time: float | None = None


class Given(msgspec.Struct):
    value: Any = None
    explanation: str | None = None
    reason: str | None = None


class Failure(msgspec.Struct):
    message: str = ""
    traceback: str = ""


class Limit(msgspec.Struct):
    type: str = ""


class Sample(msgspec.Struct):
    id: int | str
    epoch: int = 1
    input: str | list[Said] = ""
    messages: list[Said] = []
    output: Output = msgspec.field(default_factory=Output)
    scores: dict[str, Given] | None = None
    metadata: dict[str, Any] = {}
    model_usage: dict[str, Tokens] = {}
    started_at: str | None = None
    total_time: float | None = None
    working_time: float | None = None
    error: Failure | None = None
    attachments: dict[str, str] = {}
    """Long texts that stand elsewhere as `attachment://KEY`."""
    limit: Limit | None = None


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return path.suffix == ".eval" or file.read(4) == b"PK\x03\x04"
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from error


def header_of(path: Path) -> Header | None:
    """Nothing where a JSON file is no log at all."""
    if _is_zip(path):
        with Archive(path) as archive:
            name = next((one for one in ("header.json", "_journal/start.json") if one in archive.names), "")
            if not name:
                raise UserError(f"{path}: no log of Inspect AI: it has no header.json")
            return decode(archive.read(name), Header, f"{path} member {name}", lenient=True)
    with JsonFile(path) as file:
        parts = file.whole.members()
        if "eval" not in parts:
            return None
        return Header(
            eval=parts["eval"].decode(Spec, lenient=True),
            status=parts["status"].decode(str) if "status" in parts else "started",
            results=parts["results"].decode(Results, lenient=True) if "results" in parts else None,
        )


def samples_of(path: Path) -> Iterator[tuple[str, Sample]]:
    if _is_zip(path):
        with Archive(path) as archive:
            yield from _samples_in(archive)
        return
    with JsonFile(path) as file:
        samples = file.whole.members().get("samples")
        for piece in samples.elements() if samples else ():
            yield str(piece), piece.decode(Sample, lenient=True)


_SAMPLE = re.compile(r"(?P<stem>samples/.*_epoch_\d+)(?:\.json|(?P<shell>/sample\.json))", re.DOTALL)
_CHUNK = re.compile(r"(?P<stem>samples/.*_epoch_\d+)/attachments/(?P<start>\d+)\.json", re.DOTALL)


def _samples_in(archive: Archive) -> Iterator[tuple[str, Sample]]:
    """A sample is one member, or a shell with its metadata and attachments in members of their own."""
    chunks: dict[str, list[int]] = defaultdict(list)
    for name in archive.names:
        if match := _CHUNK.fullmatch(name):
            chunks[match["stem"]].append(int(match["start"]))
    for name in archive.names:
        match = _SAMPLE.fullmatch(name)
        if match is None:
            continue
        place = f"{archive.path} member {name}"
        data = archive.read(name)
        sample = decode(data, Sample, place, lenient=True)
        if match["shell"]:
            metadata = f"{match['stem']}/metadata.json"
            if metadata in archive.names:
                sample.metadata = decode(archive.read(metadata), dict[str, Any], place, lenient=True)
            wanted = {int(number) for number in re.findall(rb"attachment://(\d{1,9})", data)}
            for start in sorted(chunks[match["stem"]]):
                _attach(archive, f"{match['stem']}/attachments/{start}.json", start, wanted, sample)
        yield place, sample


def _attach(archive: Archive, name: str, start: int, wanted: set[int], sample: Sample) -> None:
    if not any(number >= start for number in wanted):
        return
    texts = decode(archive.read(name), list[str], f"{archive.path} member {name}", lenient=True)
    for number in [one for one in wanted if start <= one < start + len(texts)]:
        sample.attachments[str(number)] = texts[number - start]
        wanted.discard(number)
