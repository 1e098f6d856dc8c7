"""Runs in a container beside a workspace, in its network and in nothing else of it: takes connections on loopback,
and passes them over standard input and output to the gate on the host.

A frame is a connection's number, a length, and as many bytes; no bytes: that side has ended. It decides nothing.
Standard library only, and no other file: it is handed over as text.
"""

from __future__ import annotations

import asyncio
import struct
import sys

FRAME = struct.Struct("!II")
PORT = 3128
PIECE = 1 << 16


async def main() -> None:
    loop = asyncio.get_running_loop()
    incoming = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(incoming), sys.stdin.buffer)
    outgoing = sys.stdout.buffer
    open_ones: dict[int, asyncio.StreamWriter] = {}
    numbers = iter(range(1, 1 << 32))

    def tell(number: int, data: bytes) -> None:
        outgoing.write(FRAME.pack(number, len(data)) + data)
        outgoing.flush()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = next(numbers)
        open_ones[number] = writer
        try:
            while data := await reader.read(PIECE):
                tell(number, data)
        except OSError:
            pass  # its end is told below, however it came
        tell(number, b"")

    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    outgoing.write(b"ready\n")
    outgoing.flush()
    while True:
        try:
            number, size = FRAME.unpack(await incoming.readexactly(FRAME.size))
            data = await incoming.readexactly(size)
        except asyncio.IncompleteReadError:
            break  # the gate is closed, or its process is dead
        writer = open_ones.get(number)
        if writer is None:
            continue
        if data:
            writer.write(data)
        else:
            del open_ones[number]
            writer.close()
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
