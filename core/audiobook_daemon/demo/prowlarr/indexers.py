"""An indexer of the stand-in: how it is set up, how it is doing, and how Prowlarr remembers that it failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from audiobook_daemon.demo.prowlarr.offers import ProwlarrOffer, time_stamp

_MINUTE, _HOUR = 60, 3600
_BACK_OFF = (
    *(0, _MINUTE, 5 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE),
    *(_HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, 24 * _HOUR),
)
"""Seconds an indexer is left alone, failure by failure."""


class Kind(StrEnum):
    """What kind of site it is; each has settings of its own."""

    MAM = "MyAnonamouse"
    PUBLIC = "Cardigann"
    PRIVATE = "Gazelle"
    USENET = "Newznab"


@dataclass(slots=True)
class Status:
    """What Prowlarr remembers of failures."""

    level: int = 0
    first: datetime | None = None
    latest: datetime | None = None
    blocked_until: datetime | None = None


@dataclass(slots=True, kw_only=True)
class ProwlarrIndexer:
    """An indexer; everything may be changed while the stand-in runs."""

    id: int
    name: str
    kind: Kind = Kind.PUBLIC
    offers: Sequence[ProwlarrOffer] = ()
    categories: tuple[int, ...] = (3000, 3030)
    """The standard categories it has."""
    own_categories: dict[int, str] = field(default_factory=dict)
    """The categories of its own, from 100000 on, by number."""
    enabled: bool = True
    priority: int = 25
    redirect: bool = False
    """Send those who download to the tracker."""
    failing: bool = False
    """The site is away: a search finds nothing, a download fails, and both are remembered as failures."""
    slow: float = 0.0
    """Seconds a search takes."""
    query_limit: int | None = None
    """Searches after which there is nothing more to be found, without a word."""
    grab_limit: int | None = None
    seed_ratio: float | None = None
    seed_minutes: int | None = None
    wedges: int = 0
    """Whether downloads spend freeleech wedges: 0 never, 1 preferred, 2 required."""
    session: str = "secret-session-of-prowlarr"
    """The session of MyAnonamouse, which Prowlarr shows in clear text."""
    gone: set[str] = field(default_factory=set)
    """The guids of what is no more to be had."""
    status: Status = field(default_factory=Status)
    searches: list[str] = field(default_factory=list)
    """The words it was really asked for, the newest last."""
    downloads: Counter[str] = field(default_factory=Counter)
    """How often each torrent was handed out, by guid."""

    @property
    def protocol(self) -> str:
        """The protocol, as Prowlarr calls it."""
        return "usenet" if self.kind is Kind.USENET else "torrent"

    def blocked(self, now: datetime) -> bool:
        """Whether it is left alone now because it failed."""
        return self.status.blocked_until is not None and self.status.blocked_until > now

    def fail(self, now: datetime) -> None:
        """Remember a failure, and leave it alone for longer with every one."""
        status = self.status
        if status.level == 0:
            status.first = now
        status.level = min(status.level + 1, len(_BACK_OFF) - 1)
        status.latest = now
        status.blocked_until = now + timedelta(seconds=_BACK_OFF[status.level])

    def succeed(self) -> None:
        """Forget one step of the failures; the moments stay known."""
        self.status.level = max(0, self.status.level - 1)
        self.status.blocked_until = None

    def status_json(self, number: int) -> dict[str, object] | None:
        """Write what is remembered of failures; None if there never was one."""
        status = self.status
        if status.latest is None:
            return None
        moments = {
            "disabledTill": status.blocked_until,
            "mostRecentFailure": status.latest,
            "initialFailure": status.first,
        }
        written = {name: time_stamp(moment) for name, moment in moments.items() if moment is not None}
        return {"indexerId": self.id, **written, "id": number}
