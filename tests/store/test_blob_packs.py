"""Blobs: each once, found again after a restart, torn packs cut, damage noticed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.core.errors import StorageError
from assay.store import blobs as packs
from assay.store.blobs import BlobStore


@given(st.lists(st.binary(max_size=300), max_size=30))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_blob_comes_back_by_its_hash(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    """Whatever was put is got, by the writer, by a reader beside it and after a restart."""
    folder = tmp_path_factory.mktemp("blobs")
    store = BlobStore(folder, write=True)
    names = [store.put(data) for data in contents]
    beside, after = BlobStore(folder), BlobStore(folder, write=True)
    for name, data in zip(names, contents, strict=True):
        assert name == hashlib.sha256(data).hexdigest()
        assert store.get(name) == beside.get(name) == after.get(name) == data
    for one in (store, beside, after):
        one.close()


def test_each_is_kept_once(tmp_path: Path) -> None:
    """The same content takes no room a second time, in this process or the next."""
    store = BlobStore(tmp_path, write=True)
    store.put(b"a prompt" * 100)
    size = (tmp_path / "pack-000.bin").stat().st_size
    store.put(b"a prompt" * 100)
    store.close()
    again = BlobStore(tmp_path, write=True)
    again.put(b"a prompt" * 100)
    again.close()
    assert (tmp_path / "pack-000.bin").stat().st_size == size


def test_a_reader_sees_what_a_live_writer_adds(tmp_path: Path) -> None:
    """A store opened before a blob was written finds it afterwards."""
    writer, reader = BlobStore(tmp_path, write=True), BlobStore(tmp_path)
    first = writer.put(b"first")
    assert reader.get(first) == b"first"
    second = writer.put(b"second")
    assert reader.get(second) == b"second"
    writer.close()
    reader.close()


@pytest.mark.parametrize("tail", [b"x", b"y" * 39, b"\x00" * 500, b"z" * 32 + b"\xff\xff\x00\x00\x05\x00\x00\x00abc"])
def test_a_torn_pack_is_cut_back(tmp_path: Path, tail: bytes) -> None:
    """What a kill or a power cut left at the end harms neither old blobs nor new ones."""
    store = BlobStore(tmp_path, write=True)
    old = store.put(b"old" * 50)
    store.close()
    with (tmp_path / "pack-000.bin").open("ab") as file:
        file.write(tail)
    reader = BlobStore(tmp_path)
    assert reader.get(old) == b"old" * 50
    reader.close()
    store = BlobStore(tmp_path, write=True)
    new = store.put(b"new")
    store.close()
    last = BlobStore(tmp_path)
    assert (last.get(old), last.get(new)) == (b"old" * 50, b"new")
    last.close()


def test_packs_roll_over_and_the_index_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of blobs over several packs are all found, in little memory each."""
    monkeypatch.setattr(packs, "_PACK_BYTES", 20_000)
    store = BlobStore(tmp_path, write=True)
    names = [store.put(b"blob %d" % number) for number in range(3000)]
    store.close()
    assert len(list(tmp_path.glob("pack-*.bin"))) > 3
    again = BlobStore(tmp_path)
    assert all(again.get(name) == b"blob %d" % number for number, name in enumerate(names))
    again.close()


def test_damage_and_absence_are_errors(tmp_path: Path) -> None:
    """A blob is never returned under another's hash."""
    store = BlobStore(tmp_path, write=True)
    name = store.put(b"precious" * 20)
    store.close()
    pack = tmp_path / "pack-000.bin"
    data = bytearray(pack.read_bytes())
    data[-1] ^= 0xFF
    pack.write_bytes(data)
    store = BlobStore(tmp_path)
    with pytest.raises(StorageError, match="damaged"):
        store.get(name)
    with pytest.raises(StorageError, match="no blob"):
        store.get("0" * 64)
    store.close()
