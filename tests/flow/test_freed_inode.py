"""A folder is removed just before new books arrive, and the library takes one of these for the old book."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.audiobookshelf.records import Item
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.models import WantState

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

PATIENCE = 90.0
FASTER = 60
"""A minute of waiting passes in a second."""


class Clock:
    def __init__(self) -> None:
        self._start = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self._start + (datetime.now(UTC) - self._start) * FASTER


def old_book(household: Household) -> Path:
    folder = household.world.library / "Old Author" / "Old Title"
    folder.mkdir(parents=True)
    (folder / "old.mp3").write_bytes(make_mp3(2, AudioTags()))
    return folder


async def known(household: Household, folder: Path) -> Item:
    """Let the library know the folder, and say of it what only holds for that book."""
    server = household.world.audiobookshelf
    await server.library.scanner.library(server.shelf)
    (item,) = [one for one in server.shelf.items.values() if folder.match(one.rel_path)]
    item.texts |= {"asin": "B0ABCDTST1", "subtitle": "Of Old", "description": "What was."}
    item.tags, item.narrators = ["old"], ["Old Reader"]
    return item


async def test_no_new_book_inherits_what_was_said_of_a_removed_one(inhabit: Inhabit) -> None:
    async with inhabit(4) as household:
        folder = old_book(household)
        item = await known(household, folder)
        household.world.audiobookshelf.library.scanner.reuses_inodes = True
        async with Daemon.assembled(household.config, now=Clock()) as daemon:
            await daemon.host.started()

            async def do(verb: str) -> None:
                run, _ = await daemon.doors.do(verb, {}, "start")
                assert not run.error, run.error

            async def until(state: WantState, *verbs: str) -> None:
                async with asyncio.timeout(PATIENCE):
                    while {want.state for want in await daemon.database.wants.list()} != {state}:
                        for verb in verbs:
                            await do(verb)

            await do("gather")
            await until(WantState.VERIFIED, "choose", "grab", "watch", "verify")
            shutil.rmtree(folder)
            await until(WantState.SHELVED, "shelve")
            wants = await daemon.database.wants.list()
        assert len(wants) == len(household.books)
        (mistaken,) = [want for want in wants if want.item == item.id]
        book = mistaken.wish.book
        assert mistaken.folder == str(household.world.library / item.rel_path)
        assert item.texts["title"] == book.title
        assert household.world.audiobookshelf.shelf.author_names(item) == list(book.authors)
        assert item.texts["asin"] in {book.asin, None}
        assert item.texts["subtitle"] in {book.subtitle, None}
        assert item.texts["description"] != "What was."
        assert "old" not in item.tags
        assert "Old Reader" not in item.narrators
        assert len(household.world.audiobookshelf.scans) <= 3, "the books of one run share their scans"
