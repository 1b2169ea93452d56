"""What files say of themselves is held against them only if it surely names another book by somebody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audiobook_daemon import Book, Release, SeriesPlace, Wish
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.pipeline.verify.evidence import supports
from audiobook_daemon.pipeline.verify.listening import Track
from audiobook_daemon.pipeline.verify.tags import Said, confirms, contradiction, is_another_title, what_is_said

BOOK = Book(
    "The Moonstone", ("Wilkie Collins",), "A Romance", (SeriesPlace("Detection", "1"),), aliases=("Der Monddiamant",)
)
RELEASE = Release("mam", "1", "The Moonstone", ("Wilkie Collins",), ("Peter Jeffrey",))
WANT = Want(1, "key", Wish(BOOK), WantState.DOWNLOADED, 1, release=RELEASE)


def tracks(*tags: dict[str, str]) -> list[Track]:
    return [
        Track(f"{number}.mp3", Path(f"{number}.mp3"), 60.0, tags={field: (text,) for field, text in one.items()})
        for number, one in enumerate(tags, start=1)
    ]


def said(**tags: str) -> Said:
    (found,) = what_is_said(tracks(tags))
    return found


@pytest.mark.parametrize(
    "tags",
    [
        {"album": "Great Expectations", "artist": "Charles Dickens"},
        {"album": "Great Expectations (Unabridged)", "albumartist": "Dickens, Charles", "composer": "Simon Vance"},
        {"title": "Great Expectations", "artist": "Charles Dickens"},
        {"album": "Great Expectations, Book 1", "artist": "Charles Dickens/Simon Vance"},
    ],
)
def test_another_title_by_somebody_else_is_another_book(tags: dict[str, str]) -> None:
    assert (contradiction(WANT, said(**tags)) or "").startswith("1.mp3 is of Great Expectations")


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"album": "The Moonstone", "artist": "Charles Dickens"},
        {"album": "Great Expectations", "artist": "Wilkie Collins"},
        {"album": "Great Expectations", "artist": "W. Collins"},
        {"album": "Great Expectations", "artist": "Peter Jeffrey"},
        {"album": "Great Expectations"},
        {"artist": "Charles Dickens"},
        {"album": "Great Expectations", "artist": "Various Artists"},
        {"album": "Unknown Album", "artist": "Charles Dickens"},
        {"album": "Disc 3", "artist": "Charles Dickens"},
        {"title": "Chapter 12", "artist": "Charles Dickens"},
        {"album": "New Audiobooks", "artist": "Charles Dickens"},
        {"album": "Great Expectations", "artist": "xX_ripper_99"},
        {"album": "Der Monddiamant", "artist": "W. Wilkinson"},
        {"album": "Detection 1", "artist": "A. Reader"},
        {"album": "A Romance: Moonstone, Part 2", "artist": "A. Reader"},
        {"album": "Лунный камень", "artist": "Уилки Коллинз"},
    ],
    ids=str,
)
def test_less_than_that_contradicts_nothing(tags: dict[str, str]) -> None:
    assert contradiction(WANT, said(**tags)) is None


def test_one_file_of_another_book_among_many_is_found_and_named() -> None:
    right = {"album": "The Moonstone", "artist": "Wilkie Collins", "title": "Chapter 1"}
    wrong = {"album": "Great Expectations", "artist": "Charles Dickens", "title": "Chapter 2"}
    first, second = what_is_said(tracks(right, wrong, right))
    assert contradiction(WANT, first) is None
    assert contradiction(WANT, second) == "2.mp3 is of Great Expectations by Charles Dickens"


def test_the_stories_of_a_collection_are_not_held_against_it() -> None:
    stories = tracks(
        {"title": "The Signalman", "artist": "Charles Dickens"}, {"title": "Gooseberries", "artist": "A. C."}
    )
    assert [contradiction(WANT, one) for one in what_is_said(stories)] == [None, None]


def test_another_title_of_the_same_author_is_noticed() -> None:
    assert is_another_title(WANT, said(album="Armadale", artist="Wilkie Collins"))
    assert not is_another_title(WANT, said(album="The Moonstone (CD 2)", artist="Wilkie Collins"))


@pytest.mark.parametrize(
    ("tags", "sure"),
    [
        ({"album": "The Moonstone", "artist": "Wilkie Collins"}, True),
        ({"album": "The Moonstone (Unabridged)", "artist": "Collins, Wilkie", "composer": "Peter Jeffrey"}, True),
        ({"album": "The Moonstone"}, False),
        ({"album": "The Moonstone's Curse", "artist": "Wilkie Collins"}, False),
        ({"album": "The Moonstone", "artist": "Mary Collins"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_files_confirm_a_book_as_a_release_would(tags: dict[str, str], sure: bool) -> None:
    assert confirms(WANT.wish, said(**tags)) is sure


def test_ids_and_readers_are_read_where_shops_write_them() -> None:
    found = said(asin="b002v5bv00", isbn="978-0-14-043408-8", narratedby="Peter Jeffrey & James Langton")
    assert found.ids == {"B002V5BV00", "9780140434088"}
    assert found.claims.narrators == ("Peter Jeffrey", "James Langton")


@pytest.mark.parametrize(
    ("want", "kinds"),
    [
        (WANT, ()),
        (replace(WANT, approved=True), ("person",)),
        (replace(WANT, wish=Wish(replace(BOOK, asin="B01"))), ()),
        (replace(WANT, wish=Wish(replace(BOOK, asin="B01")), release=replace(RELEASE, asin="B01")), ("id",)),
        (replace(WANT, wish=Wish(BOOK, narrators=("Jeffrey, Peter",))), ("narrator",)),
        (replace(WANT, release=replace(RELEASE, series=(SeriesPlace("Detection", "01"),))), ("series",)),
        (replace(WANT, release=replace(RELEASE, series=(SeriesPlace("Detection"),))), ()),
    ],
)
def test_what_speaks_for_a_recording_beside_title_and_author(want: Want, kinds: tuple[str, ...]) -> None:
    assert supports(want, what_is_said(tracks({}, {}))) == kinds


def test_files_that_confirm_the_book_are_evidence_of_their_own() -> None:
    confirmed = what_is_said(tracks({"album": "The Moonstone", "artist": "Wilkie Collins"}))
    assert supports(WANT, confirmed) == ("tags",)
    known = replace(WANT, wish=Wish(replace(BOOK, other_ids=("B002V5BV00",))))
    assert supports(known, what_is_said(tracks({"asin": "B002V5BV00"}))) == ("id",)
