"""What the daemon must be able to tell, so that it can be published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from audiobook_daemon.models import Download, InstanceStatus, JobStatus, Want, WantState


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
