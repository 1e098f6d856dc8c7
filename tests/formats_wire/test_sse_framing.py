"""Bytes become events, however they were split."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from assay.formats.wire import Events, JsonLines

STREAM = (
    "\ufeff: a comment\r\n"
    'event: delta\r\ndata: {"text":"žluťoučký 🐎"}\r\n\r\n'
    "id: 7\nretry: 10\ndata:no space\n\n"
    "data: first\rdata: second\rdata\r\r"
    "\n\n: ping\n\n"
    "data:  two spaces\n\n"
    "event: nothing\n\n"
    "data: [DONE]\n\n"
).encode()
EXPECTED = ['{"text":"žluťoučký 🐎"}', "no space", "first\nsecond\n", " two spaces", "[DONE]"]


def events(pieces: list[bytes]) -> list[str]:
    framing = Events()
    found = [data for piece in pieces for data in framing.feed(piece)]
    return [data.decode() for data in found + framing.close()]


def test_every_split_in_two_gives_the_same_events() -> None:
    """A cut anywhere, inside a character or between CR and LF, changes nothing."""
    for at in range(len(STREAM) + 1):
        assert events([STREAM[:at], STREAM[at:]]) == EXPECTED


def test_single_bytes_give_the_same_events() -> None:
    """The slowest drip is the same stream."""
    assert events([STREAM[at : at + 1] for at in range(len(STREAM))]) == EXPECTED


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_any_split_gives_the_same_events(cuts: list[int]) -> None:
    """So does any number of cuts, empty pieces included."""
    at = [0, *sorted(cuts), len(STREAM)]
    assert events([STREAM[a:b] for a, b in itertools.pairwise(at)]) == EXPECTED


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30), max_size=6), st.data())
def test_what_was_written_is_read(texts: list[str], data: st.DataObject) -> None:
    """Framing any texts and reading them back, in any pieces and with any line ends, returns them."""
    ends = [data.draw(st.sampled_from(["\n", "\r", "\r\n"])) for _ in texts]
    raw = "".join(f"data: {text}{end}{end}" for text, end in zip(texts, ends, strict=True)).encode()
    size = data.draw(st.integers(1, 9))
    assert events([raw[at : at + size] for at in range(0, len(raw), size)]) == texts


def test_an_event_without_its_blank_line_is_kept_at_the_end() -> None:
    """Servers that forget the last line end are forgiven."""
    assert events([b"data: a\n\ndata: [DONE]"]) == ["a", "[DONE]"]


def test_a_long_line_in_many_pieces_is_one_event() -> None:
    """Megabytes without a line end cost one joining, not one for each piece."""
    piece = b"x" * 65_536
    assert events([b"data: ", *([piece] * 256), b"\n\n"]) == [(piece * 256).decode()]


@given(st.integers(1, 40))
def test_json_lines_pass_whole_and_blank_ones_not_at_all(size: int) -> None:
    """One value a line, the last with or without its end."""
    raw = '{"a":"é"}\r\n\n{"b":2}\n  \n{"c":3}'.encode()
    framing = JsonLines()
    found = [line for at in range(0, len(raw), size) for line in framing.feed(raw[at : at + size])]
    assert found + framing.close() == ['{"a":"é"}'.encode(), b'{"b":2}', b'{"c":3}']
