"""A part of many tasks that stays the same as others come and go: for checks that take turns."""

from __future__ import annotations

import msgspec

from assay.core.errors import UserError
from assay.core.ids import content_hash


class Part(msgspec.Struct, frozen=True):
    """The tasks that fall into one of so many parts."""

    number: int
    of: int

    def holds(self, task_id: str) -> bool:
        """Each task falls into one part, by nothing but its id."""
        return int(content_hash("part", task_id), 16) % self.of == self.number - 1


def parse_part(text: str) -> Part:
    """`2/7` is the second of seven."""
    number, slash, of = text.partition("/")
    if slash and all(word.isascii() and word.isdigit() and len(word) < 7 for word in (number, of)):
        part = Part(int(number), int(of))
        if 1 <= part.number <= part.of:
            return part
    raise UserError(f"--part {text}: write K/N, such as 2/7 for the second of seven parts")
