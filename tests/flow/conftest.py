"""A household of stand-ins for whole books, and the proof that each book ended on the shelf exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from audiobook_daemon.demo.catalogue import DemoRelease
from audiobook_daemon.demo.world import DemoWorld, as_book
from audiobook_daemon.matching import is_same_book
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.shelving import AUDIO
from audiobook_daemon.store import Database, PlanState

CATALOGUES = ("audnexus", "hardcover", "open_library")
"""Sources that say much and are asked often; most trials are about something else."""
Inhabit = Callable[..., AbstractAsyncContextManager["Household"]]


class Household:
    """A demo world in a hurry, and what is to be said of it in the end."""

    def __init__(self, world: DemoWorld) -> None:
        self.world = world
        self.config = world.config
        self.books = [book for book in world.catalogue.books if book not in world.owned]
        """Those that have to be found."""
        self.database = f"sqlite://{world.config.parent / 'state.db'}"

    def change(self, old: str, new: str) -> None:
        """Edit the configuration as a person would; the old text must be there."""
        text = self.config.read_text()
        assert old in text, f"{old!r} is not in the configuration"
        self.config.write_text(text.replace(old, new))

    def switch_off(self, instance: str) -> None:
        """Let an instance be left out."""
        self.change(f"  {instance}:\n", f"  {instance}:\n    enabled: no\n")

    async def wants(self) -> tuple[Want, ...]:
        async with Database.open(self.database, exclusive=False) as database:
            return await database.wants.list(limit=500)

    async def check_shelved_once(self, *, fetched: int = 2) -> None:
        """Every wanted book stands on the shelf once, whole and untouched; nothing else was done to anybody.

        `fetched` is how often a .torrent file may have been fetched: again only if the first one got lost.
        """
        wants = await self.wants()
        assert len(wants) == len(self.books)
        for book in self.books:
            assert [is_same_book(as_book(book), want.wish.book) for want in wants].count(True) == 1, book.title
        told = {
            want.wish.book.title: (want.state, want.reason) for want in wants if want.state is not WantState.SHELVED
        }
        assert not told
        releases = {str(release.id): release for release in self.world.catalogue.releases}
        grabbed = [releases[want.release.key] for want in wants if want.release]
        assert len(grabbed) == len(wants)
        self._check_files(wants, releases)
        self._check_library(wants)
        added = self.world.qbittorrent.added
        assert added == Counter({release.info_hash: 1 for release in grabbed})
        assert set(self.world.qbittorrent.transfers) == set(added), "somebody removed a torrent"
        handed_out = self.world.mam.downloads
        assert set(handed_out) == {release.id for release in grabbed}
        assert max(handed_out.values()) <= fetched
        async with Database.open(self.database, exclusive=False) as database:
            for want in wants:
                assert await database.blocklist.for_want(want.id) == ()
                placed = [step for step in await database.journal.for_want(want.id) if step.kind == "publish"]
                assert placed
                assert {step.target for step in placed} == {want.folder}
                (plan,) = await database.plans.for_want(want.id)
                assert (plan.state, plan.plan["folder"]) == (PlanState.DONE, want.folder)
                assert plan.result
                # Of a book that was met again after a restore, nobody knows how it was placed.
                assert (plan.result.get("method", "hardlink"), plan.result["item"]) == ("hardlink", want.item)
            assert await database.journal.open_steps() == ()

    def _check_files(self, wants: tuple[Want, ...], releases: dict[str, DemoRelease]) -> None:
        for want in wants:
            assert want.folder
            assert want.release
            assert want.path
            shelved = [file for file in Path(want.folder).rglob("*") if file.suffix in AUDIO]
            original = list(audio(releases[want.release.key].content))
            assert Counter(map(Path.read_bytes, shelved)) == Counter(map(Path.read_bytes, original))
            seeded = {file.stat().st_ino for file in audio(Path(want.path))}
            assert {file.stat().st_ino for file in shelved} == seeded, "hardlinks of the seeding copy"

    def _check_library(self, wants: tuple[Want, ...]) -> None:
        library = self.world.library
        assert [file.name for file in library.iterdir() if file.name.startswith(".")] == []
        items = self.world.services.audiobookshelf.shelf.items.values()
        assert not any(item.is_missing for item in items)
        by_path = {library / item.rel_path: item.id for item in items}
        assert len(by_path) == len(items) == len(wants) + len(self.world.owned)
        assert {want.item for want in wants} == {by_path[Path(want.folder or "")] for want in wants}
        shelved = {path for file in audio(library) for path in by_path if file.is_relative_to(path)}
        assert shelved == set(by_path)
        assert all(any(file.is_relative_to(path) for path in by_path) for file in audio(library))


def audio(place: Path) -> Iterator[Path]:
    """The audio files of a download or folder."""
    found = [place] if place.is_file() else place.rglob("*")
    return (file for file in found if file.suffix in AUDIO)


@pytest.fixture
def inhabit(tmp_path: Path) -> Inhabit:
    """Start a household of so many books, all services played; downloads take a moment, and ffmpeg is spared.

    Of the sources that describe books only Google Books is asked, unless a trial is about the `catalogues` too. The
    `database` is a file, unless the address of another one is given.
    """

    @asynccontextmanager
    async def start(
        books: int,
        *,
        speed: float = 50_000_000,
        real: Collection[str] = (),
        decoded: bool = False,
        catalogues: bool = False,
        database: str | None = None,
    ) -> AsyncIterator[Household]:
        async with DemoWorld(tmp_path / "world", books=books, real=real, speed=speed, scheduled=False) as world:
            household = Household(world)
            household.change("poll: 0.1", "poll: 0.02")
            if database is not None:
                household.change("database: sqlite://state.db", f"database: {database}")
                household.database = database
            for name in () if catalogues else CATALOGUES:
                household.switch_off(name)
            if decoded:
                household.change("verify: {decode: never}\n", "")
            yield household

    return start
