from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import bencode2
import pytest
from yarl import URL

from audiobook_daemon.demo.tracker import Peer, Tracker

# Bytes that are no sound UTF-8, and one that means a blank in a form.
HASH = bytes([0xFF, 0xFE, 0x2B, 0x26, 0x00]) * 4
OTHER = b"o" * 20


@pytest.fixture
async def tracker() -> AsyncIterator[Tracker]:
    async with Tracker() as running:
        yield running


async def announce(
    tracker: Tracker, port: int, *, left: int = 0, info_hash: bytes = HASH, event: str = ""
) -> dict[bytes, object]:
    quoted = "".join(f"%{byte:02x}" for byte in info_hash)
    query = f"info_hash={quoted}&peer_id=-XX0000-000000000000&port={port}&left={left}&compact=1"
    if event:
        query += f"&event={event}"
    return await ask(tracker, query)


async def ask(tracker: Tracker, query: str) -> dict[bytes, object]:
    url = URL(f"{tracker.announce_url}?{query}", encoded=True)
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200
        document: dict[bytes, object] = bencode2.bdecode(await answer.read())
        return document


def compact(*ports: int) -> bytes:
    return b"".join(b"\x7f\0\0\1" + port.to_bytes(2, "big") for port in ports)


async def test_peers_of_one_torrent_are_told_of_each_other(tracker: Tracker) -> None:
    first = await announce(tracker, 4001)
    second = await announce(tracker, 4002, left=500)
    third = await announce(tracker, 4001)

    assert first[b"peers"] == b""
    assert second[b"peers"] == compact(4001)
    assert third[b"peers"] == compact(4002)
    assert (third[b"complete"], third[b"incomplete"]) == (1, 1)
    assert tracker.peers(HASH.hex()) == (Peer("127.0.0.1", 4001, True), Peer("127.0.0.1", 4002, False))


async def test_torrents_are_kept_apart(tracker: Tracker) -> None:
    await announce(tracker, 4001)
    other = await announce(tracker, 4002, info_hash=OTHER)

    assert other[b"peers"] == b""
    assert tracker.peers("00" * 20) == ()


async def test_who_stops_is_forgotten_at_once(tracker: Tracker) -> None:
    await announce(tracker, 4001)
    await announce(tracker, 4001, event="stopped")

    assert (await announce(tracker, 4002))[b"peers"] == b""


async def test_who_is_not_heard_of_for_long_is_no_longer_named() -> None:
    clock = [1000.0]
    async with Tracker(lambda: clock[0]) as tracker:
        interval = (await announce(tracker, 4001))[b"interval"]
        assert isinstance(interval, int)

        clock[0] += interval * 2
        assert [peer.port for peer in tracker.peers(HASH.hex())] == [4001]
        clock[0] += interval * 2
        assert tracker.peers(HASH.hex()) == ()
        assert (await announce(tracker, 4002))[b"peers"] == b""


@pytest.mark.parametrize(
    "query",
    [
        "",
        "info_hash=abc&port=4001&left=0",
        f"info_hash={'a' * 20}&port=0&left=0",
        f"info_hash={'a' * 20}&port=x&left=0",
    ],
)
async def test_an_announce_that_says_too_little_is_refused(tracker: Tracker, query: str) -> None:
    answer = await ask(tracker, query)

    assert list(answer) == [b"failure reason"]
    assert tracker.peers(("a" * 20).encode().hex()) == ()
