"""A house of one library and some bibliographies that say what a test lets them say."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from audiobook_daemon.config import Authors, Followed, SeriesSettings
from audiobook_daemon.events import Event, GapsFound
from audiobook_daemon.host import InstanceSpec
from audiobook_daemon.models import (
    AuthorQuestion,
    Book,
    Facts,
    LibraryItem,
    LibraryPage,
    Outcome,
    SeriesPlace,
    SeriesQuestion,
    SeriesRecord,
    Want,
    Work,
    WorkKind,
)
from audiobook_daemon.pipeline import People
from audiobook_daemon.plugin import Bibliography, Library, Plugin, PluginConfig, hookimpl
from audiobook_daemon.store import Gap, GapState, SeriesStanding
from audiobook_daemon.upkeep import House
from audiobook_daemon.upkeep.completing import Completing
from audiobook_daemon.upkeep.following import Following

AUTHOR = "Mira Holt"
Before = BaseException | Callable[[], Awaitable[None]]


class Catalogue(Plugin[PluginConfig], Bibliography):
    """Knows series by name and authors by name; may raise, or do something, before it answers."""

    async def start(self) -> None:
        self.series: dict[str, Sequence[SeriesRecord]] = {}
        self.authors: dict[str, Sequence[Work]] = {}
        self.before: Before | None = None
        self.asked: list[str] = []

    def knows(self, name: str, *works: Work, author: str = AUTHOR, key: str | None = "7") -> None:
        """Let it know a series."""
        mine = tuple(replace(work, source=self.context.name) for work in works)
        self.series[name] = (SeriesRecord(self.context.name, name, (author,), key, mine),)

    @hookimpl
    async def series_of(self, asked: SeriesQuestion) -> Sequence[SeriesRecord]:
        await self._before(asked.name)
        return self.series.get(asked.name, ())

    @hookimpl
    async def works_by(self, asked: AuthorQuestion) -> Sequence[Work]:
        await self._before(asked.name)
        return tuple(replace(work, source=self.context.name) for work in self.authors.get(asked.name, ()))

    async def _before(self, name: str) -> None:
        self.asked.append(name)
        if isinstance(self.before, BaseException):
            raise self.before
        if self.before is not None:
            await self.before()


class Shelf(Plugin[PluginConfig], Library):
    """Holds what it is given."""

    async def start(self) -> None:
        self.holds: dict[str, LibraryItem] = {}

    @hookimpl
    async def page(self, cursor: str | None = None, known: str | None = None) -> LibraryPage:
        return LibraryPage(tuple(self.holds.values()), total=len(self.holds))

    @hookimpl
    async def read(self, ids: Sequence[str]) -> Sequence[LibraryItem]:
        return [self.holds[one] for one in ids if one in self.holds]

    @hookimpl
    async def find(self, book: Book) -> Sequence[LibraryItem]:
        return tuple(self.holds.values())

    @hookimpl
    async def root(self) -> str:
        raise NotImplementedError

    @hookimpl
    async def admit(self, folder: str) -> LibraryItem:
        raise NotImplementedError

    @hookimpl
    async def update(self, item: str, changes: Facts) -> LibraryItem:
        raise NotImplementedError

    @hookimpl
    async def snapshot(self, item: str, *, cover: bool = False) -> dict[str, object]:
        raise NotImplementedError

    @hookimpl
    async def restore(self, item: str, fields: object) -> LibraryItem:
        raise NotImplementedError


class Clock:
    """Stands still until it is set forward."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class Home:
    """The house, and short ways to fill it and to look into it."""

    hardcover: Catalogue
    audnexus: Catalogue
    shelf: Shelf

    def __init__(self, house: House, clock: Clock) -> None:
        self.house, self.clock, self.database = house, clock, house.database
        self.completing, self.following = Completing(house), Following(house)
        self.people = People(house.world)
        self.heard: list[Event] = []

    async def have(self, *names: str) -> None:
        """Let there be these instances and no others."""
        kinds = {"hardcover": Catalogue, "audnexus": Catalogue, "google_books": Catalogue, "shelf": Shelf}
        specs = [InstanceSpec(name, kinds[name].__name__, PluginConfig()) for name in names]
        await self.house.world.host.apply(specs)
        await self.house.world.host.started()
        for name in names:
            setattr(self, name, self.house.world.host.instances[name].plugin)

    def own(self, title: str, series: str | None = None, position: str | None = None, **more: object) -> LibraryItem:
        """Let the shelf hold a book, by the usual author unless told otherwise."""
        author = str(more.pop("author", AUTHOR))
        places = (SeriesPlace(series, position),) if series else ()
        book = Book(title, (author,), series=places, language=str(more.pop("language", "en")))
        item = LibraryItem("shelf", f"li_{len(self.shelf.holds)}", book, narrators=("Nora Reed",))
        self.shelf.holds[item.id] = item
        return item

    def series(self, **changes: object) -> None:
        """Change the settings of series."""
        new = SeriesSettings.model_validate(self.house.settings.series.model_dump() | changes)
        self.house.settings = replace(self.house.settings, series=new)

    def authors(self, **changes: object) -> None:
        """Change the settings of authors."""
        new = Authors.model_validate(self.house.settings.authors.model_dump() | changes)
        self.house.settings = replace(self.house.settings, authors=new)

    def follow(self, *rules: dict[str, object]) -> None:
        """Change what the configuration follows."""
        self.house.settings = replace(
            self.house.settings, follow=tuple(Followed.model_validate(rule) for rule in rules)
        )

    async def wants(self) -> list[Want]:
        """The wants, the oldest first."""
        return sorted(await self.database.wants.list(limit=500), key=lambda want: want.id)

    async def wanted(self) -> list[str]:
        """Their titles."""
        return [want.wish.book.title for want in await self.wants()]

    async def gaps(self, *states: GapState) -> dict[str, Gap]:
        """The gaps by title."""
        return {gap.title: gap for gap in await self.database.gaps.list(states or None, limit=500)}

    async def standing(self, name: str) -> SeriesStanding:
        """How a series stands."""
        (found,) = [one for one in await self.database.series.all() if one.name == name]
        return found

    def told(self) -> list[GapsFound]:
        """What was told of gaps."""
        return [event for event in self.heard if isinstance(event, GapsFound)]

    async def series_completion(self, series: str | None = None, *, dry_run: bool = False) -> Outcome:
        return await self.completing.series_completion(series, dry_run)


def work(title: str, position: str | None = None, series: str = "The Tide Wardens", **more: object) -> Work:
    """A recorded novel of a series, out for years unless told otherwise."""
    author = str(more.pop("author", AUTHOR))
    book = Book(
        title,
        (author,),
        series=(SeriesPlace(series, position),) if position else (),
        language=str(more.pop("language", "en")),
    )
    fields: dict[str, object] = {"kind": WorkKind.NOVEL, "released": "2020-05-01", "audiobook": True, "readers": 500}
    return Work(book, **{**fields, **more})  # type: ignore[arg-type]


def volumes(count: int, series: str = "The Tide Wardens") -> tuple[Work, ...]:
    """So many volumes, each with a title of its own."""
    names = ("Ebb", "Flood", "Slack Water", "Undertow", "Spring Tide", "Neap", "Breakers", "Salt Marsh", "Estuary")
    return tuple(work(names[number - 1], str(number), series) for number in range(1, count + 1))


async def forever() -> None:
    """Never come back, as a source that hangs."""
    await asyncio.Event().wait()
