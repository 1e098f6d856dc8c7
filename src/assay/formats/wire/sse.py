"""Cuts a stream of bytes into events, however the bytes were split on their way.

Works on bytes throughout: a line feed is never part of a longer UTF-8 character, so that a character
cut in two is whole again before anybody decodes it. Knows framing only, nothing of what is framed.
"""

from __future__ import annotations

from typing import Protocol


class Framing(Protocol):
    """Bytes in, whole pieces out."""

    def feed(self, chunk: bytes) -> list[bytes]: ...

    def close(self) -> list[bytes]:
        """What was still waiting for its end when the stream ended."""
        ...


class _Lines:
    """Splits at LF, CRLF and CR, across any split of the input."""

    def __init__(self) -> None:
        self._tail: list[bytes] = []
        self._after_cr = False

    def feed(self, chunk: bytes) -> list[bytes]:
        if self._after_cr and chunk:
            self._after_cr = False
            if chunk[0] == 10:
                chunk = chunk[1:]
        if b"\r" in chunk:
            self._after_cr = chunk[-1] == 13
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        lines = chunk.split(b"\n")
        if self._tail and len(lines) > 1:
            lines[0] = b"".join(self._tail) + lines[0]
            self._tail.clear()
        if lines[-1]:
            self._tail.append(lines[-1])
        return lines[:-1]

    def close(self) -> bytes:
        tail = b"".join(self._tail)
        self._tail.clear()
        return tail


class Events:
    """Server-sent events: yields the data of each, its lines joined; names, ids and comments pass unseen,
    because every format that is read here says in the data what it is."""

    def __init__(self) -> None:
        self._lines = _Lines()
        self._data: list[bytes] = []
        self._first = True

    def feed(self, chunk: bytes) -> list[bytes]:
        done: list[bytes] = []
        for line in self._lines.feed(chunk):
            self._take(line, done)
        return done

    def close(self) -> list[bytes]:
        """The standard drops an event without its blank line; servers that forget the last one are common."""
        done: list[bytes] = []
        for line in (self._lines.close(), b""):
            self._take(line, done)
        return done

    def _take(self, line: bytes, done: list[bytes]) -> None:
        if self._first:
            self._first = False
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line:
            if self._data:
                done.append(self._data[0] if len(self._data) == 1 else b"\n".join(self._data))
                self._data = []
        elif line.startswith(b"data:"):
            self._data.append(line[6:] if line[5:6] == b" " else line[5:])
        elif line == b"data":
            self._data.append(b"")


class JsonLines:
    """One JSON value a line; blank lines are none."""

    def __init__(self) -> None:
        self._lines = _Lines()

    def feed(self, chunk: bytes) -> list[bytes]:
        return [line for line in self._lines.feed(chunk) if line.strip()]

    def close(self) -> list[bytes]:
        tail = self._lines.close()
        return [tail] if tail.strip() else []
