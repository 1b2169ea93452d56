"""A book that is there, or on its way, is not fetched a second time; what only looks like it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Book, LibraryItem, SeriesPlace, Unavailable, Wish
from audiobook_daemon.matching import GateRules, book_key
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.pipeline.owned import in_library, known_want, same_wish, satisfies
from audiobook_daemon.store import WantFields

if TYPE_CHECKING:
    from typing import Unpack

    from tests.core.pipeline.conftest import SmallWorld

EMMA = Book("Emma", ("Jane Austen",), language="en")
RULES = GateRules(languages=("en",))


def held(title: str, author: str = "Jane Austen", **more: object) -> LibraryItem:
    return LibraryItem("shelves", "1", replace(Book(title, (author,)), **more))  # type: ignore[arg-type]


def volume(position: str) -> Book:
    return Book("Wanderings", ("Ann Author",), series=(SeriesPlace("Wanderings", position),))


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (held("Emma"), True),
        (held("EMMA (Unabridged)", "Austen, Jane"), True),
        (held("Emma", language="en"), True),
        (held("Emma", language="de"), False),
        (held("Emma (Abridged)"), False),
        (replace(held("Emma"), abridged=True), False),
        (held("Emma (Part 1 of 2)"), False),
        (held("Emma: Study Guide"), False),
        (held("Emma", subtitle="A Dramatized Adaptation"), False),
        (held("Emma (Dramatized Adaptation)"), False),
        (held("Emma", "Alexander McCall Smith"), False),
        (held("Emma and Knightley"), False),
        (held("Persuasion"), False),
    ],
)
def test_an_item_satisfies_a_wish_if_it_is_the_book_in_an_edition_that_would_do(
    item: LibraryItem, expected: bool
) -> None:
    assert satisfies(Wish(EMMA), item, RULES) is expected


@pytest.mark.parametrize(
    ("wish", "item"),
    [
        (Wish(EMMA, abridged=True), held("Emma (Abridged)")),
        (Wish(EMMA, dramatised=True), held("Emma (Dramatized Adaptation)")),
        (Wish(replace(EMMA, language=None), languages=("de", "en")), held("Emma", language="de")),
    ],
)
def test_what_the_wish_allows_would_do(wish: Wish, item: LibraryItem) -> None:
    assert satisfies(wish, item, RULES)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (volume("1"), volume("1"), True),
        (volume("1"), volume("01"), True),
        (volume("1"), volume("10"), False),
        (volume("10"), volume("1"), False),
        (Book("Book 1", ("Ann Author",)), Book("Book 10", ("Ann Author",)), False),
        (EMMA, Book("Emma, oder die Kuppelei", asin="b002v1of70"), False),
        (replace(EMMA, asin="B002V1OF70"), Book("Emma, oder die Kuppelei", asin="b002v1of70"), True),
        (replace(EMMA, asin="B0000000AA", other_ids=("B002V1OF70",)), Book("Something", asin="B002V1OF70"), True),
        (replace(EMMA, isbn="0-441-01359-7"), Book("Something", isbn="978-0-441-01359-3"), True),
        (replace(EMMA, isbn="9780441013593"), Book("Something", other_ids=("0441013597",)), True),
        (replace(EMMA, aliases=("Emma Woodhouse",)), Book("Emma Woodhouse", ("Jane Austen",)), True),
        (Book("Emma Woodhouse", ("Jane Austen",)), replace(EMMA, aliases=("Emma Woodhouse",)), True),
    ],
)
def test_a_work_is_known_by_its_ids_its_titles_and_its_place(one: Book, other: Book, expected: bool) -> None:
    assert same_wish(one, other) is expected


@pytest.mark.parametrize(
    "book",
    [
        Book("Emma", ("Jane Austen",)),
        Book("Whatever", asin="B002V1OF70"),
        Book("Whatever", other_ids=("0-441-01359-7",)),
        Book("Miss Woodhouse", ("Jane Austen",), aliases=("Emma",)),
    ],
)
async def test_the_library_as_last_read_is_looked_up_by_key_alias_and_id(world: SmallWorld, book: Book) -> None:
    item = world.shelves.own(replace(EMMA, asin="B002V1OF70", isbn="9780441013593"))
    await world.pipeline.sync()
    asked = len(world.shelves.asked["find"])
    assert await in_library(world.around, Wish(book)) == item
    assert await in_library(world.around, Wish(Book("Sanditon", ("Jane Austen",)))) is None
    assert len(world.shelves.asked["find"]) == asked


@pytest.mark.parametrize(
    "book",
    [replace(EMMA, title="EMMA"), Book("X", asin="B002V1OF70"), Book("X", aliases=("Emma",), authors=EMMA.authors)],
)
async def test_a_want_is_known_by_key_alias_and_id(world: SmallWorld, book: Book) -> None:
    mine = replace(EMMA, other_ids=("B002V1OF70",))
    want, _ = await world.database.wants.add(book_key(mine), Wish(mine), state=WantState.DROPPED)
    assert await known_want(world.around, book) == want
    assert await known_want(world.around, Book("Sanditon", ("Jane Austen",))) is None


async def test_one_list_says_the_title_and_another_the_id(world: SmallWorld) -> None:
    world.charts.wished = [Wish(replace(EMMA, asin="B002V1OF70"))]
    world.bookmarks.wished = [Wish(Book("Emma, oder die Kuppelei", ("Jane Austen",), asin="B002V1OF70"))]
    outcome = await world.pipeline.gather()
    assert outcome.summary == "gather: 1 new books wanted, 0 owned, 1 already known."


async def test_a_book_by_hand_that_is_owned_is_said_to_be_owned(world: SmallWorld) -> None:
    world.shelves.own(EMMA, path="/books/Emma")
    await world.pipeline.sync()
    outcome = await world.people.want("Emma", "Jane Austen")
    assert outcome.summary == "Emma is owned already (shelves), as want 1."
    want = (await world.database.wants.list())[0]
    assert (want.state, want.code, want.folder, outcome.succeeded) == (WantState.OWNED, "owned", "/books/Emma", 0)


async def _add(world: SmallWorld, key: str, **more: Unpack[WantFields]) -> Want:
    """A want of the same book under another key, as two spellings of long ago may have left it."""
    return (await world.database.wants.add(key, Wish(EMMA, "charts"), **more))[0]


@pytest.mark.parametrize("state", [WantState.CHOSEN, WantState.DOWNLOADING, WantState.VERIFIED, WantState.REVIEW])
async def test_a_book_on_its_way_with_another_want_waits_for_that(world: SmallWorld, state: WantState) -> None:
    first = await _add(world, f"{book_key(EMMA)}of old", state=state)
    second = await world.want()
    world.mam.offers = [world.offer()]
    await world.pipeline.choose()
    waiting = await world.now(second)
    assert (waiting.state, waiting.code, waiting.attempts) == (WantState.WANTED, "on_its_way", 0)
    assert waiting.next_try == world.clock.now + timedelta(days=1)
    assert waiting.reason == f"Want {first.id}, the same book, is {state}; it is looked at again when that has ended."
    await world.change(first, state=WantState.GIVEN_UP)
    world.clock.pass_by(days=1)
    await world.pipeline.choose()
    assert (await world.now(second)).state is WantState.CHOSEN


async def test_of_two_wants_of_one_book_the_first_goes_on(world: SmallWorld) -> None:
    first, second = await _add(world, f"{book_key(EMMA)}of old"), await world.want()
    world.mam.offers = [world.offer()]
    await world.pipeline.choose()
    assert [(await world.now(want)).state for want in (first, second)] == [WantState.CHOSEN, WantState.WANTED]


async def test_the_one_that_is_downloading_goes_on_though_it_came_later(world: SmallWorld) -> None:
    first, second = await world.chosen(), await _add(world, f"{book_key(EMMA)}later", state=WantState.DOWNLOADING)
    await world.pipeline.grab()
    assert [(await world.now(want)).state for want in (first, second)] == [WantState.WANTED, WantState.DOWNLOADING]
    assert world.qbittorrent.asked["add"] == []


@pytest.mark.parametrize("state", [WantState.DROPPED, WantState.GIVEN_UP, WantState.SHELVED, WantState.OWNED])
async def test_a_want_at_its_end_holds_nobody_up(world: SmallWorld, state: WantState) -> None:
    await _add(world, f"{book_key(EMMA)}of old", state=state)
    want = await world.want()
    world.mam.offers = [world.offer()]
    await world.pipeline.choose()
    assert (await world.now(want)).state is WantState.CHOSEN


@pytest.mark.parametrize(
    "other", [Wish(EMMA, abridged=True), Wish(EMMA, dramatised=True), Wish(EMMA, languages=("de",))]
)
async def test_a_want_that_takes_another_edition_does_not_stand_in(world: SmallWorld, other: Wish) -> None:
    await world.database.wants.add(f"{book_key(EMMA)}of old", other, state=WantState.DOWNLOADING)
    want = await world.want()
    world.mam.offers = [world.offer()]
    await world.pipeline.choose()
    assert (await world.now(want)).state is WantState.CHOSEN


async def test_a_book_that_came_into_the_library_meanwhile_is_not_grabbed(world: SmallWorld) -> None:
    want = await world.chosen()
    item = world.shelves.own(EMMA)
    await world.pipeline.grab()
    after = await world.now(want)
    assert (after.state, after.item) == (WantState.OWNED, item.id)
    assert world.mam.asked["fetch"] == world.qbittorrent.asked["add"] == []


async def test_what_a_person_has_accepted_is_grabbed_whatever_the_library_holds(world: SmallWorld) -> None:
    want = await world.chosen()
    await world.change(want, approved=True)
    world.shelves.own(EMMA)
    await world.pipeline.grab()
    assert (await world.now(want)).state is WantState.DOWNLOADING


async def test_a_silent_library_does_not_hold_up_a_grab_when_it_was_read_before(world: SmallWorld) -> None:
    world.shelves.own(Book("Persuasion", ("Jane Austen",)))
    await world.pipeline.sync()
    want = await world.chosen()
    world.shelves.before("find", Unavailable("shelves is down."))
    await world.pipeline.grab()
    assert (await world.now(want)).state is WantState.DOWNLOADING
