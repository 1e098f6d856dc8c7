"""The shell texts, run by the shells of this machine: every byte and every name survives them."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assay.sandboxes.containers import scripts

CHARACTERS = st.characters(codec="utf-8", exclude_characters="/\0")
NAMES = st.text(CHARACTERS, min_size=1, max_size=12).filter(
    lambda name: name not in (".", "..") and len(name.encode()) < 100
)
SHELLS = [name for name in ("dash", "bash", "busybox") if shutil.which(name)]


def run(shell: str, text: str, *, stdin: bytes = b"") -> bytes:
    command = [shell, *(["sh"] if shell == "busybox" else []), "-c", scripts.READ_LINE]
    return subprocess.run(command, input=scripts.line(text) + stdin, capture_output=True, check=True).stdout


@pytest.mark.parametrize("shell", SHELLS)
@example(files={"\\": b"-\0", "a\nb": b"-e", "-n": b"", "'\"$(x)": b"\\n%d", "*": b"\xff"})
@given(files=st.dictionaries(NAMES, st.binary(max_size=300), max_size=3))
@settings(max_examples=15, deadline=None)
def test_files_arrive_byte_by_byte(
    shell: str, files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a file is called and holds, it is written so, read so, and listed under its name."""
    folder = tmp_path_factory.mktemp("files")
    run(shell, scripts.into(str(folder)) + scripts.writes(files, otherwise="exit 9"))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
    for name, data in files.items():
        assert run(shell, scripts.take(str(folder), name, 1000)) == data
    assert set(scripts.listed(run(shell, scripts.listing(str(folder))))) == set(files)


@given(words=st.lists(st.text(st.characters(exclude_characters="\0"), max_size=20)))
@settings(max_examples=30, deadline=None)
def test_words_survive_quoting(words: list[str]) -> None:
    """No character has a meaning of its own, and the text stays one line."""
    words = [word.encode("utf-8", "replace").decode() for word in words]
    text = "printf '%s\\0' " + " ".join(map(scripts.quoted, ["", *words]))
    assert scripts.line(text).count(b"\n") == 1
    assert run("sh", text) == b"".join(word.encode() + b"\0" for word in ["", *words])
