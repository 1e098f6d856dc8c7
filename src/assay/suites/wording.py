"""How a task of a folder is put to a model: its prompt, the files there are, and the form of the reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.core.messages import Message
from assay.core.task import Ask, Extract
from assay.formats.extract import render_files
from assay.formats.numbered_diff import numbered, read_diff
from assay.suites.review_task import CHANGE

PROTOCOL = "folder/1"
"""Bumped by hand when this wording, or how folders are judged, can change a verdict."""


REVIEW_CLOSING = (
    "Reply with one fenced block of JSON that holds the list of all findings, and nothing else: "
    '`[{"file": "…", "line": 1, "kind": "…"}]`.'
)


def build_ask(prompt: str, files: dict[str, str], extract: Extract, *, language: str, rules: str = "") -> Ask:
    """One message of the user: what to do, by which rules it is judged where that is not plain, what there is, and in
    which form to reply."""
    shown = _shown(files, "as they are now", "as it is now", language)
    return _said(prompt.strip(), *filter(None, [rules]), *shown, closing(extract))


def build_review_ask(prompt: str, files: dict[str, str], grading: Mapping[str, Any], *, language: str) -> Ask:
    """One message of the user: what to review, its lines numbered, and by which rule findings are right."""
    others = {path: text for path, text in files.items() if path != CHANGE}
    change = "\n".join(numbered(one) for one in read_diff(files[CHANGE]))
    kinds = "\n".join(f"- `{kind}`: {meaning}" for kind, meaning in grading["kinds"].items())
    return _said(
        prompt.strip(),
        *_shown(others, "before the change", "before the change", language),
        "The change, with the line numbers of the new files at the left:",
        render_files({CHANGE: change}, language="").strip(),
        "Report the defects that this change brings in: a finding for each, with its file, its line in the new file, "
        f"and its kind, which is one of these:\n\n{kinds}",
        f"A finding is right if there is a defect of its kind in its file, {_at_most(grading['tolerance'], 'line')} "
        "away; each other finding is a false alarm. What is only a matter of taste, or was there before, is no defect. "
        f"The review passes if it finds every defect, with {_at_most(grading['false_alarms'], 'false alarm')}.",
        REVIEW_CLOSING,
    )


def _at_most(count: int, what: str) -> str:
    return f"at most {count} {what}{'' if count == 1 else 's'}"


def _said(*parts: str) -> Ask:
    return Ask(messages=(Message("user", "\n\n".join(parts) + "\n"),))


def _shown(files: dict[str, str], many: str, one: str, language: str) -> list[str]:
    if not files:
        return []
    words = f"The files {many}:" if len(files) > 1 else f"The file {one}:"
    return [words, render_files(files, language=language).strip()]


def closing(extract: Extract) -> str:
    """The form of a reply that holds code."""
    if extract.form == "file":
        return f"Reply with the complete content of `{extract.path}` in one fenced code block."
    return (
        "Reply with the complete content of each file that you create or change: one fenced code block per file, "
        "with its path alone on the line before the block."
    )
