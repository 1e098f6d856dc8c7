"""What `assay suites get` fetches for MultiPL-E: the file of the makers' own repository."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from public_rows import public, real_suite

from assay.core.errors import UserError
from assay.suites import load, official_files
from assay.suites.multipl_e import PARTS
from assay.suites.official_data import place_of

FIELDS = ("name", "language", "prompt", "doctests", "original", "prompt_terminology", "tests", "stop_tokens")


def as_in_the_repository(code: str) -> bytes:
    """The hub's rows, written as that file writes them."""
    hub = public(f"multipl_e/humaneval-{code}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = sorted(map(json.loads, hub), key=lambda row: str(row["name"]))
    return "".join(json.dumps({field: row[field] for field in FIELDS}) + "\n" for row in rows).encode()


@pytest.mark.parametrize("code", ["cpp", "go", "java", "js", "php", "rs", "sh", "ts"])
def test_its_rows_are_the_hubs(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pinned file is, to the byte, what the hub's rows make; it gives the same version, and no other is taken."""
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    (file,) = official_files(f"multipl-e:{code}")
    content = as_in_the_repository(code)
    assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
    place_of(file).parent.mkdir(parents=True)
    place_of(file).write_bytes(content)
    fetched = load(f"multipl-e:{code}:base")
    assert (fetched.version, len(fetched.tasks)) == (real_suite(code).version, file.rows)
    place_of(file).write_bytes(content.replace(b"true", b"else", 1))
    with pytest.raises(UserError, match="is not the official"):
        load(f"multipl-e:{code}")


def test_every_language_has_its_file() -> None:
    """All but C#'s HumanEval, whose functions are commented out there; and a language that is none says so."""
    names = [file.name for part in PARTS for file in official_files(f"multipl-e:{part}:base")]
    assert len(set(names)) == len(names) == len(PARTS) - 1
    assert official_files("multipl-e:csharp") == official_files("multipl-e") == ()
    with pytest.raises(UserError, match="did you mean “rust”"):
        official_files("multipl-e:rus")
