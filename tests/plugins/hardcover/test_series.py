"""Series and authors as Hardcover lists them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from audiobook_daemon import AuthorQuestion, Book, SeriesQuestion, Work, WorkKind
from audiobook_daemon.demo.hardcover import HardcoverAuthor, HardcoverBook, HardcoverStandIn
from audiobook_plugins.hardcover import Hardcover
from audiobook_plugins.hardcover.records import SeriesRow
from audiobook_plugins.hardcover.series import likely_series

Factory = Callable[..., Hardcover]
RENNER = ("Odile Renner",)
OWNED = Book("Low Water", RENNER, asin="B00LOWTIDE")


def titles(works: Sequence[Work]) -> list[str]:
    return [work.book.title for work in works]


async def test_a_series_is_listed_whole_with_all_its_oddities(books: Factory) -> None:
    (record,) = await books().series_of(SeriesQuestion("The Tidal Crown", RENNER, (OWNED,), "en"))
    assert (record.source, record.name, record.authors, record.key) == ("hardcover", "The Tidal Crown", RENNER, "10")
    assert (record.primary, record.finished) == (3, False)
    told = {work.book.title: work for work in record.works}
    assert {title: work.book.series[0].position for title, work in told.items()} == {
        "Low Water": "1",
        "Tides": "1-2",
        "Low Water, Part 1": "1",
        "Aguas bajas": "1",
        "High Water": "2",
        "The Ebb": "2.5",
        "Spring Tide": "3",
    }, "the merged doublet is left out"
    assert told["Tides"].kind is WorkKind.OMNIBUS
    assert told["Low Water, Part 1"].kind is WorkKind.PART
    assert told["The Ebb"].kind is WorkKind.UNKNOWN, "a number with a point makes no novella"
    assert told["Spring Tide"].released == "2099-05-01"
    assert (told["Low Water"].readers, told["Aguas bajas"].readers) == (900, 2)


async def test_a_work_names_its_recording_in_the_owned_language(books: Factory) -> None:
    works = {}
    for language in ("en", "de"):
        (record,) = await books().series_of(SeriesQuestion("The Tidal Crown", RENNER, (OWNED,), language))
        works[language] = next(work for work in record.works if work.key == "100")
    english, german = works["en"], works["de"]
    assert (english.book.title, english.runtime, english.narrators) == ("Low Water", 36_000.0, ("Sam Quill",))
    assert (english.book.asin, english.abridged, english.audiobook) == ("B00LOWTIDE", False, True)
    assert (german.book.title, german.book.aliases, german.book.language) == ("Niedrigwasser", ("Low Water",), "de")


async def test_whether_there_is_a_recording_is_unknown_where_none_is_listed(books: Factory) -> None:
    (record,) = await books().series_of(SeriesQuestion("The Tidal Crown", RENNER))
    assert {work.book.title: work.audiobook for work in record.works if work.key in {"101", "102"}} == {
        "High Water": True,
        "The Ebb": None,
    }


async def test_a_merged_series_leads_to_the_one_it_was_merged_into(books: Factory) -> None:
    (record,) = await books().series_of(SeriesQuestion("Tidal Crown", RENNER))
    assert record.key == "10"


async def test_adaptations_and_namesakes_are_other_series(books: Factory) -> None:
    (comic,) = await books().series_of(SeriesQuestion("The Tidal Crown (Light Novel)", RENNER))
    assert titles(comic.works) == ["Low Water, Vol. 1"]
    (other,) = await books().series_of(SeriesQuestion("The Tidal Crown", ("Marc Tobin",)))
    assert (other.name, titles(other.works)) == ("The Tidal Crown", ["Salt Throne"]), "who wrote it is no part of it"


async def test_a_series_nobody_knows_has_no_record(books: Factory) -> None:
    assert await books().series_of(SeriesQuestion("Lamps of the North", ("Karl Ott",))) == ()


async def test_owned_books_without_ids_lead_to_their_series_too(hardcover: HardcoverStandIn, books: Factory) -> None:
    owned = (Book("High Water", RENNER),)
    (record,) = await books().series_of(SeriesQuestion("The Tidal Crown", RENNER, owned))
    assert record.key == "10"
    assert hardcover.asked == ["search", "books", "search", "series", "books"], "the book, then the series"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({}, [1, 4]),
        ({4: 2}, [4]),
        ({1: 1, 4: 1}, [1, 4]),
        ({2: 1, 3: 2}, [1, 4]),
    ],
)
def test_what_is_owned_tells_series_of_one_name_apart(held: dict[int, int], expected: list[int]) -> None:
    rows = [
        SeriesRow(1, "Ember Roads", ("Ida Sol",), primary=9),
        SeriesRow(2, "Ember Roads (Manga)", ("Ida Sol",)),
        SeriesRow(3, "Cinder Court", ("Ida Sol",)),
        SeriesRow(4, "Ember Roads", primary=2),
    ]
    found = likely_series(SeriesQuestion("Ember Roads", ("Ida Sol",)), rows, held)
    assert [row.id for row in found] == expected


@pytest.mark.parametrize(("count", "expected"), [(1, []), (2, [3])])
def test_a_series_of_another_name_has_to_hold_several_owned_books(count: int, expected: list[int]) -> None:
    rows = [SeriesRow(3, "Der Aschenhof", ("Ida Sol",))]
    found = likely_series(SeriesQuestion("Cinder Court", ("Ida Sol",)), rows, {3: count})
    assert [row.id for row in found] == expected


async def test_an_authors_works_are_added_up_over_their_records(books: Factory) -> None:
    works = await books().works_by(AuthorQuestion("Odile Renner", (OWNED,)))
    assert {"Low Water", "High Water", "Spring Tide", "Late Letters"} <= set(titles(works))
    assert "Soups of the Alps" not in titles(works), "that is somebody else of the same name"
    assert "The Grey Ferry" not in titles(works), "she only reads it"
    assert "LOW WATER!" not in titles(works)
    assert len({work.key for work in works}) == len(works)


async def test_without_owned_books_every_record_of_the_name_counts(books: Factory) -> None:
    assert "Soups of the Alps" in titles(await books().works_by(AuthorQuestion("Odile Renner")))


async def test_a_long_list_is_read_to_its_end(hardcover: HardcoverStandIn, books: Factory) -> None:
    hardcover.catalogue.authors.append(HardcoverAuthor(id=50, name="Pia Many"))
    hardcover.catalogue.books += [
        HardcoverBook(id=5000 + number, title=f"Volume {number}", authors=(50,), users=number) for number in range(230)
    ]
    works = await books().works_by(AuthorQuestion("Pia Many"))
    assert len(works) == 230
    assert works[0].readers == 229


async def test_who_is_not_known_has_no_works(books: Factory) -> None:
    assert await books().works_by(AuthorQuestion("Karl Ott")) == ()


async def test_series_and_works_are_kept_as_they_were_told(hardcover: HardcoverStandIn, books: Factory) -> None:
    series, author = SeriesQuestion("The Tidal Crown", RENNER, (OWNED,), "en"), AuthorQuestion("Odile Renner", (OWNED,))
    told = (await books().series_of(series), await books().works_by(author))
    asked = len(hardcover.requests)
    assert (await books().series_of(series), await books().works_by(author)) == told
    assert len(hardcover.requests) == asked
