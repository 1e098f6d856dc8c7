"""A run's folder and its journal: the append-only record of what happened, and the only truth.

One process writes, holding an flock on `.lock`; any number may read at any time. What `decide`, `call`
and `blob` have returned from survives a kill of this process; a thread brings it to the disk at least
once a second, so that a power cut costs at most that second. Refuses to know what is owed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import msgspec

from assay.core.errors import StorageError, UserError
from assay.core.run import RunPlan
from assay.core.trial import CallEvent, Decision
from assay.store.blobs import BlobStore
from assay.store.lines import BadLine, LineFile, read_lines, storage_error

_SYNC_SECONDS = 0.8
_DYING_SECONDS = 2.0
"""How long a lock is waited for whose holder is gone: its children may still be on their way out."""

_plan_decoder = msgspec.json.Decoder(RunPlan)
_decisions = msgspec.json.Decoder(Decision)
_calls = msgspec.json.Decoder(CallEvent)


class RunFolder:
    """`runs/<run-id>/`: where its parts are, its plan, and reading them without the lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trials = path / "trials.jsonl"
        self.replies = path / "replies.jsonl"
        self.bad_lines: list[BadLine] = []
        """Lines that the last readings of `decisions` and `calls` passed over."""

    @classmethod
    def create(cls, path: Path, plan: RunPlan) -> RunFolder:
        folder = cls(path)
        if folder.plan_path.exists():
            raise UserError(f"there is a run in {path} already; choose another --name, or --resume it")
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(path, error) from error
        folder.replace_plan(plan)
        return folder

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        folder = cls(path)
        if not folder.plan_path.exists():
            raise UserError(f"{path} is not a run: it has no run.json")
        return folder

    @property
    def plan_path(self) -> Path:
        return self.path / "run.json"

    @property
    def plan(self) -> RunPlan:
        try:
            return _plan_decoder.decode(self.plan_path.read_bytes())
        except (OSError, msgspec.DecodeError) as error:
            raise StorageError(f"cannot read {self.plan_path}: {error}") from error

    def replace_plan(self, plan: RunPlan) -> None:
        """Atomically: a reader sees the old plan or the new one, and a kill leaves one of them."""
        text = msgspec.json.format(msgspec.json.encode(plan), indent=1) + b"\n"
        replace_file(self.plan_path, text)

    def decisions(self) -> Iterator[Decision]:
        """All lines, oldest first; of two with the same `trial_id` the later one holds."""
        return read_lines(self.trials, _decisions, on_bad=self.bad_lines.append)

    def calls(self) -> Iterator[CallEvent]:
        return read_lines(self.replies, _calls, on_bad=self.bad_lines.append)

    def latest(self) -> dict[str, Decision]:
        """The decision that holds for each trial, in the order of the trials' first lines."""
        held: dict[str, Decision] = {}
        for decision in self.decisions():
            held[decision.trial_id] = decision
        return held

    def blobs(self) -> BlobStore:
        """For reading; the caller closes it."""
        return BlobStore(self.path / "blobs")

    @property
    def holder(self) -> int | None:
        """The process that writes here now (0 when it does not say), if any does."""
        try:
            fd = os.open(self.path / ".lock", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _pid_in(fd)
        finally:
            os.close(fd)
        return None


class FileJournal:
    """The writing end of a run: implements `core.ports.Journal`."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self._lock = _lock(folder.path)
        try:
            self._trials = LineFile(folder.trials)
            self._replies = LineFile(folder.replies)
        except OSError as error:
            os.close(self._lock)
            raise storage_error(folder.path, error) from error
        self.torn = self._trials.torn + self._replies.torn
        """Bytes cut off on opening: what a kill had left unfinished."""
        self._blobs = BlobStore(folder.path / "blobs", write=True)
        self._failure: StorageError | None = None
        self._closing = threading.Event()
        self._syncer = threading.Thread(target=self._keep_synced, name="journal-sync", daemon=True)
        self._syncer.start()

    def decide(self, decision: Decision) -> None:
        if self._failure is not None:
            raise self._failure
        self._trials.append(decision)

    def call(self, event: CallEvent) -> None:
        if self._failure is not None:
            raise self._failure
        self._replies.append(event)

    def blob(self, data: bytes) -> str:
        return self._blobs.put(data)

    def read_blob(self, digest: str) -> bytes:
        return self._blobs.get(digest)

    def decisions(self) -> Iterator[Decision]:
        return self.folder.decisions()

    def calls(self) -> Iterator[CallEvent]:
        return self.folder.calls()

    def sync(self) -> None:
        """Blobs before the lines that name them."""
        self._blobs.sync()
        self._replies.sync()
        self._trials.sync()

    def close(self) -> None:
        if self._closing.is_set():
            return
        self._closing.set()
        self._syncer.join()
        try:
            self.sync()
        finally:
            self._trials.close()
            self._replies.close()
            self._blobs.close()
            os.close(self._lock)

    def __enter__(self) -> FileJournal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _keep_synced(self) -> None:
        while not self._closing.wait(_SYNC_SECONDS):
            try:
                self.sync()
            except StorageError as error:
                self._failure = error
                return


def replace_file(path: Path, data: bytes) -> None:
    """Writes `path` whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        directory = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise storage_error(path, error) from error


def _lock(folder: Path) -> int:
    try:
        fd = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise storage_error(folder / ".lock", error) from error
    give_up = time.monotonic() + _DYING_SECONDS
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _pid_in(fd)
            if _alive(holder) or time.monotonic() > give_up:
                os.close(fd)
                who = f"process {holder}" if holder else "another process"
                raise UserError(
                    f"{folder} is being written by {who}; wait for it or stop it, or choose another --name"
                ) from None
            time.sleep(0.02)
        else:
            break
    os.ftruncate(fd, 0)
    os.pwrite(fd, f"{os.getpid()}\n".encode(), 0)
    return fd


def _pid_in(fd: int) -> int:
    text = os.pread(fd, 32, 0).strip()
    return int(text) if text.isdigit() else 0


def _alive(pid: int) -> bool:
    if not pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
