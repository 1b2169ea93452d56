"""Wishes from the lists of the account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from audiobook_daemon import AuthFailed, Level, Quota, Wish
from audiobook_daemon.demo.hardcover import HardcoverBook, HardcoverStandIn
from audiobook_plugins.hardcover import Hardcover

Factory = Callable[..., Hardcover]


def titles(wishes: list[Wish]) -> list[str]:
    return [wish.book.title for wish in wishes]


@pytest.mark.parametrize(
    ("order", "expected"),
    [("newest", ["High Water", "Salt Throne", "Low Water"]), ("oldest", ["Low Water", "Salt Throne", "High Water"])],
)
async def test_the_shelf_is_wished_in_the_order_it_was_filled(books: Factory, order: str, expected: list[str]) -> None:
    found = list(await books(lists={"want-to-read": 2}, order=order, languages=("en", "fr")).wishes())
    assert titles(found) == expected, "all of them, for the quota takes the first that nobody owns"
    assert {wish.quota for wish in found} == {Quota("want-to-read", 2)}
    assert [wish.rank for wish in found] == [1, 2, 3]
    first = found[expected.index("Low Water")]
    assert (first.origin, first.languages) == ("hardcover", ("en", "fr"))
    assert first.note == "on the list want-to-read since 2026-01-01"
    assert first.book.authors == ("Odile Renner",)
    assert [place.position for place in first.book.series] == ["1", "7"]


async def test_each_list_has_its_own_share(books: Factory) -> None:
    found = list(await books(lists={"want-to-read": 1, "beach": 4}).wishes())
    assert [(wish.book.title, wish.quota and wish.quota.count) for wish in found if wish.rank == 1] == [
        ("High Water", 1),
        ("The Ebb", 4),
    ]


async def test_no_list_is_read_unless_it_is_named(hardcover: HardcoverStandIn, books: Factory) -> None:
    assert list(await books().wishes()) == []
    assert hardcover.requests == []


async def test_a_list_that_does_not_exist_is_empty_and_the_doctor_says_so(books: Factory) -> None:
    plugin = books(lists={"winter": 3, "beach": 1})
    assert titles(list(await plugin.wishes())) == ["The Ebb"]
    well, empty = await plugin.check()
    assert (well.level, empty.level, empty.text) == (Level.OK, Level.WARNING, "The list winter is empty.")
    assert empty.remedy


async def test_the_lists_are_read_anew_every_time(hardcover: HardcoverStandIn, books: Factory) -> None:
    plugin = books(lists={"want-to-read": 5})
    await plugin.wishes()
    hardcover.catalogue.wanted = [(102, date(2026, 3, 1))]
    assert titles(list(await plugin.wishes())) == ["The Ebb"]


async def test_a_long_list_is_walked_so_far_and_no_further(hardcover: HardcoverStandIn, books: Factory) -> None:
    hardcover.catalogue.books += [HardcoverBook(id=9000 + number, title=f"Book {number}") for number in range(260)]
    hardcover.catalogue.wanted = [(9000 + number, date(2025, 1, 1)) for number in range(260)]
    assert len(await books(lists={"want-to-read": 5}).wishes()) == 200


async def test_a_token_without_the_right_says_which_one(hardcover: HardcoverStandIn, books: Factory) -> None:
    hardcover.scopes = {"books"}
    with pytest.raises(AuthFailed, match="lacks the right 'library'"):
        await books(lists={"want-to-read": 5}).wishes()
