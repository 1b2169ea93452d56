"""How an account at a tracker stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """An account as its site saw it when it was asked; unknown is None."""

    at: datetime
    rank: str | None = None
    """The user class (`Power User`)."""
    ratio: float | None = None
    least_ratio: float | None = None
    """What the site's rules ask for."""
    uploaded: int | None = None
    """Bytes."""
    downloaded: int | None = None
    """Bytes."""
    points: int | None = None
    """Bonus points."""
    wedges: int | None = None
    """Tokens that make a torrent free."""
    vip_until: datetime | None = None
    unsatisfied: int | None = None
    """Torrents that have not been seeded for as long as the site wants."""
    slots: int | None = None
    """How many unsatisfied torrents it may have."""
    free_slots: int | None = None
    """How many of the slots the daemon may still use; what a person keeps for downloads by hand is left out."""
    seed_time: int | None = None
    """Seconds for which the site's rules want each torrent to be seeded."""
    hit_and_runs: int | None = None
    connectable: bool | None = None
    dangers: tuple[str, ...] = ()
    """What will cost the account its rights unless somebody acts, a sentence each."""
