"""The pickles of LiveCodeBench are read as data: one string, or nothing."""

from __future__ import annotations

import base64
import os
import pickle
import pickletools
import zlib
from pathlib import Path

import pytest
from contest_data import packed
from hypothesis import given
from hypothesis import strategies as st

from assay.formats.pickled_text import looks_packed, unpack_text, unpickle_text


def deflated(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data)).decode()


class Calls:
    """Its pickle runs a function when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (str(self.path),))


@given(st.text(st.characters(), max_size=600), st.integers(0, pickle.HIGHEST_PROTOCOL))
def test_every_pickled_string_comes_back(text: str, protocol: int) -> None:
    """Whatever the protocol that a pickler writes in, if it writes strings as lengths and bytes."""
    if protocol == 0:
        return
    assert unpickle_text(pickle.dumps(text, protocol)) == text
    assert unpickle_text(pickletools.optimize(pickle.dumps(text, protocol))) == text


def test_long_strings_come_back() -> None:
    """Strings of more than a frame, as real tests are."""
    text = "0123456789\n" * 100_000
    assert unpack_text(packed(text)) == text
    assert looks_packed(packed(text))


@pytest.mark.parametrize(
    "value",
    [None, 1, b"bytes", ["text"], ("text",), {"input_output": "text"}, {"text"}, os.getcwd, ValueError("text")],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("protocol", [0, 2, 4])
def test_anything_else_is_refused(value: object, protocol: int) -> None:
    """A pickle that holds something else, be it harmless, is no tests."""
    with pytest.raises(ValueError, match="pickle"):
        unpickle_text(pickle.dumps(value, protocol))
    assert not looks_packed(deflated(pickle.dumps(value, protocol)))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_that_would_run_something_runs_nothing(tmp_path: Path, protocol: int) -> None:
    """Loaded by pickle it makes a folder; here it is refused, and there is none."""
    evil = pickle.dumps(Calls(tmp_path / "made"), protocol)
    for data in (evil, pickle.dumps("text", protocol)[:-1] + evil, pickle.dumps("text", protocol) + evil):
        with pytest.raises(ValueError, match=r"."):
            unpack_text(deflated(data))
    assert not (tmp_path / "made").exists()


@given(st.binary(max_size=60))
def test_noise_is_refused_in_one_way(data: bytes) -> None:
    """Whatever the bytes, it is a text or a ValueError."""
    for read in (unpickle_text, lambda data: unpack_text(deflated(data))):
        try:
            assert isinstance(read(data), str)
        except ValueError:
            continue


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_torn_text_is_refused(cut: int) -> None:
    """What ends before its end is no tests, wherever it was cut."""
    whole = packed("some tests " * 20)
    for torn in (whole[:-cut], deflated(pickle.dumps("some tests " * 20)[:-cut])):
        with pytest.raises(ValueError, match=r"."):
            unpack_text(torn)


def test_unpacking_is_bounded() -> None:
    """A few kilobytes that would become a gigabyte are refused before they do."""
    bomb = deflated(pickle.dumps("0" * 50_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(ValueError, match="more than 1,000,000 bytes"):
        unpack_text(bomb, largest=1_000_000)
