"""A line to a broker that can be cut and mended, while the broker lives on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Line:
    """Passes every connection on to `target`; while it is cut, whoever comes is hung up on."""

    def __init__(self, target: int) -> None:
        self.port = 0
        self._target, self._whole = target, True
        self._ends: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """Break all connections, with whatever is on its way."""
        self._whole = False
        for end in self._ends:
            end.transport.abort()

    def mend(self) -> None:
        """Let connections through again."""
        self._whole = True

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass one connection on, both ways."""
        if not self._whole:
            writer.close()
            return
        with suppress(OSError):
            answers, questions = await asyncio.open_connection("127.0.0.1", self._target)
            ends = {writer, questions}
            self._ends |= ends
            await asyncio.gather(_copy(reader, questions), _copy(answers, writer))
            self._ends -= ends


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def line_to(target: int) -> AsyncIterator[Line]:
    """Lay a line to a port of this machine."""
    line = Line(target)
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        line.cut()
        server.close()
        await server.wait_closed()
