"""Series and authors as rows: kept once, counted, listed, and shown to people from outside by views."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text

from audiobook_daemon.models import Book, SeriesPlace, Wish, Work
from audiobook_daemon.store import (
    AuthorStanding,
    Completion,
    Database,
    Gap,
    GapKind,
    GapState,
    Order,
    SeriesStanding,
    Stated,
)

WORK = Work(Book("Flood", ("Mira Holt",), series=(SeriesPlace("Tides", "2"),)), "hardcover", "9", released="2020-05-01")


def tides(**changes: object) -> SeriesStanding:
    whole = SeriesStanding(
        "tides|holt mira", "Tides", {"hardcover": "9"}, (WORK,), 4, 3, 1, 75.0, Completion.PARTIAL,
        authors=("Mira Holt",), finished=True,
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


async def many(database: Database) -> None:
    percents = {"Ash": 100.0, "Birch": 50.0, "Cedar": 20.0, "Dune": None}
    statuses = {100.0: Completion.COMPLETE, 50.0: Completion.PARTIAL, 20.0: Completion.INCOMPLETE}
    await database.series.save(
        [
            tides(key=name, name=name, percent=percent, status=statuses.get(percent or 0, Completion.UNKNOWN))
            for name, percent in percents.items()
        ]
    )


async def test_a_series_comes_back_whole_and_is_kept_once(database: Database, now: datetime) -> None:
    first = await database.series.save([tides(checked=now)])
    assert await database.series.save([tides(checked=now)]) == first
    (known,) = await database.series.all()
    assert replace(known, id=None, changed=None) == tides(checked=now)
    assert known == await database.series.by_key("tides|holt mira") == await database.series.get(known.id or 0)


async def test_numbers_follow_what_is_written(database: Database) -> None:
    await many(database)
    for _ in range(2):
        assert [await database.series.count(), await database.series.count([Completion.PARTIAL])] == [4, 1]
        assert await database.series.count(name="ash") == await database.series.count(least=90) == 1
        assert (await database.series.summary()).counts[Completion.PARTIAL] == 1
    await database.series.save([tides(), tides(key="ashes", name="Ashes", percent=95.0)])
    assert [await database.series.count(), await database.series.count([Completion.PARTIAL])] == [6, 3]
    assert await database.series.count(name="ash") == await database.series.count(least=90) == 2
    assert (await database.series.summary()).counts[Completion.PARTIAL] == 3
    assert await database.authors.count() == 0


async def test_what_has_not_changed_is_not_written_again(database: Database, now: datetime, clock: object) -> None:
    await database.series.save([tides()])
    clock.now = now.replace(year=2027)  # type: ignore[attr-defined]
    await database.series.save([tides()])
    assert (await database.series.all())[0].changed == now
    await database.series.save([tides(owned=4)])
    assert (await database.series.all())[0].changed == clock.now  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Ash", "Birch", "Cedar", "Dune"]),
        ({"order": Order.LEAST_COMPLETE}, ["Cedar", "Birch", "Ash", "Dune"]),
        ({"statuses": [Completion.COMPLETE, Completion.UNKNOWN]}, ["Ash", "Dune"]),
        ({"least": 20.0, "most": 99.0}, ["Birch", "Cedar"]),
        ({"limit": 2, "offset": 1}, ["Birch", "Cedar"]),
        ({"owned": 4}, []),
    ],
)
async def test_lists(database: Database, asked: dict[str, object], names: list[str]) -> None:
    await many(database)
    found = await database.series.list(**asked)  # type: ignore[arg-type]
    assert [one.name for one in found] == names
    assert all(one.works == () for one in found)


async def test_found_by_a_part_of_the_name_the_exact_one_first(database: Database) -> None:
    await database.series.save([tides(key=name, name=name) for name in ("High Tides", "Tides", "Low_Tide")])
    assert [one.name for one in await database.series.named(" TIDES")] == ["Tides", "High Tides"]
    assert [one.name for one in await database.series.named("w_t")] == ["Low_Tide"]


async def test_the_summary_counts_every_status(database: Database) -> None:
    assert (await database.series.summary()).percent is None
    await many(database)
    summary = await database.series.summary()
    assert summary.counts == dict.fromkeys(Completion, 1)
    assert (summary.owned, summary.missing, summary.percent) == (12, 4, 56.7)


async def test_books_that_come_at_once_are_all_counted(database: Database) -> None:
    await database.series.save([tides(owned=2, missing=2, percent=50.0)])
    await database.series.one_came("tides|holt mira")
    await database.series.one_came("tides|holt mira")
    await database.series.one_came("tides|holt mira")
    (known,) = await database.series.all()
    assert (known.owned, known.missing, known.percent, known.status) == (4, 0, 100.0, Completion.COMPLETE)
    await database.series.save([tides(total=None, owned=1, missing=0, percent=None, status=Completion.UNKNOWN)])
    await database.series.one_came("tides|holt mira")
    assert (await database.series.all())[0].owned == 1


async def test_favourites_are_those_of_whom_most_is_owned(database: Database) -> None:
    await database.authors.save(
        [AuthorStanding(name, name, owned=count) for name, count in zip("abc", (1, 5, 2), strict=True)]
    )
    assert [one.name for one in await database.authors.favourites()] == ["b", "c"]
    assert [one.name for one in await database.authors.favourites(limit=1)] == ["b"]


async def rows(database: Database, view: str) -> list[dict[str, object]]:
    async with database._connections.reading() as connection:
        return [dict(row._mapping) for row in await connection.execute(text(f"SELECT * FROM {view}"))]


async def test_the_views_show_the_least_complete_first(database: Database) -> None:
    await many(database)
    await database.authors.save([AuthorStanding("holt mira", "Mira Holt", owned=2, total=4, missing=2, percent=50.0)])
    shown = await rows(database, "series_completion_summary")
    assert [row["name"] for row in shown] == ["Cedar", "Birch", "Ash", "Dune"]
    assert shown[0]["author"] == "Mira Holt"
    assert [row["percent"] for row in await rows(database, "author_completion_summary")] == [50.0]


async def test_missing_books_are_wants_and_gaps_each_once(database: Database) -> None:
    ids = await database.series.save([tides()])
    owner = "tides|holt mira"
    want, _ = await database.wants.add("slack|holt", Wish(Book("Slack Water", ("Mira Holt",)), "series_completion"))
    slack = replace(WORK, book=replace(WORK.book, title="Slack Water"))
    gaps = [
        Gap(GapKind.SERIES, owner, "flood", WORK, position="2", reason="Nothing has it."),
        Gap(GapKind.SERIES, owner, "slack", slack, GapState.WANTED, "3", want_id=want.id),
        Gap(GapKind.SERIES, owner, "ebb", replace(WORK, book=Book("Ebb")), GapState.IGNORED, "1"),
    ]
    await database.gaps.save([(gap, ids[owner]) for gap in gaps])
    shown = {row["title"]: row for row in await rows(database, "missing_books")}
    assert set(shown) == {"Flood", "Slack Water"}
    flood, water = shown["Flood"], shown["Slack Water"]
    assert (flood["id"], flood["author"], flood["state"], flood["missing_from"]) == (
        None,
        "Mira Holt",
        "found",
        "series_gap",
    )
    assert (flood["series"], flood["position"], flood["reason"]) == ("Tides", "2", "Nothing has it.")
    assert (water["id"], water["state"], water["series"], water["position"]) == (want.id, "wanted", "Tides", "3")


async def test_more_than_are_read_at_a_time_come_all_once_by_name(database: Database) -> None:
    names = [f"Series {number:03d}" for number in range(250, 0, -1)]
    ids = await database.series.save([tides(key=name, name=name) for name in names])
    assert [one.name for one in await database.series.all()] == sorted(names)
    found = await database.series.with_keys(["Series 003", "Series 201", "Nothing"])
    assert {one.key: one.id for one in found} == {name: ids[name] for name in ("Series 003", "Series 201")}


async def test_what_a_person_states_is_not_overwritten_by_what_was_read_before(database: Database) -> None:
    await database.series.save([tides()])
    (before,) = await database.series.all()
    stated = Stated(name="Wardens", authors=("M. Holt",), total=8, ids={"goodreads": "45"})
    after = await database.series.state(before.id or 0, stated)
    assert after
    assert (after.name, after.authors, after.total, after.missing, after.percent) == (
        "Wardens",
        ("M. Holt",),
        8,
        5,
        37.5,
    )
    await database.series.save([replace(before, owned=4, missing=0, percent=100.0, status=Completion.COMPLETE)])
    known = await database.series.get(before.id or 0)
    assert known
    assert (known.stated, known.name, known.authors) == (stated, "Wardens", ("M. Holt",))
    assert (known.owned, known.total, known.missing, known.status) == (4, 8, 4, Completion.PARTIAL)
    assert await database.series.state(99, stated) is None


async def test_what_is_known_is_not_added_again(database: Database) -> None:
    first = await database.series.add(tides())
    assert await database.series.add(tides(name="Another", owned=9)) is None
    assert [(one.id, one.name) for one in await database.series.beginning("tides|")] == [(first, "Tides")]
    assert await database.series.beginning("tide|") == ()
    brief = await database.series.get(first or 0, brief=True)
    assert brief
    assert (brief.works, brief.owned) == ((), 3)


async def test_the_gaps_of_one_book_are_found_near_it_and_no_filled_one(database: Database) -> None:
    owners = {"tides|holt mira": "Tides", "wardens|": "Wardens", "lamps|brand otto": "Lamps"}
    ids = await database.series.save([tides(key=key, name=name) for key, name in owners.items()])
    holt = (await database.authors.save([AuthorStanding("holt mira", "Mira Holt")]))["holt mira"]
    gaps = [(Gap(GapKind.SERIES, key, "flood", WORK), ids[key]) for key in owners]
    gaps += [(Gap(GapKind.AUTHOR, "holt mira", "flood tide", WORK), holt)]
    gaps += [(Gap(GapKind.SERIES, "tides|holt mira", "ebb", WORK, GapState.FILLED), ids["tides|holt mira"])]
    await database.gaps.save(gaps)

    async def near(key: str, authors: list[str], series: list[str]) -> set[str]:
        return {f"{gap.owner} {gap.key}" for gap in await database.gaps.near(key, authors, series)}

    assert await near("other", ["holt mira"], []) == {"tides|holt mira flood", "holt mira flood tide"}
    assert await near("other", [], ["wardens"]) == {"wardens| flood"}
    assert len(await near("flood", [], [])) == len(owners)
