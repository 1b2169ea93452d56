"""Reads everything that is told to Prometheus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audiobook_daemon.doors import BookDownload, DaemonInfo, FinishedDownloads, LibraryCounts
from audiobook_daemon.http import Asker, Calls
from audiobook_daemon.models import InstanceStatus, JobStatus, Standing, WantState
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.requests import Answered, Durations


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything, as it is at one moment."""

    info: DaemonInfo
    library: LibraryCounts
    wants: Mapping[WantState, int]
    downloads: Sequence[BookDownload]
    finished: FinishedDownloads
    instances: Sequence[InstanceStatus]
    jobs: Sequence[JobStatus]
    paused: bool
    standings: Mapping[str, Standing]
    calls: Mapping[Asker, Calls]
    requests: Mapping[Answered, int]
    durations: Mapping[str, Durations]
    onlookers: int
    database_bytes: int


async def gathered(lent: Lent) -> Gathered:
    """Return everything that is told; the sums over all books may be some seconds old."""
    source = lent.source
    return Gathered(
        info=source.info(),
        library=await lent.figures.library.get(),
        wants=await source.want_counts(),
        downloads=await source.downloads(),
        finished=await source.finished(),
        instances=source.instances(),
        jobs=source.jobs(),
        paused=source.paused(),
        standings=source.standings(),
        calls=lent.tally.since_start,
        requests=lent.requests.counts,
        durations=lent.requests.durations,
        onlookers=lent.live.onlookers,
        database_bytes=await lent.database.figures.size(),
    )
