"""What is told of the keys that open the HTTP server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

KEY_NAME = r"^[A-Za-z0-9][A-Za-z0-9 _.-]{0,59}$"
"""What a key may be called."""
DAY_OF_OVERLAP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """A key as everybody with the right to it may see it; the key itself is not among it."""

    name: str
    scope: str
    configured: bool
    """Whether it stands in the configuration, where alone it can be changed."""
    beginning: str | None = None
    """The letters it begins with; those of the configuration are not told."""
    created: datetime | None = None
    expires: datetime | None = None
    """None is never."""
    last_used: datetime | None = None
    """To ten minutes or so."""
    previous_until: datetime | None = None
    """Until when the key before the last rotation opens as well."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was made just now."""

    standing: KeyStanding
    key: str = field(repr=False)
    """Told once and kept nowhere."""


class KeyDoors(Protocol):
    """Implemented by the daemon; `by` is who asks, for the log."""

    async def list_keys(self) -> Sequence[KeyStanding]:
        """Return every key, those of the configuration first."""

    async def add_key(self, name: str, scope: str, lasts: timedelta | None, *, by: str) -> NewKey:
        """Make a key that is good for so long, for ever if not said; Conflict if the name is taken."""

    async def rotate_key(self, name: str, overlap: timedelta, *, by: str) -> NewKey:
        """Make another key in the place of one, which stays good for a while; NotFound, Conflict if configured."""

    async def remove_key(self, name: str, *, by: str) -> KeyStanding:
        """Let a key open nothing any more; NotFound, Conflict if it stands in the configuration."""
