"""A BitTorrent tracker on loopback, so that two download clients find each other as they do in real life."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address
from urllib.parse import parse_qs, urlsplit

import bencode2
from aiohttp import web

from audiobook_daemon.demo.standin import StandIn

_INTERVAL = 30
"""Seconds between two announces of one client, as we ask for it."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A client that takes part in a torrent."""

    address: str
    port: int
    seeding: bool


class Tracker(StandIn):
    """Answers `/announce` for every torrent it is asked about and names the peers it has heard of.

    libtorrent asks a tracker on loopback only if its path is exactly `/announce`.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._peers: dict[str, dict[tuple[str, int], tuple[Peer, float]]] = {}

    @property
    def announce_url(self) -> str:
        """The address to write into .torrent files; raises RuntimeError before the first start."""
        return f"{self.url}/announce"

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """The one path of a tracker."""
        return [web.get("/announce", self._announce)]

    def peers(self, info_hash: str) -> tuple[Peer, ...]:
        """Who takes part in a torrent now (40 hex digits, lower case)."""
        oldest = self._clock() - 3 * _INTERVAL
        swarm = self._peers.get(info_hash, {})
        return tuple(peer for peer, heard in swarm.values() if heard >= oldest)

    async def _announce(self, request: web.Request) -> web.Response:
        # The hash is 20 raw bytes, percent-encoded; the parsed query of aiohttp would read them as UTF-8.
        query = parse_qs(urlsplit(request.raw_path).query, encoding="latin-1")
        try:
            info_hash = query["info_hash"][0].encode("latin-1")
            port = int(query["port"][0])
            left = int(query["left"][0])
            address = str(IPv4Address(request.remote or ""))
        except (KeyError, ValueError):
            return _answer({b"failure reason": b"The announce lacks info_hash, port or left."})
        if len(info_hash) != 20 or not 0 < port < 65536:
            return _answer({b"failure reason": b"The announce names no v1 info-hash or no port."})
        swarm = self._peers.setdefault(info_hash.hex(), {})
        if query.get("event") == ["stopped"]:
            swarm.pop((address, port), None)
        else:
            swarm[address, port] = (Peer(address, port, left == 0), self._clock())
        peers = self.peers(info_hash.hex())
        others = [peer for peer in peers if (peer.address, peer.port) != (address, port)]
        return _answer(
            {
                b"interval": _INTERVAL,
                b"min interval": 5,
                b"complete": sum(peer.seeding for peer in peers),
                b"incomplete": sum(not peer.seeding for peer in peers),
                b"peers": b"".join(IPv4Address(peer.address).packed + peer.port.to_bytes(2, "big") for peer in others),
            }
        )


def _answer(document: dict[bytes, object]) -> web.Response:
    return web.Response(body=bytes(bencode2.bencode(document)), content_type="text/plain")
