"""Replies of every shape that models are known for, and what is taken from each: see replies.txt."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from assay.core.task import Extract
from assay.formats.extract import take_code

CORPUS = Path(__file__).with_name("replies.txt")


class Shape(msgspec.Struct, frozen=True):
    """One entry of the corpus."""

    title: str
    language: str
    extract: Extract
    reply: str
    expected: str


def _shape(entry: str) -> Shape:
    head, _, rest = entry.partition("\n<<<<\n")
    title, *settings = head.split("\n")
    reply, _, expected = ("\n" + rest).partition("\n>>>>\n")
    said: dict[str, list[str]] = {}
    for line in settings:
        key, _, value = line.partition(": ")
        said.setdefault(key, []).append(value)

    def one(key: str, default: str) -> str:
        return said.get(key, [default])[0]

    extract = Extract(
        form=one("form", "file"),
        path=one("path", "answer.py"),
        editable=tuple(said.get("editable", ())),
        api=tuple(said.get("api", ())),
    )
    reply = _treated((reply[1:] + "\n" if reply[1:] else "").replace("«…»", "\t"), one("as", ""))
    return Shape(title, one("language", "python"), extract, reply, expected.replace("«…»", "\t") + "\n")


def _treated(reply: str, how: str) -> str:
    return {
        "": reply,
        "crlf": reply.replace("\n", "\r\n"),
        "bom": "\ufeff" + reply,
        "no-final-newline": reply.rstrip("\n"),
        "surrogate": reply.replace("@", "\ud800"),
    }[how]


def _corpus() -> list[Shape]:
    return [_shape(entry) for entry in CORPUS.read_text(encoding="utf-8").removesuffix("\n").split("\n==== ")[2:]]


def _expected_files(shape: Shape) -> dict[str, str]:
    if not shape.expected.startswith("@@ "):
        return {shape.extract.path: shape.expected}
    files: dict[str, list[str]] = {}
    for line in shape.expected.splitlines(keepends=True):
        if line.startswith("@@ "):
            lines = files.setdefault(line[3:].strip(), [])
        else:
            lines.append(line)
    return {path: "".join(lines) for path, lines in files.items()}


SHAPES = _corpus()


def test_the_corpus_is_as_large_as_promised() -> None:
    """At least eighty shapes, each with a title of its own."""
    assert len({shape.title for shape in SHAPES}) == len(SHAPES) >= 80


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.title)
def test_what_a_reader_would_take(shape: Shape) -> None:
    """From each reply comes the code that a reader would take, or the reason why there is none."""
    taken = take_code(shape.reply, shape.extract, language=shape.language)
    if shape.expected.startswith("!! "):
        assert shape.expected[3:].strip() in taken.problem
        assert not taken.files
    else:
        assert taken.problem == ""
        assert taken.files == _expected_files(shape)
