"""Lists of all kinds are gathered through the daemon: each book is wanted once, and each list has its own share."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.plugins.goodreads.shelf import KEY, PATH, USER, item, shelves

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.testing import FakeSite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.flow.conftest import Household, Inhabit

BOOKS_OF_THE_WORLD = 8
FERRY, CARTOGRAPHER, LIBRARIAN, CANDLE, LEDGER, STARLIGHT, WIZARD, LAND = (
    "The Glass Ferry", "The Salt Cartographer", "The Ash Librarian", "A Candle for the Drowned", "The Winter Ledger",
    "Salt & Starlight", "The Wonderful Wizard of Oz", "The Marvelous Land of Oz",
)  # fmt: skip
SHELF = [
    item(1, f"{CANDLE} (The Lantern Archive, #0.5)"),
    item(2, f"{FERRY} (The Lantern Archive, #1)"),
    item(3, f"{CARTOGRAPHER} (The Lantern Archive, #2)"),
    item(4, f"{LIBRARIAN} (The Lantern Archive, #3)"),
]
EXPORT = "\n".join((
    "Book Id,Title,Author,ISBN,ISBN13,Exclusive Shelf,My Review",
    f'1,"{FERRY} (The Lantern Archive, #1)",Ilse Marten,"=""""","=""9789999900010""",to-read,',
    '9,"A broken line,Nobody',
    f'2,"{LEDGER} (The Lantern Archive, #2.5)",Ilse Marten,"=""""","=""""",read,"Read',
    'twice"',
    f'3,"{WIZARD} (Oz, #1)",L. Frank Baum,"=""""","=""9789999900072""",to-read,',
    f'4,"{LAND} (Oz, #2)",L. Frank Baum,"=""""","=""9789999900089""",to-read,',
))  # fmt: skip
LINES = f"""\
# for the winter
{CANDLE} by Ilse Marten
9789999900058
{STARLIGHT} - Orla Fenwick
{LAND} by L. Frank Baum
"""


@asynccontextmanager
async def reading_household(inhabit: Inhabit, site: FakeSite) -> AsyncIterator[Household]:
    """A household whose only wishes are those of a shelf and of two files."""
    async with inhabit(BOOKS_OF_THE_WORLD) as household:
        folder = household.config.parent
        (folder / "export.csv").write_text(EXPORT)
        (folder / "winter.txt").write_text(LINES)
        sections = {
            "goodreads": {"site": site.url, "pace": 0, "user": USER, "key": KEY, "shelves": {"to-read": 2}},
            "book_list": {
                "count": 2,
                "files": ["export.csv", {"name": "winter", "file": str(folder / "winter.txt")}],
            },
        }
        lines = "".join(f"  {name}: {json.dumps(section)}\n" for name, section in sections.items())
        household.change("  google_books:\n", f"{lines}  google_books:\n")
        for other in ("top10",):
            household.switch_off(other)
        yield household


async def gathered(daemon: Daemon) -> tuple[Want, ...]:
    """Gather once, and return all wants, the oldest first."""
    _, outcome = await daemon.doors.do("gather", {}, "test")
    assert outcome is not None
    assert outcome.failed == 0, outcome.summary
    return tuple(sorted(await daemon.database.wants.list(), key=lambda want: want.id))


async def test_every_list_has_its_share_and_every_book_is_wanted_once(inhabit: Inhabit) -> None:
    async with FakeSite() as site, reading_household(inhabit, site) as household:
        site.answer("GET", PATH, shelves(to_read=SHELF))
        async with Daemon.assembled(household.config) as daemon:
            await daemon.host.started()
            first = await gathered(daemon)
            assert [(want.wish.book.title, want.wish.origin) for want in first] == [
                (FERRY, "goodreads"), (CARTOGRAPHER, "goodreads"), (WIZARD, "book_list"), (LEDGER, "book_list"),
                (STARLIGHT, "book_list"),
            ]  # fmt: skip
            assert {want.state for want in first} == {WantState.WANTED}
            assert await gathered(daemon) == first, "gathering again wants nothing again"
            assert KEY not in str([run.summary for run in await daemon.database.runs.latest()])


async def test_what_leaves_a_list_stays_wanted_and_what_a_person_dropped_stays_dropped(inhabit: Inhabit) -> None:
    async with FakeSite() as site, reading_household(inhabit, site) as household:
        site.answer("GET", PATH, shelves(to_read=SHELF[:3]))
        async with Daemon.assembled(household.config) as daemon:
            await daemon.host.started()
            first = await gathered(daemon)
            ferry, cartographer = first[:2]
            site.answer("GET", PATH, shelves(to_read=SHELF[:2]))
            assert await gathered(daemon) == first, "the cartographer left the shelf"
            await daemon.doors.do("drop", {"want": ferry.id}, "test")
            site.answer("GET", PATH, shelves(to_read=[*SHELF[:1], *SHELF[2:], SHELF[1]]))
            then = await gathered(daemon)
            assert len({want.key for want in then}) == len(then)
            states = {want.wish.book.title: want.state for want in then}
            assert states[FERRY] is WantState.DROPPED
            assert states[CARTOGRAPHER] is WantState.WANTED
            assert states[LIBRARIAN] is WantState.WANTED, "the place of the dropped one is free"
            assert await gathered(daemon) == then
            assert (await daemon.database.wants.get(cartographer.id)) == cartographer


async def test_news_of_the_tracker_bring_a_listed_book_that_nobody_had(inhabit: Inhabit) -> None:
    """From the list to the shelf: nothing is offered, the want waits for days, and the night it appears it is taken."""
    async with FakeSite() as site, reading_household(inhabit, site) as household:
        site.answer("GET", PATH, shelves(to_read=SHELF[1:2]))
        mam = household.world.mam
        torrents, mam.torrents = mam.torrents, []
        for indexer in household.world.prowlarr.indexers:
            indexer.offers = []
        async with Daemon.assembled(household.config) as daemon:
            await daemon.host.started()
            await gathered(daemon)
            await daemon.doors.do("choose", {}, "test")
            (want, *_) = sorted(await daemon.database.wants.list(), key=lambda one: one.id)
            assert want.next_try is not None
            _, outcome = await daemon.doors.do("mam_scan", {}, "test")
            assert outcome is not None
            assert (outcome.processed, outcome.succeeded, outcome.failed) == (0, 0, 0)
            mam.torrents = [replace(one, added=datetime.now(UTC)) for one in torrents if one.title.startswith(FERRY)]
            run, outcome = await daemon.doors.do("mam_scan", {}, "test")
            assert outcome is not None
            assert (outcome.succeeded, outcome.failed) == (1, 0), run.summary
            _, chosen = await daemon.doors.do("choose", {}, "test")
            assert chosen is not None
            assert chosen.processed == 1, "only the book that appeared is searched again"
            now = await daemon.database.wants.get(want.id)
            assert now is not None
            assert now.release is not None
            assert now.release.source == "mam"
            assert mam.downloads == {}, "the scan itself takes nothing"
