"""Runs in a container beside a workspace, in its network and in nothing else of it: takes connections on loopback,
and passes them over standard input and output to the gate on the host.

A frame is a connection's number, a length, and as many bytes; no bytes: that side has ended. With `TAKEN`, the length
is that of what was taken from there: nobody sends more than a window beyond it, and so no connection whose end does
not read holds up another, or fills a memory. It decides nothing. Standard library only, and no other file: it is handed
over as text.
"""

from __future__ import annotations

import asyncio
import contextlib
import struct
import sys

FRAME = struct.Struct("!II")
TAKEN = 1 << 31
PORT = 3128
PIECE = 1 << 16
_WINDOW = 4 * PIECE


class Window:
    """How much may be sent on one connection before its other side has taken more."""

    def __init__(self) -> None:
        self._room = _WINDOW
        self._grown = asyncio.Event()

    async def spend(self, size: int) -> None:
        while self._room < size:
            self._grown.clear()
            await self._grown.wait()
        self._room -= size

    def grow(self, size: int) -> None:
        self._room += size
        self._grown.set()


async def main() -> None:
    loop = asyncio.get_running_loop()
    incoming = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(incoming), sys.stdin.buffer)
    pipe, flow = await loop.connect_write_pipe(lambda: asyncio.streams.FlowControlMixin(loop), sys.stdout.buffer)
    outgoing, turn = asyncio.StreamWriter(pipe, flow, None, loop), asyncio.Lock()
    open_ones: dict[int, tuple[Window, asyncio.StreamReader]] = {}
    numbers = iter(range(1, 1 << 32))

    async def tell(number: int, size: int, data: bytes = b"") -> None:
        async with turn:
            outgoing.write(FRAME.pack(number, size) + data)
            await outgoing.drain()

    async def pass_on(number: int, reader: asyncio.StreamReader, window: Window) -> None:
        with contextlib.suppress(OSError):  # its end is told, however it came
            while data := await reader.read(PIECE):
                await window.spend(len(data))
                await tell(number, len(data), data)
        await tell(number, 0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = next(numbers)
        window, coming = open_ones[number] = Window(), asyncio.StreamReader()
        passing = asyncio.create_task(pass_on(number, reader, window))
        while data := await coming.read(PIECE):
            with contextlib.suppress(OSError):  # who is gone is sent nothing more
                writer.write(data)
                await writer.drain()
            await tell(number, TAKEN | len(data))
        del open_ones[number]
        passing.cancel()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    outgoing.write(b"ready\n")
    while True:
        try:
            number, size = FRAME.unpack(await incoming.readexactly(FRAME.size))
            data = b"" if size & TAKEN else await incoming.readexactly(size)
        except asyncio.IncompleteReadError:
            break  # the gate is closed, or its process is dead
        if number not in open_ones:
            continue
        window, coming = open_ones[number]
        if size & TAKEN:
            window.grow(size ^ TAKEN)
        elif data:
            coming.feed_data(data)
        else:
            coming.feed_eof()
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
