"""The portions of a library are grouped as the whole would be, and tell when anything of theirs has changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.catalogue.series_names import group_authors, group_series, series_owner
from audiobook_daemon.models import Book, LibraryItem, SeriesPlace
from audiobook_daemon.store import BookGlimpse, Follow, GapGlimpse, GapKind, MergeProposal, StandingGlimpse
from audiobook_daemon.upkeep.completion.portions import Parting, Portion, gathered

PEOPLE = ("Mira Holt", "Holt, Mira", "Ann Reed", "Ann Reed & Mira Holt", "Jo Lund", "Various", "")
NAMES = ("Tide Wardens", "The Tide Wardens", "Tide Wardens (Jo Lund)", "Ashmark", "Ashmark Saga", "Salt", " ")

LIBRARIES = st.lists(
    st.builds(
        lambda authors, names: Book("A Book", tuple(authors), series=tuple(SeriesPlace(name, "1") for name in names)),
        st.lists(st.sampled_from(PEOPLE), max_size=2),
        st.lists(st.sampled_from(NAMES), max_size=2),
    ),
    max_size=12,
)


@given(LIBRARIES, st.integers(1, 5))
def test_portions_are_grouped_as_the_whole_is(books: list[Book], most: int) -> None:
    items = [LibraryItem("shelf", str(number), book) for number, book in enumerate(books)]
    parts = [[items[number] for number in one.books] for one in gathered(_parted(books), most)]
    assert _sorted(group for part in parts for group in group_series(part)) == _sorted(group_series(items))
    assert _sorted(group for part in parts for group in group_authors(part)) == _sorted(group_authors(items))


def test_a_portion_holds_the_series_authors_gaps_and_follows_of_its_books() -> None:
    key = series_owner("Tide Wardens", ("Mira Holt",))
    follow = Follow("series", series_owner("Wardens of the Tide"), "The Tide Wardens")
    parting = Parting()
    parting.add_books([BookGlimpse(1, ("Mira Holt",), ("Tide Wardens",), 1), BookGlimpse(2, ("Jo Lund",), (), 1)])
    parting.add_series([StandingGlimpse(key, "Tide Wardens", ("Mira Holt",), 1)])
    parting.add_authors([StandingGlimpse("holt mira", "Mira Holt", ("Mira Holt",), 1)])
    parting.add_gaps([GapGlimpse(GapKind.SERIES, key, 1)])
    parting.add_decisions([], [follow])
    (first, second), _ = parting.portions()
    assert (first.books, first.series, first.authors, first.follows) == ([1], [key], ["holt mira"], [follow])
    assert (second.books, second.series, second.follows) == ([2], [], [])


def test_two_series_that_people_made_one_stand_in_one_portion() -> None:
    one, other = series_owner("Ashmark", ("Jo Lund",)), series_owner("Embers", ("Ann Reed",))
    parting = Parting()
    parting.add_books([BookGlimpse(1, ("Jo Lund",), ("Ashmark",), 1), BookGlimpse(2, ("Ann Reed",), ("Embers",), 1)])
    parting.add_decisions([MergeProposal("series", one, other, "Ashmark", "")], [])
    (portion,), _ = parting.portions()
    assert portion.books == [1, 2]


def test_only_the_portion_of_what_changed_is_another() -> None:
    books = [Book("Ebb", ("Mira Holt",)), Book("Flood", ("Ann Reed",))]
    parting = _parting(books)
    _, marks = parting.portions()
    again = Parting()
    again.add_books([BookGlimpse(0, ("Mira Holt",), (), 0), BookGlimpse(1, ("Ann Reed",), (), 99)])
    (changed,), new = again.portions(but=marks)
    assert changed.books == [1]
    assert len(new & marks) == 1


def _parted(books: list[Book]) -> tuple[Portion, ...]:
    return _parting(books).portions()[0]


def _parting(books: list[Book]) -> Parting:
    parting = Parting()
    parting.add_books(
        BookGlimpse(number, book.authors, tuple(place.name for place in book.series), number)
        for number, book in enumerate(books)
    )
    return parting


def _sorted(groups: object) -> list[str]:
    return sorted(map(repr, groups))  # type: ignore[call-overload]
