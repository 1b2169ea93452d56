"""The roles a plugin can play; each abstract method is a hook specification.

Questions are broadcast to all instances of a role, commands are addressed to one. All are asynchronous. A method may
raise Unavailable (ask again later), AuthFailed (a person has to act) or Refused (no, for this one thing).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from audiobook_daemon.events import Event
from audiobook_daemon.models import (
    AuthorQuestion,
    Book,
    ChartEntry,
    ChartRequest,
    Download,
    Facts,
    LibraryItem,
    LibraryPage,
    Query,
    Release,
    SeriesQuestion,
    SeriesRecord,
    Standing,
    Torrent,
    Verdict,
    Wish,
    Work,
)
from audiobook_daemon.plugin.hooks import command, question


class ImportList(ABC):
    """A source of wishes: charts, bookmarks, shelves."""

    @question(timeout=300)
    @abstractmethod
    async def wishes(self) -> Sequence[Wish]:
        """Say what somebody wants now, the most wanted first."""


class ChartSource(ABC):
    """A site that ranks audiobooks by genre."""

    @question(timeout=120)
    @abstractmethod
    async def chart(self, request: ChartRequest) -> Sequence[ChartEntry]:
        """Rank a genre, the best first; an unknown genre has no entries."""


class MetadataProvider(ABC):
    """A source of facts about books."""

    @question(timeout=90)
    @abstractmethod
    async def describe(self, book: Book) -> Sequence[Facts]:
        """Offer the records that may be this book, the likeliest first, each with a score."""


class Bibliography(ABC):
    """A source that knows what else belongs to a series or an author."""

    @question(timeout=300)
    @abstractmethod
    async def series_of(self, asked: SeriesQuestion) -> Sequence[SeriesRecord]:
        """Offer the series that may be the one asked for, the likeliest first, each with all its works."""

    @question(timeout=600)
    @abstractmethod
    async def works_by(self, asked: AuthorQuestion) -> Sequence[Work]:
        """List the works of an author, recordings where the source knows of them; doublets are welcome."""


class Indexer(ABC):
    """A site that offers releases."""

    searches_fields: ClassVar[bool] = True
    """Whether it can look for title, author and series apart; one that cannot is always given `Query.text`."""

    @question(timeout=120)
    @abstractmethod
    async def search(self, query: Query) -> Sequence[Release]:
        """Find releases; everything found is returned, judging is done elsewhere."""

    @command(timeout=120)
    @abstractmethod
    async def fetch(self, release: Release) -> Torrent:
        """Get the .torrent or magnet of a release of this instance; Refused if it is gone or closed to us."""


class ReleaseFeed(ABC):
    """A site that tells what is new on it."""

    @question(timeout=300)
    @abstractmethod
    async def latest(self, since: datetime | None, limit: int) -> Sequence[Release]:
        """List the newest releases, the newest first, none from before `since` and not more than `limit`."""


class Policy(ABC):
    """A judge of what is allowed or liked: ratio, slots, price, taste."""

    @question(timeout=60)
    @abstractmethod
    async def judge(self, wish: Wish, release: Release) -> Verdict | None:
        """Judge one release for one wish; any veto wins, None is no opinion."""


class Tracker(ABC):
    """A site with an account whose duties have to be kept."""

    @question(timeout=60)
    @abstractmethod
    async def standing(self) -> Standing:
        """Say how the account stands; what was learned some minutes ago is new enough."""


class DownloadClient(ABC):
    """A program that downloads torrents."""

    @command(timeout=120)
    @abstractmethod
    async def add(self, torrent: Torrent, release: Release) -> Download:
        """Start a download; adding a known torrent again changes nothing and returns how it stands."""

    @command(timeout=60)
    @abstractmethod
    async def status(self, ids: Sequence[str]) -> Sequence[Download]:
        """Say how these downloads stand; unknown ids are left out."""

    @command(timeout=60)
    @abstractmethod
    async def remove(self, id: str, *, files: bool = False) -> None:  # noqa: A002
        """Remove a download, with its files if said so; removing an unknown one is no error."""


class Library(ABC):
    """A server that holds the shelved books."""

    @command(timeout=180)
    @abstractmethod
    async def page(self, cursor: str | None = None, known: str | None = None) -> LibraryPage:
        """List the books it holds, some hundreds at a time, in an order that new books do not disturb.

        `cursor` is the `next` of the page before, None for the first; `known` is the mark the same page had last time:
        if nothing in it has changed, only that is said.
        """

    @command(timeout=180)
    @abstractmethod
    async def read(self, ids: Sequence[str]) -> Sequence[LibraryItem]:
        """Return these items in full, as exactly as it can; unknown ids are left out, the order is free."""

    @question(timeout=60)
    @abstractmethod
    async def find(self, book: Book) -> Sequence[LibraryItem]:
        """Offer the items that may be this book; the caller compares."""

    @command(timeout=60)
    @abstractmethod
    async def root(self) -> str:
        """Return the folder on this machine below which new books are placed."""

    @command(timeout=900)
    @abstractmethod
    async def admit(self, folder: str) -> LibraryItem:
        """Take in a folder that now lies below the root and wait until the item really appears.

        Idempotent: a folder that is known already returns its item. Raises Unavailable if it does not appear in time.
        """

    @command(timeout=900)
    async def dismiss(self, folder: str) -> None:
        """See that a folder below the root is gone, so that its item no longer counts as there.

        The item itself stays, with all that people have of it, for the folder may come back. May be left out by a
        library that sees such things by itself.
        """
        raise NotImplementedError

    @command(timeout=60)
    async def cover(self, item: str, width: int) -> bytes | None:
        """Return the cover of an item as JPEG, not much wider than `width` pixels; None if it has none.

        May be left out by a library without pictures.
        """
        raise NotImplementedError

    @command(timeout=120)
    @abstractmethod
    async def update(self, item: str, changes: Facts) -> LibraryItem:
        """Write the fields that `changes` states, leave the others, and return the item as it then is.

        A `cover` is fetched from its address. Raises Refused if there is no such item.
        """

    @command(timeout=120)
    @abstractmethod
    async def snapshot(self, item: str, *, cover: bool = False) -> Mapping[str, object]:
        """Return what the item says of its book in the library's own words, by our names of the fields of Facts.

        JSON values, the blank ones too, whole enough for `restore`; with `cover` also the picture (base64), or None
        if it has none. Raises Refused if there is no such item.
        """

    @command(timeout=120)
    @abstractmethod
    async def restore(self, item: str, fields: Mapping[str, object]) -> LibraryItem:
        """Set the named fields to exactly what a snapshot said, blanks included, and leave the others."""


class Notifier(ABC):
    """A way to tell people."""

    @question(timeout=60)
    @abstractmethod
    async def notify(self, event: Event) -> None:
        """Tell somebody, or not; nobody waits for it. What it could not take (Unavailable) is offered again."""


ROLES: tuple[type, ...] = (
    ImportList,
    ChartSource,
    MetadataProvider,
    Bibliography,
    Indexer,
    ReleaseFeed,
    Policy,
    Tracker,
    DownloadClient,
    Library,
    Notifier,
)


def roles_of(plugin: type) -> tuple[type, ...]:
    """Tell which roles a plugin class plays."""
    return tuple(role for role in ROLES if issubclass(plugin, role))
