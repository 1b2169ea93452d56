"""A household with a library of one's choice, and a daemon whose clock can be set."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.flow.impatience import Impatience

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.world import as_book
from audiobook_daemon.events import Event, GapsFound
from audiobook_daemon.models import Run, Want
from audiobook_daemon.shelving import folder_for
from audiobook_daemon.store import Gap
from audiobook_daemon.upkeep.completion import rounds

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

Owning = Callable[..., AbstractAsyncContextManager["Home"]]


class Clock:
    """The real time, until it is set forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def pass_by(self, **time: float) -> None:
        self.ahead += timedelta(**time)


class Home:
    """A household, its daemon, and what is to be seen of its completion."""

    def __init__(self, household: Household, daemon: Daemon, clock: Clock) -> None:
        self.household, self.daemon, self.clock = household, daemon, clock
        self.world, self.database = household.world, daemon.database
        self.heard: list[Event] = []

    async def do(self, action: str, **arguments: object) -> Run:
        """Run an action, which must not fail by a mistake of the program."""
        run, _ = await self.daemon.doors.do(action, arguments, "test")
        assert "mistake" not in (run.error or run.summary or "")
        return run

    async def made_anew(self, *services: str) -> None:
        """Make instances anew, as a restart does: some answers shut them up for a day."""
        specs = [instance.spec for instance in self.daemon.host.instances.values()]
        await self.daemon.host.apply([spec for spec in specs if spec.name not in services])
        await self.daemon.host.apply(specs)
        await self.daemon.host.started()

    async def wants(self) -> dict[str, Want]:
        """The wants by title, the first one first."""
        wants = await self.database.wants.list(limit=500)
        return {want.wish.book.title: want for want in sorted(wants, key=lambda want: want.id)}

    async def gaps(self, of: str) -> dict[str, Gap]:
        """The gaps of a series or author by title."""
        return {gap.title: gap for gap in await self.database.gaps.list(limit=500) if gap.of == of}

    def told(self) -> list[GapsFound]:
        """What was told of gaps."""
        return [event for event in self.heard if isinstance(event, GapsFound)]


async def put_on_shelf(household: Household, titles: Collection[str]) -> None:
    """Copy a recording of each of these books into the library, and let the server look."""
    world = household.world
    for book in (book for book in world.catalogue.books if book.title in titles and book not in world.owned):
        release = next(one for one in world.catalogue.releases if one.book == book)
        folder = world.library / folder_for(as_book(book))
        if release.content.is_dir():
            shutil.copytree(release.content, folder)
        else:
            folder.mkdir(parents=True)
            shutil.copy2(release.content, folder)
    library = world.audiobookshelf.library
    library.scan()
    while library.tasks():
        await asyncio.sleep(0.02)


@pytest.fixture
def owning(inhabit: Inhabit) -> Owning:
    """Start a household that owns these books beside one of the demo; `more` goes into the configuration."""

    @asynccontextmanager
    async def start(*titles: str, more: str = "", books: int = 8) -> AsyncIterator[Home]:
        clock = Clock()
        async with inhabit(books, catalogues=True) as household:
            await put_on_shelf(household, titles)
            household.change("jobs:\n", f"{more}\n\njobs:\n")
            async with Daemon.assembled(household.config, now=clock) as daemon:
                await daemon.host.started()
                home = Home(household, daemon, clock)
                with daemon.bus.listening(home.heard.append):
                    yield home

    return start


@pytest.fixture
def impatience(monkeypatch: pytest.MonkeyPatch) -> Impatience:
    monkeypatch.setattr(rounds, "BREATH", 0.01)
    return Impatience(monkeypatch)
