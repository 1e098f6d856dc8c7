"""The answers of a run, found by what was asked: where they stand in replies.jsonl, not what they say.

An answer is read from the file when it is wanted, so a run of a million calls can be reused in little
memory.
"""

from __future__ import annotations

import msgspec

from assay.core.errors import StorageError
from assay.core.trial import CallEvent
from assay.store.journal import RunFolder


class _Key(msgspec.Struct):
    """Only what is needed to know whether a line is an answer, and to what."""

    event: str
    request_hash: str = ""
    sample: int = 0
    turn: int = 0


class AnswerIndex:
    """Implements core.ports.Answers over a run folder."""

    def __init__(self, folder: RunFolder) -> None:
        self._path = folder.replies
        self._at: dict[tuple[bytes, int, int], tuple[int, int]] = {}
        decoder = msgspec.json.Decoder(_Key)
        offset = 0
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n") and b'"answered"' in line:
                    self._note(line, offset, decoder)
                offset += len(line)

    def _note(self, line: bytes, offset: int, decoder: msgspec.json.Decoder[_Key]) -> None:
        try:
            key = decoder.decode(line)
            digest = bytes.fromhex(key.request_hash)
        except (msgspec.DecodeError, ValueError):
            return  # a bad line answers nothing; readers of the whole run count and name it
        if key.event == "answered" and digest:
            self._at[digest, key.sample, key.turn] = (offset, len(line))

    def find(self, request_hash: str, *, sample: int, turn: int) -> CallEvent | None:
        place = self._at.get((bytes.fromhex(request_hash), sample, turn))
        if place is None:
            return None
        try:
            with self._path.open("rb") as file:
                file.seek(place[0])
                return msgspec.json.decode(file.read(place[1]), type=CallEvent)
        except (OSError, msgspec.DecodeError) as error:
            raise StorageError(f"cannot read {self._path} at byte {place[0]}: {error}") from error
