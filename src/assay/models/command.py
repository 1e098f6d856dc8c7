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
        program = await self._start()
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._timeout):
                out, errors = await _converse(program, as_text(request).encode("utf-8", "replace"))
        except TimeoutError as error:
            raise ProviderError(f"no answer within {self._timeout:g} s", fault=Fault.TIMEOUT) from error
        finally:
            await _end(program)
        if program.returncode:
            raise ProviderError(self._last_words(program.returncode, errors), fault=Fault.SERVER)
        return Reply(text=out.decode("utf-8", "replace"), finish_reason="stop", latency=time.monotonic() - started)

    async def close(self) -> None:
        """Nothing is kept between calls."""

    async def _start(self) -> asyncio.subprocess.Process:
        try:
            return await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,
            )
        except (FileNotFoundError, PermissionError, NotADirectoryError) as error:
            raise ProviderError(f"cannot run {self._command[0]}: {error.strerror}", fault=Fault.NOT_FOUND) from error
        except (OSError, ValueError) as error:
            raise ProviderError(f"cannot run {self._command[0]}: {error}", fault=Fault.CONNECT) from error

    def _last_words(self, code: int, errors: bytes) -> str:
        lines = [line for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
        how = f"exit code {code}" if code > 0 else f"signal {-code}"
        return f"{self._command[0]}: {how}" + (f": {self._scrub.line(lines[-1])}" if lines else "")


def as_text(request: Request) -> str:
    """The request as one text: the prompt, or what was said, in order."""
    if request.prompt is not None:
        return request.prompt
    return "\n\n".join(message.content for message in request.messages if message.content)


async def _converse(program: asyncio.subprocess.Process, prompt: bytes) -> tuple[bytes, bytes]:
    assert program.stdout is not None
    assert program.stderr is not None
    async with asyncio.TaskGroup() as group:
        out = group.create_task(_read(program.stdout, LARGEST))
        errors = group.create_task(_read_end(program.stderr))
        group.create_task(_write(program, prompt))
        await program.wait()
        _kill_group(program)  # a child that holds the pipe open would keep its reader waiting
    answer = out.result()
    if answer is None:
        raise ProviderError(f"the answer is larger than {LARGEST // 2**20} MiB", fault=Fault.TOO_LARGE)
    return answer, errors.result()


async def _write(program: asyncio.subprocess.Process, prompt: bytes) -> None:
    assert program.stdin is not None
    with suppress(BrokenPipeError, ConnectionResetError):  # it need not read all, or anything
        program.stdin.write(prompt)
        await program.stdin.drain()
    program.stdin.close()
    with suppress(BrokenPipeError, ConnectionResetError):
        await program.stdin.wait_closed()


async def _read(stream: asyncio.StreamReader, limit: int) -> bytes | None:
    """All of it; `None` when it is more than `limit`, the rest being read and dropped."""
    pieces: list[bytes] = []
    size = 0
    while piece := await stream.read(2**16):
        size += len(piece)
        if size <= limit:
            pieces.append(piece)
    return b"".join(pieces) if size <= limit else None


async def _read_end(stream: asyncio.StreamReader) -> bytes:
    end = b""
    while piece := await stream.read(2**16):
        end = (end + piece)[-_ERROR_BYTES:]
    return end


def _kill_group(program: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(program.pid, signal.SIGKILL)


async def _end(program: asyncio.subprocess.Process) -> None:
    _kill_group(program)
    await program.wait()
