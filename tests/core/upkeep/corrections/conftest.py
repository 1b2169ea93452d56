"""A library and sources that do what a test tells them, around a real store and host."""

from __future__ import annotations

import asyncio
import copy
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audiobook_daemon.config import Metadata
from audiobook_daemon.errors import Refused
from audiobook_daemon.events import Bus
from audiobook_daemon.host import Host, InstanceSpec, PluginTypes
from audiobook_daemon.http import Transport
from audiobook_daemon.models import Book, Facts, LibraryItem, LibraryPage, SeriesPlace, WantState, Wish
from audiobook_daemon.pipeline import Settings, World
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.plugin import Plugin, PluginConfig, hookimpl
from audiobook_daemon.plugin.roles import Library, MetadataProvider
from audiobook_daemon.store import BookRef, Database
from audiobook_daemon.upkeep import House, UpkeepSettings
from audiobook_daemon.upkeep.correcting import Correcting
from audiobook_daemon.upkeep.corrections.edits import note_edits

Order = BaseException | Callable[[], Coroutine[Any, Any, None]]
_LANGUAGES = {"en": "English", "de": "German"}
_LISTS = ("authors", "narrators", "genres", "tags")


class Shelves(Plugin[PluginConfig], Library):
    """Keeps its items as JSON in words of its own: languages by name, years as text, trimmed descriptions."""

    async def start(self) -> None:
        self.items: dict[str, dict[str, Any]] = {}
        self.pictures: dict[str, str | None] = {}
        """What lies at the addresses of covers; None for one that cannot be fetched."""
        self.updates: list[tuple[str, Facts]] = []
        self.before_update: deque[Order] = deque()
        self.after_update: deque[Order] = deque()
        self.after_restore: deque[Order] = deque()
        self.down: BaseException | None = None
        self.added = datetime(2026, 1, 1, tzinfo=UTC)

    def frozen(self) -> str:
        """Everything it holds, as one text."""
        return json.dumps(self.items, sort_keys=True)

    def put(self, item: str, title: str, **words: object) -> None:
        blank: dict[str, Any] = dict.fromkeys(
            ("subtitle", "publisher", "year", "published", "description", "language", "isbn", "asin", "cover")
        )
        lists: dict[str, Any] = {name: [] for name in (*_LISTS, "series")}
        self.items[item] = {**blank, **lists, "title": title, "abridged": False, "runtime": None, **words}

    @hookimpl
    async def page(self, cursor: str | None = None, known: str | None = None) -> LibraryPage:
        return LibraryPage(tuple(self._item(one) for one in self.items))

    @hookimpl
    async def read(self, ids: Sequence[str]) -> Sequence[LibraryItem]:
        self._answering()
        return [self._item(one) for one in ids if one in self.items]

    @hookimpl
    async def snapshot(self, item: str, *, cover: bool = False) -> Mapping[str, object]:
        self._answering()
        words = copy.deepcopy(self._words(item))
        return {name: value for name, value in words.items() if name != "runtime" and (cover or name != "cover")}

    @hookimpl
    async def restore(self, item: str, fields: Mapping[str, object]) -> LibraryItem:
        self._answering()
        self._words(item).update(copy.deepcopy(dict(fields)))
        await _obey(self.after_restore)
        return self._item(item)

    @hookimpl
    async def find(self, book: Book) -> Sequence[LibraryItem]:
        return ()

    @hookimpl
    async def root(self) -> str:
        return "/nowhere"

    @hookimpl
    async def admit(self, folder: str) -> LibraryItem:
        raise Refused("Nothing is taken in here.")

    @hookimpl
    async def update(self, item: str, changes: Facts) -> LibraryItem:
        self._answering()
        await _obey(self.before_update)
        self.updates.append((item, changes))
        words = self._words(item)
        for name in ("title", "subtitle", "publisher", "published", "isbn", "asin", "abridged"):
            if (value := getattr(changes, name)) is not None:
                words[name] = value
        if changes.description is not None:
            words["description"] = changes.description.strip()
        if changes.year is not None:
            words["year"] = str(changes.year)
        if changes.language is not None:
            words["language"] = _LANGUAGES[changes.language]
        for name in _LISTS:
            if (names := getattr(changes, name)) is not None:
                words[name] = list(names)
        if changes.series is not None:
            words["series"] = [{"name": place.name, "position": place.position} for place in changes.series]
        if changes.cover is not None:
            words["cover"] = self.pictures.get(changes.cover, f"picture of {changes.cover}")
        await _obey(self.after_update)
        return self._item(item)

    def _answering(self) -> None:
        if self.down:
            raise self.down

    def _words(self, item: str) -> dict[str, Any]:
        if item not in self.items:
            raise Refused(f"There is no item {item}.")
        return self.items[item]

    def _item(self, item: str) -> LibraryItem:
        words = self.items[item]
        codes = {name: code for code, name in _LANGUAGES.items()}
        book = Book(
            words["title"],
            tuple(words["authors"]),
            words["subtitle"],
            tuple(SeriesPlace(place["name"], place["position"]) for place in words["series"]),
            codes.get(words["language"]),
            int(words["year"]) if words["year"] else None,
            words["isbn"],
            words["asin"],
        )
        return LibraryItem(
            self.context.name,
            item,
            book,
            tuple(words["narrators"]),
            words["runtime"],
            added=self.added,
            abridged=True if words["abridged"] else None,
            publisher=words["publisher"],
            published=words["published"],
            description=words["description"],
            genres=tuple(words["genres"]),
            tags=tuple(words["tags"]),
            cover=words["cover"] is not None,
        )


class Source(Plugin[PluginConfig], MetadataProvider):
    """States about a title what it was told."""

    async def start(self) -> None:
        self.records: defaultdict[str, list[Facts]] = defaultdict(list)
        self.asked: list[str] = []
        self.down: BaseException | None = None
        self.before: Callable[[Book], Coroutine[Any, Any, None]] | None = None

    def says(self, about: str, **fields: object) -> None:
        """Let it have a record about a book."""
        stated: dict[str, Any] = {"title": about, "authors": ("Ada Merrow",), **fields}
        self.records[about].append(Facts(self.context.name, **stated))

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        self.asked.append(book.title)
        if self.before:
            await self.before(book)
        if self.down:
            raise self.down
        return self.records[book.title]


async def _obey(orders: deque[Order]) -> None:
    order = orders.popleft() if orders else None
    if isinstance(order, BaseException):
        raise order
    if order is not None:
        await order()


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class Home:
    """One library, two sources, and what looks after the books."""

    shelves: Shelves
    audio: Source
    print: Source
    reading: asyncio.Task[None]

    def __init__(self, database: Database, host: Host, clock: Clock) -> None:
        self.database, self.host, self.clock = database, host, clock
        self.world = World(host, database, Bus(), clock, Settings(library="shelves"))
        self.house = House(self.world, UpkeepSettings())
        self.correcting = Correcting(self.house)

    def set(self, **metadata: object) -> None:
        """Let the configuration say so."""
        self.house.settings = UpkeepSettings(metadata=Metadata.model_validate(metadata))

    async def own(self, title: str, item: str = "one", **words: object) -> BookRef:
        """Put a book into the library and into the database."""
        self.shelves.put(item, title, **{"authors": ["Ada Merrow"], **words})
        (held,) = await self.shelves.read([item])
        await self.database.books.upsert([keyed(held)])
        return (await self.database.attention.named(item))[0]

    async def shelved(self, book: BookRef) -> None:
        """Let a book have come through the daemon."""
        wish = Wish(Book(book.title, ("Ada Merrow",)), origin="manual")
        add = self.database.wants.add
        await add(book.title, wish, state=WantState.SHELVED, library=book.library, item=book.item)

    async def sync(self, item: str) -> None:
        """Read an item as a reading of the whole library does."""
        (held,) = await self.shelves.read([item])
        changes = await self.database.books.upsert([keyed(held)])
        await note_edits(self.house, changes)

    async def correction(self, book: BookRef) -> str | None:
        """What came of looking after a book the last time."""
        return await self.database.attention.correction_of(book.id)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    clock, bus = Clock(), Bus()
    kinds: dict[str, type[Plugin[PluginConfig]]] = {"shelves": Shelves, "audio": Source, "print": Source}
    types = PluginTypes(found=(), classes={kind.__name__: kind for kind in kinds.values()})
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database.open(f"sqlite://{tmp_path / 'state.db'}", clock=clock))
        host = Host(types, Transport(), database.memory, bus, clock)
        stack.push_async_callback(host.stop)
        home = Home(database, host, clock)
        await host.apply([InstanceSpec(name, kind.__name__, PluginConfig()) for name, kind in kinds.items()])
        await host.started()
        for name in kinds:
            setattr(home, name, host.instances[name].plugin)
        yield home


class Gate:
    """Holds the call that reaches it until `over` is set."""

    def __init__(self) -> None:
        self.reached, self.over = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> None:
        self.reached.set()
        await self.over.wait()


@pytest.fixture
def gate() -> Gate:
    return Gate()
