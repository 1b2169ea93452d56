"""Every site answers wrongly in every way, at every stage; each book still ends on the shelf exactly once."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.flow.impatience import Impatience

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.faults import HUGE_BYTES, Fault
from audiobook_daemon.demo.standin import StandIn
from audiobook_daemon.host.instance import Fault as InstanceFault
from audiobook_daemon.models import Health, InstanceStatus, WantState
from audiobook_daemon.service import Redaction, set_up_logging

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

BOOKS_OF_THE_WORLD = 5
MORE_BOOKS = 23
"""Where a book goes on in spite of the answer, each fault needs another one."""
VERBS = ("choose", "grab", "watch", "verify", "shelve")
FASTER = 600
"""Ten minutes of waiting pass in a second."""
ASKED = 1800
"""Seconds a site asks us to wait, where it says so at all."""
PATIENCE = timedelta(hours=1)
"""Longer than the daemon waits before it tries a book again."""
MOST_MEMORY = HUGE_BYTES
"""Three times what the longest list may have: what a process takes besides differs from run to run."""


@dataclass(frozen=True)
class Place:
    """Where something goes wrong: at which service, at which of its paths, during which verb."""

    service: str
    path: str
    verb: str
    books: int = BOOKS_OF_THE_WORLD

    def __str__(self) -> str:
        return f"{self.service}-{self.verb}{self.path.replace('/', '-')}"


PLACES = (
    Place("mam", "/", "gather"),
    Place("mam", "/tor/js", "choose"),
    Place("prowlarr", "/", "choose", MORE_BOOKS),
    Place("prowlarr", "/api/v1/search", "choose", MORE_BOOKS),
    Place("mam", "/tor/download.php", "grab"),
    Place("mam", "/jsonLoad.php", "grab"),
    Place("qbittorrent", "/", "grab"),
    Place("qbittorrent", "/api/v2/torrents/add", "grab", MORE_BOOKS),
    Place("qbittorrent", "/", "watch"),
    Place("audiobookshelf", "/", "gather"),
    Place("audiobookshelf", "/", "choose", MORE_BOOKS),
    Place("audiobookshelf", "/", "shelve", MORE_BOOKS),
    Place("audiobookshelf", "/api/items", "shelve", MORE_BOOKS),
    Place("google_books", "/", "choose", MORE_BOOKS),
)

ANSWERS = {("/tor/download.php", Fault.NOT_FOUND), ("/api/items", Fault.NOT_FOUND)}
"""No faults but a clear word: this torrent is gone, and another one is looked for; somebody took this book away."""


class Clock:
    def __init__(self) -> None:
        self._start = datetime.now(UTC)
        self._passed = timedelta()

    def __call__(self) -> datetime:
        return self._start + (datetime.now(UTC) - self._start) * FASTER + self._passed

    def pass_by(self, time: timedelta) -> None:
        self._passed += time


@pytest.fixture
def impatience(monkeypatch: pytest.MonkeyPatch) -> Impatience:
    return Impatience(monkeypatch)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the daemon writes to its log, as a person would read it."""
    written = StringIO()
    root = logging.getLogger()
    level = root.level
    handler = set_up_logging(Redaction(), stream=written)
    handler.addFilter(lambda record: record.name != "aiohttp.server")  # what the stand-ins say of those who hang up
    yield written
    root.removeHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(capture=False)


class Trial:
    """A household whose daemon is driven verb by verb."""

    def __init__(self, household: Household, daemon: Daemon, clock: Clock) -> None:
        self.household = household
        self.clock = clock
        self.daemon = daemon
        self.books = len(household.books)

    async def do(self, verb: str, **arguments: object) -> None:
        await self.daemon.doors.do(verb, arguments, "test")

    async def counts(self) -> Mapping[WantState, int]:
        return await self.daemon.database.wants.counts()

    async def made_anew(self, service: str) -> None:
        """Make the instance anew, as a restart does: some answers shut it up for a day."""
        specs = [instance.spec for instance in self.daemon.host.instances.values()]
        await self.daemon.host.apply([spec for spec in specs if spec.name != service])
        await self.daemon.host.apply(specs)
        await self.daemon.host.started()
        await self.daemon.host.retry("top10")

    async def bring_before(self, verb: str) -> None:
        """Bring every book as far as it can come without this verb."""
        if verb == "gather":
            return
        await self.do("gather")
        for earlier in VERBS[: VERBS.index(verb)]:
            state = {"choose": WantState.WANTED, "grab": WantState.CHOSEN, "watch": WantState.DOWNLOADING,
                     "verify": WantState.DOWNLOADED}[earlier]  # fmt: skip
            while (await self.counts())[state]:
                await self.do(earlier, limit=100)
                await asyncio.sleep(0.02)

    async def finish(self) -> None:
        async with asyncio.timeout(180):
            while sum((await self.counts()).values()) < self.books:
                await self.do("gather")
            while (await self.counts())[WantState.SHELVED] < self.books:
                for verb in VERBS:
                    await self.do(verb, limit=100)
                await asyncio.sleep(0.02)


@asynccontextmanager
async def trial(inhabit: Inhabit, place: Place) -> AsyncIterator[Trial]:
    async with inhabit(place.books) as household:
        if place.service == "mam":
            household.switch_off("prowlarr")  # what it has of the same torrents would be taken instead, or reviewed
        household.world.mam.session.grace = True  # a cut answer must not cost the session
        clock = Clock()
        async with Daemon.assembled(household.config, now=clock) as daemon:
            await daemon.host.started()
            yield Trial(household, daemon, clock)


@pytest.mark.parametrize("place", PLACES, ids=str)
async def test_a_wrong_answer_costs_nothing(
    inhabit: Inhabit, impatience: Impatience, place: Place, log: StringIO
) -> None:
    async with trial(inhabit, place) as it:
        service = getattr(it.household.world, place.service)
        assert isinstance(service, StandIn)
        await it.bring_before(place.verb)
        for fault in Fault:
            if (place.path, fault) not in ANSWERS:
                await it.made_anew(place.service)
                if place.verb != "gather":  # where no book waits, and what a chart tells of grows old
                    it.clock.pass_by(PATIENCE)
                impatience.spoil(service, fault, place.path, retry_after=ASKED)
                with little_memory():
                    await it.do(place.verb, **({} if place.verb == "gather" else {"limit": 1}))
                impatience.mend(service)
                instance = it.daemon.host.instances[place.service]
                judge(fault, instance.status(), list(instance.faults.values()))
        await it.made_anew(place.service)
        await it.finish()
        await it.household.check_shelved_once(fetched=5)
    assert "Traceback" not in log.getvalue()


def judge(fault: Fault, status: InstanceStatus, rests: list[InstanceFault]) -> None:
    """An instance says in a sentence that it rests, or what a person has to do."""
    assert status.health in {Health.RESTING, Health.NEEDS_PERSON}, fault
    assert status.error is not None
    assert re.match(r"(MyAnonamouse|Prowlarr|Google Books|The |http://)[^\n]{20,}", status.error), status.error
    if fault is Fault.UNAUTHORIZED:
        assert status.health is Health.NEEDS_PERSON
    if fault in {Fault.TOO_MANY_REQUESTS, Fault.UNAVAILABLE}:
        assert max(rest.until - rest.since for rest in rests) >= timedelta(seconds=ASKED)


@contextmanager
def little_memory() -> Iterator[None]:
    """Within the block the memory of this process must not grow by much."""
    Path("/proc/self/clear_refs").write_text("5")
    before = peak()
    yield
    assert peak() - before < MOST_MEMORY


def peak() -> int:
    """The most memory this process has had since that was last forgotten, in bytes."""
    told = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert told
    return int(told[1]) * 1024
