"""Whole books through the daemon: out of the library, back into it, and a better edition in place of an old one."""

from __future__ import annotations

import asyncio
import json
import signal
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tests.forked import fork

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.models import Outcome, Want, WantState
from audiobook_daemon.shelving.trash import TRASH

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

WORLD = 4
AT_MOST = 120


def hashes(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its contents."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest() for file in files}


async def do(daemon: Daemon, action: str, **arguments: object) -> Outcome:
    run, outcome = await daemon.doors.do(action, arguments, "cli")
    assert outcome is not None, run.error
    return outcome


async def shelve_all(daemon: Daemon) -> tuple[Want, ...]:
    """Let every want come to an end; `gather` comes before."""
    async with asyncio.timeout(AT_MOST):
        while any(want.state.open for want in await daemon.database.wants.list()):
            for verb in ("choose", "grab", "watch", "verify", "shelve"):
                await do(daemon, verb)
            await asyncio.sleep(0.02)
    return await daemon.database.wants.list()


async def die(household: Household, step: str, action: str, **arguments: object) -> None:
    words = (str(household.config), step, action, json.dumps(arguments))
    process = await fork("tests.flow.returning.dying:main", *words)
    async with asyncio.timeout(AT_MOST):
        _, log = await process.communicate()
    assert process.returncode == -signal.SIGKILL, log.decode()


def missing(household: Household) -> dict[str, bool]:
    """Which items Audiobookshelf misses the files of, by their ids."""
    return {item.id: item.is_missing for item in household.world.audiobookshelf.shelf.items.values()}


async def test_a_book_leaves_and_comes_back_with_a_kill_in_between(inhabit: Inhabit) -> None:
    async with inhabit(WORLD) as household:
        async with Daemon.assembled(household.config) as daemon:
            await do(daemon, "gather")
            want = (await shelve_all(daemon))[0]
        before = hashes(household.world.library)
        seeding = hashes(household.world.folder / "downloads")
        items = missing(household)
        await die(household, "move_to_trash", "undo", want=want.id)
        assert not Path(want.folder or "").exists()
        async with Daemon.assembled(household.config) as daemon:
            await do(daemon, "shelve")
            now = await daemon.database.wants.get(want.id)
            assert now
            assert now.state is WantState.DROPPED
            assert missing(household) == items | {want.item: True}
            await do(daemon, "gather")
            assert await daemon.database.wants.get(want.id) == now, "what a person took out is not wanted again"
            listed = await do(daemon, "trash")
            assert listed.processed == 1
            await do(daemon, "put_back", entry=1)
            assert await daemon.database.journal.open_steps() == ()
            back = await daemon.database.wants.get(want.id)
        assert back
        assert (back.state, back.folder, back.item) == (WantState.SHELVED, want.folder, want.item)
        assert hashes(household.world.library) == before
        assert hashes(household.world.folder / "downloads") == seeding
        assert missing(household) == items
        assert list((household.world.library / TRASH).iterdir()) == []


async def test_a_better_edition_takes_the_place_of_an_owned_one_and_gives_it_back(inhabit: Inhabit) -> None:
    async with inhabit(WORLD) as household:
        release = next(one for one in household.world.catalogue.releases if one.format == "m4b" and one.seeders)
        book = release.book
        old = household.world.library / book.authors[0] / book.title
        old.mkdir(parents=True)
        tags = AudioTags(album=book.title, artist=book.authors[0], composer=book.narrators[0])
        (old / "old rip.mp3").write_bytes(make_mp3(release.runtime, tags))
        household.world.audiobookshelf.library.scan()
        async with Daemon.assembled(household.config) as daemon:
            async with asyncio.timeout(AT_MOST):
                while await daemon.database.books.count() < len(household.world.owned) + 1:
                    await do(daemon, "sync")
            owned = hashes(old)
            await do(daemon, "upgrade", book=book.title)
            (want,) = await shelve_all(daemon)
            assert (want.state, want.code) == (WantState.SHELVED, "upgraded"), want.reason
            assert [file.suffix for file in Path(want.folder or "").iterdir()] == [".m4b"]
            assert not old.exists()
            assert [hashes(place) for place in (household.world.library / TRASH).iterdir()] == [owned]
            assert sorted(missing(household).values()) == [*[False] * (len(missing(household)) - 1), True]
            await do(daemon, "sync")
            duplicates = await do(daemon, "find_duplicates")
            assert duplicates.processed == 0, "it is not counted twice"
            await do(daemon, "undo", want=want.id)
            now = await daemon.database.wants.get(want.id)
        assert now
        assert (now.state, now.folder) == (WantState.OWNED, str(old))
        assert hashes(old) == owned
        assert not Path(want.folder or "").exists()
        assert set(household.world.qbittorrent.transfers) == {release.info_hash}, "its torrent goes on seeding"
