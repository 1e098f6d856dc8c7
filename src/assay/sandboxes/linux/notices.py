"""Answers for the system calls that the filter leaves to the worker: refuses them, and remembers.

It sees numbers and plain arguments, never memory that the caller could change meanwhile, and lets through
only what is harmless in the namespaces that the caller is in. Standard library only.
"""

from __future__ import annotations

import errno
import os
import struct
from contextlib import suppress

from assay.sandboxes.linux import seccomp, syscalls
from assay.sandboxes.linux.wire import Attempt

_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_ASKED = struct.Struct("=QIIiIQ6Q")
_ANSWER = struct.Struct("=QqiI")
_LET_THROUGH = 1


class Notices:
    """One command's listener."""

    def __init__(self, listener: int, *, network: seccomp.Network) -> None:
        self.descriptor = listener
        self.attempts = Attempt(0)
        self._network = network
        self._names = {syscalls.number(name): name for name in seccomp.NOTICED}

    def hear(self) -> bool:
        """Answers one call; false when nobody can ask any more."""
        import fcntl

        asked = bytearray(_ASKED.size)
        try:
            fcntl.ioctl(self.descriptor, _RECEIVE, asked)
        except OSError as error:
            return error.errno in (errno.EINTR, errno.ENOENT) and not self._deserted()
        number_, _, _, call, _, _, *arguments = _ASKED.unpack(asked)
        name = self._names[call]
        self.attempts |= seccomp.NOTICED[name]
        refusal = self._refusal(name, arguments)
        answer = _ANSWER.pack(number_, 0, -refusal, 0 if refusal else _LET_THROUGH)
        with suppress(OSError):  # killed meanwhile
            fcntl.ioctl(self.descriptor, _SEND, bytearray(answer))
        return True

    def _refusal(self, name: str, arguments: list[int]) -> int:
        """An error number, or 0 to let the call through."""
        if name == "kill":
            return 0
        if name == "socket" and self._network is not seccomp.Network.NONE:
            family, kind, protocol = (argument & 0xFFFFFFFF for argument in arguments[:3])
            if family in seccomp.INTERNET and kind & 0xF in seccomp.STREAM_OR_DATAGRAM:
                return 0 if protocol in seccomp.PLAIN_PROTOCOLS else errno.EPROTONOSUPPORT
        return seccomp.REFUSALS[name]

    def _deserted(self) -> bool:
        import select

        poller = select.poll()
        poller.register(self.descriptor, select.POLLIN)
        return any(event & select.POLLHUP for _, event in poller.poll(0))

    def close(self) -> None:
        os.close(self.descriptor)
