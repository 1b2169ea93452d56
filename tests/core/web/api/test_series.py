"""What is told of series, and what people may say to them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.web.api.conftest import AUTHOR, FLOOD, TIDES, Shelves, copy

from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import Completion, GapKind, SeriesStanding


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
    assert await names("?search=tidewárd") == (["The Tide Wardens"], 1)
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


async def test_a_series_written_down_by_hand_counts_what_is_owned_and_stays_through_recounts(shelves: Shelves) -> None:
    served = shelves.served
    body = {"name": "Lamp Lighters", "author": AUTHOR, "total_books": 4, "goodreads_id": "45"}
    status, answer = await served.asks("POST", "/api/series", body)
    told = answer["data"]
    assert (status, told["by_hand"], told["ids"], told["stated_total"]) == (201, True, {"goodreads": "45"}, 4)
    assert (told["total"], told["owned"], told["missing"], told["percent"]) == (4, 0, 4, 0.0)
    await served.daemon.actions.get("recount").run({})
    assert (await served.gets(f"/api/series/{told['id']}"))["total"] == 4
    places = (await served.gets(f"/api/series/{told['id']}"))["positions"]
    assert [(place["position"], place["state"], place["title"]) for place in places] == [
        (str(number), "missing", None) for number in range(1, 5)
    ]


@pytest.mark.parametrize(
    ("position", "missing"), [("2.5", ["1", "2", "3", "4"]), ("2-3", ["1", "4"]), ("2-999999999", ["1"])]
)
async def test_the_places_of_a_series_are_told_whatever_a_book_says_of_its_own(
    shelves: Shelves, position: str, missing: list[str]
) -> None:
    served = shelves.served
    body = {"name": "Lamp Lighters", "author": AUTHOR, "total_books": 4}
    number = (await served.asks("POST", "/api/series", body))[1]["data"]["id"]
    book = {"title": "Wicks", "author": AUTHOR, "series": "Lamp Lighters", "series_number": position}
    assert (await served.asks("POST", "/api/books", book))[0] == 201
    told = (await served.gets(f"/api/series/{number}"))["positions"]
    assert [one["position"] for one in told if one["state"] == "missing"] == missing
    assert [one["title"] for one in told if one["state"] == "owned"] == ["Wicks"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "the TIDE Wardens"},
        {"name": "The Tide Wardens Series", "author": "Holt, Mira"},
        {"name": "!!!"},
    ],
)
async def test_a_series_that_is_there_or_has_no_name_is_not_written_down(
    shelves: Shelves, body: dict[str, object]
) -> None:
    status, answer = await shelves.served.asks("POST", "/api/series", body)
    assert (status, answer["error"]["code"]) == (409, "conflict")
    assert len(await shelves.served.daemon.database.series.all()) == 1


async def test_a_namesake_by_another_author_is_another_series(shelves: Shelves) -> None:
    status, answer = await shelves.served.asks("POST", "/api/series", {"name": "Tide Wardens", "author": "Ida Abel"})
    assert (status, answer["data"]["owned"]) == (201, 0)


async def test_what_a_person_says_of_a_series_counts_until_it_is_taken_back(shelves: Shelves) -> None:
    served, path = shelves.served, f"/api/series/{shelves.series}"
    said = {"name": "Wardens of the Tide", "author": "M. Holt", "total_books_in_series": 2, "goodreads_id": "9"}
    status, answer = await served.asks("PUT", path, said)
    assert status == 200, answer
    assert {one["field"]: (one["old"], one["new"]) for one in answer["data"]["changes"]} == {
        "name": ("The Tide Wardens", "Wardens of the Tide"),
        "author": (AUTHOR, "M. Holt"),
        "total_books_in_series": (3, 2),
        "goodreads_id": (None, "9"),
    }
    for _ in range(2):
        told = await served.gets(path)
        assert (told["name"], told["authors"], told["total"], told["stated_total"]) == (
            "Wardens of the Tide", ["M. Holt"], 2, 2,
        )  # fmt: skip
        assert (told["owned"], told["missing"], told["percent"], told["ids"]["goodreads"]) == (1, 1, 50.0, "9")
        await served.daemon.actions.get("recount").run({})
    status, answer = await served.asks("PUT", path, {**dict.fromkeys(said), "name": None})
    told = answer["data"]["series"]
    assert (told["name"], told["total"], told["stated_total"], told["missing"]) == ("The Tide Wardens", 3, None, 2)
    assert told["authors"] == [AUTHOR]


async def test_nothing_is_missing_once_a_person_says_that_this_is_all(shelves: Shelves) -> None:
    served = shelves.served
    await served.asks("PUT", f"/api/series/{shelves.series}", {"total_books_in_series": 1})
    told = await served.gets(f"/api/series/{shelves.series}/completion")
    assert (told["status"], told["missing"], told["percent"]) == ("complete", 0, 100.0)
    states = {gap["title"]: gap["state"] for gap in await served.gets(f"/api/gaps?series_id={shelves.series}")}
    assert states == {"Undertow": "unreleased"}


async def test_a_change_of_nothing_is_refused(shelves: Shelves) -> None:
    status, answer = await shelves.served.asks("PUT", f"/api/series/{shelves.series}", {})
    assert (status, answer["error"]["code"]) == (400, "bad_request")
    assert "total_books_in_series" in answer["error"]["message"]


async def test_one_series_is_counted_anew(shelves: Shelves) -> None:
    served = shelves.served
    await served.daemon.database.books.upsert([keyed(copy(FLOOD, "d"))])
    status, answer = await served.asks("PUT", f"/api/series/{shelves.series}/recalculate-completion")
    assert status == 200, answer
    assert (answer["data"]["owned"], answer["data"]["missing"], answer["data"]["percent"]) == (2, 1, 66.7)
    gap = await served.gets(f"/api/gaps/{shelves.gaps['Flood']}")
    assert (gap["state"], gap["reason"]) == ("filled", "It is owned now.")


async def test_a_series_is_not_counted_alone_while_all_gaps_are_looked_for(shelves: Shelves) -> None:
    served = shelves.served
    async with served.daemon.house.completing:
        status, answer = await served.asks("PUT", f"/api/series/{shelves.series}/recalculate-completion")
        assert (status, "counted at the end" in answer["error"]["message"]) == (409, True)
        said = await served.asks("PUT", f"/api/series/{shelves.series}", {"total_books_in_series": 9})
        assert (said[0], said[1]["data"]["series"]["missing"]) == (200, 8)


async def test_a_deleted_series_is_gone_with_its_gaps_and_its_books_bring_it_back(shelves: Shelves) -> None:
    served, path = shelves.served, f"/api/series/{shelves.series}"
    status, answer = await served.asks("DELETE", path)
    assert (status, answer["data"]["comes_back"]) == (200, True)
    assert (await served.asks("DELETE", path))[0] == 404
    assert [gap.title for gap in await served.daemon.database.gaps.all(GapKind.SERIES)] == []
    await served.daemon.actions.get("recount").run({})
    assert [one["name"] for one in await served.gets("/api/series")] == ["The Tide Wardens"]


async def test_everything_that_is_missing_from_a_series_is_wanted_but_what_is_ignored(shelves: Shelves) -> None:
    served, path = shelves.served, f"/api/series/{shelves.series}/want"
    first, second = await served.asks("POST", path), await served.asks("POST", path)
    assert (first[0], first[1]["data"]["want_ids"], second[1]["data"]["want_ids"]) == (200, [1], [])
    (want,) = await served.daemon.database.wants.list()
    assert want.wish.book.title == "Flood"
    gaps = await served.daemon.database.gaps.list(limit=10)
    assert {gap.title: gap.state for gap in gaps if gap.kind is GapKind.SERIES} == {
        "Flood": "wanted",
        "Slack Water": "ignored",
        "Undertow": "unreleased",
    }


@pytest.mark.parametrize("path", ["series/1/look-up", "authors/1/look-up"])
async def test_one_is_looked_up_as_a_run_of_its_own(shelves: Shelves, path: str) -> None:
    status, answer = await shelves.served.asks("POST", f"/api/{path}")
    assert status == 202, answer
    run = await shelves.served.gets(f"/api/runs/{answer['data']['run_id']}")
    assert run["name"] == answer["data"]["name"]
    assert (await shelves.served.asks("POST", f"/api/{path.replace('1', '99')}"))[0] == 404
