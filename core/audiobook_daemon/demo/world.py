"""The demo world: a catalogue, the services of a whole household on loopback, and a configuration for them."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.audnexus import AudnexusStandIn
from audiobook_daemon.demo.books import DemoBook
from audiobook_daemon.demo.broker import Broker
from audiobook_daemon.demo.catalogue import Catalogue, DemoRelease, make_catalogue
from audiobook_daemon.demo.configuration import Dashboard, write_configuration
from audiobook_daemon.demo.google_books import GoogleBooksStandIn
from audiobook_daemon.demo.hardcover import HardcoverStandIn
from audiobook_daemon.demo.mam import MamStandIn
from audiobook_daemon.demo.open_library import OpenLibraryStandIn
from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.demo.prowlarr import ProwlarrStandIn
from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_daemon.demo.real_qbittorrent import RealQBittorrent
from audiobook_daemon.demo.services import CAN_BE_REAL, Introduction, Services, is_real
from audiobook_daemon.demo.tracker import Tracker
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Book
from audiobook_daemon.shelving import folder_for
from audiobook_daemon.store import new_key

P = ParamSpec("P")
T = TypeVar("T")

_NO_TRACKER = "http://127.0.0.1:9/announce"
_OWNED_FIRST, _OWNED_EVERY = 3, 16


class FolderInUse(AudiobookDaemonError):
    """The folder named for the world holds something already."""


class DemoWorld:
    """Starts everything on free ports of 127.0.0.1 and writes all of it below `folder`, which must be empty or new.

    `books` is how many books there are (None: all). The services named in `real` are the installed program where
    there is one, all others are stand-ins. `speed` is that of one download of the stand-in, in bytes a second. Some
    books are in the library from the beginning, among them every one that nobody can download. With `pages` the
    daemon serves its dashboard. Unless `scheduled`, jobs run only when they are asked for. Used as an async context
    manager, which ends every service and leaves the files.
    Raises FolderInUse, and ProgramFailed at its start.
    """

    catalogue: Catalogue
    services: Services

    def __init__(
        self,
        folder: Path,
        *,
        books: int | None = None,
        real: Collection[str] = frozenset(CAN_BE_REAL),
        speed: float = 500_000,
        pages: bool = False,
        scheduled: bool = True,
    ) -> None:
        self.folder = folder.absolute()
        self.config = self.folder / "daemon" / "audiobook-daemon.yaml"
        self.library = self.folder / "library"
        self.owned: tuple[DemoBook, ...] = ()
        """The books that are in the library from the beginning."""
        self.dashboard = Dashboard(free_ports(1)[0], new_key()) if pages else None
        """Where the daemon's own pages are."""
        self._books = books
        self._real = real
        self._speed = speed
        self._scheduled = scheduled
        self._stack = AsyncExitStack()
        if self.folder.exists() and any(self.folder.iterdir()):
            raise FolderInUse(f"{self.folder} is not empty; name a folder that is new or empty.")

    @property
    def wanted(self) -> tuple[DemoBook, ...]:
        """The books that have to be found."""
        return tuple(book for book in self.catalogue.books if book not in self.owned)

    @property
    def mam(self) -> MamStandIn:
        """The stand-in for MyAnonamouse."""
        return self.services.mam

    @property
    def prowlarr(self) -> ProwlarrStandIn:
        """The stand-in for Prowlarr: MyAnonamouse once more, and a public tracker."""
        return self.services.prowlarr

    @property
    def google_books(self) -> GoogleBooksStandIn:
        """The stand-in for Google Books."""
        return self.services.google_books

    @property
    def audnexus(self) -> AudnexusStandIn:
        """The stand-in for Audnexus and the Audible catalogue."""
        return self.services.audnexus

    @property
    def hardcover(self) -> HardcoverStandIn:
        """The stand-in for Hardcover."""
        return self.services.hardcover

    @property
    def open_library(self) -> OpenLibraryStandIn:
        """The stand-in for Open Library."""
        return self.services.open_library

    @property
    def audiobookshelf(self) -> AudiobookshelfStandIn:
        """The stand-in for Audiobookshelf."""
        return self.services.audiobookshelf

    @property
    def broker(self) -> Broker:
        """The MQTT broker."""
        return self.services.broker

    @property
    def qbittorrent(self) -> QBittorrentStandIn:
        """The stand-in for the download client; raises TypeError if the real program runs."""
        client = self.services.qbittorrent
        if not isinstance(client, QBittorrentStandIn):
            raise TypeError("qbittorrent is the real program in this world.")
        return client

    async def start(self, service: str) -> None:
        """Start a service that was stopped, at its old address; `mam`, `google_books`, `qbittorrent`, ..."""
        await self.services.by_name[service].start()

    async def stop(self, service: str) -> None:
        """End a service; what it remembers stays."""
        await self.services.by_name[service].stop()

    async def restart(self, service: str) -> None:
        """End a service and start it again."""
        await self.stop(service)
        await self.start(service)

    def introductions(self) -> tuple[Introduction, ...]:
        """Who is real and who is played."""
        return self.services.introductions()

    async def __aenter__(self) -> Self:
        for name in ("services", "downloads", "library"):
            (self.folder / name).mkdir(parents=True)
        async with AsyncExitStack() as stack:
            await self._build(stack)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def _build(self, stack: AsyncExitStack) -> None:
        now = datetime.now(UTC)
        real_client = is_real("qbittorrent", self._real)
        announce = (await stack.enter_async_context(Tracker())).announce_url if real_client else _NO_TRACKER
        content = self.folder / "content"
        self.catalogue = await _in_thread(make_catalogue, content, now=now, books=self._books, announce=announce)
        self.owned = _owned(self.catalogue)
        await _in_thread(self._put_on_shelf)
        self.services = Services(self.folder, self.catalogue, self.library, self._real, self._speed)
        stack.push_async_callback(self.services.stop)
        await self.services.start()
        if real_client:
            seeder = RealQBittorrent(self.folder / "services" / "seeder")
            stack.push_async_callback(seeder.stop)
            await seeder.start()
            offered = (*self.catalogue.releases, *self.catalogue.elsewhere)
            await seeder.seed(content, [release.torrent for release in offered if release.seeders])
        write_configuration(
            self.config, self.services.access(), self.catalogue, now, self.dashboard, scheduled=self._scheduled
        )

    def _put_on_shelf(self) -> None:
        """Copy a recording of each owned book into the library."""
        for book in self.owned:
            release = next(one for one in self.catalogue.releases if one.book == book and _is_recording(one))
            folder = self.library / folder_for(as_book(book))
            if release.content.is_dir():
                shutil.copytree(release.content, folder)
            else:
                folder.mkdir(parents=True)
                shutil.copy2(release.content, folder)


def as_book(book: DemoBook) -> Book:
    """A book of the demo as the daemon speaks of books."""
    return Book(book.title, book.authors, book.subtitle, book.series, book.language, book.year, book.isbn, book.asin)


def _owned(catalogue: Catalogue) -> tuple[DemoBook, ...]:
    """Some books here and there, and those that nobody seeds."""
    some = catalogue.books[_OWNED_FIRST::_OWNED_EVERY]
    to_be_had = {one.book for one in catalogue.releases if _is_recording(one) and one.seeders}
    return tuple(book for book in catalogue.books if book in some or book not in to_be_had)


def _is_recording(release: DemoRelease) -> bool:
    """Whether it is the whole book, read aloud."""
    return (
        release.format != "epub" and not release.abridged and not release.drama and release.title == release.book.title
    )


async def _in_thread(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function in a thread; cancelled, it still waits for the thread, which must not write any longer."""
    work = asyncio.ensure_future(asyncio.to_thread(function, *args, **kwargs))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        raise
