"""What is new at Prowlarr's trackers: a search without words at each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import pytest

from audiobook_daemon import AuthFailed, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.prowlarr import ProwlarrIndexer, ProwlarrOffer, ProwlarrStandIn
from audiobook_plugins.prowlarr import Prowlarr

if TYPE_CHECKING:
    from tests.plugins.conftest import Spy

Factory = Callable[..., Prowlarr]
SEARCH = "/api/v1/search"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)


class Clock(Protocol):
    def advance(self, seconds: float) -> None: ...


def offers(name: str, count: int, *, hours: float = 1.0) -> list[ProwlarrOffer]:
    return [
        ProwlarrOffer(
            guid=f"{name}/{number}",
            title=f"{name} {number}",
            magnet=f"magnet:?xt=urn:btih:{number:040x}",
            published=NOW - timedelta(hours=hours * number),
        )
        for number in range(1, count + 1)
    ]


async def titles(prowlarr: Prowlarr, since: datetime | None = None, limit: int = 1000) -> list[str]:
    return [release.title for release in await prowlarr.latest(since, limit)]


async def test_the_news_of_all_trackers_come_in_one_order(
    site: ProwlarrStandIn, prowlarr: Factory, mouse: ProwlarrIndexer, bay: ProwlarrIndexer
) -> None:
    mouse.offers, bay.offers = offers("mouse", 3, hours=1.5), offers("bay", 3)
    assert await titles(prowlarr(), NOW - timedelta(hours=3.5)) == ["bay 1", "mouse 1", "bay 2", "mouse 2", "bay 3"]
    assert await titles(prowlarr(), limit=2) == ["bay 1", "mouse 1"]
    assert await titles(prowlarr(), limit=0) == []


async def test_what_is_asked_of_a_tracker(
    site: ProwlarrStandIn, prowlarr: Factory, spy: Spy, mouse: ProwlarrIndexer
) -> None:
    site.indexers = [mouse]
    await prowlarr(http=spy).latest(LONG_AGO, 500)
    first, second = spy.to(SEARCH)
    asked = [("query", ""), ("type", "search"), ("limit", "100"), ("offset", "0"), ("indexerIds", "1")]
    assert first["params"] == [*asked, ("categories", "3030")]
    assert dict(second["params"])["offset"] == "100"


@pytest.mark.parametrize(
    ("count", "since", "limit", "found", "asked"),
    [
        (250, LONG_AGO, 1000, 250, 4),
        (250, NOW - timedelta(hours=120.5), 1000, 120, 2),
        (250, NOW - timedelta(hours=20.5), 1000, 20, 1),
        (250, LONG_AGO, 150, 150, 2),
        (250, None, 1000, 100, 1),
        (900, LONG_AGO, 1000, 500, 5),
        (0, LONG_AGO, 1000, 0, 1),
    ],
)
async def test_pages_are_read_as_far_as_needed(
    site: ProwlarrStandIn,
    prowlarr: Factory,
    bay: ProwlarrIndexer,
    count: int,
    since: datetime | None,
    limit: int,
    found: int,
    asked: int,
) -> None:
    site.indexers, bay.offers = [bay], offers("bay", count)
    assert await titles(prowlarr(), since, limit) == [f"bay {number}" for number in range(1, found + 1)]
    assert sum(served.path == SEARCH for served in site.requests) == asked


async def test_a_tracker_that_repeats_its_first_page_is_not_asked_for_ever(
    site: ProwlarrStandIn, prowlarr: Factory, bay: ProwlarrIndexer
) -> None:
    site.indexers, bay.offers = [bay], offers("bay", 100, hours=0) * 3
    assert len(await titles(prowlarr(), LONG_AGO)) == 100
    assert sum(served.path == SEARCH for served in site.requests) == 2


async def test_a_silent_tracker_does_not_hide_the_others(
    site: ProwlarrStandIn, prowlarr: Factory, mouse: ProwlarrIndexer, bay: ProwlarrIndexer
) -> None:
    mouse.failing, bay.offers = True, offers("bay", 1)
    assert await titles(prowlarr(), LONG_AGO) == ["bay 1"]


async def test_nothing_new_and_nobody_there_are_told_apart(
    site: ProwlarrStandIn, prowlarr: Factory, mouse: ProwlarrIndexer, bay: ProwlarrIndexer
) -> None:
    mouse.offers, bay.offers = [], []
    assert await titles(prowlarr(), LONG_AGO) == []
    bay.failing = True
    with pytest.raises(Unavailable, match="Public Bay"):
        await titles(prowlarr(), LONG_AGO)


@pytest.mark.parametrize(("fault", "error"), [(Fault.UNAUTHORIZED, AuthFailed), (Fault.SERVER_ERROR, Unavailable)])
async def test_a_fault_is_one_here_too(
    site: ProwlarrStandIn, prowlarr: Factory, fault: Fault, error: type[Exception]
) -> None:
    site.faults.always(fault)
    with pytest.raises(error):
        await titles(prowlarr(), LONG_AGO)
