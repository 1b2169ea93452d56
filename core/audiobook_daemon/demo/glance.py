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
_SUBSCRIBE, _SUBSCRIBED, _PUBLISH = b"\x82", 0x90, 0x30
_WANTED, _END = 1, 2
"""The numbers of two subscriptions: a broker answers the second one behind all that it keeps for the first."""
_NOTHING = "nothing/is/kept/here"
_LONGEST = 30.0
"""Seconds for all of it; a broker that has not answered by then has told what it tells."""


async def kept_messages(port: int, topics: str) -> Mapping[str, bytes]:
    """Return the retained messages of a broker on 127.0.0.1 of one topic, or below one, as in `base/#`.

    Raises OSError or EOFError (asyncio.IncompleteReadError) if the broker is away or does not let us in.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_CONNECT)
        if await reader.readexactly(len(_ACCEPTED)) != _ACCEPTED:
            raise ConnectionRefusedError(f"The broker on port {port} lets nobody in without a name.")
        writer.write(_subscription(_WANTED, topics) + _subscription(_END, _NOTHING))
        found = await _collect(reader)
        writer.write(_DISCONNECT)
        # The embedded broker greets with what it keeps for the subscriptions of others, too.
        return {topic: payload for topic, payload in found.items() if _covers(topics, topic)}
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def _collect(reader: asyncio.StreamReader) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    with suppress(TimeoutError):
        async with asyncio.timeout(_LONGEST):
            while True:
                kind, body = await _packet(reader)
                if kind & 0xF0 == _SUBSCRIBED and int.from_bytes(body[:2], "big") == _END:
                    break
                if kind & 0xF0 == _PUBLISH and kind & 1:
                    size = int.from_bytes(body[:2], "big")
                    found[body[2 : 2 + size].decode()] = body[2 + size :]
    return found


def _subscription(number: int, topics: str) -> bytes:
    wanted = topics.encode()
    body = number.to_bytes(2, "big") + len(wanted).to_bytes(2, "big") + wanted + b"\x00"
    return _SUBSCRIBE + _length(len(body)) + body


def _covers(topics: str, topic: str) -> bool:
    beginning, below, _ = topics.partition("#")
    return f"{topic}/".startswith(beginning) if below else topic == topics


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
