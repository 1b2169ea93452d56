"""Pages of wants: the right ones, in the right order, and how many there are in all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from audiobook_daemon.models import Book, Want, WantState, Wish
from audiobook_daemon.store import Database, Decision, WantFilter, WantOrder

PassTime = Callable[[timedelta], datetime]
BOOKS = (
    ("Emma", "Jane Austen", WantState.WANTED, "top10", "no_release"),
    ("Middlemarch", "George Eliot", WantState.REVIEW, "manual", "ambiguous"),
    ("Persuasion 100%", "Jane Austen", WantState.SHELVED, "top10", None),
    ("anna karenina", "Lev Tolstoj", WantState.WANTED, "", None),
)


@pytest.fixture
async def many(database: Database, pass_time: PassTime) -> tuple[Want, ...]:
    found = []
    for title, author, state, origin, code in BOOKS:
        pass_time(timedelta(minutes=1))
        wish = Wish(Book(title, (author,)), origin=origin)
        found.append((await database.wants.add(title, wish, state=state, code=code))[0])
    pass_time(timedelta(minutes=1))
    found[0] = await database.wants.change(found[0], reason="Nobody has it.")
    return tuple(found)


FILTERS: tuple[tuple[WantFilter, list[str]], ...] = (
    (WantFilter(), ["Emma", "anna karenina", "Persuasion 100%", "Middlemarch"]),
    (WantFilter([WantState.WANTED]), ["Emma", "anna karenina"]),
    (WantFilter([]), []),
    (WantFilter(text="AUSTEN emma"), ["Emma"]),
    (WantFilter(text="austen"), ["Emma", "Persuasion 100%"]),
    (WantFilter(text="100%"), ["Persuasion 100%"]),
    (WantFilter(text="a_e"), []),
    (WantFilter(code="ambiguous"), ["Middlemarch"]),
    (WantFilter(origin="top10"), ["Emma", "Persuasion 100%"]),
    (WantFilter([WantState.SHELVED], "jane", None, "top10"), ["Persuasion 100%"]),
    (WantFilter(origin="nobody"), []),
)


@pytest.mark.usefixtures("many")
async def test_a_filter_means_what_it_says(database: Database) -> None:
    for meant, titles in FILTERS:
        found, total = await database.want_lists.page(meant)
        assert ([want.wish.book.title for want in found], total) == (titles, len(titles)), meant


ORDERS = {
    WantOrder.CHANGED: ["Emma", "anna karenina", "Persuasion 100%", "Middlemarch"],
    WantOrder.WAITING: ["Middlemarch", "Persuasion 100%", "anna karenina", "Emma"],
    WantOrder.NEWEST: ["anna karenina", "Persuasion 100%", "Middlemarch", "Emma"],
    WantOrder.TITLE: ["anna karenina", "Emma", "Middlemarch", "Persuasion 100%"],
}


async def test_pages_join_to_the_whole_in_every_order(database: Database, many: tuple[Want, ...]) -> None:
    for order, titles in ORDERS.items():
        whole: list[Want] = []
        for offset in range(0, 6, 2):
            found, total = await database.want_lists.page(order=order, limit=2, offset=offset)
            assert total == len(many)
            whole += found
        assert [want.wish.book.title for want in whole] == titles
        assert set(whole) == set(many), "the very wants"


async def test_decisions_are_listed_without_their_candidates(database: Database, many: tuple[Want, ...]) -> None:
    for want in many[:2]:
        for outcome in ("no_release", "ambiguous"):
            await database.decisions.add(want.id, Decision(outcome, f"{want.wish.book.title} {outcome}"))
    found, total = await database.decisions.page(limit=3)
    told = ["Middlemarch ambiguous", "Middlemarch no_release", "Emma ambiguous"]
    assert ([one.reason for one in found], total) == (told, 4)
    found, total = await database.decisions.page(want_id=many[0].id, outcome="no_release")
    assert ([(one.want_id, one.title) for one in found], total) == ([(many[0].id, "Emma")], 1)
    kept = await database.decisions.get(found[0].id)
    assert kept
    assert (kept.reason, kept.at) == (found[0].reason, found[0].at)
    assert await database.decisions.get(99) is None


async def test_the_events_of_a_want_are_paged(database: Database, many: tuple[Want, ...]) -> None:
    for number in range(3):
        await database.events.add("noted", str(number), want_id=many[1].id)
    found, total = await database.events.of_want(many[1].id, limit=2, offset=1)
    assert ([event.reason for event in found], total) == (["1", "0"], 4)
