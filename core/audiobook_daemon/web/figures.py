"""What is dear to find out and asked for often: sums over all books, and how every service does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from audiobook_daemon.doors import Examination, LibraryCounts
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import BookStatus
from audiobook_daemon.store import Database
from audiobook_daemon.upkeep.report import Report, make_report
from audiobook_daemon.web.lending import WebDoors, WebSource
from audiobook_daemon.web.remembered import Remembered

_READY_SECONDS = 1.0
_PATIENCE = 2.0
_SUMS_SECONDS = 20.0
_SERVICES_SECONDS = 60.0
"""A service is not asked more often, whoever asks for our health."""
_REPORT_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Examined:
    """How all instances did when they were last asked."""

    at: datetime
    instances: Sequence[Examination]


class Figures:
    """Figures that are at most some seconds old."""

    def __init__(self, database: Database, source: WebSource, doors: WebDoors, now: Callable[[], datetime]) -> None:
        self._database, self._doors, self._now = database, doors, now
        self.ready: Remembered[bool] = Remembered(self._answers, _READY_SECONDS)
        """Whether the database answers; everybody may ask for that."""
        self.library: Remembered[LibraryCounts] = Remembered(source.library, _SUMS_SECONDS, times=50)
        """The library in numbers."""
        self.statuses: Remembered[Mapping[BookStatus, int]] = Remembered(database.book_lists.statuses, _SUMS_SECONDS)
        """How many books there are of each status."""
        self.in_full: Remembered[int] = Remembered(database.attention.described_in_full, _SUMS_SECONDS)
        """How many books are described in full."""
        self.services: Remembered[Examined] = Remembered(self._examine, _SERVICES_SECONDS)
        """How every instance does, really asked."""
        self.report: Remembered[Report] = Remembered(lambda: make_report(database, now()), _REPORT_SECONDS)
        """The whole report about the library."""

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._database.events.bounds()
        except (DatabaseError, TimeoutError):
            return False
        return True

    async def _examine(self) -> Examined:
        return Examined(self._now(), await self._doors.examine_instances())
