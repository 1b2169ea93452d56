"""Sync: what the libraries hold is read, page by page, so that "do we own it?" needs no question to them."""

from __future__ import annotations

import asyncio
import logging

from audiobook_daemon.errors import PluginError, Unavailable
from audiobook_daemon.matching import book_key
from audiobook_daemon.pipeline.marks import author_marks, id_marks
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library

_log = logging.getLogger(__name__)


async def read_library(world: World) -> int:
    """Read what the library holds, so that nothing owned is wanted; returns the number of items.

    When the library cannot answer, what it held last time counts; without any last time this raises Unavailable,
    because "unknown" is not "not owned".
    """
    library = world.library()
    books = world.database.books
    present: set[str] = set()
    cursor: str | None = None
    try:
        while True:
            page = await world.host.ask_one(library, Library.page, cursor=cursor)
            await books.upsert([(item, book_key(item.book)) for item in page.items])
            await books.mark([(item, (*author_marks(item.book), *id_marks(item.book))) for item in page.items])
            present.update(item.id for item in page.items)
            await asyncio.sleep(0)
            if (cursor := page.next) is None:
                break
    except PluginError as error:
        if await books.count():
            _log.warning("%s cannot be read (%s); what it held last counts.", library, error)
            return 0
        raise Unavailable(f"{library} cannot say yet what is owned: {error}") from error
    await books.mark_missing(library, present)
    return len(present)
