"""The compiled locks: made where there is a compiler, and done without where there is none or they cannot be used."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.sandboxes.box import Command
from assay.sandboxes.linux import native
from assay.sandboxes.linux.births import Wish
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains.base import tool


@pytest.fixture(autouse=True)
def forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache of its own, and nothing remembered before or after."""
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    native.library.cache_clear()
    yield tmp_path
    native.library.cache_clear()


def test_they_are_made_once(forgotten: Path) -> None:
    """With a compiler there is one library in the cache, and it stays the same."""
    if tool("cc") is None:
        pytest.skip("no C compiler here")
    made = native.library()
    assert made.startswith(str(forgotten))
    native.library.cache_clear()
    assert native.library() == made


def test_what_cannot_be_loaded_is_done_without(forgotten: Path) -> None:
    """A library that is damaged, or lies where nothing may be executed, is not used."""
    if tool("cc") is None:
        pytest.skip("no C compiler here")
    code = "from assay.sandboxes.linux.native import library; print(library())"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True).stdout
    Path(made.strip()).write_bytes(b"no library")
    assert native.library() == ""


def test_a_wish_fits_into_its_message() -> None:
    """What is longer than the library has room for would be cut off in silence."""
    if not native.library():
        pytest.skip("no C compiler here")
    room = ctypes.c_long.in_dll(ctypes.PyDLL(native.library()), "assay_room").value
    assert ctypes.sizeof(Wish) <= room


@pytest.mark.parametrize("native_code", [True, False])
async def test_a_warm_command_finds_its_environment(allowed: None, native_code: bool) -> None:
    """What the pool was told of and what the command says are there, and nothing else."""
    here = [str(Path(__file__).parent)]
    pool = LinuxBoxes(1, (), ["warm_entries:environment"], preload_from=here, native=native_code, warm_env={"A": "1"})
    try:
        for env in ({"A": "1"}, {"A": "1", "B": "2"}, {"A": "3"}, {"B": "2"}, {}):
            async with pool.enter() as box:
                done = await box.run(Command(warm="warm_entries:environment", env=env))
            assert done.stdout.decode() == repr(sorted(env.items()))
    finally:
        await pool.close()


@pytest.mark.parametrize("native_code", [True, False])
async def test_a_warm_command_sees_its_own_processes_if_it_asks(allowed: None, native_code: bool) -> None:
    """What /proc calls it is what it is called."""
    here = [str(Path(__file__).parent)]
    pool = LinuxBoxes(1, (), ["warm_entries:processes"], preload_from=here, native=native_code)
    try:
        async with pool.enter() as box:
            done = await box.run(Command(warm="warm_entries:processes", own_proc=True))
            again = await box.run(Command(warm="warm_entries:processes", own_proc=True))
        assert (done.stdout, again.stdout) == (b"['1', '2'] True", b"['1', '2'] True"), done.stderr
    finally:
        await pool.close()
