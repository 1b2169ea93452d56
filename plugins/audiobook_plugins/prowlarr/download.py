"""Follows a link of Prowlarr to a torrent or a magnet link, and nowhere it should not lead.

Prowlarr fetches the .torrent itself, or sends us on: to a magnet link, or to the tracker if its indexer redirects.
Where we are sent is foreign input. The API key goes to Prowlarr alone, nobody can point us into this machine or its
networks, and what comes back is a torrent only if it reads as one.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from urllib.parse import urljoin

from audiobook_daemon import Context, HttpAnswer, Refused, Torrent, Unavailable, read_magnet, read_torrent
from audiobook_plugins.prowlarr.addresses import host_and_port, is_public, same_origin
from audiobook_plugins.prowlarr.answers import refuse_status, words_of
from audiobook_plugins.prowlarr.client import Client

_HOPS = 4
_SECONDS = 90.0
_TRACKER_SECONDS = 30.0
_GONE = frozenset({404, 410})


class Downloader:
    """Fetches what the search has found."""

    def __init__(self, client: Client, context: Context) -> None:
        self._client = client
        self._context = context

    async def fetch(self, link: Mapping[str, str], url: str) -> Torrent:
        """Follow a link of `addresses.download_link`; `url` is Prowlarr's own address.

        Raises Refused (`gone`, `unsafe_redirect`, `needs_login`, `not_a_magnet`), Unavailable or AuthFailed.
        """
        answer = await self._client.download(link, timeout=_SECONDS)
        place, ours = f"{url}/{link['indexer']}/download", True
        for _ in range(_HOPS):
            target = _target(answer, place)
            if target is None:
                break
            if target.startswith("magnet:"):
                return read_magnet(target)
            ours = ours and same_origin(target, url)
            # Without its URL base Prowlarr sends us to itself.
            answer = await (self._client.get(target, timeout=_SECONDS) if ours else self._from_tracker(target))
            place = target
        return _read_own(answer) if ours else _read_foreign(answer)

    async def _from_tracker(self, target: str) -> HttpAnswer:
        place = host_and_port(target)
        if place is None:
            raise Refused("Prowlarr sends us to an address that is not https; it is not followed.", "unsafe_redirect")
        host, port = place
        addresses = await resolve(host, port)
        if not addresses or not all(map(is_public, addresses)):
            reason = f"Prowlarr sends us to {host}, which is no address of the open internet; it is not followed."
            raise Refused(reason, "unsafe_redirect")
        # A name could lead elsewhere a moment later, but nothing inside has a certificate for it.
        return await self._context.http.request("GET", target, timeout=_TRACKER_SECONDS)


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the IP addresses of a host; raises Unavailable if there are none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unavailable(f"{host}, to which Prowlarr sends us, cannot be found.") from error
    return tuple(str(address[0]) for *_, address in found)


def _target(answer: HttpAnswer, place: str) -> str | None:
    """Return where a redirect leads, None if it is none; raises Refused if it leads to no address."""
    told = answer.headers.get("location", "").strip().encode("utf-8", "replace").decode()
    if not 300 <= answer.status < 400 or not told:
        return None
    try:
        return told if told.startswith("magnet:") else urljoin(place, told)
    except ValueError as error:
        raise Refused("Prowlarr sends us to something that is no address.", "unsafe_redirect") from error


def _read_own(answer: HttpAnswer) -> Torrent:
    """Read what Prowlarr itself has answered."""
    # A proxy whose Prowlarr is away says 404 too, but not in JSON.
    if answer.status == 410 or (answer.status == 404 and answer.content_type == "application/json"):
        raise Refused(f"Prowlarr has it no more: {words_of(answer) or 'gone'}.", "gone")
    if answer.status == 400:
        raise Refused(f"Prowlarr does not know its own link any more: {words_of(answer)}.", "gone")
    refuse_status(answer)
    if torrent := _torrent(answer):
        return torrent
    raise Unavailable("Prowlarr sent something other than a whole .torrent file.")


def _read_foreign(answer: HttpAnswer) -> Torrent:
    """Read what the tracker has answered."""
    if answer.status in _GONE:
        raise Refused("The torrent is gone from its tracker.", "gone")
    if torrent := _torrent(answer):
        return torrent
    if answer.status in {401, 403} or 300 <= answer.status < 400 or answer.body.lstrip()[:1] == b"<":
        raise Refused(
            "Prowlarr sends us to the tracker, which wants a login; switch `Redirect` of this indexer off in Prowlarr.",
            "needs_login",
        )
    answer.check()
    raise Unavailable("The tracker sent something other than a whole .torrent file.")


def _torrent(answer: HttpAnswer) -> Torrent | None:
    if answer.status != 200:
        return None
    if answer.body.startswith(b"magnet:"):
        return read_magnet(answer.text().strip())
    if not answer.body.startswith(b"d"):
        return None
    try:
        return read_torrent(answer.body)
    except Refused as error:
        if error.code != "not_a_torrent":
            raise
        return None
