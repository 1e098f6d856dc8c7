"""Every error that crosses a border, named after the border it crossed.

AssayError
├── UserError            the user's mistake; one line with the fix (exit 2)
├── ApparatusError       something of ours or somebody's broke (exit 3)
│   ├── ProviderError    a model's endpoint: one physical call came to nothing
│   ├── SandboxError     the sandbox could not do its work
│   ├── TaskError        a task contradicts itself: its own fault, no model's
│   └── StorageError     the journal cannot be written or read (disk full, locked, damaged)
└── Unsupported          a toolchain or a capability is absent: the slice leaves the plan
"""

from __future__ import annotations

from enum import StrEnum


class AssayError(Exception):
    """The root: its text is one line for a person."""


class UserError(AssayError):
    """Raised for a flag, a file or a setting that is wrong; says what, where, and what to do."""


class ApparatusError(AssayError):
    """Raised when the apparatus, not the answer, is at fault."""


class SandboxError(ApparatusError):
    """Raised when the sandbox cannot start, loses a worker, or cannot prove that it is clean."""


class TaskError(ApparatusError):
    """Raised when a task cannot be judged as it is written, or its verdict is not stable."""


class StorageError(ApparatusError):
    """Raised when a record cannot be written or read back."""


class Unsupported(AssayError):
    """Raised where this machine or this model cannot take a kind of task at all."""


class Fault(StrEnum):
    """What went wrong with one physical call; `RETRYABLE` says which are worth another."""

    CONNECT = "connect"
    TIMEOUT = "timeout"
    RATE = "rate_limited"
    SERVER = "server_error"
    MALFORMED = "malformed"
    CUT = "cut_stream"
    SILENT = "silent_stream"
    TOO_LARGE = "too_large"
    AUTH = "auth"
    NOT_FOUND = "not_found"
    CONTEXT = "context_overflow"
    REJECTED = "rejected"
    BUDGET = "budget"


RETRYABLE = frozenset(
    {
        Fault.CONNECT,
        Fault.TIMEOUT,
        Fault.RATE,
        Fault.SERVER,
        Fault.MALFORMED,
        Fault.CUT,
        Fault.SILENT,
    }
)

STOPS_ENTRANT = frozenset({Fault.AUTH, Fault.NOT_FOUND})


class ProviderError(ApparatusError):
    """Raised by a model when one physical call came to nothing."""

    def __init__(
        self,
        message: str,
        *,
        fault: Fault,
        http_status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.fault = fault
        self.http_status = http_status
        self.retry_after = retry_after

    @property
    def retryable(self) -> bool:
        return self.fault in RETRYABLE

    @property
    def stops_entrant(self) -> bool:
        """The endpoint has refused this entrant for good: do not ask it again."""
        return self.fault in STOPS_ENTRANT
