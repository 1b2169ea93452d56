"""Where an address of HTTP leads to."""

from __future__ import annotations

from yarl import URL

Origin = tuple[str, str, int]
"""Scheme, host and port."""


def origin_of(address: str) -> Origin | None:
    """Return scheme, host and port of an address; None if it is none of HTTP."""
    try:
        url = URL(address)
        return origin(url) if url.scheme in {"http", "https"} and url.host else None
    except ValueError:
        return None


def origin(url: URL) -> Origin:
    """Return scheme, host and port of an address that has been read."""
    return url.scheme, str(url.host), url.port or 0
