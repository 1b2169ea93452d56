"""Names that want out of their folder, out of their line or out of their alphabet stay names."""

from __future__ import annotations

import asyncio
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.models import WantState

if TYPE_CHECKING:
    import pytest
    from tests.flow.conftest import Household, Inhabit

BOOKS_OF_THE_WORLD = 14
VERBS = ("gather", "choose", "grab", "watch", "verify", "shelve")
TITLES = (
    "../../../../escaped",
    "/etc/escaped",
    "Before\0After",
    "A Long Story " * 25,
    "\u202eGnikcab \u2066Sdrawkcab\u2069\u202c",
    "CON",
    "Either/Or\\Neither",
    "<script>alert(1)</script> &amp; Co",
    "Line\r\nBreak\x1b[31m",
    "Zalgo" + "\u0301\u0327" * 100,
    "$(touch escaped) `id` %s {0} {{7*7}}",
)
AUTHOR = "../Nobody\0\u202e"


async def test_hostile_names_stay_names(inhabit: Inhabit, caplog: pytest.LogCaptureFixture) -> None:
    async with inhabit(BOOKS_OF_THE_WORLD) as household:
        rename(household)
        world = household.world
        before = set(world.folder.rglob("*"))
        await run(household)
        wants = await household.wants()
        assert len(wants) == len(TITLES)
        assert {want.reason for want in wants if want.state is not WantState.SHELVED} == set()
        places = [world.library, world.folder / "downloads", world.folder / "services", world.config.parent]
        for new in set(world.folder.rglob("*")) - before:
            assert any(new.is_relative_to(place) for place in places), new
        for file in world.library.rglob("*"):
            assert len(file.name.encode()) <= 255
            assert not any(unicodedata.category(sign).startswith("C") for sign in file.name), repr(file)
        for want in wants:
            assert want.folder is not None
            assert len(Path(want.folder).relative_to(world.library).parts) == 2, "an author and a title"
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


def rename(household: Household) -> None:
    """Give some books of the site titles and an author that somebody means ill with."""
    releases = household.world.catalogue.releases
    books = list(dict.fromkeys(release.book for release in releases if release.book in household.books))
    titles = dict(zip((book.isbn for book in books), TITLES, strict=False))
    title_of = {release.id: titles[release.book.isbn] for release in releases if release.book.isbn in titles}
    household.world.mam.torrents[:] = [
        replace(torrent, title=title_of[torrent.id], authors=(AUTHOR,), series=())
        for torrent in household.world.mam.torrents
        if torrent.id in title_of
    ]


async def run(household: Household) -> None:
    async with Daemon.assembled(household.config) as daemon, asyncio.timeout(120):
        while not (counts := await daemon.database.wants.counts())[WantState.SHELVED] or any(
            counts[state] for state in WantState if state.open and state is not WantState.REVIEW
        ):
            for verb in VERBS:
                run, _ = await daemon.doors.do(verb, {}, "test")
                assert run.error is None
            # Their files still bear the true names, and nobody but a person knows better.
            for want in await daemon.database.wants.list([WantState.REVIEW]):
                if want.code == "runtime_unknown":
                    run, _ = await daemon.doors.do("accept", {"want": want.id}, "test")
                    assert run.error is None
            await asyncio.sleep(0.02)
