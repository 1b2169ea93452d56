"""What is new on the site: audiobooks by date, page by page, no further back than asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon import HttpAnswer, Price, Release
from audiobook_daemon.demo.mam import MamStandIn, MamTorrent
from audiobook_plugins.mam import MyAnonamouse
from audiobook_plugins.mam.news import newest_first

if TYPE_CHECKING:
    from tests.plugins.mam.conftest import ScriptedHttp

Factory = Callable[..., MyAnonamouse]
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def uploads(count: int, template: MamTorrent, *, every: timedelta = timedelta(minutes=10)) -> list[MamTorrent]:
    return [
        replace(template, id=number, title=f"Upload {number}", added=NOW - number * every)
        for number in range(1, count + 1)
    ]


async def numbers(mam: MyAnonamouse, since: datetime | None = None, limit: int = 1000) -> list[str]:
    return [release.key for release in await mam.latest(since, limit)]


async def test_the_newest_audiobooks_come_first(mam: Factory) -> None:
    found = await mam().latest(None, 100)
    assert all(release.audio for release in found), "the e-book is left out"
    moments = [release.published for release in found if release.published]
    assert moments == sorted(moments, reverse=True)
    assert found[-1].title == "An Old Favourite"


async def test_none_from_before_the_moment_asked_for(site: MamStandIn, mam: Factory) -> None:
    site.torrents = uploads(30, site.torrents[0])
    assert await numbers(mam(), NOW - timedelta(minutes=45)) == ["1", "2", "3", "4"]


async def test_pages_are_read_until_the_answer_ends(site: MamStandIn, mam: Factory) -> None:
    site.torrents = uploads(250, site.torrents[0])
    assert await numbers(mam(), NOW - timedelta(days=10)) == [str(number) for number in range(1, 251)]
    assert len(site.requests) == 3


@pytest.mark.parametrize(("limit", "requests"), [(1, 1), (100, 1), (130, 2), (0, 0)])
async def test_no_more_than_asked_for(site: MamStandIn, mam: Factory, limit: int, requests: int) -> None:
    site.torrents = uploads(250, site.torrents[0])
    assert await numbers(mam(), limit=limit) == [str(number) for number in range(1, limit + 1)]
    assert len(site.requests) == requests


async def test_what_is_asked(scripted: ScriptedHttp, scripted_mam: Factory, answer: Callable[..., HttpAnswer]) -> None:
    scripted.answers = [answer({"error": "Nothing returned, out of 0"})]
    assert await numbers(scripted_mam(), NOW, 500) == []
    tor: Any = scripted.sent[0].json["tor"]
    assert tor == {
        "text": "", "searchType": "all", "searchIn": "torrents", "main_cat": [13], "sortType": "dateDesc",
        "startDate": str(int(NOW.timestamp())), "startNumber": "0", "perpage": 100,
    }  # fmt: skip
    assert scripted.sent[0].json["perpage"] == 100


async def test_the_price_of_news_is_told_as_in_a_search(site: MamStandIn, mam: Factory) -> None:
    by_title = {release.title: release for release in await mam().latest(None, 100)}
    assert by_title["Stars Below"].price is Price.FREE
    assert by_title["The Salt Cartographer"].vip_only


async def test_uploads_that_push_others_on_cost_none(
    scripted: ScriptedHttp, scripted_mam: Factory, answer: Callable[..., HttpAnswer]
) -> None:
    """New uploads between two pages move every row: some come twice, and none is lost."""
    rows = [{"id": number, "title": f"Upload {number}"} for number in range(1, 131)]
    pages = [rows[:100], rows[70:130], []]
    scripted.answers = [answer({"data": page, "found": 500}) for page in pages]
    assert sorted(await numbers(scripted_mam()), key=int) == [str(number) for number in range(1, 131)]


def test_what_has_no_date_comes_last_and_is_kept() -> None:
    dated = [Release("mam", str(day), "x", published=NOW - timedelta(days=day)) for day in (2, 1, 5)]
    undated = Release("mam", "?", "x")
    found = newest_first([undated, *dated], NOW - timedelta(days=3))
    assert [one.key for one in found] == ["1", "2", "?"]
