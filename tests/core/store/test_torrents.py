"""Torrents that people brought are kept as long as a download client may have to be given them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.matching import book_key
from audiobook_daemon.models import Book, Torrent, TorrentFile, Want, WantState, Wish

if TYPE_CHECKING:
    from tests.core.store.conftest import Clock

    from audiobook_daemon.store import Database

HASH = "ab" * 20
BY_FILE = Torrent(HASH, "Emma", b"d4:infoe", None, (TorrentFile("Emma/01.mp3", 7),), private=True)
BY_LINK = Torrent(HASH, "", None, f"magnet:?xt=urn:btih:{HASH}")


async def want_of(database: Database, state: WantState, info_hash: str | None = HASH) -> Want:
    wish = Wish(Book("Emma", ("Jane Austen",)), "manual")
    return (await database.wants.add(book_key(wish.book), wish, state=state, download=info_hash))[0]


async def test_a_torrent_is_kept_whole(database: Database) -> None:
    await database.torrents.keep(BY_FILE)
    kept = await database.torrents.get(HASH)
    assert kept is not None
    assert kept.torrent == BY_FILE
    assert await database.torrents.get("cd" * 20) is None


@pytest.mark.parametrize("order", [(BY_FILE, BY_LINK), (BY_LINK, BY_FILE), (BY_FILE, BY_FILE)])
async def test_the_file_is_kept_rather_than_the_link(database: Database, order: tuple[Torrent, ...]) -> None:
    for torrent in order:
        await database.torrents.keep(torrent)
    kept = await database.torrents.get(HASH)
    assert kept is not None
    assert kept.torrent.content == BY_FILE.content
    assert kept.torrent.files == BY_FILE.files
    assert kept.torrent.private


@pytest.mark.parametrize("state", [WantState.CHOSEN, WantState.DOWNLOADING])
async def test_what_a_want_needs_is_not_forgotten(database: Database, clock: Clock, state: WantState) -> None:
    await database.torrents.keep(BY_FILE)
    await want_of(database, state)
    clock.now += timedelta(days=400)
    assert await database.torrents.sweep() == 0
    assert await database.torrents.get(HASH) is not None


@pytest.mark.parametrize("state", [WantState.DOWNLOADED, WantState.SHELVED, WantState.DROPPED, WantState.WANTED])
async def test_what_nobody_needs_is_forgotten(database: Database, clock: Clock, state: WantState) -> None:
    await database.torrents.keep(BY_FILE)
    await want_of(database, state, None if state is WantState.WANTED else HASH)
    clock.now += timedelta(hours=2)
    assert await database.torrents.sweep() == 1
    assert await database.torrents.get(HASH) is None


async def test_one_that_was_just_brought_waits_for_its_want(database: Database) -> None:
    await database.torrents.keep(BY_FILE)
    assert await database.torrents.sweep() == 0
    assert await database.torrents.get(HASH) is not None


async def test_a_link_that_was_restored_without_its_secrets_can_be_brought_again(database: Database) -> None:
    await database.torrents.keep(replace(BY_LINK, magnet=None))
    await database.torrents.keep(BY_LINK)
    kept = await database.torrents.get(HASH)
    assert kept is not None
    assert kept.torrent == BY_LINK
