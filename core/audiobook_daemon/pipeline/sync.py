"""Sync: what the libraries hold is read, page by page, so that "do we own it?" needs no question to them.

What a page held is remembered; one that has not changed is neither sent again nor written. Items are marked as
missing only when everything has been read, and not at all when too many are lost at once.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from dataclasses import asdict, dataclass

from audiobook_daemon.errors import PluginError, Unavailable
from audiobook_daemon.models import Outcome
from audiobook_daemon.pipeline.intake import Intake
from audiobook_daemon.pipeline.presence import Presence
from audiobook_daemon.pipeline.shrinking import has_returned, has_shrunk
from audiobook_daemon.pipeline.turning import pages
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library

_log = logging.getLogger(__name__)
_BATCH = 100
"""Absent items asked for at a time."""


@dataclass(slots=True)
class Reading:
    """What reading one library has brought."""

    library: str
    books: int = 0
    new: int = 0
    changed: int = 0
    moved: int = 0
    """Items that were taken in anew and lie where they lay."""
    missing: int = 0
    back: int = 0
    damaged: int = 0
    """Items that are there but could not be read."""
    problem: str | None = None

    def told(self) -> str:
        """Say it in a few words."""
        if self.problem:
            return f"{self.library}: {self.problem}"
        counts = (
            *((self.new, "new"), (self.changed, "changed"), (self.missing, "missing"), (self.back, "back")),
            (self.damaged, "damaged"),
        )
        news = ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing new"
        return f"{self.library}: {self.books} {'book' if self.books == 1 else 'books'}, {news}"


async def sync(world: World, *, accept_loss: bool = False) -> Outcome:
    """Read all libraries; the failure of one does not hide the others.

    `accept_loss` says that items are really gone, however many. Raises Unavailable if no library could be read.
    """
    readings = await _read_all(world, accept_loss=accept_loss)
    failed = [reading for reading in readings if reading.problem]
    told = "; ".join(reading.told() for reading in readings)
    if len(failed) == len(readings):
        raise Unavailable(told or "No library is configured; add audiobookshelf under `plugins:`.")
    books = sum(reading.books for reading in readings)
    data = [asdict(reading) for reading in readings]
    return Outcome(f"sync: {told}.", processed=books, succeeded=books, failed=len(failed), data=data)


async def read_library(world: World) -> int:
    """Read what the libraries hold, so that nothing owned is wanted; returns the number of books.

    When the library that takes new books cannot answer, what it held last time counts; without any last time this
    raises Unavailable, because "unknown" is not "not owned".
    """
    library = world.library()
    readings = await _read_all(world)
    problem = next((reading.problem for reading in readings if reading.library == library), "it is not there")
    if problem and not await world.database.books.count():
        raise Unavailable(f"{library} cannot say yet what is owned: {problem}")
    return sum(reading.books for reading in readings)


async def _read_all(world: World, *, accept_loss: bool = False) -> list[Reading]:
    readings: list[Reading] = []
    for library in world.host.playing(Library):
        try:
            readings.append(await _read_one(world, library, accept_loss=accept_loss))
        except PluginError as error:
            _log.warning("%s cannot be read (%s); what it held last counts.", library, error)
            readings.append(Reading(library, problem=f"cannot be read: {error}"))
    return readings


async def _read_one(world: World, library: str, *, accept_loss: bool) -> Reading:
    async with world.reading.setdefault(library, asyncio.Lock()):
        presence = Presence()
        async for known in world.database.books.ids(library):
            presence.know(known)
        intake, cursors = Intake(world, library, presence), set[str]()
        marks = await intake.marks()
        async with aclosing(pages(world, library, marks)) as turned:
            async for cursor, page in turned:
                cursors.add(cursor)
                await intake.take(cursor, page)
        await intake.write()
        reading = Reading(library, presence.listed, intake.new, intake.changed, damaged=intake.damaged)
        await _settle_absent(world, presence, reading, accept_loss=accept_loss)
        if reading.problem is None:
            await world.database.pages.keep(library, cursors)
        return reading


async def _settle_absent(world: World, presence: Presence, reading: Reading, *, accept_loss: bool) -> None:
    """Mark what is missing and what is back, unless so much is lost that it is rather a mount that is."""
    library, books, settings = reading.library, world.database.books, world.settings
    await books.mark_missing(library, presence.back, missing=False)
    reading.back = len(presence.back)
    moved = await books.moved(library, presence.absent)
    await books.adopt(library, moved)
    presence.found(moved)
    reading.moved = len(moved)
    reading.new -= len(moved)
    if len(presence.lost) > presence.most(settings.most_lost, settings.least_lost) and not accept_loss:
        reading.problem = await has_shrunk(world, library, presence.known, len(presence.lost))
        return
    if not accept_loss:
        presence.found(await _still_there(world, library, sorted(presence.absent)))
    await books.mark_missing(library, presence.lost)
    reading.missing = len(presence.lost)
    await has_returned(world, library, presence.listed)


async def _still_there(world: World, library: str, absent: list[str]) -> list[str]:
    """Ask for items that were not listed: one that slips to an earlier page while pages are turned is on none."""
    found: list[str] = []
    for start in range(0, len(absent), _BATCH):
        items = await world.host.ask_one(library, Library.read, ids=absent[start : start + _BATCH])
        found += [item.id for item in items if not item.missing]
    return found
