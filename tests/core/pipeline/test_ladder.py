"""A search climbs its ladder as far as it must, pools what it finds, and tires nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Book, Query, Release, SeriesPlace, Unavailable, Wish
from audiobook_daemon.matching import book_key
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.store import Decision

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import ScriptedIndexer, SmallWorld

BOOK = Book("Emma: The Matchmaker", ("Jane Austen",), series=(SeriesPlace("Highbury", "2"),))


@pytest.fixture
async def want(world: SmallWorld) -> Want:
    return (await world.database.wants.add(book_key(BOOK), Wish(BOOK, "charts")))[0]


async def choose(world: SmallWorld, want: Want) -> tuple[Want, Decision]:
    await world.pipeline.choose()
    return await world.now(want), (await world.database.decisions.for_want(want.id))[0]


def questions(indexer: ScriptedIndexer) -> list[Query]:
    return [query for query in indexer.asked["search"] if isinstance(query, Query)]


def only_for(asks: Callable[[Query], bool], *offers: Release) -> Callable[[Query], Sequence[Release]]:
    return lambda query: offers if asks(query) else ()


async def test_it_stops_as_soon_as_a_release_passes(world: SmallWorld, want: Want) -> None:
    world.mam.offers = [world.offer("Emma: The Matchmaker")]
    after, decision = await choose(world, want)
    assert after.state is WantState.CHOSEN
    assert [query.title for query in questions(world.mam)] == ["Emma: The Matchmaker"]
    assert decision.queries == ("title and author: 1 found",)


async def test_what_only_a_wider_question_finds_is_judged_against_the_same_wish(world: SmallWorld, want: Want) -> None:
    of_series = [world.offer("Emma: The Matchmaker", "right"), world.offer("Persuasion", "wrong")]
    world.mam.replies = only_for(lambda query: query.series is not None, *of_series)
    after, decision = await choose(world, want)
    assert after.release == of_series[0]
    assert decision.queries == (
        "title and author: 0 found",
        "short title and author: 0 found",
        "series 'Highbury' 2 and author: 2 found",
    )
    assert decision.wish == want.wish


async def test_the_best_of_all_rungs_is_shown_when_none_passes(world: SmallWorld, want: Want) -> None:
    better = world.doubtful("better", "Emma: The Matchmaker")
    worse = replace(world.doubtful("worse", "Emma: The Matchmaker"), seeders=1, formats=())
    world.mam.replies = lambda query: [worse] if query.title == BOOK.title else [worse, better] if query.series else []
    after, decision = await choose(world, want)
    assert (after.state, after.release) == (WantState.REVIEW, better)
    assert len(decision.candidates) == 2, "what two rungs find is one candidate"
    assert len(decision.queries) == 4


async def test_of_an_authors_works_only_what_resembles_the_title_is_kept(world: SmallWorld) -> None:
    want = await world.want("Emma")
    works = [world.offer(title) for title in ("Persuasion", "Sanditon", "Emma, the whole book")]
    world.mam.replies = only_for(lambda query: not query.title and query.text is None, *works)
    _, decision = await choose(world, want)
    assert [item.release.title for item in decision.candidates] == ["Emma, the whole book"]
    assert decision.queries[2] == "author alone: 1 found"


async def test_no_indexer_is_asked_more_than_allowed(world: SmallWorld, want: Want) -> None:
    world.around.settings = replace(world.around.settings, most_queries=2)
    await choose(world, want)
    assert len(questions(world.mam)) == len(questions(world.prowlarr)) == 2


async def test_the_next_search_asks_what_this_one_had_no_room_for(world: SmallWorld, want: Want) -> None:
    world.around.settings = replace(world.around.settings, most_queries=3)
    _, first = await choose(world, want)
    world.clock.pass_by(days=1)
    _, second = await choose(world, want)
    assert first.queries[0] == second.queries[0]
    assert not set(first.queries[1:]) & set(second.queries[1:])


async def test_an_indexer_without_fields_gets_words_and_nothing_twice(world: SmallWorld, want: Want) -> None:
    await world.have("words", "mam", "shelves")
    world.around.settings = replace(world.around.settings, most_queries=99)
    await choose(world, want)
    assert [query.text for query in questions(world.words)] == [
        "Emma: The Matchmaker Jane Austen",
        "Emma Jane Austen",
        "Highbury 2 Jane Austen",
        "Emma",
        "Jane Austen",
    ]
    assert [query.text for query in questions(world.mam)] == [None] * 5 + ["Emma Jane Austen"]


async def test_who_fell_silent_is_named_and_left_alone_for_this_search(world: SmallWorld, want: Want) -> None:
    world.prowlarr.before("search", Unavailable("prowlarr is down."))
    after, decision = await choose(world, want)
    assert (after.state, after.attempts) == (WantState.WANTED, 0)
    assert after.next_try == world.clock.now + timedelta(hours=6)
    assert decision.silent == ("prowlarr",)
    assert decision.queries[:2] == (
        "title and author: 0 found, prowlarr could not answer",
        "short title and author: 0 found",
    )
    assert len(questions(world.prowlarr)) == 1


async def test_one_that_falls_silent_half_way_is_silent_too(world: SmallWorld, want: Want) -> None:
    answers = iter((False, True, True, True))

    def replies(_: Query) -> Sequence[Release]:
        if next(answers):
            raise Unavailable("It is tired.")
        return ()

    world.mam.replies = replies
    after, decision = await choose(world, want)
    assert decision.silent == ("mam",)
    assert after.attempts == 0


async def test_when_nobody_answers_the_first_question_no_second_is_asked(world: SmallWorld, want: Want) -> None:
    for indexer in (world.mam, world.prowlarr):
        indexer.before("search", Unavailable("Down."))
    await world.pipeline.choose()
    assert (await world.now(want)).code == "unavailable"
    assert len(questions(world.mam)) == len(questions(world.prowlarr)) == 1
