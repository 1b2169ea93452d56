"""The figures of a household: right after a book was shelved, when a duty is neglected, and while a site is away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.daemon.telling import Telling
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.doors import FinishedDownloads
from audiobook_daemon.events import Event, InstanceChanged, StandingSeen
from audiobook_daemon.models import Outcome, Standing, WantState

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

BOOKS_OF_THE_WORLD = 4
VERBS = ("gather", "choose", "grab", "watch", "verify", "shelve")
ACCOUNT = "/jsonLoad.php"


class Keeper:
    """Looks after a daemon with a clock that can be put forward, and hears what it tells."""

    def __init__(self) -> None:
        start = datetime.now(UTC)
        noon = start.replace(hour=12, minute=0, second=0, microsecond=0)
        self.ahead = noon - start  # no day ends while a trial goes on
        self.heard: list[Event] = []

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def half_an_hour_passes(self) -> None:
        self.ahead += timedelta(minutes=30)

    @asynccontextmanager
    async def running(self, household: Household) -> AsyncIterator[Daemon]:
        async with Daemon.assembled(household.config, now=self.now) as daemon:
            await daemon.host.started()
            with daemon.bus.listening(self.heard.append):
                yield daemon

    def dangers_told(self) -> list[tuple[str, ...]]:
        """What was told of the account since this was asked last."""
        found = [event.standing.dangers for event in self.heard if isinstance(event, StandingSeen)]
        self.heard.clear()
        return found


async def ask(daemon: Daemon) -> Outcome:
    _, outcome = await daemon.doors.do("trackers", {}, "test")
    assert outcome is not None
    return outcome


async def shelve_all(daemon: Daemon, household: Household) -> None:
    while (await daemon.database.wants.counts())[WantState.SHELVED] < len(household.books):
        for verb in VERBS:
            await daemon.doors.do(verb, {}, "test")


def known(daemon: Daemon) -> Standing:
    return Telling(daemon).standings()["mam"]


async def test_the_figures_are_right_when_a_book_has_just_been_shelved(inhabit: Inhabit) -> None:
    keeper = Keeper()
    async with inhabit(BOOKS_OF_THE_WORLD) as household, keeper.running(household) as daemon:
        telling = Telling(daemon)
        before = await telling.library()
        assert (before.books, await telling.finished()) == (0, FinishedDownloads())
        await daemon.doors.do("sync", {}, "test")
        assert await telling.finished() == FinishedDownloads(), "what was there before was not downloaded"
        await shelve_all(daemon, household)
        sizes = sum(transfer.size for transfer in household.world.qbittorrent.transfers.values())
        count = len(household.books)
        assert await telling.finished() == FinishedDownloads(count, sizes, count, sizes)
        after = await telling.library()
        assert (after.books, after.added_total, after.trash_books) == (BOOKS_OF_THE_WORLD, count, 0)
        assert after.free
        assert after.completeness
        assert after.completeness > 0
        assert after.last_added
        assert after.last_added.id
        item = household.world.audiobookshelf.shelf.items[after.last_added.id]
        assert item.texts["title"] == after.last_added.title
        assert (await telling.cover(item.id) or b"").startswith(b"\xff\xd8\xff")
        latencies = {one.name: one.latency for one in telling.instances()}
        assert all(latencies[name] is not None for name in ("mam", "qbittorrent", "audiobookshelf"))
        assert latencies["top10"] is None, "it asks others, and no site of its own"
        keeper.ahead += timedelta(days=1)
        assert await telling.finished() == FinishedDownloads(0, 0, count, sizes)


async def test_a_danger_appears_and_ends(inhabit: Inhabit) -> None:
    """First the site says so, then a torrent is stopped that has to be seeded, and then it is gone."""
    keeper = Keeper()
    async with inhabit(BOOKS_OF_THE_WORLD) as household, keeper.running(household) as daemon:
        await shelve_all(daemon, household)
        account, transfers = household.world.mam.account, household.world.qbittorrent.transfers
        assert (await ask(daemon)).summary.endswith("in no danger.")
        assert keeper.dangers_told() == [()]
        free = known(daemon).free_slots
        account.hit_and_run = 1
        keeper.half_an_hour_passes()
        await ask(daemon)
        ((danger,),) = keeper.dangers_told()
        assert danger.startswith("1 torrent counts as hit-and-run")
        account.hit_and_run = 0
        owed = await daemon.database.downloads.owed(keeper.now() - timedelta(days=1))
        stopped = transfers[next(one.id for one in owed if "mam" in one.sources)]
        stopped.stopped = True
        keeper.half_an_hour_passes()
        await ask(daemon)
        ((danger,),) = keeper.dangers_told()
        assert danger.startswith("1 torrent is stopped in qbittorrent before it was seeded for 72 hours: ")
        assert stopped.name[:70] in danger
        _, examined = await daemon.doors.do("doctor", {}, "test")
        assert examined is not None
        assert danger in str(examined.data)
        stopped.start()
        keeper.half_an_hour_passes()
        await ask(daemon)
        assert keeper.dangers_told() == [()]
        household.world.qbittorrent.downloads.remove([stopped], with_files=False)
        for _ in range(2):
            keeper.half_an_hour_passes()
            await ask(daemon)
        missed, (danger,) = keeper.dangers_told()
        assert missed == (), "a client that has just started does not list everything"
        assert danger.startswith("1 torrent is gone from qbittorrent")
        assert (known(daemon).free_slots, known(daemon).connectable) == (free, True)


async def test_a_restart_shows_the_last_standing_at_once(inhabit: Inhabit) -> None:
    keeper = Keeper()
    async with inhabit(BOOKS_OF_THE_WORLD) as household:
        household.world.mam.account.connectable = False
        async with keeper.running(household) as daemon:
            assert Telling(daemon).standings() == {}
            await ask(daemon)
            before = known(daemon)
        assert before.dangers
        await household.world.stop("mam")
        keeper.half_an_hour_passes()
        async with keeper.running(household) as daemon:
            assert known(daemon) == before
            assert (await ask(daemon)).failed == 1
            assert known(daemon) == before


async def test_a_tracker_that_is_away_keeps_its_figures_and_is_not_pestered(inhabit: Inhabit) -> None:
    """Half a day of faults, with somebody who presses the button again and again."""
    keeper = Keeper()
    async with inhabit(BOOKS_OF_THE_WORLD) as household, keeper.running(household) as daemon:
        mam = household.world.mam
        for _ in range(5):
            await ask(daemon)
        before = known(daemon)
        assert [served.path for served in mam.requests].count(ACCOUNT) == 1
        mam.faults.always(Fault.SERVER_ERROR, match=ACCOUNT)
        mam.requests.clear()
        keeper.heard.clear()
        for _ in range(24):
            keeper.half_an_hour_passes()
            for _ in range(5):
                assert (await ask(daemon)).failed == 1
        assert known(daemon) == before
        assert keeper.dangers_told() == []
        assert [served.path for served in mam.requests].count(ACCOUNT) <= 24
        mam.faults.clear()
        keeper.half_an_hour_passes()
        await ask(daemon)
        assert known(daemon).at - before.at > timedelta(hours=12)


async def test_how_fast_services_answer_is_no_news(inhabit: Inhabit) -> None:
    keeper = Keeper()
    async with inhabit(BOOKS_OF_THE_WORLD) as household, keeper.running(household) as daemon:
        for _ in range(5):
            keeper.half_an_hour_passes()
            await ask(daemon)
            await daemon.doors.do("sync", {}, "test")
        assert [event for event in keeper.heard if isinstance(event, InstanceChanged)] == []
