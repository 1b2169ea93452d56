"""The addresses Prowlarr hands out: which hold secrets, which lead to the outside, which can be shown. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlsplit

_DOWNLOAD = re.compile(r"/([0-9]{1,9})/download/?$")
_NUMBER = re.compile(r"[0-9]{1,9}")
_LINK = re.compile(r"[\w=-]{1,8192}", re.ASCII)
_LONGEST_NAME = 500
# A page is named by short numbers and words; anything longer may be a pass key.
_SECRET_NAME = re.compile(r"pass|key|auth|token|secret|sid|session|hash|rss|user|uid", re.IGNORECASE)
_SHORT = re.compile(r"[\w .-]{0,15}")
_LONG_WORD = re.compile(r"[0-9A-Fa-f]{20,}|[0-9A-Za-z]{28,}")
# Anything cleverer is read as one host by some programs and as another by others.
_PLAIN_PLACE = re.compile(r"(?:[\w.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?", re.ASCII)
_PORTS = {"http": 80, "https": 443}


def download_link(address: object) -> Mapping[str, str] | None:
    """Take what is needed to download out of a link of Prowlarr, and leave the API key in it behind.

    Returns `indexer` (its number), `link` (encrypted by Prowlarr) and `file`; None if it is no such link.
    """
    parts = _parts(address)
    found = _DOWNLOAD.search(parts.path) if parts else None
    if parts is None or found is None:
        return None
    query = parse_qs(parts.query)
    link, name = query.get("link", [""])[0], query.get("file", [""])[0]
    if not _LINK.fullmatch(link):
        return None
    name = name.encode("utf-8", "replace").decode("utf-8")
    return {"indexer": found[1], "link": link, "file": name[:_LONGEST_NAME] or "release"}


def is_link(parts: Mapping[str, str]) -> bool:
    """Whether these are the parts of a link, as `download_link` returns them."""
    number, link = parts.get("indexer", ""), parts.get("link", "")
    return _NUMBER.fullmatch(number) is not None and _LINK.fullmatch(link) is not None and bool(parts.get("file"))


def public_page(*addresses: object) -> str | None:
    """Return the first address that is a web page, without anything in it that could be a secret."""
    for address in addresses:
        parts = _parts(address)
        if parts is None or parts.scheme not in _PORTS or not parts.hostname or _LONG_WORD.search(parts.path):
            continue
        pairs = [pair for pair in parse_qsl(parts.query) if _is_harmless(*pair)]
        return parts._replace(netloc=parts.netloc.rpartition("@")[2], query=urlencode(pairs), fragment="").geturl()
    return None


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses lead to the same server: scheme, host and port."""
    origin = _origin(one)
    return origin is not None and origin == _origin(other)


def host_and_port(address: str) -> tuple[str, int] | None:
    """Return where an https address leads; None for every other address."""
    origin = _origin(address)
    return origin[1:] if origin is not None and origin[0] == "https" else None


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, and not to this machine or its networks."""
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, IPv6Address) and number.ipv4_mapped is not None:
        number = number.ipv4_mapped
    return number.is_global and not number.is_multicast


def _is_harmless(name: str, value: str) -> bool:
    return _SHORT.fullmatch(value) is not None and not _SECRET_NAME.search(name)


def _origin(address: str) -> tuple[str, str, int] | None:
    parts = _parts(address)
    if parts is None or not parts.hostname or parts.scheme not in _PORTS or not _PLAIN_PLACE.fullmatch(parts.netloc):
        return None
    return parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme]


def _parts(address: object) -> SplitResult | None:
    """Split an address; None if it is none."""
    if not isinstance(address, str):
        return None
    try:
        parts = urlsplit(address.strip())
        _ = parts.port  # raises for a port that is no number
    except ValueError:
        return None
    return parts
