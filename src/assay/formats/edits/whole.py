"""The edit format `whole`: a listing of each file that changes, under a line with its name."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from assay.formats.edits.applied import DEFAULT_FENCE, Applied, Fence, plain_path

_LONGEST_NAME = 250


class _Listing(msgspec.Struct, frozen=True):
    path: str
    trust: int
    """How its name was found: 0 on the line before the fence, 1 in the words before, 2 as the only file there is."""
    lines: list[str]


class _Nameless(Exception):
    pass


def apply(reply: str, files: Mapping[str, str], *, fence: Fence = DEFAULT_FENCE) -> Applied:
    """Each file becomes the first of its most trusted listings."""
    try:
        listings = sorted(_listings(reply, tuple(files), fence), key=lambda one: one.trust)
    except _Nameless:
        problem = (
            f"A listing that opens with {fence[0]} does not say which file it is: put the name on the line above it."
        )
        return Applied(files=dict(files), problem=problem)
    changed: dict[str, str] = {}
    for listing in listings:
        path = plain_path(listing.path)
        if path and path not in changed:
            changed[path] = "".join(listing.lines)
    return Applied(files={**files, **changed}, edited=tuple(changed))


def _listings(reply: str, known: tuple[str, ...], fence: Fence) -> list[_Listing]:
    found: list[_Listing] = []
    quoted = {f"`{path}`": path for path in known}
    mentioned = ""
    path, trust = "", 0
    lines: list[str] | None = None
    before = ""
    for line in reply.splitlines(keepends=True):
        if line.startswith(fence):
            if lines is not None:
                found.append(_Listing(path, trust, lines))
                lines, mentioned = None, ""
            else:
                path, trust = _name_of(before, known, mentioned)
                lines = []
        elif lines is not None:
            lines.append(line)
        else:
            words = (quoted.get(word.rstrip(".:,;!")) for word in line.split())
            mentioned = next(reversed([word for word in words if word]), mentioned)
        before = line
    if lines is not None:
        found.append(_Listing(path, trust, lines))
    return found


def _name_of(before: str, known: tuple[str, ...], mentioned: str) -> tuple[str, int]:
    name = before.strip().strip("*").rstrip(":").strip("`").lstrip("#").strip()
    if len(name) > _LONGEST_NAME:
        name = ""
    last = name.replace("\\", "/").rpartition("/")[2]
    if name and name not in known and last in known:
        return last, 0
    if name:
        return name, 0
    if mentioned:
        return mentioned, 1
    if len(known) == 1:
        return known[0], 2
    raise _Nameless


def render(wanted: Mapping[str, str], files: Mapping[str, str]) -> str:
    """A listing of each file."""
    return "\n".join(_listed(path, text) for path, text in wanted.items() if files.get(path) != text)


def _listed(path: str, text: str) -> str:
    end = "" if not text or text.endswith("\n") else "\n"
    return f"{path}\n```\n{text}{end}```\n"
