"""Any program as a model: the prompt on its standard input, the answer on its standard output.

The user named it, so it runs as the user would run it: their environment, their rights, no sandbox. It is
held to time and size, and when it ends, or is given up, nothing that it started in its group lives on.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import suppress

from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError, UserError
from assay.core.messages import Reply, Request
from assay.models.scrub import Scrubber

LARGEST = 64 * 1024 * 1024
_ERROR_BYTES = 64 * 1024
_LINGER = 1.0
"""Seconds that the pipes of a program that has ended are read on."""


class CommandModel:
    """`core.ports.Model` over a program."""

    def __init__(self, entrant: Entrant) -> None:
        if not entrant.command:
            raise UserError(f"'{entrant.name}': type command needs `command: …`")
        self._command = entrant.command
        self._timeout = entrant.timeout
        self._scrub = Scrubber(())

    async def reply(self, request: Request) -> Reply:
        if request.tools or request.suffix is not None:
            raise ProviderError("a program takes one text: no tools, no suffix", fault=Fault.REJECTED)
        talk = _Talk(as_text(request).encode("utf-8", "replace"))
        started = time.monotonic()
        transport = await self._start(talk)
        try:
            async with asyncio.timeout(self._timeout):
                await talk.ended
        except TimeoutError as error:
            raise ProviderError(f"no answer within {self._timeout:g} s", fault=Fault.TIMEOUT) from error
        finally:
            _kill_group(transport.get_pid())
            await talk.exited.wait()
            transport.close()
        code = transport.get_returncode()
        if code:
            raise ProviderError(self._last_words(code, talk.errors), fault=Fault.SERVER)
        if talk.size > LARGEST:
            raise ProviderError(f"the answer is larger than {LARGEST // 2**20} MiB", fault=Fault.TOO_LARGE)
        text = b"".join(talk.pieces).decode("utf-8", "replace")
        return Reply(text=text, finish_reason="stop", latency=time.monotonic() - started)

    async def close(self) -> None:
        """Nothing is kept between calls."""

    async def _start(self, talk: _Talk) -> asyncio.SubprocessTransport:
        try:
            transport, _ = await asyncio.get_running_loop().subprocess_exec(
                lambda: talk, *self._command, start_new_session=True
            )
        except (FileNotFoundError, PermissionError, NotADirectoryError) as error:
            raise ProviderError(f"cannot run {self._command[0]}: {error.strerror}", fault=Fault.NOT_FOUND) from error
        except (OSError, ValueError) as error:
            raise ProviderError(f"cannot run {self._command[0]}: {error}", fault=Fault.CONNECT) from error
        return transport

    def _last_words(self, code: int, errors: bytes) -> str:
        lines = [line for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
        how = f"exit code {code}" if code > 0 else f"signal {-code}"
        return f"{self._command[0]}: {how}" + (f": {self._scrub.line(lines[-1])}" if lines else "")


def as_text(request: Request) -> str:
    """The request as one text: the prompt, or what was said, in order."""
    if request.prompt is not None:
        return request.prompt
    return "\n\n".join(message.content for message in request.messages if message.content)


class _Talk(asyncio.SubprocessProtocol):
    """Both ends of the conversation. It is over when the program has ended and its pipes are empty; a child
    that keeps them open is not waited for."""

    def __init__(self, prompt: bytes) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.exited = asyncio.Event()
        self.pieces: list[bytes] = []
        self.size = 0
        self.errors = b""
        self._prompt = prompt
        self._pid = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.SubprocessTransport)
        self._pid = transport.get_pid()
        stdin = transport.get_pipe_transport(0)
        assert isinstance(stdin, asyncio.WriteTransport)
        stdin.write(self._prompt)
        stdin.write_eof()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == 2:
            self.errors = (self.errors + data)[-_ERROR_BYTES:]
            return
        self.size += len(data)
        if self.size <= LARGEST:
            self.pieces.append(data)

    def process_exited(self) -> None:
        self.exited.set()
        _kill_group(self._pid)
        asyncio.get_running_loop().call_later(_LINGER, self._end)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()

    def _end(self) -> None:
        if not self.ended.done():
            self.ended.set_result(None)


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
