"""What MQTT publishes about the daemon, read from the database and the rooms."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from audiobook_daemon.doors import (
    BookDownload,
    DaemonInfo,
    FinishedDownloads,
    LastAdded,
    LibraryCounts,
    SettingValue,
    Versions,
)
from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import InstanceStatus, JobStatus, Standing, Want, WantState
from audiobook_daemon.plugin import Library, Tracker
from audiobook_daemon.version import __version__

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon

_MOST_DOWNLOADS = 500
_LARGEST_COVER = 256 * 1024
"""Bytes."""
_COVER_SECONDS = 10.0


class Telling:
    """Answers from what is known already; a service is asked for covers only, and for where the library lies."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    def info(self) -> DaemonInfo:
        """Return version and start."""
        return DaemonInfo(__version__, self._daemon.started)

    def jobs(self) -> Sequence[JobStatus]:
        """Return every job of the schedule."""
        return self._daemon.scheduler.statuses()

    def instances(self) -> Sequence[InstanceStatus]:
        """Return every configured instance."""
        return self._daemon.host.statuses()

    async def want_counts(self) -> Mapping[WantState, int]:
        """Return how many wants stand in each state."""
        return await self._daemon.database.wants.counts()

    async def reviews(self, limit: int) -> Sequence[Want]:
        """Return the wants in REVIEW, those that wait longest first."""
        found = await self._daemon.database.wants.list([WantState.REVIEW], limit=_MOST_DOWNLOADS)
        return tuple(reversed(found))[:limit]

    async def downloads(self) -> Sequence[BookDownload]:
        """Return the downloads of open wants as last seen."""
        wants = await self._daemon.database.wants.list([WantState.DOWNLOADING], limit=_MOST_DOWNLOADS)
        books = {want.download: want.wish.book for want in wants}
        return [
            BookDownload(record.download, book.title, book.authors[0] if book.authors else None)
            for record in await self._daemon.database.downloads.open()
            if (book := books.get(record.download.id))
        ]

    async def library(self) -> LibraryCounts:
        """Return the numbers of the library as last seen."""
        database = self._daemon.database
        shelved = (await database.wants.counts()).get(WantState.SHELVED, 0)
        recent = await database.books.recent(1)
        last = None
        if recent:
            book = recent[0].book
            place = book.series[0] if book.series else None
            series = f"{place.name} #{place.position}" if place and place.position else place.name if place else None
            author = book.authors[0] if book.authors else None
            last = LastAdded(book.title, author, series, recent[0].id, recent[0].runtime, recent[0].added)
        sums = await database.surveys.sums()
        trash_books, trash_size = await database.trash.sums()
        return LibraryCounts(
            books=sums.books,
            authors=sums.authors,
            series=sums.series,
            runtime=sums.runtime,
            size=sums.size,
            missing=sums.missing,
            added_total=shelved,
            last_added=last,
            incomplete=sums.incomplete,
            duplicates=sums.duplicates,
            missing_books=await database.surveys.count_gaps(),
            free=await self._daemon.free_space.bytes(),
            completeness=None if sums.completeness is None else round(sums.completeness, 1),
            series_complete=sums.series_complete,
            series_known=sums.series_known,
            trash_books=trash_books,
            trash_size=trash_size,
        )

    async def finished(self) -> FinishedDownloads:
        """Return how much has been downloaded; the day begins at midnight in the configured time zone."""
        now = self._daemon.world.now().astimezone(self._daemon.configuration.timezone)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        sums = await self._daemon.database.downloads.sums(midnight)
        return FinishedDownloads(sums.since, sums.since_size, sums.ever, sums.ever_size)

    async def cover(self, book: str, width: int = 600) -> bytes | None:
        """Ask the library that holds a book; None if it has none, or there is none to be had now.

        One of half the width is asked for if the first is too large.
        """
        host = self._daemon.host
        for library in host.playing(Library):
            if not host.answers(library, Library.cover) or not await self._daemon.database.books.get(library, book):
                continue
            with suppress(PluginError, TimeoutError):
                async with asyncio.timeout(_COVER_SECONDS):
                    for pixels in (width, width // 2):
                        picture = await host.ask_one(library, Library.cover, item=book, width=pixels)
                        if picture is None or len(picture) <= _LARGEST_COVER:
                            return picture
        return None

    def standings(self) -> Mapping[str, Standing]:
        """Return how the account at each tracker stood when it was last asked."""
        return self._daemon.house.ledger.standings(self._daemon.host.playing(Tracker))

    def settings(self) -> Mapping[str, SettingValue]:
        """Return the settings that can be changed while the daemon runs."""
        return self._daemon.adjusting.values()

    def adjusted(self) -> Collection[str]:
        """Return the names of those that now differ from the file."""
        return tuple(self._daemon.overlay.adjustments)

    def auto_grab(self) -> Mapping[str, bool]:
        """Return for each list of wishes whether its books are grabbed without consent."""
        configuration = self._daemon.configuration
        return {name: configuration.instance(name).auto_grab for name in self._daemon.overlay.lists()}

    def paused(self) -> bool:
        """Return whether the whole schedule stands still."""
        return self._daemon.scheduler.paused

    def versions(self) -> Versions:
        """Return the version that runs and the newest that is known of."""
        found = self._daemon.house.versions.newer_than(__version__)
        if found is None:
            return Versions(__version__, __version__)
        return Versions(__version__, found.version, found.summary, found.url)
