"""How the server listens, as its own value, so that this room need not know the file's sections."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Key:
    """A key that stands in the configuration."""

    name: str
    secret: str = field(repr=False)
    scope: str = "admin"
    """`read`, `act` or `admin`; each may do what those before it may."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the server listens, and whom it lets in."""

    host: str = "127.0.0.1"
    port: int = 8723
    """0 takes any that is free."""
    keys: tuple[Key, ...] = ()
    prefix: str = ""
    """What a reverse proxy puts before every path (`/books`); empty without one."""
    largest_body: int = 1024 * 1024
    """Bytes."""
