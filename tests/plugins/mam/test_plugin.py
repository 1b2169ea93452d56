"""The plugin against the site on loopback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import pytest

from audiobook_daemon import (
    ChartRequest,
    Level,
    PluginError,
    Price,
    Query,
    Refused,
    Release,
    SeriesPlace,
    Unavailable,
    read_torrent,
)
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.mam import MamStandIn, MamTorrent, RowShape, SummaryShape
from audiobook_plugins.mam import MyAnonamouse

Factory = Callable[..., MyAnonamouse]
SEARCH, DOWNLOAD, ACCOUNT = "/tor/js/", "/tor/download.php", "/jsonLoad.php"


class Clock(Protocol):
    def __call__(self) -> datetime: ...
    def advance(self, seconds: float) -> None: ...


class Memory(Protocol):
    values: dict[str, Any]


def release(number: int, title: str = "A book") -> Release:
    return Release(source="mam", key=str(number), title=title, extra={"tid": str(number)})


def asked(site: MamStandIn, path: str) -> int:
    return sum(served.path.startswith(path) for served in site.requests)


async def keys(mam: MyAnonamouse, query: Query) -> set[str]:
    return {found.key for found in await mam.search(query)}


@pytest.mark.parametrize("shape", list(RowShape))
async def test_search_finds_audiobooks_by_title_and_author(site: MamStandIn, mam: Factory, shape: RowShape) -> None:
    site.row_shape = shape
    found = {it.key: it for it in await mam().search(Query("The Glass Ferry", ("Ilse Marten",)))}
    assert set(found) == {"1", "2"}
    assert found["1"].narrators == ("Nora Whitlock",)
    assert found["1"].size == 300 * 1024**2
    assert found["1"].source == "mam"
    assert found["1"].price is Price.PAID


async def test_search_needs_the_apostrophe_and_survives_operators(mam: Factory) -> None:
    assert await keys(mam(), Query("Warhawk\u2019s Oath", ("Chris O'Neil",))) == {"8"}
    assert await keys(mam(), Query('"Stars" | Below -', ("Jo Rix",))) == {"7"}


async def test_every_question_is_asked_once_and_finds_what_it_is_for(site: MamStandIn, mam: Factory) -> None:
    plugin = mam()
    assert await keys(plugin, Query("Stars Below: A Novel of the Deep", ("Jo Rix",))) == set()
    assert await keys(plugin, Query("Stars Below", ("Jo Rix",))) == {"7"}
    assert await keys(plugin, Query("Stars Below", ("J. Q. Public",))) == set()
    assert await keys(plugin, Query("Stars Below")) == {"7"}
    assert await keys(plugin, Query("", ("Jo Rix",))) == {"7"}
    assert asked(site, SEARCH) == 5


async def test_a_series_is_found_by_its_name_and_words_also_in_file_names(
    site: MamStandIn, torrents: list[MamTorrent], mam: Factory
) -> None:
    site.torrents = [
        replace(torrents[0], id=1, title="Whatever", series=(("The Archive", "2"),)),
        replace(torrents[0], id=2, title="Everything Else"),
    ]
    plugin = mam()
    author = torrents[0].authors[0]
    assert await keys(plugin, Query("", (author,), SeriesPlace("The Archive", "1"))) == {"1"}
    (file, *_) = read_torrent(torrents[0].torrent).files
    assert await keys(plugin, Query("", text=file.path.rpartition("/")[2])) == {"1", "2"}


async def test_search_asks_for_all_numbers_of_a_language(mam: Factory) -> None:
    assert await keys(mam(), Query("El molino", languages=("es",))) == {"5"}
    assert await keys(mam(), Query("El molino", languages=("de",))) == set()
    assert await keys(mam(), Query("El molino", languages=("en", "klingon"))) == {"5"}


async def test_nothing_to_ask_is_not_asked(site: MamStandIn, mam: Factory) -> None:
    assert await mam().search(Query("!?")) == []
    assert site.requests == []


async def test_search_pages_to_the_limit(site: MamStandIn, torrents: list[MamTorrent], mam: Factory) -> None:
    site.torrents = [replace(torrents[0], id=number, title=f"Saga {number}") for number in range(1, 261)]
    plugin = mam()
    assert len(await plugin.search(Query("Saga", limit=150))) == 150
    assert asked(site, SEARCH) == 2
    assert len(await plugin.search(Query("Saga", limit=1000))) == 260
    assert asked(site, SEARCH) == 5
    assert len(await plugin.search(Query("Saga", limit=3))) == 3


async def test_what_a_vip_torrent_costs_depends_on_the_account(site: MamStandIn, mam: Factory, clock: Clock) -> None:
    query = Query("The Salt Cartographer", ("Ilse Marten",))
    (found,) = await mam().search(query)
    assert (found.price, found.vip_only) == (Price.PAID, True)
    site.account.vip_until = clock() + timedelta(days=3)
    plugin = mam()
    assert [it.price for it in await plugin.search(query)] == [Price.FREE]
    before = asked(site, ACCOUNT)
    await plugin.search(query)
    assert asked(site, ACCOUNT) == before, "the account is remembered for some minutes"
    clock.advance(4 * 86_400)
    assert [it.price for it in await plugin.search(query)] == [Price.PAID]


async def test_a_price_that_cannot_be_known_does_not_lose_the_search(site: MamStandIn, mam: Factory) -> None:
    site.faults.always(Fault.SERVER_ERROR, ACCOUNT)
    (found,) = await mam().search(Query("The Salt Cartographer"))
    assert found.price is Price.UNKNOWN


async def test_chart_ranks_new_uploads_of_a_genre_by_snatches(mam: Factory) -> None:
    entries = await mam().chart(ChartRequest("fantasy", days=7))
    assert [(it.rank, it.book.title) for it in entries] == [
        (1, "The Salt Cartographer"),
        (2, "The Glass Ferry"),
        (3, "Die Glasfähre"),
        (4, "El molino"),
        (5, "Warhawk's Oath"),
    ]
    assert entries[1].book.authors == ("Ilse Marten",)
    assert entries[1].narrators == ("Nora Whitlock",)


async def test_chart_of_all_time_of_one_language_of_another_genre(site: MamStandIn, mam: Factory) -> None:
    plugin = mam()
    assert (await plugin.chart(ChartRequest("fantasy", days=None)))[0].book.title == "An Old Favourite"
    assert [it.book.title for it in await plugin.chart(ChartRequest("fantasy", languages=("de",)))] == ["Die Glasfähre"]
    assert [it.book.title for it in await plugin.chart(ChartRequest("sci-fi"))] == ["Stars Below"]
    before = len(site.requests)
    assert await plugin.chart(ChartRequest("no-such-genre")) == ()
    assert await plugin.chart(ChartRequest("fantasy", limit=0)) == ()
    assert len(site.requests) == before


async def test_chart_reads_on_until_there_are_enough_books(
    site: MamStandIn, torrents: list[MamTorrent], mam: Factory
) -> None:
    twice = [
        replace(torrents[0], id=number, title=f"Saga {number // 2}", times_completed=number) for number in range(300)
    ]
    site.torrents = twice[2:]
    entries = await mam().chart(ChartRequest("fantasy", limit=100))
    assert [it.rank for it in entries] == list(range(1, 101))
    assert entries[0].book.title == "Saga 149"
    assert asked(site, SEARCH) == 2


async def test_fetch_gets_the_torrent_and_never_spends_a_wedge(
    site: MamStandIn, torrents: list[MamTorrent], mam: Factory
) -> None:
    torrent = await mam().fetch(release(1))
    assert torrent.content == torrents[0].torrent
    assert torrent.private
    assert [file.path for file in torrent.files] == ["1.m4b"]
    assert (site.downloads[1], sum(site.desk.wedges_spent.values())) == (1, 0)


@pytest.mark.parametrize(("number", "code"), [(3, "vip_only"), (4711, "gone")])
async def test_fetch_is_refused(mam: Factory, number: int, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await mam().fetch(release(number))
    assert caught.value.code == code


@pytest.mark.parametrize("tid", ["", "x", "1&fl", "../1", "-1", "\u0663"])
async def test_only_a_number_is_ever_fetched(site: MamStandIn, mam: Factory, tid: str) -> None:
    with pytest.raises(Refused):
        await mam().fetch(replace(release(1), extra={"tid": tid}))
    assert site.requests == []


async def test_slots_are_kept_free_for_people(site: MamStandIn, mam: Factory, clock: Clock) -> None:
    site.account.unsatisfied_limit = 20
    site.account.unsatisfied = 8
    plugin = mam(reserve_slots=10)
    await plugin.fetch(release(1))
    await plugin.fetch(release(2))
    with pytest.raises(Unavailable, match="10 of the account's 20 slots") as caught:
        await plugin.fetch(release(4))
    assert caught.value.retry_after
    assert site.downloads[4] == 0
    assert asked(site, ACCOUNT) == 1
    site.account.unsatisfied = 3
    clock.advance(301)
    await plugin.fetch(release(4))
    assert site.downloads[4] == 1


@pytest.mark.parametrize("shape", list(SummaryShape))
async def test_the_limit_is_found_in_both_shapes_of_the_account(
    site: MamStandIn, mam: Factory, shape: SummaryShape
) -> None:
    site.summary_shape = shape
    site.account.unsatisfied = site.account.unsatisfied_limit
    with pytest.raises(Unavailable, match="slots"):
        await mam(reserve_slots=0).fetch(release(1))
    assert asked(site, DOWNLOAD) == 0


async def test_check_says_that_the_session_works(site: MamStandIn, mam: Factory) -> None:
    site.account.unsatisfied = 7
    (finding,) = await mam().check()
    assert finding.level is Level.OK
    assert finding.text == "The session works: Power User, ratio 4.22, 7 of 100 unsatisfied torrents."


async def test_check_warns_of_what_will_stop_downloads(site: MamStandIn, mam: Factory) -> None:
    account = site.account
    account.unsatisfied, account.uploaded, account.hit_and_run, account.connectable = 95, 1, 2, False
    findings = await mam().check()
    assert [it.level for it in findings] == [Level.OK, *[Level.WARNING] * 4]
    assert all(it.remedy for it in findings[1:])
    assert "only 5 slots" in findings[1].text


async def test_check_says_what_is_wrong(site: MamStandIn, mam: Factory) -> None:
    site.session.end()
    (finding,) = await mam().check()
    assert finding.level is Level.FAILURE
    assert "Create a new API session" in finding.text


async def test_the_account_can_be_shown(site: MamStandIn, mam: Factory) -> None:
    site.account.vip_until = datetime(2026, 4, 1, tzinfo=UTC)
    outcome = await mam().account()
    assert outcome.summary == (
        "Power User, ratio 4.22, 0 of 100 unsatisfied, VIP until 2026-04-01, 41234 bonus points, 3 freeleech wedges."
    )
    assert isinstance(outcome.data, dict)
    assert (outcome.data["vip"], outcome.data["unsatisfied_limit"]) == (True, 100)


async def test_the_seedbox_address_is_left_alone_unless_asked(site: MamStandIn, mam: Factory) -> None:
    plugin = mam()
    await plugin.start()
    await plugin.fetch(release(1))
    await plugin.check()
    with pytest.raises(Refused, match="update_seedbox"):
        await plugin.seedbox()
    assert site.seedbox.registered is None
    assert asked(site, "/json/") == 0


async def test_the_seedbox_address_follows_this_machine(site: MamStandIn, mam: Factory, clock: Clock) -> None:
    plugin = mam(update_seedbox=True)
    await plugin.start()
    assert site.seedbox.registered == "203.0.113.20"
    clock.advance(3601)
    await plugin.fetch(release(1))
    assert asked(site, "/json/dynamicSeedbox.php") == 1, "an unchanged address is not registered again"
    site.seedbox.caller = "203.0.113.21"
    await plugin.fetch(release(2))
    assert site.seedbox.registered == "203.0.113.20", "the address is looked at once an hour"
    clock.advance(3601)
    await plugin.fetch(release(4))
    assert site.seedbox.registered == "203.0.113.21"
    site.seedbox.caller = "203.0.113.22"
    assert "one change an hour" in (await plugin.seedbox()).summary
    clock.advance(26 * 86_400)
    site.seedbox.caller = "203.0.113.21"
    await plugin.fetch(release(5))
    assert asked(site, "/json/dynamicSeedbox.php") == 4, "now and then it is registered anew"


async def test_a_session_that_may_not_set_the_address_still_downloads(
    site: MamStandIn, mam: Factory, caplog: pytest.LogCaptureFixture
) -> None:
    site.seedbox.allowed = False
    plugin = mam(update_seedbox=True)
    with caplog.at_level(logging.WARNING):
        assert await plugin.fetch(release(1))
    assert "Allow session to set dynamic seedbox" in caplog.text
    (finding,) = await plugin.check()
    assert finding.level is Level.FAILURE


async def test_a_long_day_leaves_no_secret_behind(
    site: MamStandIn, mam: Factory, seed: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = []
    with caplog.at_level(logging.DEBUG):
        plugin = mam(update_seedbox=True)
        await plugin.start()
        told += [repr(it) for it in await plugin.search(Query("The Glass Ferry"))]
        told += [repr(it) for it in await plugin.chart(ChartRequest("fantasy"))]
        for fault in Fault:
            site.faults.next(fault, 2, SEARCH)
            try:
                told += [repr(it) for it in await plugin.search(Query("Stars Below"))]
            except PluginError as error:
                told.append(repr(error))
            site.faults.clear()
        told += [repr(it) for it in await plugin.check()]
    everything = "\n".join(told) + caplog.text + "".join(served.path for served in site.requests)
    assert seed not in everything
    assert "rotated-" not in everything
