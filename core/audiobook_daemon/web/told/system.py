"""How the daemon and the library are told in numbers."""

from __future__ import annotations

from datetime import date

from audiobook_daemon.models import BookStatus, WantState
from audiobook_daemon.store import QueueState
from audiobook_daemon.web.answers import Answered
from audiobook_daemon.web.api.standings import SummaryTold


class StatsTold(Answered):
    """How much there is of everything; sums over all books may be some seconds old."""

    books: dict[BookStatus, int]
    library_books: int | None
    """Books in the libraries whose files are there."""
    series: int
    authors: int
    wants: dict[WantState, int]
    downloads: dict[QueueState, int]
    missing_books: int | None
    """Books that are out and missing from owned series and authors."""
    failing: int
    """What has failed three times or more."""


class LibraryTold(Answered):
    """How well the library is described, and how complete it is."""

    books: int | None
    completeness: float | None
    """The average, in percent."""
    incomplete: int | None
    """Books that are described to less than 80 percent."""
    in_full: int
    """Books of which nothing is unknown."""
    lost: int | None
    """Books whose files the library no longer finds."""
    duplicates: int | None
    series: SummaryTold
    authors: SummaryTold


class DownloadStats(Answered):
    """The downloads in numbers."""

    by_status: dict[QueueState, int]
    by_source: dict[str, dict[QueueState, int]]
    """By the instance that offers the release at hand; `none` are those without one."""
    retry_due: int
    """How many have waited long enough for another try."""
    finished_today: int
    finished_today_bytes: int
    finished_total: int
    finished_total_bytes: int


class StorageTold(Answered):
    """What takes room; nothing of it is estimated."""

    books: int | None
    library_bytes: int | None
    free_bytes: int | None
    """What is left where the library lies; null if it lies elsewhere."""
    database_bytes: int
    trash_books: int | None
    trash_bytes: int | None


class CallsTold(Answered):
    """How often was asked."""

    name: str
    """The key's name, or the instance's."""
    calls: int
    failures: int
    """Of a key those that were refused, of a service those that it refused, or did not answer."""


class UsageTold(Answered):
    """How often was asked, really counted."""

    since: date
    """The first day that counts, in UTC."""
    services: list[CallsTold]
    """What we have asked of others, every attempt."""
    keys: list[CallsTold]
    """What others have asked of us."""
