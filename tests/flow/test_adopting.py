"""What was there before the daemon came is taken in through the same gates, and nothing of it is changed."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tests.flow.conftest import audio

from audiobook_daemon import DownloadClient, Release, read_torrent
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.models import DownloadState, Outcome, WantState

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

    from audiobook_daemon.demo.books import DemoBook
    from audiobook_daemon.demo.catalogue import DemoRelease

VERBS = ("grab", "watch", "verify", "shelve")
PATIENCE = 90.0


def release_of(household: Household, book: DemoBook) -> DemoRelease:
    """A good recording of a book that somebody seeds."""
    return next(
        one
        for one in household.world.catalogue.releases
        if one.book == book and one.seeders and not one.abridged and not one.drama and one.title == book.title
    )


def bytes_below(*places: Path) -> Mapping[Path, bytes]:
    return {file: file.read_bytes() for place in places for file in place.rglob("*") if file.is_file()}


async def do(daemon: Daemon, action: str, **arguments: object) -> Outcome:
    run, outcome = await daemon.doors.do(action, arguments, "test")
    assert outcome is not None, run.error
    return outcome


async def downloaded_by_hand(daemon: Daemon, release: DemoRelease) -> None:
    """Let the client have a torrent that a person added."""
    torrent = read_torrent(release.torrent)
    by_hand = Release("by hand", "1", release.title)
    await daemon.host.ask_one("qbittorrent", DownloadClient.add, torrent=torrent, release=by_hand)
    async with asyncio.timeout(PATIENCE):
        while True:
            (download,) = await daemon.host.ask_one("qbittorrent", DownloadClient.status, ids=(release.info_hash,))
            if download.state is DownloadState.READY:
                return
            await asyncio.sleep(0.02)


async def shelved(daemon: Daemon, count: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            for verb in VERBS:
                await do(daemon, verb)
            wants = await daemon.database.wants.list()
            assert len(wants) == count
            if all(want.state is WantState.SHELVED for want in wants):
                return
            stuck = [want.reason for want in wants if want.state in {WantState.WANTED, WantState.REVIEW}]
            assert not stuck
            await asyncio.sleep(0.02)


async def test_a_torrent_a_folder_and_a_torrent_file_end_on_the_shelf(inhabit: Inhabit, tmp_path: Path) -> None:
    async with inhabit(6) as household:
        by_client, in_folder, by_file = (release_of(household, book) for book in household.books[:3])
        own = tmp_path / "own" / in_folder.book.authors[0] / in_folder.book.title
        own.mkdir(parents=True)
        for file in audio(in_folder.content):
            shutil.copy(file, own)
        torrent = tmp_path / "own" / "brought.torrent"
        torrent.write_bytes(by_file.torrent)
        async with Daemon.assembled(household.config) as daemon:
            await daemon.host.started()
            await downloaded_by_hand(daemon, by_client)
            before = bytes_below(tmp_path / "own", household.world.folder / "downloads")
            await do(daemon, "adopt_torrent", hash=by_client.info_hash, title=by_client.book.title)
            told = await do(daemon, "adopt_folder", path=str(tmp_path / "own"))
            assert (told.processed, told.succeeded) == (1, 1), told.data
            book = by_file.book
            await do(daemon, "add_torrent", torrent=str(torrent), title=book.title, author=book.authors[0])
            await shelved(daemon, 3)
            wants = await daemon.database.wants.list()
            assert await daemon.database.journal.open_steps() == ()
            items = await daemon.database.books.count()
        assert items >= 3
        after = bytes_below(tmp_path / "own", household.world.folder / "downloads")
        assert {file: after[file] for file in before} == before
        assert household.world.qbittorrent.added == {by_client.info_hash: 1, by_file.info_hash: 1}
        assert household.world.mam.downloads == {}, "nobody asked the tracker for anything"
        originals = {one.book.title: sorted(map(Path.read_bytes, audio(one.content))) for one in (by_client, in_folder)}
        for want in wants:
            if want.wish.book.title in originals:
                placed = sorted(map(Path.read_bytes, audio(Path(want.folder or ""))))
                assert placed == originals[want.wish.book.title]


async def test_a_library_is_taken_in_as_it_stands(inhabit: Inhabit) -> None:
    async with inhabit(6) as household:
        server = household.world.audiobookshelf
        owned = household.world.owned[0]
        before = bytes_below(household.world.library)
        async with Daemon.assembled(household.config) as daemon:
            await daemon.host.started()
            wanted = await do(daemon, "want", title=owned.title, author=owned.authors[0])
            rehearsed = await do(daemon, "adopt_library", dry_run=True)
            told = await do(daemon, "adopt_library")
            again = await do(daemon, "adopt_library")
            (want,) = await daemon.database.wants.list()
            page = await daemon.database.books.all()
            fields = await daemon.database.facts.fields_of_books([number for number, _ in page])
        assert isinstance(wanted.data, dict)
        assert (want.id, want.state) == (wanted.data["id"], WantState.OWNED)
        figures = [one.data for one in (rehearsed, told, again)]
        assert all(isinstance(one, dict) and one["books"] == len(household.world.owned) for one in figures)
        assert [one["wants that are owned"] for one in figures] == [1, 1, 0]  # type: ignore[index]
        assert [one["fields written down"] > 0 for one in figures] == [True, True, False]  # type: ignore[index]
        assert len(fields) == len(household.world.owned)
        assert {field.source for of_book in fields.values() for field in of_book.values()} == {"library"}
        assert bytes_below(household.world.library) == before
        assert server.shelf.items
