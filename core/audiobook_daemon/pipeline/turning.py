"""Turns the pages of a library: the next one is fetched while the present one is worked on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress

from audiobook_daemon.errors import PluginError, Unavailable
from audiobook_daemon.models import LibraryPage
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library


async def pages(world: World, library: str, marks: Mapping[str, str]) -> AsyncGenerator[tuple[str, LibraryPage], None]:
    """Yield every page with its cursor (empty for the first); `marks` names what is known of them.

    Raises what the library raises, and Unavailable if it goes round in circles.
    """
    cursor, seen = "", {""}
    ahead = _fetched(world, library, cursor, marks)
    last: frozenset[str] = frozenset()
    try:
        while True:
            page = await ahead
            ids = frozenset(item.id for item in page.items)
            if page.next in seen or (ids and ids == last):
                raise Unavailable(f"{library} sends the same page of its list again and again.")
            if page.next is not None:
                seen.add(page.next)
                ahead = _fetched(world, library, page.next, marks)
            yield cursor, page
            if page.next is None:
                return
            cursor, last = page.next, ids
    finally:
        ahead.cancel()
        with suppress(asyncio.CancelledError, PluginError):
            await ahead


def _fetched(world: World, library: str, cursor: str, marks: Mapping[str, str]) -> asyncio.Task[LibraryPage]:
    asked = world.host.ask_one(library, Library.page, cursor=cursor or None, known=marks.get(cursor))
    return asyncio.create_task(asked)
