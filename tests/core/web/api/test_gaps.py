"""What people read of missing books, and say to them."""

from __future__ import annotations

import pytest
from tests.core.web.api.conftest import Shelves

from audiobook_daemon.models import WantState


async def test_missing_books_are_listed_in_all_or_of_one_series_or_author(shelves: Shelves) -> None:
    async def titles(query: str) -> tuple[list[str], int]:
        status, answer = await shelves.served.asks("GET", f"/api/gaps{query}")
        assert status == 200, answer
        return [f"{one['kind']} {one['title']}" for one in answer["data"]], answer["total"]

    assert await titles("") == (["series Flood", "series Undertow", "author Flood"], 3)
    assert await titles("?limit=1&offset=1") == (["series Undertow"], 3)
    assert await titles(f"?author_id={shelves.author}") == (["author Flood"], 1)
    assert await titles(f"?series_id={shelves.series}&state=ignored&state=found") == (
        ["series Flood", "series Slack Water"],
        2,
    )
    assert await titles("/upcoming") == (["series Undertow"], 1)
    assert (await shelves.served.asks("GET", "/api/gaps?series_id=99"))[0] == 404
    counts = await shelves.served.gets("/api/gaps/summary")
    assert counts == {"found": 2, "unreleased": 1, "gradual": 0, "wanted": 0, "ignored": 1, "filled": 0}


async def test_a_missing_book_is_told_with_where_it_belongs(shelves: Shelves) -> None:
    told = await shelves.served.gets(f"/api/gaps/{shelves.gaps['Flood']}")
    assert (told["of"], told["of_id"], told["position"]) == ("The Tide Wardens", shelves.series, "2")
    assert (told["authors"], told["state"], told["released"]) == (["Mira Holt"], "found", "2020-05-01")


async def test_what_is_ignored_is_ignored_wherever_it_is_missing_from(shelves: Shelves) -> None:
    served = shelves.served
    status, answer = await served.asks("POST", f"/api/gaps/{shelves.gaps['Flood']}/ignore")
    assert (status, answer["data"]["state"]) == (200, "ignored")
    assert await served.gets(f"/api/gaps?author_id={shelves.author}") == []


async def test_what_is_wanted_becomes_a_want_once_even_if_it_was_ignored(shelves: Shelves) -> None:
    served = shelves.served
    path = f"/api/gaps/{shelves.gaps['Slack Water']}/want"
    first, second = await served.asks("POST", path), await served.asks("POST", path)
    assert (first[0], first[1]["data"]["gap"]["state"]) == (200, "wanted")
    assert first[1]["data"]["want_state"] == WantState.WANTED
    assert first[1]["data"]["want_id"] == second[1]["data"]["want_id"]
    assert len(await served.daemon.database.wants.list()) == 1
    places = (await served.gets(f"/api/series/{shelves.series}"))["positions"]
    assert [(place["state"], place["want_id"]) for place in places if place["position"] == "3"] == [("wanted", 1)]


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", "/ignore"), ("POST", "/want")])
async def test_a_missing_book_that_is_not_known_is_not_found(shelves: Shelves, method: str, path: str) -> None:
    status, answer = await shelves.served.asks(method, f"/api/gaps/999{path}")
    assert (status, answer["error"]["message"]) == (404, "There is no missing book 999.")
