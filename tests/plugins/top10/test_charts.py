"""Wishes from the rankings of other instances."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

import pytest

from audiobook_daemon import ChartRequest, Level, Quota, Unavailable
from audiobook_plugins.top10 import TopTen

Make = Callable[..., TopTen]


class Charts(Protocol):
    books: dict[str, dict[str, int]]
    silent: dict[str, str]
    silent_genres: frozenset[str]
    asked: list[ChartRequest]


async def test_a_wish_for_every_rank_with_a_quota(top_ten: Make, charts: Charts) -> None:
    charts.books = {"mam": {"fantasy": 40, "science-fiction": 2}}
    wishes = await top_ten(genres=["Fantasy", "Science Fiction"], languages=["en"]).wishes()
    assert len(wishes) == 42
    third = wishes[2]
    assert third.book.title == "fantasy 3 of mam"
    assert third.origin == "top10"
    assert (third.rank, third.quota) == (3, Quota("fantasy", 10))
    assert third.note == "most snatched in Fantasy, last 7 days, rank 3 (mam)"
    assert (third.narrators, third.runtimes, third.languages) == (("A Reader",), (10800.0,), ("en",))
    assert wishes[-1].note == "most snatched in Science Fiction, last 7 days, rank 2 (mam)"
    assert charts.asked == [
        ChartRequest("fantasy", 7, 100, ("en",)),
        ChartRequest("science-fiction", 7, 100, ("en",)),
    ]


async def test_numbers_of_each_genre(top_ten: Make, charts: Charts) -> None:
    charts.books = {"mam": dict.fromkeys(("a", "b", "c", "d"), 50)}
    genres = {"a": 3, "b": {"count": "5", "days": "30"}, "c": {"days": "all"}, "d": {}}
    wishes = await top_ten(genres=genres, count=4, days=14, walk=20).wishes()
    quotas = {wish.quota.name: wish.quota.count for wish in wishes if wish.quota}
    assert quotas == {"a": 3, "b": 5, "c": 4, "d": 4}
    assert [(one.days, one.limit) for one in charts.asked] == [(14, 20), (30, 20), (None, 20), (14, 20)]
    assert len(wishes) == 80
    assert (
        next(wish.note for wish in wishes if "C" in str(wish.note)) == "most snatched in C, of all time, rank 1 (mam)"
    )


async def test_a_source_that_says_more_than_asked_is_cut(
    top_ten: Make, charts: Charts, monkeypatch: pytest.MonkeyPatch
) -> None:
    charts.books = {"mam": {"fantasy": 30}}
    plugin = top_ten(genres=["fantasy"], walk=10)
    ask = plugin._ask

    async def generous(genre: str, days: int | None, limit: int) -> object:
        return await ask(genre, days, limit * 2)

    monkeypatch.setattr(plugin, "_ask", generous)
    assert [wish.rank for wish in await plugin.wishes()] == list(range(1, 11))


@pytest.mark.parametrize(
    ("preferred", "taken"),
    [((), "mam-second"), (("other",), "other"), (("third", "other"), "third"), (("gone",), "mam-second")],
)
async def test_which_answer_is_taken(top_ten: Make, charts: Charts, preferred: tuple[str, ...], taken: str) -> None:
    charts.books = {name: {"fantasy": 1} for name in ("other", "mam-second", "mam-third", "third")}
    (wish,) = await top_ten(genres=["fantasy"], charts=preferred).wishes()
    assert wish.book.title == f"fantasy 1 of {taken}"


async def test_an_answer_without_books_is_passed_over(top_ten: Make, charts: Charts) -> None:
    charts.books = {"mam": {}, "other": {"fantasy": 2}}
    assert len(await top_ten(genres=["fantasy"]).wishes()) == 2


async def test_the_second_choice_is_named_in_the_log(
    top_ten: Make, charts: Charts, caplog: pytest.LogCaptureFixture
) -> None:
    charts.books, charts.silent = {"other": {"fantasy": 2}}, {"mam": "the session is refused."}
    with caplog.at_level(logging.WARNING):
        assert len(await top_ten(genres=["fantasy"]).wishes()) == 2
    assert "mam did not rank fantasy (the session is refused); the ranking of other is taken." in caplog.text


async def test_nobody_answers(top_ten: Make, charts: Charts) -> None:
    charts.silent = {"mam": "it timed out.", "other": "it rests."}
    with pytest.raises(Unavailable, match=r"Nobody could rank fantasy \(mam: it timed out; other: it rests\)\."):
        await top_ten(genres=["fantasy"]).wishes()


async def test_nobody_is_there_to_answer(top_ten: Make) -> None:
    with pytest.raises(Unavailable, match=r"No instance ranks genres; add mam under `plugins:`\.$"):
        await top_ten(genres=["fantasy", "horror"]).wishes()


async def test_silence_and_no_books_is_not_no_books(top_ten: Make, charts: Charts) -> None:
    charts.books, charts.silent = {"other": {}}, {"mam": "it rests"}
    with pytest.raises(Unavailable, match=r"mam: it rests; other: it knows no such books"):
        await top_ten(genres=["fantasy"]).wishes()


async def test_one_genre_fails(top_ten: Make, charts: Charts, caplog: pytest.LogCaptureFixture) -> None:
    charts.books, charts.silent_genres = {"mam": {"horror": 3}}, frozenset({"fantasy"})
    with caplog.at_level(logging.WARNING):
        wishes = await top_ten(genres=["fantasy", "horror"]).wishes()
    assert [wish.quota for wish in wishes] == [Quota("horror", 10)] * 3
    assert "Nobody could rank fantasy (mam: it rests)." in caplog.text


async def test_an_unknown_genre_is_said_to_be_one(
    top_ten: Make, charts: Charts, caplog: pytest.LogCaptureFixture
) -> None:
    charts.books = {"mam": {"horror": 3}, "other": {}}
    plugin = top_ten(genres=["fantsy", "horror"])
    with caplog.at_level(logging.WARNING):
        assert len(await plugin.wishes()) == 3
    assert "No books of the genre fantsy at mam, other" in caplog.text
    unknown, known = await plugin.check()
    assert (unknown.level, known.level) == (Level.WARNING, Level.OK)
    assert "fantsy" in unknown.text
    assert unknown.remedy == "Look at the genre's spelling under `genres`."
    assert known.text == "mam ranks horror."


async def test_the_doctor_hears_who_was_silent(top_ten: Make, charts: Charts) -> None:
    charts.silent = {"mam": "the session is refused"}
    (finding,) = await top_ten(genres=["fantasy"]).check()
    assert finding.level is Level.FAILURE
    assert "mam: the session is refused" in finding.text
