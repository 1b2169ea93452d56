"""What is told of series, and what people may say to them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.web.api.conftest import AUTHOR, TIDES, Shelves

from audiobook_daemon.store import Completion, SeriesStanding


async def test_a_series_is_told_with_its_books_and_a_place_for_each_work(shelves: Shelves) -> None:
    told = await shelves.served.gets(f"/api/series/{shelves.series}")
    assert (told["name"], told["authors"], told["ids"]) == ("The Tide Wardens", [AUTHOR], {"hardcover": "9"})
    assert (told["total"], told["owned"], told["missing"], told["status"]) == (3, 1, 2, "incomplete")
    assert [(book["title"], book["position"], book["library"]) for book in told["books"]] == [("Ebb", "1", "shelf")]
    places = {place["position"]: place for place in told["positions"]}
    assert {place: one["state"] for place, one in places.items()} == {
        "1": "owned",
        "2": "missing",
        "3": "ignored",
        "4": "unreleased",
    }
    assert places["1"]["book_id"] == told["books"][0]["id"]
    assert places["2"]["gap_id"] == shelves.gaps["Flood"]
    assert all("/books/" not in str(place) for place in told["positions"])


@pytest.mark.parametrize("path", ["", "/completion"])
async def test_a_series_that_is_not_known_is_not_found(shelves: Shelves, path: str) -> None:
    status, answer = await shelves.served.asks("GET", f"/api/series/999{path}")
    assert (status, answer["error"]["message"]) == (404, "There is no series 999.")


async def test_series_are_listed_filtered_found_by_name_and_counted(shelves: Shelves) -> None:
    database = shelves.served.daemon.database
    tides = await database.series.by_key(TIDES)
    assert tides
    whole = replace(tides, key="oz|", name="Oz", percent=100.0, owned=5, status=Completion.COMPLETE)
    await database.series.save([whole, SeriesStanding("lamps|", "100% Lamps", owned=1)])

    async def names(query: str) -> tuple[list[str], int]:
        status, answer = await shelves.served.asks("GET", f"/api/series{query}")
        assert status == 200, answer
        return [one["name"] for one in answer["data"]], answer["total"]

    assert await names("") == (["Oz", "The Tide Wardens", "100% Lamps"], 3)
    assert await names("?limit=1&offset=1") == (["The Tide Wardens"], 3)
    assert await names("?completion_status=complete") == (["Oz"], 1)
    assert await names("?search=TIDE") == (["The Tide Wardens"], 1)
    assert await names("?search=%25") == (["100% Lamps"], 1)
    assert await names("?order=name") == (["100% Lamps", "Oz", "The Tide Wardens"], 3)
    assert await names("/incomplete") == (["The Tide Wardens"], 1)
    assert await names("/incomplete?min_completion=40") == ([], 0)
    summary = await shelves.served.gets("/api/series/completion-summary")
    assert (summary["total"], summary["complete"], summary["unknown"], summary["owned"]) == (3, 1, 1, 7)


async def test_how_much_of_a_series_is_owned_is_told_alone(shelves: Shelves) -> None:
    told = await shelves.served.gets(f"/api/series/{shelves.series}/completion")
    assert (told["total"], told["owned"], told["missing"], told["percent"]) == (3, 1, 2, 33.3)
    assert (told["status"], told["checked"], told["stated_total"]) == ("incomplete", None, None)
