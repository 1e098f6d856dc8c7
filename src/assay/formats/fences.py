"""Fenced blocks in a reply, and the thinking that comes before it.

Fences are read the way Markdown reads them, and a little more kindly, because models forget things: a
fence may stand in a list, a block may hold blocks of its own (a fence with words behind it opens one),
the last fence may be missing. One pass over the lines, so that no reply can make it slow.
"""

from __future__ import annotations

import re

import msgspec

from assay.formats.languages import language_of_word


class Block(msgspec.Struct, frozen=True):
    """One fenced block."""

    info: str
    """What stands behind the opening fence."""
    label: str
    """The last line with something on it before the fence; empty when another block ends there."""
    body: str
    """Its lines, each with its line end; the fence's own indentation taken off."""
    closed: bool = True


class Reading(msgspec.Struct, frozen=True):
    """A reply taken apart."""

    blocks: tuple[Block, ...]
    prose: str
    """The reply without its thinking, fences and all."""
    outside: str = ""
    """What of that stands in no block."""
    thinking_only: bool = False
    """It ends inside its thinking: there is no answer."""


_FENCE = re.compile(r"^([ \t]*(?:(?:[-*+]|\d{1,4}[.)])[ \t]+)?)(`{3,}|~{3,})([^\r\n]*)\r?$")
_THINK = re.compile(r"^\s*(?:<(think|thinking|thought|reasoning|seed:think)>|(\[)THINK\]|◁think▷)", re.IGNORECASE)
_ORPHAN = r"(?:</(?:think|thinking|seed:think)>|\[/THINK\]|◁/think▷)"
_ORPHAN_FIRST = re.compile(_ORPHAN, re.IGNORECASE)
_ORPHAN_LAST = re.compile(_ORPHAN + "$", re.IGNORECASE)
_LONGEST_TAG = len("</seed:think>")
_LEFT_OVER = re.compile(
    r"(?:\s*(?:<\|(?:im_end|endoftext|end_of_text|eot_id|eom_id|end|return|end▁of▁sentence)\|>|<｜end▁of▁sentence｜>"
    r"|</s>|<eos>|<end_of_turn>))+\s*\Z"
)
"""Tokens that end a reply, where a server shows them."""
_LEFT_OVER_AT_MOST = 200
_TAGGED = re.compile(r"^\[(/?)PYTHON\][ \t]*$", re.MULTILINE)
"""What Code Llama was taught to put around code."""


class _Open(msgspec.Struct):
    """A fence that waits for its partner."""

    line: int
    char: str
    length: int
    indent: int
    info: str
    inner: list[tuple[int, int]]
    """Spans of the blocks inside it that found theirs: opening and closing line."""


def read_blocks(text: str) -> Reading:
    """Takes a reply apart; never fails, in time linear in its length."""
    return _Scanner(_plain(text).split("\n")).read()


def _plain(text: str) -> str:
    """`text` without a byte order mark and the tokens that end it, with Unix line ends if all its line ends are
    Windows', and with fences for tags that stand for such."""
    text = text.removeprefix("\ufeff")
    if "\r\n" in text and text.count("\r\n") == text.count("\n"):
        text = text.replace("\r\n", "\n")
    if text.rstrip().endswith(">"):
        text = _without_left_over(text)
    if "[PYTHON]" in text and "```" not in text:
        text = _TAGGED.sub(lambda tag: "```" if tag[1] else "```python", text)
    return text


def _without_left_over(text: str) -> str:
    """Looked for in the last characters alone, so that white space without end costs nothing."""
    end = text.rstrip()
    found = _LEFT_OVER.search(end[-_LEFT_OVER_AT_MOST:])
    return end.removesuffix(found[0]) if found else text


class _Scanner:
    """One pass: skips thinking, pairs fences on a stack, then cuts the blocks out."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.stack: list[_Open] = []
        self.opened: dict[int, _Open] = {}
        self.pairs: list[tuple[int, int]] = []
        self.kept: list[int] = []
        self.begun = False
        """Something of the answer has been seen."""
        self.endless: set[str] = set()
        """Closing tags that do not come any more."""

    def read(self) -> Reading:
        index = 0
        while index < len(self.lines):
            index = index if self.stack else self._skip_thinking(index)
            if index == len(self.lines):
                break
            self.kept.append(index)
            self.begun = self.begun or bool(self.lines[index].strip())
            self._fence(index)
            index += 1
        self._give_up_on_unclosed()
        self.pairs.sort()
        inside = {index for start, end in self.pairs for index in range(start, end + 1)}
        return Reading(
            tuple(self._cut()),
            prose="\n".join(self.lines[i] for i in self.kept),
            outside="\n".join(self.lines[i] for i in self.kept if i not in inside),
            thinking_only=bool(self.endless) and not self.begun,
        )

    # -- thinking --

    def _skip_thinking(self, index: int) -> int:
        """The line to go on with, after any thinking that begins (or ends, unbegun) at `index`."""
        while index < len(self.lines):
            line = self.lines[index]
            opening = _THINK.match(line) if "<" in line or "[" in line or "◁" in line else None
            if opening is None:
                self._drop_unbegun(index)
                return index
            closing = f"</{opening[1].lower()}>" if opening[1] else "[/think]" if opening[2] else "◁/think▷"
            end = self._closing_line(index, closing)
            if end == len(self.lines) and self.begun:
                return index  # a tag that is talked about: nothing is dropped
            index = end
        return index

    def _closing_line(self, index: int, closing: str) -> int:
        """The line that holds the closing tag, of which only what follows the tag is left."""
        if closing not in self.endless:
            for end in range(index, len(self.lines)):
                found = self.lines[end].lower().rfind(closing)
                if found >= 0:
                    self.lines[end] = self.lines[end][found + len(closing) :]
                    return end
            self.endless.add(closing)
        return len(self.lines)

    def _drop_unbegun(self, index: int) -> None:
        """A closing tag without an opening one: the opening one was in the prompt."""
        line = self.lines[index].strip()
        if "</" not in line and "[/" not in line and "◁/" not in line:
            return
        found = _ORPHAN_FIRST.match(line) or _ORPHAN_LAST.search(line[-_LONGEST_TAG:])
        if found:
            self.kept.clear()
            self.pairs.clear()
            self.begun = False
            self.lines[index] = line[found.end() :] if found.re is _ORPHAN_FIRST else ""

    # -- fences --

    def _fence(self, index: int) -> None:
        line = self.lines[index]
        if "```" not in line and "~~~" not in line:
            return
        found = _FENCE.match(line)
        if found is None:
            self._fence_behind_prose(index)
            return
        lead, fence, info = found[1], found[2], found[3].strip()
        if fence[0] == "`" and "`" in info:
            return
        listed = lead.strip() != ""
        indent = len(lead.expandtabs(4))
        if not self.stack:
            self._push(index, fence, indent, info)
            return
        top = self.stack[-1]
        if fence[0] != top.char or len(fence) < top.length or indent >= top.indent + 4 or listed:
            return
        if info:
            self._push(index, fence, indent, info)
        else:
            self._close(index)

    def _push(self, index: int, fence: str, indent: int, info: str) -> None:
        opened = _Open(index, fence[0], len(fence), indent, info, [])
        self.stack.append(opened)
        self.opened[index] = opened

    def _close(self, index: int) -> None:
        done = self.stack.pop()
        (self.stack[-1].inner if self.stack else self.pairs).append((done.line, index))

    def _fence_behind_prose(self, index: int) -> None:
        """`Answer: ```python` opens a block too, if the word is a language's."""
        line = self.lines[index].rstrip()
        place = line.rfind("```")
        word = line[place + 3 :]
        if place > 0 and not self.stack and line[place - 1] != "`" and language_of_word(word):
            self._push(index, "```", 0, word)

    def _give_up_on_unclosed(self) -> None:
        """An unclosed block ends where the next one begins; the last one, with the reply."""
        for position, opened in enumerate(self.stack):
            following = [start for start, _ in opened.inner[:1]]
            if position + 1 < len(self.stack):
                following.append(self.stack[position + 1].line)
            self.pairs.append((opened.line, min(following, default=len(self.lines))))
            self.pairs += opened.inner
        self.stack.clear()

    # -- blocks --

    def _cut(self) -> list[Block]:
        blocks = []
        previous_end = -1
        for start, end in self.pairs:
            opened = self.opened[start]
            body, closed = self._body(opened, end)
            blocks.append(Block(opened.info, self._label(start, previous_end), body, closed))
            previous_end = end
        return blocks

    def _label(self, start: int, previous_end: int) -> str:
        for index in range(start - 1, max(previous_end, start - 4), -1):
            line = self.lines[index].strip()
            if line:
                return line if len(line) <= 300 else ""
        return ""

    def _body(self, opened: _Open, end: int) -> tuple[str, bool]:
        lines = self.lines[opened.line + 1 : end]
        closing = _FENCE.match(self.lines[end]) if end < len(self.lines) else None
        closed = closing is not None and not closing[3].strip()
        if not closed:
            while lines and not lines[-1].strip():
                lines.pop()
            if lines and lines[-1].rstrip().endswith("```"):  # the last fence stands behind the code
                lines[-1] = lines[-1].rstrip().rstrip("`")
        if opened.indent:
            margin = min((_margin(line) for line in lines if line.strip()), default=0)
            lines = [_outdented(line, min(opened.indent, margin)) for line in lines]
        return "".join(line + "\n" for line in lines), closed


def _margin(line: str) -> int:
    """Columns of white space that `line` begins with."""
    return len((line[: len(line) - len(line.lstrip(" \t"))]).expandtabs(4))


def _outdented(line: str, columns: int) -> str:
    """`line` without up to so many columns of leading white space."""
    taken = 0
    for index, char in enumerate(line):
        width = {" ": 1, "\t": 4 - taken % 4}.get(char)
        if width is None or taken + width > columns:
            return line[index:]
        taken += width
    return "" if not line.strip() else line
