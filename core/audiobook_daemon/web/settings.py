"""How the server listens, as its own value, so that this room need not know the file's sections."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network


@dataclass(frozen=True, slots=True)
class Key:
    """A key that stands in the configuration, itself or as its hash."""

    name: str
    secret: str | None = field(default=None, repr=False)
    scope: str = "admin"
    """`read`, `act` or `admin`; each may do what those before it may."""
    hash: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the server listens, and whom it lets in."""

    host: str = "127.0.0.1"
    port: int = 8723
    """0 takes any that is free."""
    keys: tuple[Key, ...] = ()
    prefix: str = ""
    """What a reverse proxy puts before every path (`/books`); empty without one."""
    hosts: tuple[str, ...] = ()
    """Names by which the server may be called, beside addresses in numbers, localhost and the machine's own name."""
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Those whose word counts for who asks, by which name and whether encrypted."""
    origins: tuple[str, ...] = ()
    """Other sites whose pages may ask with a key."""
    session: timedelta = timedelta(days=30)
    """How long a login lasts."""
    wrong_keys: int = 10
    """Different wrong keys that one address may try before it has to wait."""
    largest_body: int = 1024 * 1024
    """Bytes."""
    patience: float = 30.0
    """Seconds in which the head of a request must have arrived, after the connection was made or used last."""
    most_connections: int = 400
    """Beyond, those go that serve nobody with a key, the oldest first."""
