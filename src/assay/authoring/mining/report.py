"""The report of a symptom, from a commit's message: without who signed it, and without the fix itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TRAILER = re.compile(
    r"(?:[A-Z][\w-]*-[Bb]y|Change-Id|Cc|git-svn-id|Reviewed-on|Bug-Url|Release-Note|Co-Authored-By)\s*:.*"
    r"|\(cherry picked from commit [0-9a-f]+\)"
    r"|\[(?:ci skip|skip ci)\]|-{5,}"
)
_DIFF_BEGINS = re.compile(r"diff --git |--- [^ ].*|Index: |@@ -\d+")
_DIFF_GOES_ON = re.compile(r"[-+ @]|diff |index |Index: |new file|deleted file|similarity|rename |={10,}|$")
_MERGES = re.compile(
    r"Merge commit from fork|Merge pull request #\d|Merge (?:remote-tracking )?(?:branch|tag|commit) |Auto merge of #\d"
    r"|Merged? (?:in \S+ \(|PR |#\d)"
)
"""Titles that services and git write."""
_CONFLICTS = re.compile(r"^(?:# ?)?Conflicts:", re.MULTILINE)
"""What git itself adds to a merge, up to the end."""
_LONGEST = 12_000
_LEAST = 12
"""Letters without which a message says nothing."""


def report_of(message: str, *merged: str) -> tuple[str, str]:
    """A title and a report; both empty where the message says too little to work from. A merge's own message is that
    of the change where it has more than what was merged, else the messages of the `merged` commits are."""
    title, _, body = message.partition("\n")
    text = _stripped(_CONFLICTS.split(body if _MERGES.match(title) else message)[0])
    if merged and not _says_something(text):
        text = _stripped("\n\n".join(merged))
    if not _says_something(text):
        return "", ""
    title, _, body = text.partition("\n")
    return title.strip(), body.strip()


def _says_something(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= _LEAST


def _stripped(message: str) -> str:
    lines = []
    in_diff = False
    for line in message[:_LONGEST].replace("\r", "").expandtabs(4).split("\n"):
        in_diff = bool(_DIFF_BEGINS.match(line)) or (in_diff and bool(_DIFF_GOES_ON.match(line)))
        if not in_diff and not _TRAILER.fullmatch(line.strip()):
            lines.append("".join(c for c in line.rstrip() if c.isprintable()))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def prompt_of(title: str, body: str, names: Sequence[str] = (), texts: Sequence[str] = ()) -> str:
    """What a model is asked. `names` and `texts` are what tests use and the report does not say."""
    quoted = "".join(f">{' ' * bool(line)}{line}\n" for line in ["", *body.split("\n")]) if body else ""
    return (
        "This is the report of a change that this repository needs, in the words of who made it. Make the change, and "
        f"keep everything else working.\n\n> **{title}**\n{quoted}"
        + _listed("The tests use these names, which are not there yet:", names)
        + _listed("The tests look for these texts, letter for letter:", texts)
    )


def _listed(title: str, words: Sequence[str]) -> str:
    return f"\n{title}\n\n{''.join(f'- `{word}`{chr(10)}' for word in words)}" if words else ""


def slug_of(title: str) -> str:
    """A short name for a folder."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    return "-".join(words)[:40].strip("-") or "change"
