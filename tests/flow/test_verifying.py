"""Uploads that are not what they claim: whole books through the whole daemon, and only right ones on the shelf."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.flow.conftest import audio
from tests.flow.uploads import SECONDS, Upload, demo_book, m4b, parts, publish

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo import world as demo_world
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.books import DemoBook
from audiobook_daemon.demo.catalogue import Catalogue, DemoRelease
from audiobook_daemon.demo.listings import mam_torrents
from audiobook_daemon.models import SeriesPlace, Want, WantState
from audiobook_daemon.store import Blocked

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

FASTER = 600
"""Ten minutes of waiting pass in a second."""
PATIENCE = 90.0
GLASS = demo_book("The Glass Ferry")
SALT = demo_book("Salt & Starlight")
ARCHIVE = tuple(
    demo_book(title)
    for title in (
        "A Candle for the Drowned",
        "The Glass Ferry",
        "The Salt Cartographer",
        "The Winter Ledger",
        "The Ash Librarian",
    )
)


class Clock:
    def __init__(self) -> None:
        self._start = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self._start + (datetime.now(UTC) - self._start) * FASTER


class Trial:
    """A household of these uploads, whose daemon is driven until a want stands where it should."""

    def __init__(self, household: Household, daemon: Daemon) -> None:
        self.household, self.daemon = household, daemon
        self.releases: Sequence[DemoRelease] = household.world.catalogue.releases

    async def do(self, verb: str, **arguments: object) -> None:
        run, _ = await self.daemon.doors.do(verb, arguments, "start")
        assert not run.error, run.error

    async def want(self, book: DemoBook) -> int:
        """Want a book as a person does."""
        await self.do("want", title=book.title, author=book.authors[0])
        return (await self.daemon.database.wants.list(limit=1))[0].id

    async def until(self, want: int, *states: WantState) -> Want:
        """Work until a want stands in one of these states."""
        async with asyncio.timeout(PATIENCE):
            while (now := await self.now(want)).state not in states:
                for verb in ("choose", "grab", "watch", "verify", "shelve"):
                    await self.do(verb)
        return now

    async def now(self, want: int) -> Want:
        found = await self.daemon.database.wants.get(want)
        assert found is not None
        return found

    async def wanted(self) -> int:
        """The one book that the charts wish for."""
        (want,) = (await self.wants()).values()
        return want

    async def blocked(self, want: int) -> Blocked:
        (one,) = await self.daemon.database.blocklist.for_want(want)
        return one

    async def listed(self, *uploads: Upload) -> None:
        """Let the tracker list more, with which the charts wish for more."""
        added = publish(uploads, self.household.world.catalogue.content, first=len(self.releases))
        self.household.world.mam.torrents += mam_torrents(added)
        self.releases = (*self.releases, *added.releases)

    async def wants(self) -> dict[str, int]:
        """What the charts wish for, by title."""
        await self.do("gather")
        return {want.wish.book.title: want.id for want in await self.daemon.database.wants.list()}

    def check_untouched(self) -> None:
        """What is downloaded lies as it came, goes on seeding, and was fetched once."""
        client = self.household.world.qbittorrent
        assert set(client.added.values()) == {1}
        assert set(client.transfers) == set(client.added)
        downloads = self.household.world.folder / "downloads"
        for release in self.releases:
            for file in audio(downloads / release.content.name):
                assert (
                    file.read_bytes()
                    == (release.content / file.relative_to(downloads / release.content.name)).read_bytes()
                )


def shelved_is(want: Want, files: Sequence[bytes]) -> None:
    """The book's folder holds just these bytes, in the order of its names."""
    assert want.folder
    assert [file.read_bytes() for file in sorted(audio(Path(want.folder)))] == list(files)


@asynccontextmanager
async def trial(
    inhabit: Inhabit, monkeypatch: pytest.MonkeyPatch, *uploads: Upload, packs: str = "review"
) -> AsyncIterator[Trial]:
    def catalogue(folder: Path, **_: object) -> Catalogue:
        return publish(uploads, folder)

    monkeypatch.setattr(demo_world, "make_catalogue", catalogue)
    monkeypatch.setattr(demo_world, "_owned", lambda _: ())
    async with inhabit(len(uploads), decoded=True) as household:
        household.change("min_size: 1KB\n", f"min_size: 1KB\n  packs: {packs}\n")
        async with Daemon.assembled(household.config, now=Clock()) as daemon:
            await daemon.host.started()
            yield Trial(household, daemon)


def honest(book: DemoBook = GLASS) -> Upload:
    """A right recording that nobody would take first."""
    return Upload(book=book, files={"whole.m4b": m4b(book)}, seeders=2, snatches=3)


def wrong(book: DemoBook = GLASS, **files: bytes) -> Upload:
    """An upload that looks like the best."""
    return Upload(
        book=book, files={name.replace("_", "."): data for name, data in files.items()}, seeders=90, snatches=900
    )


LONGER = m4b(GLASS, SECONDS * 1.12, AudioTags(album=GLASS.title, artist=GLASS.authors[0], composer="Somebody Else"))
CUT = m4b(GLASS)[: len(m4b(GLASS)) * 2 // 3]
OTHER = m4b(SALT, SECONDS * 1.5)
UNNAMED = m4b(GLASS, SECONDS * 0.5, AudioTags())


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        (LONGER, "wrong_runtime", "It runs 1.1 minutes, the known editions 1.0 minutes (Nora Whitlock)."),
        (CUT, "unreadable", "whole.m4b is cut off"),
        (OTHER, "other_book", "By their own account, whole.m4b is of Salt & Starlight by Orla Fenwick"),
        (UNNAMED, "wrong_runtime", "abridged, or only a part"),
    ],
    ids=["another narrator", "cut off", "another book", "half"],
)
async def test_a_wrong_upload_is_put_aside_and_the_next_one_shelved(
    inhabit: Inhabit, monkeypatch: pytest.MonkeyPatch, content: bytes, code: str, told: str
) -> None:
    async with trial(inhabit, monkeypatch, wrong(whole_m4b=content), honest()) as it:
        want = await it.until(await it.wanted(), WantState.SHELVED)
        blocked = await it.blocked(want.id)
        assert (blocked.key, blocked.info_hash, blocked.code) == (
            str(it.releases[0].id), it.releases[0].info_hash, code,
        )  # fmt: skip
        assert told in blocked.reason
        assert want.release
        assert want.release.key == str(it.releases[1].id)
        shelved_is(want, [m4b(GLASS)])
        it.check_untouched()
        assert len(it.household.world.qbittorrent.added) == 2, "the wrong one goes on seeding"


async def test_bytes_that_never_arrived_are_put_aside_though_the_client_is_content(
    inhabit: Inhabit, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = replace(wrong(), files=parts(GLASS, 3), format="mp3")
    async with trial(inhabit, monkeypatch, upload, replace(honest(), files=parts(GLASS, 2), format="mp3")) as it:
        file = it.releases[0].content / "02.mp3"
        data = file.read_bytes()
        file.write_bytes(data[: len(data) // 3] + bytes(len(data) - len(data) // 3))
        want = await it.until(await it.wanted(), WantState.SHELVED)
        blocked = await it.blocked(want.id)
        assert (blocked.key, blocked.code) == (str(it.releases[0].id), "unreadable")
        assert blocked.reason.startswith("02.mp3 has nothing but zeros")
        shelved_is(want, list(parts(GLASS, 2).values()))
        it.check_untouched()


async def test_one_swapped_file_among_many_gives_it_away(inhabit: Inhabit, monkeypatch: pytest.MonkeyPatch) -> None:
    swapped = parts(GLASS, 4) | {"03.mp3": parts(SALT, 4)["03.mp3"]}
    upload = replace(wrong(), files=swapped, format="mp3")
    async with trial(inhabit, monkeypatch, upload, replace(honest(), files=parts(GLASS, 2), format="mp3")) as it:
        want = await it.until(await it.wanted(), WantState.SHELVED)
        blocked = await it.blocked(want.id)
        assert blocked.code == "other_book"
        assert "03.mp3 is of Salt & Starlight" in blocked.reason
        shelved_is(want, list(parts(GLASS, 2).values()))


def pack(broken: str = "") -> Upload:
    """Five books of a series in one torrent, each in a folder of its own."""
    files: dict[str, bytes] = {}
    for book in ARCHIVE:
        found = parts(book, 2)
        if book.title == broken:
            found["02.mp3"] = found["02.mp3"][: len(found["02.mp3"]) // 2]
        files |= {f"{book.series[0].position} - {book.title}/{name}": data for name, data in found.items()}
    series = (SeriesPlace("The Lantern Archive", "1-3"),)
    return Upload(book=GLASS, title="The Lantern Archive, Books 1-3", series=series, format="mp3", files=files)


def lost(book: DemoBook) -> Upload:
    """An upload that charts rank and nobody seeds any longer."""
    return Upload(book=book, files={"whole.m4b": m4b(book)}, snatches=500, seeders=0)


async def test_a_pack_serves_every_want_whose_book_it_holds(inhabit: Inhabit, monkeypatch: pytest.MonkeyPatch) -> None:
    _, glass, cartographer, ledger, _ = ARCHIVE
    async with trial(inhabit, monkeypatch, pack(), lost(glass), lost(ledger), packs="grab") as it:
        wants = await it.wants()
        assert set(wants) == {glass.title, ledger.title}
        await it.do("choose", limit=1)
        await it.do("grab")
        states = {(await it.now(want)).code for want in wants.values()}
        assert states == {"grabbed", "attached"}
        for book in (glass, ledger):
            shelved_is(await it.until(wants[book.title], WantState.SHELVED), list(parts(book, 2).values()))
        await it.listed(lost(cartographer))
        wants = await it.wants()
        later = await it.until(wants[cartographer.title], WantState.SHELVED)
        shelved_is(later, list(parts(cartographer, 2).values()))
        assert len(wants) == 3
        it.check_untouched()
        assert list(it.household.world.qbittorrent.added) == [it.releases[0].info_hash]
        assert len(it.household.world.audiobookshelf.shelf.items) == 3
        assert len(list(audio(it.household.world.folder / "downloads"))) == 10, "all of it is seeded"


async def test_a_broken_book_of_a_pack_keeps_nobody_else_from_theirs(
    inhabit: Inhabit, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, glass, _, ledger, _ = ARCHIVE
    async with trial(inhabit, monkeypatch, pack(broken=ledger.title), lost(glass), lost(ledger)) as it:
        wants = await it.wants()
        first, second = wants[glass.title], wants[ledger.title]
        for want in (first, second):
            await it.until(want, WantState.REVIEW)
        await it.do("accept", want=first)
        shelved_is(await it.until(first, WantState.SHELVED), list(parts(glass, 2).values()))
        await it.until(second, WantState.WANTED)
        await it.listed(honest(ledger))
        await it.do("search_again", want=second)
        shelved_is(await it.until(second, WantState.SHELVED), [m4b(ledger)])
        blocked = await it.blocked(second)
        assert (blocked.key, blocked.code) == (str(it.releases[0].id), "unreadable")
        assert await it.daemon.database.blocklist.for_want(first) == ()
        it.check_untouched()


async def test_thin_evidence_waits_for_a_person_and_is_downloaded_once(
    inhabit: Inhabit, monkeypatch: pytest.MonkeyPatch
) -> None:
    lonely = replace(GLASS, series=(), narrators=())
    files = {f"{number}.mp3": data for number, data in enumerate(parts(GLASS, 2, tags=AudioTags()).values(), start=1)}
    async with trial(inhabit, monkeypatch, Upload(book=lonely, files=files, format="mp3")) as it:
        want = await it.until(await it.want(lonely), WantState.REVIEW)
        assert want.code == "runtime_unknown"
        assert "nothing but the title and the author speaks for it" in (want.reason or "")
        assert not list(audio(it.household.world.library))
        await it.do("accept", want=want.id)
        want = await it.until(want.id, WantState.SHELVED)
        shelved_is(want, list(parts(GLASS, 2, tags=AudioTags()).values()))
        it.check_untouched()
        assert set(it.household.world.mam.downloads.values()) == {1}
