"""What HTTP tells of the daemon beside what every door tells."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from audiobook_daemon.backup import BackupSettings
from audiobook_daemon.daemon.covers import Covers
from audiobook_daemon.daemon.telling import Telling
from audiobook_daemon.scheduler import next_after
from audiobook_daemon.web import Planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiobook_daemon.daemon.assembly import Daemon
    from audiobook_daemon.models import JobStatus


class HttpTelling(Telling):
    """Answers from what is known already, as the part does that all doors share."""

    def __init__(self, daemon: Daemon) -> None:
        super().__init__(daemon)
        self._covers = Covers(super().cover)

    async def cover(self, book: str, width: int = 600) -> bytes | None:
        """Return the cover of a book; pages show many of them again and again, so they are kept for a while."""
        return await self._covers.get(book, width)

    def paused_until(self) -> datetime | None:
        """Return when the pause of the whole schedule ends by itself; None without one, and without an end."""
        return self._daemon.scheduler.paused_until

    def upcoming(self, until: datetime, limit: int) -> Sequence[Planned]:
        """Return the times up to a moment at which jobs run, the next first; not those of paused jobs."""
        times = heapq.merge(*(self._times(job, until) for job in self.jobs()))
        return [Planned(at, job) for at, job in islice(times, limit)]

    def backups(self) -> BackupSettings:
        """Return where backups go."""
        return self._daemon.backups.settings

    def log_lines(self, limit: int) -> Sequence[str]:
        """Return the newest lines of the log, without secrets, the oldest first."""
        return self._daemon.recent_lines.newest(limit)

    def _times(self, job: JobStatus, until: datetime) -> Iterator[tuple[datetime, str]]:
        at = job.next_run
        while at is not None and at <= until:
            yield at, job.name
            at = next_after(job.at, self._daemon.scheduler.zone, at)
