"""What the daemon must be able to tell, so that it can be published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from audiobook_daemon.models import Download, InstanceStatus, JobStatus, Standing, Want, WantState


@dataclass(frozen=True, slots=True)
class DaemonInfo:
    """Who is speaking."""

    version: str
    started: datetime


@dataclass(frozen=True, slots=True)
class BookDownload:
    """A download together with the book it is for."""

    download: Download
    title: str
    author: str | None = None


@dataclass(frozen=True, slots=True)
class LastAdded:
    """The book that came into the library last."""

    title: str
    author: str | None = None
    series: str | None = None
    id: str | None = None
    runtime: float | None = None
    """Seconds."""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LibraryCounts:
    """The library in numbers, as far as they are known."""

    books: int | None = None
    authors: int | None = None
    series: int | None = None
    runtime: float | None = None
    """Seconds of listening, all books together."""
    size: int | None = None
    free: int | None = None
    """Bytes left where the library lies."""
    missing: int | None = None
    """Books whose files the library no longer finds."""
    added_total: int | None = None
    """Books the daemon has ever shelved."""
    last_added: LastAdded | None = None
    incomplete: int | None = None
    """Books that are described to less than 80 percent."""
    duplicates: int | None = None
    """Books that are owned more than once, as last looked for."""
    missing_books: int | None = None
    """Books that are out and missing from owned series and authors."""
    completeness: float | None = None
    """How well the books are described, the mean in percent."""
    series_complete: int | None = None
    """Series of which nothing that is out is missing."""
    series_known: int | None = None
    """Series of which it is known what there is."""
    trash_books: int | None = None
    """Books that lie in the trash."""
    trash_size: int | None = None
    """Bytes."""


@dataclass(frozen=True, slots=True)
class FinishedDownloads:
    """What has been downloaded to its end."""

    today: int = 0
    """Since midnight in the configured time zone."""
    today_size: int = 0
    """Bytes."""
    total: int = 0
    """Ever; it never shrinks."""
    total_size: int = 0
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The version that runs, and the newest that is known of."""

    installed: str
    latest: str
    summary: str | None = None
    """What is new, in a few lines."""
    url: str | None = None
    """Where to read on."""


SettingValue = bool | int | float | str


class Source(Protocol):
    """Implemented by the daemon; what needs no waiting is plain, what asks the database is async."""

    def info(self) -> DaemonInfo:
        """Return version and start."""

    def jobs(self) -> Sequence[JobStatus]:
        """Return every job of the schedule."""

    def instances(self) -> Sequence[InstanceStatus]:
        """Return every configured instance."""

    async def want_counts(self) -> Mapping[WantState, int]:
        """Return how many wants stand in each state; states without wants may be left out."""

    async def reviews(self, limit: int) -> Sequence[Want]:
        """Return the wants in REVIEW, those that wait longest first."""

    async def downloads(self) -> Sequence[BookDownload]:
        """Return the downloads of open wants as last seen; asks no download client."""

    async def library(self) -> LibraryCounts:
        """Return the numbers of the library as last seen; asks no library."""

    async def finished(self) -> FinishedDownloads:
        """Return how much has been downloaded."""

    async def cover(self, book: str, width: int = 600) -> bytes | None:
        """Return the cover of a book of the library as JPEG, about so many pixels wide, or None if there is none."""

    def standings(self) -> Mapping[str, Standing]:
        """Return how the account at each tracker stood when it was last asked, by instance."""

    def settings(self) -> Mapping[str, SettingValue]:
        """Return the settings that can be changed while the daemon runs, by name (`min_seeders`)."""

    def adjusted(self) -> Collection[str]:
        """Return the names of those that now differ from the file."""

    def auto_grab(self) -> Mapping[str, bool]:
        """Return for each list of wishes, by instance, whether its books are grabbed without consent."""

    def paused(self) -> bool:
        """Return whether the whole schedule stands still."""

    def versions(self) -> Versions:
        """Return the version that runs and the newest that is known of."""
