"""Looks at what the daemon keeps on MQTT the way any client would: a connection, a subscription, the retained messages.

Written on the protocol itself (MQTT 3.1.1), so that what is shown does not come through the daemon's own client.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

_CONNECT = b"\x10\x0c\x00\x04MQTT\x04\x02\x00\x3c\x00\x00"
_ACCEPTED = b"\x20\x02\x00\x00"
_DISCONNECT = b"\xe0\x00"
_SUBSCRIBED, _PUBLISH = 0x90, 0x30
_PAUSE = 0.3
"""Seconds without a message after which all retained ones have come."""
_LONGEST = 5.0


async def kept_messages(port: int, topics: str) -> Mapping[str, bytes]:
    """Return the retained messages of a broker on 127.0.0.1 below a topic filter such as `base/#`.

    Raises OSError or EOFError (asyncio.IncompleteReadError) if the broker is away or does not let us in.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_CONNECT)
        if await reader.readexactly(len(_ACCEPTED)) != _ACCEPTED:
            raise ConnectionRefusedError(f"The broker on port {port} lets nobody in without a name.")
        wanted = topics.encode()
        body = b"\x00\x01" + len(wanted).to_bytes(2, "big") + wanted + b"\x00"
        writer.write(b"\x82" + _length(len(body)) + body)
        found = await _collect(reader)
        writer.write(_DISCONNECT)
        return found
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def _collect(reader: asyncio.StreamReader) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    end = asyncio.get_running_loop().time() + _LONGEST
    subscribed = False
    while asyncio.get_running_loop().time() < end:
        try:
            async with asyncio.timeout(_PAUSE if subscribed else _LONGEST):
                kind, body = await _packet(reader)
        except TimeoutError:
            break
        subscribed = subscribed or kind & 0xF0 == _SUBSCRIBED
        if kind & 0xF0 == _PUBLISH and kind & 1:
            size = int.from_bytes(body[:2], "big")
            found[body[2 : 2 + size].decode()] = body[2 + size :]
    return found


async def _packet(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    kind = (await reader.readexactly(1))[0]
    length = shift = 0
    while True:
        byte = (await reader.readexactly(1))[0]
        length |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return kind, await reader.readexactly(length)


def _length(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])
