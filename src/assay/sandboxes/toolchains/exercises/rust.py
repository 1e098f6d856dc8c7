"""Rust exercises: `cargo test -- --include-ignored`, with crates from a folder of sources instead of a network."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any

from assay.sandboxes.toolchains.base import Toolchain, ask, system_mounts, tool
from assay.sandboxes.toolchains.exercises.project import Project, needed

_DEBIAN = Path("/usr/share/cargo/registry")
SETUP = """set -e
mkdir -p "$CARGO_HOME"
printf '[source.crates-io]\\nreplace-with = "here"\\n[source.here]\\ndirectory = "%s"\\n' "$1" \\
    > "$CARGO_HOME/config.toml"
"""
_SCRIPT = f"{SETUP}exec cargo test -- --include-ignored"
_SAMPLE = {
    "Cargo.toml": '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n',
    "src/lib.rs": "pub fn twice(number: u32) -> u32 {\n    2 * number\n}\n",
    "tests/sample.rs": "#[test]\n#[ignore]\nfn twice() {\n    assert_eq!(sample::twice(2), 4);\n}\n",
}


def find(base: Toolchain) -> Toolchain | str:
    sysroot = Path(ask(tool("rustc") or "rustc", "--print", "sysroot"))
    if not (sysroot / "bin" / "cargo").is_file():
        return "rustc was found, but no cargo beside it: install cargo (rustup, or Debian: cargo)"
    crates = next((folder for folder in (*needed("crates"), _DEBIAN) if folder.is_dir()), _DEBIAN)
    return Project(
        base,
        _SCRIPT,
        crates,
        version=ask(sysroot / "bin" / "cargo", "--version").partition(" (")[0],
        sample=_SAMPLE,
        env={
            "PATH": f"{sysroot}/bin:/usr/local/bin:/usr/bin:/bin",
            "CARGO_HOME": "/tmp/cargo",
            "CARGO_NET_OFFLINE": "true",
            "CARGO_TERM_COLOR": "never",
            "CARGO_INCREMENTAL": "0",
            "CARGO_PROFILE_DEV_DEBUG": "0",
        },
        mounts=system_mounts(sysroot, crates),
        lacks=partial(_lacks, crates),
    )


def _lacks(crates: Path, files: Mapping[str, str]) -> str:
    """The crates that the project names and that are not among the sources."""
    named = {name for described in _built(files) for name in _fetched(described)}
    there = {re.sub(r"-\d[^-]*$", "", folder.name) for folder in crates.iterdir()} if crates.is_dir() else set()
    missing = sorted(named - there)
    return f"the sources of {', '.join(missing)} are not in {crates} (Debian: librust-…-dev)" if missing else ""


def _built(files: Mapping[str, str]) -> list[dict[str, Any]]:
    """What describes the outermost package and those of its workspace: what else lies in the tree, as folders for
    fuzzing do, is not built with them."""
    described = {}
    for path, text in files.items():
        folder, _, name = path.rpartition("/")
        if name == "Cargo.toml":
            with suppress(tomllib.TOMLDecodeError):
                described[folder] = tomllib.loads(text)
    if not described:
        return []
    top = min(described, key=lambda folder: (folder.count("/") + bool(folder), folder))
    members = _table(described[top], "workspace").get("members")
    patterns = (
        [f"{top}/{one}".strip("/") for one in members if isinstance(one, str)] if isinstance(members, list) else []
    )
    inside = [folder for folder in described if any(fnmatchcase(folder, pattern.rstrip("/")) for pattern in patterns)]
    return [described[folder] for folder in dict.fromkeys((top, *inside))]


def _fetched(described: Mapping[str, Any]) -> Iterator[str]:
    """The crates that it takes from elsewhere, by their own names."""
    parts = (described, _table(described, "workspace"))
    wanted = [_table(part, f"{kind}dependencies") for part in parts for kind in ("", "dev-", "build-")]
    for name, how in (one for table in wanted for one in table.items()):
        if not isinstance(how, dict):
            yield name
        elif "path" not in how and "workspace" not in how:
            yield str(how.get("package", name))


def _table(described: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = described.get(key)
    return found if isinstance(found, dict) else {}
