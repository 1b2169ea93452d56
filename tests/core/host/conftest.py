"""A host of small plugins that do what a test tells them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import pytest

from audiobook_daemon import (
    Context,
    Facts,
    Indexer,
    InstanceChanged,
    Library,
    LibraryItem,
    MetadataProvider,
    Plugin,
    PluginConfig,
    Query,
    Release,
    Torrent,
    hookimpl,
)
from audiobook_daemon.events import Bus
from audiobook_daemon.host import Host, Instance, InstanceSpec, PluginTypes
from audiobook_daemon.http import Transport
from audiobook_daemon.models import Book, Health, LibraryPage
from audiobook_daemon.testing import RamMemory

HANG = "hang"


class ObedientConfig(PluginConfig):
    value: str = ""


class Obedient(Plugin[ObedientConfig], Indexer, MetadataProvider):
    """Does at each start and search the next thing it was told: raise, hang, or go on; the last one for ever."""

    told: dict[str, deque[BaseException | str]]

    def __init__(self, config: ObedientConfig, context: Context) -> None:
        super().__init__(config, context)
        if config.value == "unmakeable":
            raise KeyError("unmakeable")
        self.life: list[str] = []
        self.told = {}

    def tell(self, what: str, *orders: BaseException | str) -> None:
        self.told[what] = deque(orders)

    async def start(self) -> None:
        self.life.append("start")
        await self._obey("start")
        self.life.append("started")

    async def stop(self) -> None:
        self.life.append("stop")
        await self._obey("stop")

    @hookimpl
    async def search(self, query: Query) -> Sequence[Release]:
        self.life.append("search")
        await self._obey("search")
        return [Release(self.context.name, "1", f"{query.title} {self.config.value}".strip())]

    @hookimpl
    async def fetch(self, release: Release) -> Torrent:
        await self._obey("fetch")
        return Torrent("0" * 40, release.title, content=b"")

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        answers = await self.context.ask(Indexer.search, query=Query(book.title))
        return [Facts(given.instance, title=release.title) for given in answers.given for release in given.value]

    async def _obey(self, what: str) -> None:
        orders = self.told.get(what) or deque([""])
        order = orders.popleft() if len(orders) > 1 else orders[0]
        if order == HANG:
            try:
                await asyncio.Event().wait()
            finally:
                self.life.append(f"{what} cut off")
        if isinstance(order, BaseException):
            raise order


class Shelves(Plugin[PluginConfig], Library):
    """A library that holds nothing."""

    @hookimpl
    async def page(self, cursor: str | None = None, known: str | None = None) -> LibraryPage:
        return LibraryPage()

    @hookimpl
    async def read(self, ids: Sequence[str]) -> Sequence[LibraryItem]:
        return []

    @hookimpl
    async def snapshot(self, item: str, *, cover: bool = False) -> Mapping[str, object]:
        return {}

    @hookimpl
    async def restore(self, item: str, fields: Mapping[str, object]) -> LibraryItem:
        return LibraryItem(self.context.name, item, Book("Emma"))

    @hookimpl
    async def find(self, book: Book) -> Sequence[LibraryItem]:
        return []

    @hookimpl
    async def root(self) -> str:
        return "/books"

    @hookimpl
    async def admit(self, folder: str) -> LibraryItem:
        return LibraryItem(self.context.name, folder, Book("Emma"))

    @hookimpl
    async def update(self, item: str, changes: Facts) -> LibraryItem:
        return LibraryItem(self.context.name, item, Book(changes.title or ""))


class ObedientHost(Host):
    """Tells its next instances what to do at their starts, if anything."""

    at_start: tuple[BaseException | str, ...] = ()

    def make(self, spec: InstanceSpec) -> Instance:
        instance = super().make(spec)
        if self.at_start and isinstance(instance.plugin, Obedient):
            instance.plugin.tell("start", *self.at_start)
        return instance


class World:
    """A host, what it told the bus, and its obedient instances."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.told: list[tuple[str, Health]] = []
        bus = Bus()
        self._listening = bus.listening(
            lambda event: (
                self.told.append((event.status.name, event.status.health))
                if isinstance(event, InstanceChanged)
                else None
            )
        )
        self._listening.__enter__()
        types = PluginTypes(found=(), classes={"obedient": Obedient, "shelves": Shelves})
        self.host = ObedientHost(types, Transport(), lambda _: RamMemory(), bus, now)

    def __getitem__(self, name: str) -> Obedient:
        plugin = self.host.instances[name].plugin
        assert isinstance(plugin, Obedient)
        return plugin

    async def begin(self, *names: str, **values: str) -> None:
        """Let there be these instances and no others, on their way to start."""
        await self.host.apply(
            [InstanceSpec(name, "obedient", ObedientConfig(value=values.get(name, ""))) for name in names]
        )

    async def have(self, *names: str, **values: str) -> None:
        """Let there be these instances and no others, all started."""
        await self.begin(*names, **values)
        await self.host.started()

    def health(self, name: str) -> Health:
        return next(status.health for status in self.host.statuses() if status.name == name)

    def error(self, name: str) -> str | None:
        return next(status.error for status in self.host.statuses() if status.name == name)


@pytest.fixture
def world(clock: Callable[[], datetime]) -> World:
    """Made outside the loop, to be used by a story that travels."""
    return World(clock)


@pytest.fixture
def still_world() -> World:
    """For tests on a loop of the real time."""
    return World(lambda: datetime.now(UTC))
