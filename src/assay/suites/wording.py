"""How a task of a folder is put to a model: its prompt, the files there are, and the form of the reply."""

from __future__ import annotations

from assay.core.messages import Message
from assay.core.task import Ask, Extract
from assay.formats.extract import render_files

PROTOCOL = "folder/1"
"""Bumped by hand when this wording, or how folders are judged, can change a verdict."""


def build_ask(prompt: str, files: dict[str, str], extract: Extract, *, language: str) -> Ask:
    """One message of the user: what to do, what there is, and in which form to reply."""
    parts = [prompt.strip()]
    if files:
        parts.append("The files as they are now:" if len(files) > 1 else "The file as it is now:")
        parts.append(render_files(files, language=language).strip())
    parts.append(_closing(extract))
    return Ask(messages=(Message("user", "\n\n".join(parts) + "\n"),))


def _closing(extract: Extract) -> str:
    if extract.form == "file":
        return f"Reply with the complete content of `{extract.path}` in one fenced code block."
    return (
        "Reply with the complete content of each file that you create or change: one fenced code block per file, "
        "with its path alone on the line before the block."
    )
