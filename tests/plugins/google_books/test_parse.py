"""Volumes as Google tells them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from audiobook_daemon import Book
from audiobook_plugins.google_books.parse import Volume, complete, facts_of, isbn_13, read_volume, read_volumes
from audiobook_plugins.google_books.questions import isbn_search, text_searches


def volume(**info: object) -> Volume:
    read = read_volume({"id": "x1", "volumeInfo": {"title": "Emma", **info}})
    assert read is not None
    return read


def test_the_full_record(sample: Callable[[str], Any]) -> None:
    read = read_volume(sample("volume.json"))
    assert read == Volume(
        id="exampleTM001",
        title="The Time Machine",
        subtitle="An Invention",
        authors=("H. G. Wells",),
        publisher="Example House",
        published="2018-12-11",
        description=(
            "The first journey of The Time Machine, told at a dinner table.\nWho will follow him?\n"
            "A man returns, late & limping."
        ),
        isbns=("9780000000019",),
        language="en",
        genres=("Fiction", "Science Fiction", "Time Travel", "Classics"),
        cover="http://books.example.org/books/content?id=exampleTM001&printsec=frontcover&img=1&zoom=1&source=gbs_api",
    )


def test_a_search_and_an_empty_one(sample: Callable[[str], Any]) -> None:
    found = read_volumes(sample("search.json"))
    assert [it.id for it in found] == ["exampleTM001", "exampleTM002"]
    assert found[1].authors == ()
    assert read_volumes(sample("search_empty.json")) == []


def test_a_hit_that_comes_twice_is_one() -> None:
    item = {"id": "x1", "volumeInfo": {"title": "Emma"}}
    assert len(read_volumes({"items": [item, item, None, {"id": "x2"}, {"volumeInfo": {"title": "No id"}}]})) == 1


@pytest.mark.parametrize("number", ["", "../../etc/passwd", "a/b", "a?key=1", "x" * 65, None, 7])
def test_an_id_that_is_no_id_is_not_asked_for(number: object) -> None:
    assert read_volume({"id": number, "volumeInfo": {"title": "Emma"}}) is None


def test_members_of_wrong_types_lose_only_themselves() -> None:
    read = volume(
        subtitle=7, authors="Jane Austen", publisher=[], publishedDate=1999, description={}, language=None,
        industryIdentifiers="x", categories=[None, 3], imageLinks=[],
    )  # fmt: skip
    assert read == Volume("x1", "Emma")


@pytest.mark.parametrize(
    ("written", "published", "year"),
    [
        ("2006", "2006", 2006),
        ("2006-07", "2006-07", 2006),
        ("2006-07-25", "2006-07-25", 2006),
        ("2019-10-03T00:00:00+02:00", "2019-10-03", 2019),
        ("1997*", "1997", 1997),
        ("199?", None, None),
        ("", None, None),
    ],
)
def test_dates(written: str, published: str | None, year: int | None) -> None:
    facts = facts_of(volume(publishedDate=written), "g", 1.0)
    assert (facts.published, facts.year) == (published, year)


def test_only_isbns_are_isbns() -> None:
    kinds = [
        {"type": "OTHER", "identifier": "UOM:39015"},
        {"type": "ISSN", "identifier": "03178471"},
        {"type": "ISBN_10", "identifier": "0316452505"},
        {"type": "ISBN_13", "identifier": "9780316452502"},
        {"type": "ISBN_13", "identifier": "9780316452503"},
        {"type": "ISBN_13"},
        None,
    ]
    assert volume(industryIdentifiers=kinds).isbns == ("9780316452502",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0-316-45250-5", "9780316452502"),
        ("978 0 316 45250 2", "9780316452502"),
        ("080442957x", "9780804429573"),
        ("9780316452503", None),
        ("0316452506", None),
        ("٠٣١٦٤٥٢٥٠٥", None),
        ("", None),
    ],
)
def test_isbn(text: str, expected: str | None) -> None:
    assert isbn_13(text) == expected


def test_entities_are_decoded_once_and_text_is_harmless() -> None:
    read = volume(
        title="Tom &amp;amp; Jerry\0\u202e",
        authors=["Anne &quot;A&quot; B&#39;s", "\ud83d"],
        description="1 &lt; 2 &amp;amp; 3",
    )
    assert read.title == "Tom &amp; Jerry"
    assert read.authors == ('Anne "A" B\'s', "?")
    assert read.description == "1 < 2 &amp; 3"


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (
            {"thumbnail": "http://books.google.com/c?id=1&zoom=1&edge=curl&source=g"},
            "https://books.google.com/c?id=1&zoom=1&source=g",
        ),
        ({"thumbnail": "https://books.google.com/c?edge=curl", "large": ""}, "https://books.google.com/c"),
        ({"thumbnail": "http://a.google.de/s", "large": "http://a.google.de/l"}, "https://a.google.de/l"),
        ({"thumbnail": "javascript:alert(1)"}, None),
        ({"thumbnail": "file:///etc/passwd"}, None),
        ({"thumbnail": 3}, None),
    ],
)
def test_covers(links: dict[str, object], expected: str | None) -> None:
    assert volume(imageLinks=links).cover == expected


def test_the_full_record_completes_the_hit() -> None:
    hit = Volume("x", "Short", authors=("A",), isbns=("1",), genres=("Fiction",))
    full = Volume("x", "The Long Title", description="Text", genres=("Fiction", "Fantasy"))
    assert complete(hit, full) == Volume(
        "x", "The Long Title", authors=("A",), isbns=("1",), description="Text", genres=("Fiction", "Fantasy")
    )


def test_facts_never_speak_of_recordings(sample: Callable[[str], Any]) -> None:
    read = read_volume(sample("volume.json"))
    assert read is not None
    facts = facts_of(read, "google_books", 0.9)
    assert (facts.narrators, facts.runtime, facts.abridged, facts.asin) == (None, None, None, None)
    assert (facts.source, facts.key, facts.score) == ("google_books", "exampleTM001", 0.9)


@pytest.mark.parametrize(
    ("book", "expected"),
    [
        (Book("Emma", ("Jane Austen",)), ('intitle:"Emma" inauthor:"Jane Austen"', 'intitle:"Emma"')),
        (
            Book('Percy & "Co": The #1+ (Unabridged)', ('A "B" C',)),
            (
                'intitle:"Percy and Co The 1" inauthor:"A B C"',
                'intitle:"Percy and Co" inauthor:"A B C"',
                'intitle:"Percy and Co The 1"',
            ),
        ),
        (Book("(Emma)"), ('intitle:"(Emma)"',)),
        (Book('"'), ()),
    ],
)
def test_searches_are_quoted(book: Book, expected: tuple[str, ...]) -> None:
    assert text_searches(book) == expected


def test_only_a_sound_isbn_is_asked_for() -> None:
    assert isbn_search(Book("x", isbn="0-316-45250-5")) == "isbn:9780316452502"
    assert isbn_search(Book("x", isbn="0316452506")) is None
    assert isbn_search(Book("x")) is None
