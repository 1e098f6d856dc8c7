"""Official files: found, proven, or refused in one line that says what to do."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from pathlib import Path

import msgspec
import pytest
from public_files import public_file

from assay.core.errors import UserError
from assay.suites import load
from assay.suites.humaneval import FILE
from assay.suites.official_data import OfficialFile, read_official


def small(content: bytes, *, name: str = "small.jsonl", rows: int = 2) -> OfficialFile:
    digest = hashlib.sha256(content).hexdigest()
    address = "https://example.org/small"
    return OfficialFile(suite="small", name=name, address=address, sha256=digest, size=len(content), rows=rows)


ROWS = b'{"task_id": "a/0"}\n{"task_id": "a/1"}\n'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("small.jsonl", ROWS),
        ("small.jsonl", ROWS.replace(b"\n", b"\r\n\r\n")),
        ("small.jsonl.gz", gzip.compress(ROWS, mtime=0)),
        ("small.json", b'[{"task_id": "a/0"}, {"task_id": "a/1"}]'),
    ],
)
def test_every_form_is_read_in_place(name: str, content: bytes, tmp_path: Path) -> None:
    """JSON lines, packed or not, and one JSON list give the same rows."""
    (tmp_path / name).write_bytes(content)
    rows = read_official(small(content, name=name), at=tmp_path / name)
    assert rows == [{"task_id": "a/0"}, {"task_id": "a/1"}]


@pytest.mark.parametrize("name", ["humaneval", "humaneval:base", "mbpp", "mbpp-sanitized"])
def test_an_absent_file_is_named_with_its_place(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its data a suite says which file from where belongs where."""
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    with pytest.raises(UserError) as caught:
        load(name)
    said = str(caught.value)
    assert "https://github.com/" in said
    assert str(tmp_path / "data") in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (ROWS[:19], "1 tasks (1 different ones) instead of 2"),
        (ROWS + b'{"task_id": "a/2"}\n', "3 tasks"),
        (ROWS.replace(b"a/1", b"a/0"), "2 tasks (1 different ones) instead of 2"),
        (ROWS.replace(b"a/1", b"b/1"), "as many tasks, with another content"),
        (b"<html>not found</html>", "cannot be read"),
        (b"", "0 bytes instead of 38"),
    ],
)
def test_a_changed_file_is_refused_with_what_differs(content: bytes, what: str, tmp_path: Path) -> None:
    """A file that is not the official one gives no number; the line says how it differs."""
    (tmp_path / "small.jsonl").write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_official(small(ROWS), at=tmp_path / "small.jsonl")
    assert what in str(caught.value)
    assert "https://example.org/small" in str(caught.value)


def test_a_torn_download_is_refused(tmp_path: Path) -> None:
    """Half a packed file is refused, whatever its unpacking raises."""
    packed = gzip.compress(ROWS)
    (tmp_path / "small.jsonl.gz").write_bytes(packed[:-9])
    with pytest.raises(UserError, match="cannot be read as what it should be"):
        read_official(small(packed, name="small.jsonl.gz"), at=tmp_path / "small.jsonl.gz")
    (tmp_path / "small.jsonl.gz").write_bytes(ROWS)
    with pytest.raises(UserError, match="it is not packed"):
        read_official(small(packed, name="small.jsonl.gz"), at=tmp_path / "small.jsonl.gz")


def test_the_real_file_is_found_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The official HumanEval file, put where the message says, is all that the suite needs."""
    source = public_file("humaneval/HumanEval.jsonl.gz")
    (tmp_path / "data" / "humaneval").mkdir(parents=True)
    shutil.copy(source, tmp_path / "data" / "humaneval" / FILE.name)
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    suite = load("humaneval")
    assert len(suite.tasks) == 164
    assert suite.pinned
    assert msgspec.json.encode(suite)
