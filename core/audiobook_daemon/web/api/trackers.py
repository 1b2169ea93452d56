"""How the accounts at the trackers stand."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Nothing
from audiobook_daemon.web.api.beginning import TRIGGER, Begun, begun
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations

operations = Operations("trackers", "/trackers")
_ACTION = "trackers"


class TrackerTold(Answered):
    """An account as its site saw it when it was last asked; what is unknown is null."""

    name: str
    """The instance."""
    at: datetime
    rank: str | None
    """The user class."""
    ratio: float | None
    least_ratio: float | None
    """What the site's rules ask for."""
    uploaded: int | None
    """Bytes."""
    downloaded: int | None
    """Bytes."""
    points: int | None
    wedges: int | None
    """Tokens that make a torrent free."""
    vip_until: datetime | None
    unsatisfied: int | None
    """Torrents that have not been seeded for as long as the site wants."""
    slots: int | None
    """How many unsatisfied torrents it may have."""
    free_slots: int | None
    """How many of them the daemon may still use."""
    seed_time: int | None
    """Seconds for which the site's rules want each torrent to be seeded."""
    hit_and_runs: int | None
    connectable: bool | None
    dangers: list[str]
    """What will cost the account its rights unless somebody acts."""


@operations.add("GET", "")
async def list_trackers(desk: Desk, _asked: Nothing) -> list[TrackerTold]:
    """Tell how our account at each tracker stood when it was last asked; nobody is asked now."""
    fields = set(TrackerTold.model_fields) - {"name"}
    return [
        TrackerTold(name=name, **{field: getattr(standing, field) for field in fields})
        for name, standing in desk.lent.source.standings().items()
    ]


@operations.add("POST", "/check", scope=Scope.ACT, status=202, errors=(409,))
async def check_trackers(desk: Desk, _asked: Nothing) -> Begun:
    """Begin to ask every tracker how our account stands, and whether what must be seeded is."""
    return await begun(_ACTION, desk.doors.run_action(_ACTION, {}, TRIGGER, key=desk.key))
