"""The edit format `diff`: blocks of lines to search for and lines to replace them with.

A block's lines are looked for exactly, then whatever their common indentation, then with a blank first line left
out, then in pieces around lines of three dots; in the file that is named, then in the other files.
"""

from __future__ import annotations

from collections.abc import Mapping

from assay.formats.edits.applied import DEFAULT_FENCE, Applied, Budget, Fence, Malformed, plain_path, with_newline
from assay.formats.edits.blocks import Block, read_blocks
from assay.formats.edits.lines import replace_exactly, replace_reindented
from assay.formats.edits.similar import similar_lines

_PIECES = 100
_EXPLAINED = 10
"""Blocks that a failure is explained for at length."""


def apply(reply: str, files: Mapping[str, str], *, fence: Fence = DEFAULT_FENCE) -> Applied:
    """What every block that matches makes of the files. Without blocks, nothing changes."""
    budget = Budget()
    after = dict(files)
    edited: dict[str, None] = {}
    failed: list[Block] = []
    passed = 0
    try:
        blocks = [block for block in read_blocks(reply, fence=fence, known=tuple(files)) if plain_path(block.path)]
        for block in blocks:
            path = _apply_block(block, after, fence, budget)
            if path:
                edited[path] = None
                passed += 1
            else:
                failed.append(block)
    except Malformed as error:
        return Applied(files=after, edited=tuple(edited), problem=str(error))
    problem = _explain(failed, passed, after, fence) if failed else ""
    return Applied(files=after, edited=tuple(edited), problem=problem)


def _apply_block(block: Block, files: dict[str, str], fence: Fence, budget: Budget) -> str:
    """The path of the file that it changed, or nothing."""
    named = plain_path(block.path)
    search = _unwrapped(block.search, block.path, fence)
    new = _unwrapped(block.replace, block.path, fence)
    if not search.strip():
        files[named] = files.get(named, "") + new
        return named
    for path in dict.fromkeys((named, *files)):
        text = files.get(path, "")
        budget.spend(len(text) + len(search) + len(new))
        changed = replaced(text, search, new) if text else None
        if changed:
            files[path] = changed
            return path
    return ""


def replaced(text: str, search: str, new: str) -> str | None:
    """`text` after one block, or None where the block does not match."""
    text, search, new = with_newline(text), with_newline(search), with_newline(new)
    found = _replaced_at_once(text, search, new)
    first, _, rest = search.partition("\n")
    if found is None and not first.strip() and rest.count("\n") > 1:
        found = _replaced_at_once(text, rest, new)
    return _replaced_in_pieces(text, search, new) if found is None else found


def _replaced_at_once(text: str, search: str, new: str) -> str | None:
    found = replace_exactly(text, search, new)
    return replace_reindented(text, search, new) if found is None else found


def _replaced_in_pieces(text: str, search: str, new: str) -> str | None:
    """Around lines of three dots: what stands between them must be there just once, as it is."""
    old, fresh = _pieces(search), _pieces(new)
    if len(old) != len(fresh) or not 1 < len(old) <= _PIECES or old[1::2] != fresh[1::2]:
        return None
    for part, put in zip(old[::2], fresh[::2], strict=True):
        if not part:
            text = with_newline(text) + put if put else text
        elif text.count(part) == 1:
            text = text.replace(part, put, 1)
        else:
            return None
    return text


def _pieces(text: str) -> list[str]:
    """Text and, at odd places, what elides: a line of dots with the blank lines before it."""
    pieces: list[list[str]] = [[]]
    blank: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.lstrip() == "...\n":
            pieces += [[*blank, line], []]
            blank = []
        elif not line.strip():
            blank.append(line)
        else:
            pieces[-1] += [*blank, line]
            blank = []
    pieces[-1] += blank
    return ["".join(piece) for piece in pieces]


def _unwrapped(text: str, path: str, fence: Fence) -> str:
    """Without a fence around it, and a line with the file's name before."""
    lines = text.splitlines()
    if lines and lines[0].strip().endswith(path.rpartition("/")[2]):
        lines = lines[1:]
    if len(lines) > 1 and lines[0].startswith(fence[0]) and lines[-1].startswith(fence[1]):
        lines = lines[1:-1]
    return with_newline("\n".join(lines))


# --- words for the model ----------------------------------------------------------------------------


def _explain(failed: list[Block], passed: int, files: Mapping[str, str], fence: Fence) -> str:
    said = [
        f"{len(failed)} of {len(failed) + passed} edit blocks were not applied: nothing matches their SEARCH lines.\n"
    ]
    for block in failed[:_EXPLAINED]:
        said.append(f"\nIn {block.path}:\n<<<<<<< SEARCH\n{block.search}=======\n{block.replace}>>>>>>> REPLACE\n")
        text = files.get(plain_path(block.path), "")
        if near := similar_lines(block.search, text):
            said.append(f"The file has these lines, which are much alike:\n{fence[0]}\n{near}\n{fence[1]}\n")
        if block.replace and block.replace in text:
            said.append("What this block would put in is in the file already.\n")
    said.append("\nSEARCH has to repeat whole lines of the file to the letter, blanks and comments included.\n")
    if passed:
        said.append(f"The other {passed} took effect: send only the failed ones again, corrected.\n")
    return "".join(said)


def render(wanted: Mapping[str, str], files: Mapping[str, str]) -> str:
    """One block a file, from the whole of it to the whole of the new one."""
    blocks = (_block(path, files.get(path, ""), text) for path, text in wanted.items() if files.get(path) != text)
    return "\n".join(blocks)


def _block(path: str, old: str, new: str) -> str:
    inside = f"<<<<<<< SEARCH\n{with_newline(old)}=======\n{with_newline(new)}>>>>>>> REPLACE\n"
    return f"{path}\n```\n{inside}```\n"
