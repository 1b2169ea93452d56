"""SIGKILL at every change of state of each book; in the end each stands on the shelf once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from tests.forked import fork

if TYPE_CHECKING:
    from tests.flow.conftest import Inhabit

BOOKS_OF_THE_WORLD, BOOKS = 6, 5
"""Of those that are wanted one is a single file, one has many parts, and two have releases to be passed over."""
FEWER = 3
"""Books of a world in which all are wanted; how often each of them kills the daemon is the same."""

STATES = 6
"""wanted, chosen, downloading, downloaded, verified, shelved"""
INTENTS = 2
"""The hash of the download, and the folder in the library, each on record before anything is done."""
ACTS = 5
"""The torrent is added, the folder staged and published, the book admitted and edited; two books may die together."""

DEATHS = {"before": STATES + INTENTS - 1, "after": STATES + INTENTS, "outside": ACTS - 1}
"""How often each book kills the daemon; `before` lets one change of each life through."""


@pytest.mark.parametrize("moment", list(DEATHS))
async def test_no_book_is_lost_or_doubled(inhabit: Inhabit, moment: str) -> None:
    if moment == "before":
        await try_to_lose(inhabit, moment)
    else:
        await try_to_lose(inhabit, moment, world=FEWER, books=FEWER)


async def test_none_is_with_a_database_server_either(inhabit: Inhabit, postgresql_database: str) -> None:
    await try_to_lose(inhabit, "before", postgresql_database, world=FEWER, books=FEWER)


async def try_to_lose(
    inhabit: Inhabit,
    moment: str,
    database: str | None = None,
    *,
    world: int = BOOKS_OF_THE_WORLD,
    books: int = BOOKS,
) -> None:
    async with inhabit(world, database=database) as household:
        assert len(household.books) == books
        process = await fork("tests.flow.crashing:main", str(household.config), moment, str(books))
        async with asyncio.timeout(900):
            told, log = await process.communicate()
        assert process.returncode == 0, log.decode()
        assert int(told) > books * DEATHS[moment]
        assert "Traceback" not in log.decode()
        await household.check_shelved_once()
