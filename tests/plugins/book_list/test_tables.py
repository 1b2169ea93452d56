"""Exports of Goodreads and StoryGraph and other tables, whatever spreadsheets did to them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook_daemon import Book, SeriesPlace, Unavailable
from audiobook_plugins.book_list.entries import Contents
from audiobook_plugins.book_list.reading import decoded, read_list

GOODREADS = (
    "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,"
    "Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,"
    "Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies\n"
)
STORYGRAPH = (
    "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Date Added,Last Date Read,Dates Read,Read Count,Moods,"
    "Pace,Character- or Plot-Driven?,Star Rating,Review,Content Warnings,Tags,Owned?\n"
)


def goodreads_row(title: str, *, author: str = "Ilse Marten", shelf: str = "to-read", review: str = "") -> str:
    isbn, isbn13 = '"=""0306406152"""', '"=""9780306406157"""'
    return (
        f'7,"{title}",{author},"Marten, Ilse",A Reader,{isbn},{isbn13},0,3.99,Tor,Paperback,300,2012,2006,,2026/02/03,'
        f'"{shelf}, boats","boats (#3)",{shelf},{review},,,0,0\n'
    )


def storygraph_row(title: str, uid: str = "9780306406157", status: str = "to-read", review: str = "") -> str:
    return (
        f'{title},"Ilse Marten, Jo Rix",A Reader (Narrator),{uid},audio,{status},2026/02/03,,,0,"dark, tense",slow,'
        f"Plot,,{review},,boats,No\n"
    )


def read(text: str) -> Contents:
    return read_list(text.encode(), "mine")


def titles(contents: Contents) -> list[str]:
    return [entry.book.title for entry in contents.entries]


def test_a_book_of_goodreads_is_read_with_all_that_counts() -> None:
    contents = read(GOODREADS + goodreads_row("The Salt Mill (Mills, #2)"))
    (entry,) = contents.entries
    assert contents.kind == "export of Goodreads"
    assert entry.book == Book(
        "The Salt Mill", ("Ilse Marten",), series=(SeriesPlace("Mills", "2"),), year=2006, isbn="9780306406157"
    )
    assert (entry.line, entry.added) == (2, "2026/02/03")
    assert set(entry.shelves) == {"to-read", "boats"}


@pytest.mark.parametrize(
    ("uid", "isbn", "asin"),
    [
        ("9780306406157", "9780306406157", None),
        ("0-306-40615-2", "9780306406157", None),
        ("B0ABCDEFG1", None, "B0ABCDEFG1"),
        ("9.78031E+12", None, None),
        ("9780306406150", None, None),
        ("0c7bd2b1-9d3c-4b0e-8a0e-0d1e2f3a4b5c", None, None),
        ("", None, None),
    ],
)
def test_a_book_of_storygraph_is_read_whatever_its_number(uid: str, isbn: str | None, asin: str | None) -> None:
    contents = read(STORYGRAPH + storygraph_row("The Glass Ferry", uid))
    (entry,) = contents.entries
    assert contents.kind == "export of StoryGraph"
    assert entry.book == Book("The Glass Ferry", ("Ilse Marten", "Jo Rix"), isbn=isbn, asin=asin)
    assert entry.shelves == ("to-read", "boats")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_however_it_was_saved(delimiter: str, end: str, encoding: str) -> None:
    lines = ["Title;Author;Series;Position", "Die Glasfähre;Ilse Márten;Inseln;2.5", "Salz;Jo Rix;;", ""]
    contents = read_list(end.join(lines).replace(";", delimiter).encode(encoding), "mine")
    assert [entry.book for entry in contents.entries] == [
        Book("Die Glasfähre", ("Ilse Márten",), series=(SeriesPlace("Inseln", "2.5"),)), Book("Salz", ("Jo Rix",)),
    ]  # fmt: skip
    assert [entry.line for entry in contents.entries] == [2, 3]
    assert contents.mistakes == ()


def test_a_line_that_tells_spreadsheets_of_the_separator_is_passed_over() -> None:
    assert titles(read("sep=;\nTitle;Author\nEmma;Jane Austen\n")) == ["Emma"]


def test_reviews_with_line_breaks_and_quotes_are_part_of_their_book() -> None:
    review = '"I said ""no"".\n\nThen, later:\n""yes"", it\'s good"'
    text = GOODREADS + goodreads_row("One", review=review) + goodreads_row("Two")
    assert [(entry.line, entry.book.title) for entry in read(text).entries] == [(2, "One"), (6, "Two")]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('7,"One,Ilse Marten', "quotes are not closed"),
        ('"', "quotes are not closed"),
        ("7,Me, Myself and I,Ilse Marten" + "," * 21 + "x", "24 columns|25 columns"),
        ("7,One,Ilse Marten", "3 columns"),
        (goodreads_row(" ").strip(), "no title"),
        ("x" * 200_000 + ',"', "quotes are not closed"),
        (f'7,"{"x" * 140_000}",a', "no record|quotes"),
    ],
)
def test_a_broken_line_costs_no_other_and_is_named(broken: str, reason: str) -> None:
    rows = [goodreads_row(f"Book {number}") for number in range(1, 300)]
    text = GOODREADS + "".join(rows[:150]) + broken + "\n" + "".join(rows[150:])
    contents = read(text)
    assert titles(contents) == [f"Book {number}" for number in range(1, 300)]
    (mistake,) = contents.mistakes
    assert mistake.line == 152
    assert any(part in mistake.reason for part in reason.split("|")), mistake.reason


def test_no_title_holds_what_no_database_takes() -> None:
    rows = "".join(f"Book {number},Ilse Marten\n" for number in range(300))
    contents = read_list(f"Title,Author\n{rows}Half\x00 a Moon,Ilse Marten\n".encode(), "mine")
    assert contents.entries[-1].book.title == "Half a Moon"


def test_inner_quotes_that_were_not_doubled_are_forgiven() -> None:
    assert titles(read('Title,Author\n"The "Best" Book",Ann Lee\nEmma,Jane Austen\n'))[1] == "Emma"


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.text(max_size=20)), max_size=8))
def test_whatever_a_spreadsheet_writes_is_read_again(rows: Sequence[tuple[str, str]]) -> None:
    rows = [(f"T{title}".replace("(", "").replace("\x00", ""), review.replace("\x00", "")) for title, review in rows]
    written = io.StringIO()
    csv.writer(written).writerows([("Title", "Review", "Shelf"), *((one, two, "x") for one, two in rows)])
    contents = read(written.getvalue())
    assert len(contents.entries) == len(rows)
    assert contents.mistakes == ()


@settings(deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(content: bytes) -> None:
    assert isinstance(decoded(content), str)
    for start in (b"", GOODREADS.encode(), b"Title,Author\n"):
        with suppress(Unavailable):
            read_list(start + content, "mine")
