"""Finds torrents that their trackers still want seeded, and that are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import Download, DownloadState
from audiobook_daemon.pipeline import World
from audiobook_daemon.plugin import DownloadClient
from audiobook_daemon.store import OwedTorrent

_PERIOD = timedelta(days=30)
"""So long trackers give for the seeding; of what is older they tell themselves, as hit-and-run."""


class Lapse(StrEnum):
    """Why a torrent is not seeded."""

    STOPPED = "stopped"
    FAILED = "failed"
    """The client reports a fault."""
    GONE = "gone"
    UNSEEN = "unseen"
    """Not listed for the first time: a client that has just started does not list everything yet."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A torrent that has to be seeded and is not."""

    client: str
    id: str
    """Its info-hash."""
    name: str
    trackers: tuple[str, ...]
    """The instances whose sites want it."""
    lapse: Lapse


async def lapses(world: World, demanded: Mapping[str, int], before: Sequence[Duty]) -> tuple[Duty, ...]:
    """Ask each download client once how the torrents stand that it has to seed.

    `demanded` says for how many seconds each tracker wants torrents to be seeded. Of a client that does not answer all
    stays as it was `before`.
    """
    now = world.now()
    groups: dict[str, list[OwedTorrent]] = defaultdict(list)
    for owed in await world.database.downloads.owed(now - _PERIOD):
        if any(source in demanded for source in owed.sources) and owed.client in world.host.playing(DownloadClient):
            groups[owed.client].append(owed)
    found: list[Duty] = []
    for client, torrents in groups.items():
        known = [duty for duty in before if duty.client == client]
        try:
            listed = await world.host.ask_one(client, DownloadClient.status, ids=[one.id for one in torrents])
        except PluginError:
            found += known
            continue
        states = {download.id: download for download in listed}
        noted = {duty.id for duty in known}
        for owed in torrents:
            trackers = tuple(source for source in owed.sources if source in demanded)
            needed = timedelta(seconds=owed.seed_time or max(demanded[one] for one in trackers))
            lapse = _lapse(owed, states.get(owed.id), now, needed)
            if lapse is Lapse.GONE and owed.id not in noted:
                lapse = Lapse.UNSEEN
            if lapse is not None:
                found.append(Duty(client, owed.id, owed.name, trackers, lapse))
    return tuple(found)


def _lapse(owed: OwedTorrent, download: Download | None, now: datetime, needed: timedelta) -> Lapse | None:
    """Why a torrent is not seeded though it has to be; None if it is, need not be, or nobody can tell."""
    young = now - owed.finished < needed
    if download is None:
        # Later nobody knows whether it was seeded long enough before it went.
        return Lapse.GONE if young else None
    seeded = download.seeding_time
    if not young if seeded is None else seeded >= needed.total_seconds():
        return None
    if download.state is DownloadState.FAILED:
        return Lapse.FAILED
    stopped = download.seeding is False or download.state is DownloadState.STOPPED
    return Lapse.STOPPED if stopped else None
