"""Fetches what a person names by a link, without letting the link reach into the private network."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Collection
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from audiobook_daemon.errors import Refused, Unavailable
from audiobook_daemon.http.origins import Origin, origin
from audiobook_daemon.version import __version__

_MOST_REDIRECTS = 5
_SECONDS = 60.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses of version 4 behind a gateway of version 6."""


async def fetch_outside(link: str, *, known: Collection[Origin] = (), most: int) -> bytes | str:
    """Fetch up to `most` bytes from a link and return them, or the magnet link it leads to.

    Only HTTP is spoken, redirects included, and only with public addresses and the `known` origins. The name of a host
    is looked up once, so that it cannot be another address by the time of the connection. Raises Refused and
    Unavailable; their texts tell no more of the link than its host, for it may hold a person's key.
    """
    connector = aiohttp.TCPConnector(resolver=_PublicOnly(known), force_close=True)
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"audiobook-daemon/{__version__}"},
    ) as session:
        try:
            async with asyncio.timeout(_SECONDS):
                return await _follow(session, link, known, most)
        except TimeoutError:
            raise Unavailable(f"The link did not answer completely within {_SECONDS:g} seconds.") from None


async def _follow(session: aiohttp.ClientSession, link: str, known: Collection[Origin], most: int) -> bytes | str:
    for _ in range(_MOST_REDIRECTS + 1):
        if link.startswith("magnet:"):
            return link
        url = _checked(link, known)
        try:
            async with session.get(url, allow_redirects=False) as response:
                if response.status in _REDIRECTS and (target := response.headers.get("Location")):
                    link = _onward(url, target)
                    continue
                if response.status != 200:
                    raise Refused(f"{url.host} answers with {response.status}, and not with a file.", "no_file")
                return await _read(response, most, str(url.host))
        except ValueError:
            raise Refused(f"{url.host} is no host that can be asked.", "bad_link") from None
        except (aiohttp.ClientError, OSError) as error:
            raise _in_words(url, error) from None
    raise Refused("The link leads from one address to the next without an end.", "bad_link")


def _onward(url: URL, target: str) -> str:
    try:
        return target if target.startswith("magnet:") else str(url.join(URL(target)))
    except ValueError:
        raise Refused(f"{url.host} leads on to something that is no address.", "bad_link") from None


def _checked(link: str, known: Collection[Origin]) -> URL:
    try:
        url = URL(link)
        host = url.host  # it is read here, and may turn out to be none
    except ValueError:
        url, host = URL(), None
    if url.scheme not in {"http", "https"} or not host:
        raise Refused("Only http and https links are followed.", "bad_link")
    # A host that is an address is never looked up, so it is judged here.
    if origin(url) not in known and (address := _address(host)) and not is_public(address):
        raise _private(host)
    return url


async def _read(response: aiohttp.ClientResponse, most: int, host: str) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > most:
            raise Refused(f"{host} sends more than the {most // 1_000_000} MB such a file may have.", "too_large")
    return bytes(body)


class _PublicOnly(AbstractResolver):
    """Looks up names, and refuses those of the private network unless their host is known."""

    def __init__(self, known: Collection[Origin]) -> None:
        self._known = {(host, port) for _, host, port in known}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a host; raises OSError if one of them is private."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family, flags=socket.AI_ADDRCONFIG)
        addresses = [str(place[0]) for *_, place in found]
        if (host, port) not in self._known and not all(is_public(ipaddress.ip_address(one)) for one in addresses):
            raise _private(host)
        return [
            ResolveResult(
                hostname=host, host=str(place[0]), port=port, family=kind, proto=protocol, flags=socket.AI_NUMERICHOST
            )
            for kind, _, protocol, _, place in found
        ]

    async def close(self) -> None:
        """Nothing is kept."""


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address lies outside every private network, also when it is dressed up as one of version 6."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _TRANSLATED or address.sixtofour is not None or address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _private(host: str) -> Refused:
    return Refused(
        f"{host} lies in the private network, and is no indexer of the configuration: its links are not followed. "
        "Save the file, and bring that.",
        "private",
    )


def _in_words(url: URL, error: Exception) -> Unavailable:
    reason: Any = getattr(error, "os_error", None) or error
    told = getattr(reason, "strerror", None) or type(error).__name__
    return Unavailable(f"{url.host} cannot be reached: {told}.")
