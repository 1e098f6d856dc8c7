"""The text of an answer as a grammar reads it: however it was cut, it looks the same.

A grammar is a generator; it yields where it needs more text than there is. Nothing that was consumed is
looked at again, but for what a broken call gives back as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any

from assay.core.messages import Tool
from assay.formats.tools.base import Delta
from assay.formats.tools.marks import Marks
from assay.formats.tools.sink import Broken, Sink

Step = Generator[None, None, None]
"""Reading that may have to wait for more text."""

Grammar = Callable[["Source"], Step]
"""Reads one answer from its beginning to its end."""

_LONGEST_NAME = 1000
"""Characters of a name, an id or a word: longer ones are none."""
_MOST_EXCUSES = 20_000
"""Slips of one call that cost time each: what has more was not meant as a value."""

_BLANK = re.compile(r"[ \t\r\n]*+")


class Source:
    """What there is of the answer, and how far it was read."""

    def __init__(self, tools: Sequence[Tool], *, thinking: bool) -> None:
        self.text = ""
        self.at = 0
        self.ended = False
        self.tools: Mapping[str, Tool] = {tool.name: tool for tool in tools}
        self.sink = Sink(self.tools, thinking=thinking)
        self.more: Callable[[], bool] | None = None
        """Set by a grammar that waits: reads what is simple of a new piece, and says whether to go on waiting. To wake
        the grammar up for every piece, through all the generators that wait for each other, costs more."""
        self.plain: Callable[[str], object] | None = None
        """Set by a grammar that has read everything and waits: pieces that are plain need not be read at all, they
        are put to `parts` as they come."""
        self.parts: list[str] = []
        self.make: Callable[[str], Delta] | None = None
        """As what the plain pieces are handed out, where they are."""
        self._passed = 0
        """How many of the parts were there before."""
        self.loose_quotes = False
        """Strings may hold their own quotes: only what follows one tells whether it ends the string."""
        self.only_talk = False
        """What looks like a call is none here."""
        self.marked = 0
        """Where what a broken call gives back begins."""
        self._before = 0
        self._noted = 0
        self._marked_at = 0
        self._kept: list[str] | None = None
        self._forgiven: set[str] = set()
        self._excuses = 0

    # ------------------------------------------------------------------ for the stream

    def add(self, piece: str) -> None:
        text, at = self.text, self.at
        if self.plain:
            self._settle()
        if at == 0:
            self.text = text + piece
            return
        if self._kept is not None:
            self._kept.append(text[self._marked_at : at])
            self._marked_at = 0
        self._before += at
        self.text = text[at:] + piece
        self.at = 0

    def let_pass(self, plain: Callable[[str], object], parts: list[str]) -> None:
        """From here on pieces may pass by, if nothing is left unread."""
        if self.at == len(self.text) and not self.ended:
            self.plain, self.parts, self._passed = plain, parts, len(parts)
            self.make = self.sink.make if parts is self.sink.parts else None

    def _settle(self) -> None:
        """The pieces that passed by were read."""
        self.plain = None
        passed = self.parts[self._passed :]
        if not passed:
            return
        self._before += sum(map(len, passed))
        if self._kept is not None:
            self._kept += (self.text[self._marked_at :], *passed)
            self._marked_at = len(self.text)
        if self.make:
            self.sink.told = len(self.parts)

    # ------------------------------------------------------------------ where we are

    @property
    def place(self) -> int:
        """Characters of the answer that were read."""
        return self._before + self.at

    def schema(self, name: str) -> dict[str, Any]:
        """The parameters of the tool `name`; nothing where it is unknown."""
        tool = self.tools.get(name)
        return tool.parameters if tool else {}

    def answered(self, name: str) -> bool:
        """Whether the open call has all that its tool asks for; where that is nothing, nobody can say."""
        required = self.schema(name).get("required")
        asked = [key for key in required if isinstance(key, str)] if isinstance(required, list) else []
        return bool(asked) and self.sink.values.keys() >= set(asked)

    def mark(self) -> None:
        """From here on is what a broken call gives back."""
        self._kept = []
        self._marked_at = self.at
        self.marked = self._before + self.at
        self._noted = len(self.sink.problems)
        self._forgiven.clear()
        self._excuses = 0

    def unmark(self) -> None:
        self._kept = None

    def give_back(self, why: Broken) -> None:
        """What was read since the mark is text after all."""
        del self.sink.problems[self._noted :]
        self.sink.drop(why, self.marked)
        self.say_read()
        self._kept = None

    def say_read(self) -> None:
        """Says what was read since the mark, which is here from now on."""
        read = "".join(self._kept or ()) + self.text[self._marked_at : self.at]
        self.mark()
        self.sink.say(read)

    def forgive(self, what: str) -> None:
        """Says once per call what was read although it is wrong."""
        if what not in self._forgiven:
            self._forgiven.add(what)
            self.sink.note(what, self.place)

    def excuse(self, what: str) -> None:
        """As `forgive`, for what may come over and over within a value. Raises Broken where it does without end."""
        self._excuses += 1
        if self._excuses > _MOST_EXCUSES:
            raise Broken("more is wrong than can be forgiven")
        self.forgive(what)

    # ------------------------------------------------------------------ reading
    # To make a generator costs more than most of these steps. Some have a function beside them that gives the same
    # where no more text is needed, and nothing where it is: `source.over(…) or (yield from source.reach(…))`.

    def say_until(self, marks: Marks) -> Generator[None, None, str]:
        """Says the text before the first of `marks`, and reads over it; an empty one is the end."""
        while True:
            at, word = marks.find(self.text, self.at, self.ended)
            if at > self.at:
                self.sink.say(self.text[self.at : at])
                self.at = at
            if word:
                self.mark()
                self.at += len(word)
                return word
            if self.ended:
                return ""
            if not self.sink.blank:
                self.let_pass(marks.calm, self.sink.parts)
            yield

    def take_until(self, marks: Marks) -> Generator[None, None, tuple[str, str]]:
        """The text before the first of `marks`, and which it is; it is read over. An empty one is the end."""
        parts: list[str] = []
        while True:
            at, word = marks.find(self.text, self.at, self.ended)
            parts.append(self.text[self.at : at])
            self.at = at + len(word)
            if word or self.ended:
                return "".join(parts), word
            self.let_pass(marks.calm, parts)
            yield

    def name(self, marks: Marks) -> tuple[str, str] | None:
        """What `take_name` gives, where it is there already; else nothing is read."""
        at, word = marks.find(self.text, self.at, False, self.at + _LONGEST_NAME)
        if not word:
            return None
        name = self.text[self.at : at]
        self.at = at + len(word)
        return name, word

    def take_name(self, marks: Marks, limit: int = _LONGEST_NAME) -> Generator[None, None, tuple[str, str]]:
        """As `take_until`, for what is short. Raises Broken where it does not end, or is no name."""
        while True:
            last = self.at + limit
            at, word = marks.find(self.text, self.at, self.ended, last)
            if word:
                name = self.text[self.at : at]
                self.at = at + len(word)
                return name, word
            if self.ended or len(self.text) >= last:
                raise Broken("a name that does not end")
            yield

    def peek(self) -> Generator[None, None, str]:
        """The next character, unread; an empty one is the end."""
        while self.at >= len(self.text):
            if self.ended:
                return ""
            yield
        return self.text[self.at]

    def letter(self) -> str:
        """What `skip_blank` gives, where it is there already; else an empty one."""
        letter = self.text[self.at : self.at + 1]
        if letter <= " " and (found := _BLANK.match(self.text, self.at)):
            self.at = found.end()
            letter = self.text[self.at : self.at + 1]
        return letter

    def skip_blank(self) -> Generator[None, None, str]:
        """The next character that is no white space, unread; an empty one is the end."""
        while not (letter := self.letter()) and not self.ended:
            yield
        return letter

    def run(self, pattern: re.Pattern[str], limit: int = _LONGEST_NAME) -> Generator[None, None, str]:
        """All of what `pattern` (a run of single characters) matches from here on."""
        parts: list[str] = []
        length = 0
        while True:
            found = pattern.match(self.text, self.at)
            end = found.end() if found else self.at
            parts.append(self.text[self.at : end])
            length += end - self.at
            self.at = end
            if length > limit:
                raise Broken("a name that does not end")
            if end < len(self.text) or self.ended:
                return "".join(parts)
            yield

    def whole(self, pattern: re.Pattern[str]) -> Generator[None, None, re.Match[str] | None]:
        """The match of `pattern`, once it is all there; none where it is not and will not be. It is left unread. The
        pattern is made by `in_steps`, and ends with a group called `whole`."""
        found = pattern.match(self.text, self.at)
        return (yield from self.rest(found)) if found and found.lastgroup != "whole" else found

    def rest(self, begun: re.Match[str]) -> Generator[None, None, re.Match[str] | None]:
        """As `whole`, where what there is was matched already, and is not all."""
        found: re.Match[str] | None = None

        def more() -> bool:
            nonlocal found
            found = begun.re.match(self.text, self.at)
            return found is not None and found.lastgroup != "whole"

        if not self.ended:
            self.more = more
            yield
        return found if found and found.lastgroup == "whole" else None

    def accept(self, marks: Marks) -> Generator[None, None, str]:
        """Reads over the one of `marks` that stands here; an empty one where none does."""
        while True:
            word = marks.here(self.text, self.at, self.ended)
            if word is None:
                return ""
            if word:
                self.at += len(word)
                return word
            yield

    def over(self, marks: Marks) -> str:
        """What `reach` gives, where it is there already; else an empty one, and nothing is read."""
        found = marks.next.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[1]

    def reach(self, marks: Marks) -> Generator[None, None, str]:
        """As `accept`, behind white space, which is read over in any case."""
        if not self.letter():
            yield from self.skip_blank()
        return (yield from self.accept(marks))

    def cut(self, marks: Marks) -> bool:
        """Whether the answer ends here, or within one of `marks`, which is read over."""
        rest = self.text[self.at :]
        if not self.ended or rest == "<" or not any(word.startswith(rest) for word in marks.words):
            return False
        self.at = len(self.text)
        return True

    def closes(self, mark: str, followed: re.Pattern[str]) -> Generator[None, None, bool]:
        """Whether the `mark` that stands here is what it looks like, within a value whose own end did not come: then
        nothing is behind it, or what `followed`, a pattern for `whole`, finds."""
        return (yield from self.whole(followed)) is not None or (
            self.ended and not self.text[self.at + len(mark) :].strip()
        )

    def stands(self, marks: Marks) -> Generator[None, None, bool]:
        """Whether one of `marks` stands here; it is left unread."""
        while (word := marks.here(self.text, self.at, self.ended)) == "":
            yield
        return word is not None
