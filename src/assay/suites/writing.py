"""Folders of tasks, written: into a place that holds nothing yet, with one line where that cannot be."""

from __future__ import annotations

from pathlib import Path

from assay.core.errors import UserError
from assay.formats.toml_text import toml_text


def begin_suite(root: Path, *, title: str, name: str = "", licence: str = "") -> Path:
    """Its suite.toml; the suite is called as its folder unless `name` says otherwise."""
    refuse_full(root)
    table = {"name": plain_name(name or root.resolve().name), "version": "1", "title": title, "licence": licence}
    return put(root / "suite.toml", toml_text({key: value for key, value in table.items() if value}))


def plain_name(name: str) -> str:
    """As a suite may be called."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name).strip("-_.") or "my-suite"


def refuse_full(root: Path) -> None:
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UserError(f"{root} exists already and is not empty; choose another name")


def put(path: Path, content: str | bytes) -> Path:
    """The file and the folders above it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except UnicodeEncodeError as error:
        raise UserError(f"{path} cannot be written: {error}") from error
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from error
    return path
