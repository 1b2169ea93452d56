"""Where a request comes from, and by which name it calls us; a proxy is believed only if it is trusted."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address

from aiohttp import web

from audiobook_daemon.web.settings import WebSettings

_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)+")
_MOST_HOPS = 20
Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, and how the address looks from there."""

    address: str
    """Of the visitor, in numbers."""
    host: str
    """Name and port as the visitor knows us, in small letters; empty if none was given."""
    secure: bool
    """Whether the visitor came by https."""
    prefix: str
    """What stands before every path there, as in `/books`; every link begins with it."""

    @property
    def origin(self) -> str:
        """How a browser names our pages."""
        return f"{'https' if self.secure else 'http'}://{self.host}"


VISIT: web.RequestKey[Visit] = web.RequestKey("visit", Visit)


def visit_of(request: web.Request) -> Visit:
    """Return where a request comes from."""
    return request[VISIT]


class Visits:
    """Reads the visit of a request."""

    def __init__(self, settings: WebSettings) -> None:
        self._proxies, self._prefix = settings.proxies, settings.prefix

    def read(self, request: web.BaseRequest) -> Visit:
        """Return where it comes from; what `X-Forwarded-*` says counts from a trusted proxy only."""
        peer = parsed_address(request.remote or "")
        host = request.headers.get("Host", "").lower()
        address = str(peer) if peer else request.remote or "unknown"
        if peer is None or not self._trusted(peer):
            return Visit(address, host, secure=False, prefix=self._prefix)
        said = _last(request, "X-Forwarded-Prefix")
        prefix = said.rstrip("/") if said else ""
        return Visit(
            address=str(self._first_stranger(request, peer)),
            host=(_last(request, "X-Forwarded-Host") or host).lower(),
            secure=_last(request, "X-Forwarded-Proto").lower() == "https",
            prefix=prefix if _PREFIX.fullmatch(prefix) else self._prefix,
        )

    def _trusted(self, address: Address) -> bool:
        return any(address in network for network in self._proxies)

    def _first_stranger(self, request: web.BaseRequest, peer: Address) -> Address:
        """Go back along the proxies that are trusted; the first who is not is who asks."""
        hops = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")[-_MOST_HOPS:]
        nearest = peer
        for hop in reversed(hops):
            found = parsed_address(hop.strip())
            if found is None:
                return nearest
            if not self._trusted(found):
                return found
            nearest = found
        return nearest


@lru_cache(maxsize=1024)
def parsed_address(text: str) -> Address | None:
    """Read an address in numbers, with brackets or a port or without; one of IPv4 within IPv6 is one of IPv4."""
    bare = text.partition("]")[0].removeprefix("[") if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _last(request: web.BaseRequest, name: str) -> str:
    """What the nearest proxy has said, which has added to what was there."""
    return ",".join(request.headers.getall(name, [])).rpartition(",")[2].strip()
