"""A journal that remembers nothing: for judging without touching a record, and for calls outside a run."""

from __future__ import annotations

from collections.abc import Iterator

from assay.core.ids import blob_hash
from assay.core.trial import CallEvent, Decision
from assay.store.journal import RunFolder


class Unwritten:
    """Implements core.ports.Journal; reads the blobs of `folder` if there is one."""

    def __init__(self, folder: RunFolder | None = None) -> None:
        self._blobs = folder.blobs() if folder else None

    def decide(self, decision: Decision) -> None:
        pass

    def call(self, event: CallEvent) -> None:
        pass

    def blob(self, data: bytes) -> str:
        return blob_hash(data)

    def read_blob(self, digest: str) -> bytes:
        if self._blobs is None:
            raise KeyError(digest)
        return self._blobs.get(digest)

    def decisions(self) -> Iterator[Decision]:
        return iter(())

    def calls(self) -> Iterator[CallEvent]:
        return iter(())

    def close(self) -> None:
        if self._blobs is not None:
            self._blobs.close()
