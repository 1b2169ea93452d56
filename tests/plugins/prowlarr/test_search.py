"""The search against Prowlarr on loopback: every tracker by itself, and failures that Prowlarr keeps to itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from audiobook_daemon import AuthFailed, Http, HttpAnswer, Query, SeriesPlace, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.prowlarr import Kind, ProwlarrIndexer, ProwlarrStandIn
from audiobook_plugins.prowlarr import Prowlarr
from audiobook_plugins.prowlarr import search as search_module
from audiobook_plugins.prowlarr.questions import search_words

if TYPE_CHECKING:
    from tests.plugins.conftest import Spy

Factory = Callable[..., Prowlarr]
SEARCH = "/api/v1/search"
FERRY = Query("The Glass Ferry", ("Ilse Marten",))
NOBODY = Query("No Such Book", ("Nobody",))


class Clock(Protocol):
    def __call__(self) -> datetime: ...
    def advance(self, seconds: float) -> None: ...


class Tripwire(list[str]):
    """The searches of a tracker; something happens as soon as one has come."""

    def __init__(self, deed: Callable[[], object]) -> None:
        super().__init__()
        self._deed = deed

    def append(self, words: str) -> None:
        super().append(words)
        self._deed()


@dataclass
class Impatient:
    """A session that waits for one tracker for a moment only, and for all else as long as ever."""

    session: Http
    tracker: int

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        self.session.pace(seconds, one_at_a_time=one_at_a_time)

    async def request(self, method: str, url: str, **named: Any) -> HttpAnswer:  # noqa: ANN401
        if ("indexerIds", str(self.tracker)) in (named.get("params") or ()):
            named["timeout"] = 0.3
        return await self.session.request(method, url, **named)


def asked(site: ProwlarrStandIn, path: str) -> int:
    return sum(served.path == path for served in site.requests)


async def titles(prowlarr: Prowlarr, query: Query = FERRY) -> list[str]:
    return [found.title for found in await prowlarr.search(query)]


async def test_every_tracker_is_asked_by_itself(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    assert await titles(prowlarr()) == [
        "The Glass Ferry by Ilse Marten [ENG / M4B]",
        "Ilse Marten - The Glass Ferry - [Audiobook] MP3 64kbps",
    ]
    assert asked(site, SEARCH) == 2


async def test_what_is_asked_of_a_tracker(
    site: ProwlarrStandIn, prowlarr: Factory, spy: Spy, key: str, mouse: ProwlarrIndexer
) -> None:
    mouse.own_categories[100099] = "Audiobooks - Other"
    site.indexers = [mouse]
    await prowlarr(http=spy, categories=(3030, 3000, 3040)).search(replace(FERRY, limit=500))
    (sent,) = spy.to(SEARCH)
    assert sent["params"] == [
        ("query", "The Glass Ferry Ilse Marten"), ("type", "search"), ("limit", "100"), ("offset", "0"),
        ("indexerIds", "1"), ("categories", "3030"), ("categories", "3000"),
    ]  # fmt: skip
    assert all(one["headers"]["X-Api-Key"] == key for one in spy.sent)
    assert key not in str([(one["url"], one.get("params")) for one in spy.sent])


async def test_nothing_to_ask_is_not_asked(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    assert await titles(prowlarr(), Query("!?")) == []
    assert await titles(prowlarr(), Query("Glass", limit=0)) == []
    assert site.requests == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query("Emma", ("Jane Austen", "Another")), "Emma Jane Austen"),
        (Query("Emma (Unabridged) [M4B]"), "Emma"),
        (Query("Warhawk\u2019s Oath: A Tale"), "Warhawk's Oath A Tale"),
        (Query("-Emma | *"), "Emma"),
        (Query("Emma", ("Jane Austen",), text='austen "emma"'), "austen emma"),
        (Query("", ("Jane Austen",)), "Jane Austen"),
        (Query("", ("Jane Austen",), SeriesPlace("Novels", "4")), "Novels Jane Austen"),
        (Query("Emma", ("Jane Austen",), SeriesPlace("Novels", "4")), "Emma Jane Austen"),
        (Query("(1984)"), "1984"),
        (Query("?"), ""),
    ],
)
def test_the_words_of_a_question(query: Query, expected: str) -> None:
    assert search_words(query) == expected


async def test_nothing_found_is_an_answer(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    assert await titles(prowlarr(), NOBODY) == []
    assert asked(site, SEARCH) == 2


async def test_a_failure_that_prowlarr_keeps_to_itself_is_not_nothing_found(
    prowlarr: Factory, bay: ProwlarrIndexer, mouse: ProwlarrIndexer
) -> None:
    bay.failing = True
    plugin = prowlarr()
    with pytest.raises(Unavailable, match=r"not all of its indexers could be asked\. Public Bay: its search failed"):
        await plugin.search(NOBODY)
    with pytest.raises(Unavailable, match=r"Public Bay: .*all selected indexers being unavailable"):
        await plugin.search(NOBODY)
    assert (len(bay.searches), len(mouse.searches)) == (1, 2)


async def test_an_old_failure_is_forgiven(prowlarr: Factory, bay: ProwlarrIndexer, clock: Clock) -> None:
    bay.fail(clock())
    clock.advance(3600)
    assert await titles(prowlarr(), NOBODY) == []


async def test_what_the_others_have_is_returned_and_the_silence_noted(
    prowlarr: Factory, bay: ProwlarrIndexer, caplog: pytest.LogCaptureFixture
) -> None:
    bay.failing = True
    plugin = prowlarr()
    with caplog.at_level(logging.WARNING):
        assert len(await plugin.search(FERRY)) == 1
        assert len(await plugin.search(FERRY)) == 1
    assert [record.getMessage() for record in caplog.records] == [
        "Not all indexers of Prowlarr could be asked. Public Bay: its search failed."
    ], "once is enough"
    texts = [finding.text for finding in await plugin.check()]
    assert any(text.startswith("Public Bay cannot be asked: it has failed") for text in texts)


async def test_what_is_found_is_not_lost_when_the_state_cannot_be_read(
    site: ProwlarrStandIn, prowlarr: Factory, bay: ProwlarrIndexer, mouse: ProwlarrIndexer, spy: Spy
) -> None:
    bay.offers = ()
    bay.searches = Tripwire(lambda: site.faults.always(Fault.TOO_MANY_REQUESTS, "/api/v1/indexerstatus"))
    assert len(await prowlarr(http=spy).search(FERRY)) == 1
    site.faults.clear()
    with pytest.raises(Unavailable, match=r"MyAnonamouse: .*Public Bay: ") as caught:
        await prowlarr(http=spy).search(NOBODY)
    assert caught.value.retry_after == 30


async def test_a_slow_tracker_does_not_hide_the_others(
    prowlarr: Factory, bay: ProwlarrIndexer, hasty_http: Http
) -> None:
    bay.slow = 60
    plugin = prowlarr(http=Impatient(hasty_http, bay.id))
    async with asyncio.timeout(60):
        assert await titles(plugin) == ["The Glass Ferry by Ilse Marten [ENG / M4B]"]
        with pytest.raises(Unavailable, match="Public Bay: "):
            await plugin.search(NOBODY)
    texts = [finding.text for finding in await plugin.check()]
    assert any(text.startswith("Public Bay did not answer the last search: ") for text in texts)


async def test_the_whole_search_ends_before_the_host_gives_up(
    prowlarr: Factory, bay: ProwlarrIndexer, mouse: ProwlarrIndexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "_LONGEST", 0.3)
    bay.slow = mouse.slow = 60
    async with asyncio.timeout(60):
        with pytest.raises(Unavailable, match="MyAnonamouse: it did not answer in time; Public Bay: it did not"):
            await prowlarr(together=1).search(FERRY)


async def test_only_so_many_are_asked_at_once(
    site: ProwlarrStandIn, prowlarr: Factory, bay: ProwlarrIndexer, mouse: ProwlarrIndexer
) -> None:
    bay.slow = mouse.slow = 0.05
    loop = asyncio.get_running_loop()
    before = loop.time()
    await prowlarr(together=1).search(FERRY)
    assert loop.time() - before >= 0.1


async def test_who_has_been_away_for_a_day_is_left_out(
    site: ProwlarrStandIn, prowlarr: Factory, bay: ProwlarrIndexer, mouse: ProwlarrIndexer, clock: Clock
) -> None:
    for _ in range(8):
        bay.fail(clock())
        clock.advance(4 * 3600)
    bay.fail(clock())
    plugin = prowlarr()
    assert await titles(plugin, NOBODY) == []
    texts = [finding.text for finding in await plugin.check()]
    assert any("Public Bay cannot be asked" in text and "left out" in text for text in texts)
    mouse.status = replace(bay.status)
    with pytest.raises(Unavailable, match="none of its indexers for a day: MyAnonamouse, Public Bay"):
        await plugin.search(NOBODY)


async def test_usenet_and_what_is_switched_off_are_not_asked(
    site: ProwlarrStandIn, prowlarr: Factory, bay: ProwlarrIndexer, mouse: ProwlarrIndexer
) -> None:
    mouse.enabled = False
    bay.kind = Kind.USENET
    with pytest.raises(Unavailable, match="no indexer that can be asked"):
        await prowlarr().search(FERRY)
    assert asked(site, SEARCH) == 0


@pytest.mark.parametrize("wanted", ["public bay", "3", 3])
async def test_only_the_named_ones_are_asked(prowlarr: Factory, mouse: ProwlarrIndexer, wanted: object) -> None:
    assert len(await prowlarr(indexers=[wanted]).search(FERRY)) == 1
    assert mouse.searches == []


async def test_a_tracker_without_audiobooks_is_not_asked(
    site: ProwlarrStandIn, prowlarr: Factory, bay: ProwlarrIndexer
) -> None:
    bay.categories = (7000, 7020)
    assert len(await prowlarr().search(FERRY)) == 1
    assert bay.searches == []


async def test_the_list_of_indexers_is_kept_for_some_minutes(
    site: ProwlarrStandIn, prowlarr: Factory, clock: Clock
) -> None:
    plugin = prowlarr()
    for _ in range(2):
        await plugin.search(FERRY)
        await plugin.search(FERRY)
        clock.advance(601)
    assert asked(site, "/api/v1/indexer") == 2
    await plugin.start()
    await plugin.search(FERRY)
    assert asked(site, "/api/v1/indexer") == 3


async def test_prowlarr_may_have_a_url_base(
    site: ProwlarrStandIn, prowlarr: Factory, mouse: ProwlarrIndexer, clock: Clock, key: str
) -> None:
    async with ProwlarrStandIn([mouse], key, url_base="/prowlarr", now=clock) as below:
        plugin = prowlarr(url=f"{below.url}/")
        await plugin.start()
        assert len(await plugin.search(FERRY)) == 1
        with pytest.raises(Unavailable, match="leads elsewhere"):
            await prowlarr(url=below.url.removesuffix("/prowlarr")).start()


async def test_two_prowlarrs_answer_in_their_own_names(
    site: ProwlarrStandIn, prowlarr: Factory, context_for: Callable[..., object]
) -> None:
    one = prowlarr()
    other = Prowlarr(one.config, context_for("books"))  # type: ignore[arg-type]
    assert {found.source for found in await one.search(FERRY)} == {"prowlarr"}
    assert {found.source for found in await other.search(FERRY)} == {"books"}


async def test_a_start_under_way_is_waited_for(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    site.starting = True
    plugin = prowlarr()
    for call in (plugin.start(), plugin.search(FERRY)):
        with pytest.raises(Unavailable, match="starting up, please try again later"):
            await call
    site.starting = False
    await plugin.start()
    assert plugin.service_version == "2.3.0.5236"


async def test_a_wrong_key_needs_a_person(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    plugin = prowlarr(key="wrong")
    for call in (plugin.start(), plugin.search(FERRY)):
        with pytest.raises(AuthFailed, match=r"Copy the API key from Prowlarr"):
            await call


async def test_a_key_refused_in_the_midst_of_a_search_needs_a_person(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    site.faults.next(Fault.UNAUTHORIZED, 1, SEARCH)
    with pytest.raises(AuthFailed):
        await prowlarr().search(FERRY)


async def test_a_wait_that_prowlarr_asks_for_is_passed_on(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    site.faults.always(Fault.TOO_MANY_REQUESTS, SEARCH, retry_after=77)
    with pytest.raises(Unavailable) as caught:
        await prowlarr().search(FERRY)
    assert caught.value.retry_after == 77


async def test_a_limit_of_searches_is_told_by_the_doctor(
    site: ProwlarrStandIn, prowlarr: Factory, bay: ProwlarrIndexer
) -> None:
    bay.query_limit = 1
    plugin = prowlarr()
    await plugin.search(FERRY)
    assert len(await plugin.search(FERRY)) == 1
    assert any("searched at most 1 times" in finding.text for finding in await plugin.check())


async def test_blocked_for_a_moment_only(prowlarr: Factory, bay: ProwlarrIndexer, clock: Clock) -> None:
    bay.fail(clock())
    plugin = prowlarr()
    assert len(await plugin.search(FERRY)) == 1
    clock.advance(timedelta(minutes=2).total_seconds())
    assert len(await plugin.search(FERRY)) == 2
