"""Which books are owned twice, which only look so, and which copy should stay."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest

from audiobook_daemon.catalogue.duplicates import Kind, candidates, duplicates, find_duplicates, outline
from audiobook_daemon.models import Book, LibraryItem, SeriesPlace

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
HOUR = 3600.0
MIB = 1024 * 1024


def item(title: str = "The Salt Road", author: str = "Mara Quill", number: int = 1, **fields: Any) -> LibraryItem:  # noqa: ANN401
    """A whole recording in a folder of its own; what a book has goes to the book."""
    places = tuple(SeriesPlace(*place) for place in fields.pop("series", ()))
    of_book = {name: fields.pop(name) for name in ("asin", "isbn", "language", "subtitle") if name in fields}
    book = Book(title, (author,) if author else (), series=places, **of_book)
    usual = {"runtime": 10 * HOUR, "size": 300 * MIB + number, "path": f"/books/{number}", "added": BEGIN}
    return LibraryItem("shelf", str(number), book, **{**usual, **fields})


def kinds(*items: LibraryItem) -> list[Kind]:
    return [group.kind for group in find_duplicates(dict(enumerate(items, start=1)))]


READ: dict[str, Any] = {"narrators": ("Tom Vale",)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (item(asin="B0SALTROAD"), item(number=2, asin="b0saltroad")),
        (item(isbn="978-1-4028-9462-6"), item("Salt Road, The", number=2, isbn="9781402894626")),
        (item(**READ), item(number=2, runtime=10.2 * HOUR, **READ)),
        (item(path="/books/same"), item(number=2, path="/books/same", runtime=None)),
        (item(size=77, path="/a"), item("Untitled", "", number=2, size=77, path="/b")),
        (item(**READ), item("The Salt Road (Unabridged)", number=2, **READ)),
        (item(**READ), item("The Salt Road: A Novel", "Quill, Mara", number=2, **READ)),
    ],
    ids=("asin", "isbn", "readers and time", "folder", "size and time", "remark in the title", "other spelling"),
)
def test_one_recording_is_owned_twice(one: LibraryItem, other: LibraryItem) -> None:
    assert kinds(one, other) == kinds(other, one) == [Kind.EXACT]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (item(**READ), item(number=2, narrators=("Ada Finch",))),
        (item(), item(number=2)),
        (item(**READ), item(number=2, runtime=14 * HOUR, **READ)),
        (item(asin="B0SALTROAD"), item(number=2, asin="B0SALTROAD", runtime=14 * HOUR)),
        (item(series=[("Salt", "1")]), item("The White Way", number=2, series=[("Salt", "1")])),
        (item(asin="B0SALTROAD"), item("Wholly Else", number=2, asin="B0SALTROAD", runtime=10.1 * HOUR)),
    ],
    ids=("other reader", "unknown reader", "other length", "id of another", "title elsewhere", "one id is wrong"),
)
def test_one_work_is_owned_twice_perhaps(one: LibraryItem, other: LibraryItem) -> None:
    assert kinds(one, other) == kinds(other, one) == [Kind.LIKELY]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (item(asin="B0SALTROAD"), item(number=2, asin="B0SALTROAD", abridged=True)),
        (item(**READ), item("The Salt Road (Abridged)", number=2, **READ)),
        (item(), item("The Salt Road (Dramatized Adaptation)", number=2)),
        (item(language="en"), item(number=2, language="de", asin="B0")),
        (item("The Salt Road, Part 1", asin="B0SALTROAD"), item("The Salt Road, Part 2", number=2, asin="B0SALTROAD")),
        (item(path="/b/Salt/CD 1", **READ), item(number=2, path="/b/Salt/CD 2", **READ)),
        (item(path="/b/Salt", **READ), item(number=2, path="/b/Salt/Extras", **READ)),
        (item(series=[("Salt", "1")], asin="B0SALTROAD"), item(number=2, series=[("Salt", "2")], asin="B0SALTROAD")),
        (item(), item(author="Otto Brand", number=2)),
        (item(files=12), item(number=2, files=0, runtime=None)),
        (item("The Salt Road"), item("The Salt Road Home", number=2)),
        (item(asin="unknown"), item("The Iron Gate", "Otto Brand", number=2, asin="unknown")),
        (item(), item("The Salt Road", "", number=2, runtime=3 * HOUR)),
        (item(size=77, **READ), item("Iron Gate", "Otto Brand", number=2, size=77, narrators=("Ada Finch",))),
    ],
    ids=(
        *("abridged", "abridged by title", "play", "language", "parts", "discs", "folder within", "volumes", "author"),
        *("e-book", "longer title", "no id at all", "author unknown", "equal in size by chance"),
    ),
)
def test_what_only_looks_alike_is_no_duplicate(one: LibraryItem, other: LibraryItem) -> None:
    assert kinds(one, other) == kinds(other, one) == []


def test_an_omnibus_holds_its_parts_and_nothing_is_to_be_given_up() -> None:
    shelf = [
        item("Salt: Books 1-3", series=[("Salt", "1-3")], runtime=30 * HOUR),
        item("The Salt Road", number=2, series=[("Salt", "1")]),
        item("The Salt Sea", number=3, series=[("Salt", "3")], size=5),
        item("The Salt Moon", number=4, series=[("Salt", "4")], size=6),
    ]
    (group,) = find_duplicates(dict(enumerate(shelf, start=1)))
    assert (group.kind, group.books, group.keeper) == (Kind.CONTAINED, (1, 2, 3), None)
    assert group.reason == "Salt: Books 1-3 holds 2 books that are also there alone."


def test_three_copies_are_one_group() -> None:
    (group,) = find_duplicates({number: item(number=number, asin="B0SALTROAD") for number in (4, 7, 9)})
    assert (group.kind, group.books) == (Kind.EXACT, (4, 7, 9))


def test_a_group_is_as_sure_as_its_least_sure_pair() -> None:
    shelf = {1: item(**READ), 2: item(number=2, **READ), 3: item(number=3, narrators=("Ada Finch",))}
    (group,) = find_duplicates(shelf)
    assert (group.kind, group.books) == (Kind.LIKELY, (1, 2, 3))
    assert group.reason.startswith("They are one work, read by different people.")


def test_what_is_no_copy_of_one_another_is_never_joined_by_a_third() -> None:
    """The one without a language is a copy of either; English and German stay apart nevertheless."""
    shelf = {1: item(language="en"), 2: item(number=2), 3: item(number=3, language="de")}
    found = find_duplicates(shelf)
    assert not any({1, 3} <= set(group.books) for group in found)
    assert [len(group.books) for group in found] == [2]


BETTER: list[tuple[dict[str, Any], str]] = [
    ({"missing": False}, "its files are there"),
    ({"runtime": 13 * HOUR}, "it is the more complete recording"),
    ({"format": "m4b"}, "its format is better"),
    ({"size": 700 * MIB}, "its bitrate is higher"),
    ({"chapters": 30}, "it has chapters"),
    ({"asin": "B0SALTROAD"}, "it has an ASIN"),
    ({"description": "A road of salt.", "publisher": "House"}, "it is described more completely"),
    ({"added": BEGIN - timedelta(days=1)}, "it was there first"),
]


@pytest.mark.parametrize(("advantage", "reason"), BETTER)
@pytest.mark.parametrize("turned", [False, True])
def test_the_better_copy_stays_and_it_is_said_why(advantage: dict[str, Any], reason: str, turned: bool) -> None:
    plain: dict[str, Any] = {"format": "mp3", "missing": reason == BETTER[0][1]}
    shelf = [item(number=1, **plain), item(number=2, **{**plain, **advantage})]
    if turned:
        shelf.reverse()
    (group,) = find_duplicates(dict(enumerate(shelf, start=1)))
    assert group.keeper == (1 if turned else 2)
    assert group.reason.endswith(f" Keep this one: {reason}.")


@pytest.mark.parametrize("weaker", range(len(BETTER)))
def test_what_weighs_more_decides(weaker: int) -> None:
    for stronger in range(weaker):
        shelf = [item(number=1, format="mp3", missing=True), item(number=2, format="mp3", missing=True)]
        names = [{**BETTER[place][0]} for place in (stronger, weaker)]
        for place, fields in enumerate(names):
            ids = {"asin": fields.pop("asin")} if "asin" in fields else {}
            shelf[place] = replace(shelf[place], book=replace(shelf[place].book, **ids), **fields)
        (group,) = find_duplicates(dict(enumerate(shelf, start=1)))
        assert group.keeper == 1, (BETTER[stronger][1], BETTER[weaker][1])


def test_the_order_of_the_books_does_not_matter() -> None:
    shelf = {number: item(f"Book {number // 3}", number=number, **READ) for number in range(1, 40)}
    shelf[50] = item("Book 2", number=50, narrators=("Ada Finch",))
    shuffled = dict(random.Random(3).sample(sorted(shelf.items(), key=lambda pair: pair[0]), len(shelf)))
    assert find_duplicates(shelf) == find_duplicates(shuffled)


def test_a_book_that_went_meanwhile_is_left_out() -> None:
    assert duplicates([(1, 2)], {1: item()}) == ()


def test_blocks_lose_no_pair_that_a_comparison_of_all_would_find() -> None:
    rng = random.Random(11)
    titles = ("The Salt Road", "The Salt Road (Unabridged)", "Salt Road: A Novel", "The Iron Gate", "Iron Gate, The")
    shelf = {
        number: item(
            rng.choice(titles),
            rng.choice(("Mara Quill", "Quill, Mara", "Otto Brand")),
            number,
            runtime=rng.choice((9e4, 3e4)),
        )
        for number in range(1, 60)
    }
    everything = set(combinations(sorted(shelf), 2))
    blocked = candidates([outline(number, one) for number, one in shelf.items()])
    assert duplicates(blocked, shelf) == duplicates(everything, shelf)


def test_a_title_that_thousands_share_costs_no_comparison_of_all_with_all() -> None:
    shelf = [outline(number, item("Collected Stories", f"Author {number}", number)) for number in range(2_000)]
    assert candidates(shelf) == set()
