r"""A page of the documentation as a test sees it: files to write, commands to run, and what they should print.

- A fenced `console` block is run. A line that begins with `$ ` is a command (it goes on below a `\` at its end),
  the lines up to the next one, if any, are its whole output: `…` stands for any text, a line of `…` alone for
  any lines, and runs of spaces count as one. A command ends with exit code 0, unless `$ echo $?` follows and
  says otherwise. A command that ends with ` &` stays in the background until the page ends.
- A fenced block after `<!-- file: NAME -->` is written to NAME.
- A fenced `sh` block is not run; its flags are checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))

_FENCE = re.compile(
    r"^(?:<!-- file: (?P<file>\S+) -->\n+)?(?P<tick>`{3,})(?P<word>\w*)\n(?P<body>.*?)^(?P=tick)$", re.M | re.S
)
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_ANY = re.compile(r"…|\s+")


class Written(NamedTuple):
    """A file that the page shows."""

    name: str
    text: str


class Command(NamedTuple):
    """A command, and the lines that the page shows below it."""

    line: str
    shown: list[str]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> Iterator[re.Match[str]]:
    return _FENCE.finditer(page.read_text(encoding="utf-8"))


def steps(page: Path) -> list[Written | Command]:
    """What the page has its reader do, in order."""
    found: list[Written | Command] = []
    for block in blocks(page):
        if block["file"]:
            found.append(Written(block["file"], block["body"]))
        elif block["word"] == "console":
            found += _commands(block["body"])
    return found


def _commands(body: str) -> Iterator[Command]:
    lines = body.splitlines()
    assert lines[0].startswith("$ "), f"a console block begins with a command, not with {lines[0]!r}"
    while lines:
        line = lines.pop(0).removeprefix("$ ")
        while line.endswith("\\"):
            line = line[:-1] + lines.pop(0).strip()
        shown = []
        while lines and not lines[0].startswith("$ "):
            shown.append(lines.pop(0))
        yield Command(line, shown)


def unrun_commands(page: Path) -> list[str]:
    """The `assay` commands of `sh` blocks."""
    bodies = [block["body"].replace("\\\n", " ") for block in blocks(page) if block["word"] == "sh"]
    lines = [line.partition("  #")[0].strip() for body in bodies for line in body.splitlines()]
    return [line for line in lines if re.match(r"(\w+=\S+ )*assay ", line)]


def links(page: Path) -> list[str]:
    """Where the page points to, other sites apart."""
    prose = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return [link["target"] for link in _LINK.finditer(prose) if "://" not in link["target"]]


def headings(page: Path) -> set[str]:
    """Anchors of the page, as GitHub makes them."""
    found = re.findall(r"^#+ +(.*)$", _FENCE.sub("", page.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in found}


def differs(shown: list[str], printed: str) -> str:
    """Empty when `printed` is what the page shows; else the first shown line that is not there."""
    rest = [line.rstrip() for line in printed.splitlines()]
    skipping = False
    for line in shown:
        if line.strip() == "…":
            skipping = True
            continue
        pattern = _pattern(line)
        while rest and skipping and not pattern.fullmatch(rest[0]):
            rest.pop(0)
        if not rest or not pattern.fullmatch(rest[0]):
            return f"the page shows {line!r}, there was {rest[0] if rest else 'nothing more'!r}"
        rest.pop(0)
        skipping = False
    return f"the page shows no more, there was {rest[0]!r}" if rest and not skipping else ""


def _pattern(line: str) -> re.Pattern[str]:
    parts = _ANY.split(line.strip())
    marks = _ANY.findall(line.strip())
    text = re.escape(parts[0])
    for mark, part in zip(marks, parts[1:], strict=True):
        text += (".*" if mark == "…" else r"\s+") + re.escape(part)
    return re.compile(r"\s*" + text)
