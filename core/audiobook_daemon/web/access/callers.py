"""Those who ask, and what they may."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a key opens; each scope holds those before it."""

    READ = "read"
    """Everything that changes nothing."""
    ACT = "act"
    """What moves books: wants, reviews, jobs, corrections."""
    ADMIN = "admin"
    """What concerns the daemon itself: keys, settings, backups, rows deleted for good."""

    def holds(self, needed: Scope) -> bool:
        """Whether this scope is enough for what is needed."""
        return _WIDTH[self] >= _WIDTH[needed]


_WIDTH = {scope: width for width, scope in enumerate(Scope)}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who has come in with a key."""

    name: str
    """The key's."""
    scope: Scope
    in_browser: bool = False
    """Whether it came by the cookie of a login; what it asks for may then be another site's idea."""
