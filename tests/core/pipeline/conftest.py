"""A small world: a real store and host, plugins that do what a test tells them, and a clock to be set."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any, TypeVar, Unpack

import pytest

from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.events import Bus, Event, WantChanged
from audiobook_daemon.host import Host, InstanceSpec, PluginTypes
from audiobook_daemon.http import Transport
from audiobook_daemon.matching import book_key
from audiobook_daemon.models import (
    AuthorQuestion,
    Book,
    Facts,
    LibraryItem,
    LibraryPage,
    Query,
    Release,
    SeriesQuestion,
    SeriesRecord,
    Stance,
    Verdict,
    Wish,
    Work,
)
from audiobook_daemon.models.releases import Download, DownloadState, Torrent, TorrentFile
from audiobook_daemon.models.wants import Want, WantState
from audiobook_daemon.pipeline import People, Pipeline, Settings, World
from audiobook_daemon.plugin import Context, Plugin, PluginConfig, hookimpl
from audiobook_daemon.plugin.roles import (
    Bibliography,
    DownloadClient,
    ImportList,
    Indexer,
    Library,
    MetadataProvider,
    Policy,
)
from audiobook_daemon.store import Database, WantChanges, WantFields

T = TypeVar("T")
Order = BaseException | Callable[[], Coroutine[Any, Any, object]]


class Pause:
    """Holds the call that reaches it until `over` is set."""

    def __init__(self) -> None:
        self.reached, self.over = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> None:
        self.reached.set()
        await self.over.wait()


class Scripted(Plugin[PluginConfig]):
    """Does its work, but before or after the next calls of a hook what it was told: raise, or run something."""

    def __init__(self, config: PluginConfig, context: Context) -> None:
        super().__init__(config, context)
        self.asked: defaultdict[str, list[object]] = defaultdict(list)
        """What each hook was asked, call by call."""
        self._orders: defaultdict[tuple[str, str], deque[Order]] = defaultdict(deque)

    def before(self, hook: str, *orders: Order) -> None:
        self._orders["before", hook].extend(orders)

    def after(self, hook: str, *orders: Order) -> None:
        self._orders["after", hook].extend(orders)

    async def obey(self, hook: str, argument: object, work: Callable[[], T]) -> T:
        self.asked[hook].append(argument)
        await self._carry_out("before", hook)
        done = work()
        await self._carry_out("after", hook)
        return done

    async def _carry_out(self, moment: str, hook: str) -> None:
        order = orders.popleft() if (orders := self._orders[moment, hook]) else None
        if isinstance(order, BaseException):
            raise order
        if order is not None:
            await order()


class ScriptedList(Scripted, ImportList):
    wished: Sequence[Wish] = ()

    @hookimpl
    async def wishes(self) -> Sequence[Wish]:
        return await self.obey("wishes", None, lambda: self.wished)


class ScriptedIndexer(Scripted, Indexer):
    offers: Sequence[Release] = ()
    replies: Callable[[Query], Sequence[Release]] | None = None
    """What it finds for a question, if that is not always the same."""
    same_torrent: str | None = None
    """The info-hash of all its releases, if they are not to have one each."""
    files: Sequence[TorrentFile] | None = None
    """The files of all its torrents, if they are not to have one each; none for a magnet link."""

    @hookimpl
    async def search(self, query: Query) -> Sequence[Release]:
        return await self.obey("search", query, lambda: self.replies(query) if self.replies else self.offers)

    @hookimpl
    async def fetch(self, release: Release) -> Torrent:
        own = sha1(f"{release.source} {release.key}".encode(), usedforsecurity=False).hexdigest()
        files = (TorrentFile(f"{release.title}/01.mp3", 2000),)
        torrent = Torrent(
            self.same_torrent or own, release.title, b"", files=files if self.files is None else tuple(self.files)
        )
        return await self.obey("fetch", release, lambda: torrent)


class ScriptedWords(ScriptedIndexer):
    """Knows no fields, only words."""

    searches_fields = False


class ScriptedBibliography(Scripted, Bibliography):
    books: Sequence[Book] = ()

    @hookimpl
    async def series_of(self, asked: SeriesQuestion) -> Sequence[SeriesRecord]:
        works = tuple(Work(book, self.context.name) for book in self.books)
        return await self.obey("works", asked, lambda: [SeriesRecord(self.context.name, asked.name, works=works)])

    @hookimpl
    async def works_by(self, asked: AuthorQuestion) -> Sequence[Work]:
        return await self.obey("works", asked, lambda: [Work(book, self.context.name) for book in self.books])


class ScriptedClient(Scripted, DownloadClient):
    may_remove = False
    """Whether a person has asked for it; the pipeline itself never does."""

    async def start(self) -> None:
        self.downloads: dict[str, Download] = {}

    def see(self, want: Want, state: DownloadState, *, path: Path | None = None, message: str | None = None) -> None:
        """Let the download of a want stand like this."""
        assert want.download
        told = Download(self.context.name, want.download, state, message=message)
        self.downloads[want.download] = replace(told, path=str(path) if path else None)

    @hookimpl
    async def add(self, torrent: Torrent, release: Release) -> Download:
        new = Download(self.context.name, torrent.info_hash, DownloadState.DOWNLOADING, torrent.name)
        return await self.obey("add", torrent, lambda: self.downloads.setdefault(torrent.info_hash, new))

    @hookimpl
    async def status(self, ids: Sequence[str]) -> Sequence[Download]:
        return await self.obey("status", ids, lambda: [self.downloads[one] for one in ids if one in self.downloads])

    @hookimpl
    async def remove(self, id: str, *, files: bool = False) -> None:  # noqa: A002
        assert self.may_remove, "the pipeline never removes a download"
        await self.obey("remove", files, lambda: self.downloads.pop(id, None))


class ScriptedLibrary(Scripted, Library):
    folder: Path

    async def start(self) -> None:
        self.holds: list[LibraryItem] = []
        self.changes: dict[str, Facts] = {}

    def own(self, book: Book, path: str | None = None) -> LibraryItem:
        """Let it hold a book."""
        item = LibraryItem(self.context.name, f"item-{len(self.holds) + 1}", book, path=path)
        self.holds.append(item)
        return item

    @hookimpl
    async def page(self, cursor: str | None = None, known: str | None = None) -> LibraryPage:
        return await self.obey("items", cursor, lambda: LibraryPage(tuple(self.holds)))

    @hookimpl
    async def read(self, ids: Sequence[str]) -> Sequence[LibraryItem]:
        return [item for item in self.holds if item.id in ids]

    @hookimpl
    async def snapshot(self, item: str, *, cover: bool = False) -> Mapping[str, object]:
        return {}

    @hookimpl
    async def restore(self, item: str, fields: Mapping[str, object]) -> LibraryItem:
        return next(one for one in self.holds if one.id == item)

    @hookimpl
    async def find(self, book: Book) -> Sequence[LibraryItem]:
        return await self.obey("find", book, lambda: tuple(self.holds))

    @hookimpl
    async def root(self) -> str:
        return await self.obey("root", None, lambda: str(self.folder))

    @hookimpl
    async def admit(self, folder: str) -> LibraryItem:
        known = [item for item in self.holds if item.path == folder]
        return await self.obey("admit", folder, lambda: known[0] if known else self.own(Book("Admitted"), folder))

    @hookimpl
    async def update(self, item: str, changes: Facts) -> LibraryItem:
        held = next(one for one in self.holds if one.id == item)
        return await self.obey("update", item, lambda: self.changes.update({item: changes}) or held)


class ScriptedProvider(Scripted, MetadataProvider):
    facts: Sequence[Facts] = ()

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        return await self.obey("describe", book, lambda: self.facts)


class ScriptedPolicy(Scripted, Policy):
    forbids: Sequence[str] = ()
    """The keys of the releases it vetoes."""

    @hookimpl
    async def judge(self, wish: Wish, release: Release) -> Verdict | None:
        veto = Verdict("too_dear", Stance.VETO, "it costs too much", self.context.name)
        return await self.obey("judge", release.key, lambda: veto if release.key in self.forbids else None)


_INSTANCES: dict[str, type[Scripted]] = {
    "charts": ScriptedList, "bookmarks": ScriptedList, "mam": ScriptedIndexer, "prowlarr": ScriptedIndexer,
    "qbittorrent": ScriptedClient, "deluge": ScriptedClient,
    "shelves": ScriptedLibrary, "google": ScriptedProvider, "budget": ScriptedPolicy,
}  # fmt: skip
_ON_REQUEST: dict[str, type[Scripted]] = {"words": ScriptedWords, "bibliography": ScriptedBibliography}
"""Those that are there only if a test wants to `have` them."""


class Clock:
    """Stands still until it is set forward."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class SmallWorld:
    """The pipeline with two lists, two indexers and two download clients; charts may grab, qbittorrent is the usual."""

    charts: ScriptedList
    bookmarks: ScriptedList
    mam: ScriptedIndexer
    prowlarr: ScriptedIndexer
    qbittorrent: ScriptedClient
    deluge: ScriptedClient
    shelves: ScriptedLibrary
    google: ScriptedProvider
    budget: ScriptedPolicy
    words: ScriptedWords
    bibliography: ScriptedBibliography

    def __init__(self, database: Database, host: Host, bus: Bus, clock: Clock, folder: Path) -> None:
        self.database, self.host, self.clock, self.folder = database, host, clock, folder
        settings = Settings(auto_grab=frozenset({"charts"}), download_client="qbittorrent", library="shelves")
        self.around = World(host, database, bus, clock, settings)
        self.pipeline, self.people = Pipeline(self.around), People(self.around)
        self.heard: list[Event] = []

    def told(self) -> list[WantChanged]:
        """What was told about wants."""
        return [event for event in self.heard if isinstance(event, WantChanged)]

    @staticmethod
    def offer(title: str = "Emma", key: str = "", *, author: str = "Jane Austen", source: str = "mam") -> Release:
        """A release that is just the book; its key is the title if none is given."""
        return Release(source, key or title, title, (author,), language="en", formats=("mp3",), seeders=9, audio=True)

    @classmethod
    def doubtful(cls, key: str = "doubtful", title: str = "Emma") -> Release:
        """A release that may be the book, but does not say who wrote it."""
        return replace(cls.offer(title, key), authors=())

    async def have(self, *names: str) -> None:
        """Let there be these instances and no others."""
        kinds = {name: (_INSTANCES | _ON_REQUEST)[name] for name in names}
        await self.host.apply([InstanceSpec(name, kind.__name__, PluginConfig()) for name, kind in kinds.items()])
        await self.host.started()
        for name in names:
            setattr(self, name, self.host.instances[name].plugin)

    async def want(self, title: str = "Emma", author: str = "Jane Austen", **more: Unpack[WantFields]) -> Want:
        """A new want of the charts."""
        book = Book(title, (author,))
        return (await self.database.wants.add(book_key(book), Wish(book, "charts"), **more))[0]

    async def now(self, want: Want) -> Want:
        """How a want stands now."""
        found = await self.database.wants.get(want.id)
        assert found is not None
        return found

    async def change(self, want: Want, **changes: Unpack[WantChanges]) -> Want:
        """Write something about a want past the pipeline."""
        return await self.database.wants.change(await self.now(want), **changes)

    async def chosen(self, title: str = "Emma", author: str = "Jane Austen") -> Want:
        """A want whose release is chosen."""
        return await self.want(title, author, state=WantState.CHOSEN, release=self.offer(title, author=author))

    async def downloading(self, *book: str) -> Want:
        """A want that the download client has begun; `book` is title and author."""
        want = await self.chosen(*book)
        await self.pipeline.grab()
        return await self.now(want)

    async def downloaded(self, *book: str, seconds: Sequence[float] = (1, 1), tags: AudioTags | None = None) -> Want:
        """A want whose files, one for each running time, lie where the client says; they say which book they are."""
        want = await self.downloading(*book)
        tags = tags or AudioTags(album=want.wish.book.title, artist=want.wish.book.authors[0])
        folder = self.folder / "downloads" / (want.download or "")
        folder.mkdir(parents=True)
        for number, length in enumerate(seconds, start=1):
            (folder / f"{number:02d}.mp3").write_bytes(make_mp3(length, tags))
        files = [TorrentFile(f"{folder.name}/{file.name}", file.stat().st_size) for file in sorted(folder.iterdir())]
        self.qbittorrent.see(want, DownloadState.READY, path=folder)
        return await self.change(want, state=WantState.DOWNLOADED, path=str(folder), torrent_files=tuple(files))

    async def verified(self, *book: str, seconds: Sequence[float] = (1, 1)) -> Want:
        """A want that is ready for the shelf."""
        want = await self.downloaded(*book, seconds=seconds)
        return await self.change(want, state=WantState.VERIFIED)


@pytest.fixture
def pause() -> Pause:
    return Pause()


@cache
def _types() -> PluginTypes:
    """The types of all instances; each is looked through once."""
    return PluginTypes(found=(), classes={kind.__name__: kind for kind in (_INSTANCES | _ON_REQUEST).values()})


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[SmallWorld]:
    clock, bus = Clock(), Bus()
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database.open(f"sqlite://{tmp_path / 'state.db'}", clock=clock))
        host = Host(_types(), Transport(), database.memory, bus, clock)
        stack.push_async_callback(host.stop)
        world = SmallWorld(database, host, bus, clock, tmp_path)
        stack.enter_context(bus.listening(world.heard.append))
        await world.have(*_INSTANCES)
        world.shelves.folder = tmp_path / "shelves"
        world.shelves.folder.mkdir()
        yield world
