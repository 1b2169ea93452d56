"""One book a line, as people write them."""

from __future__ import annotations

import pytest

from audiobook_daemon import Book, SeriesPlace
from audiobook_plugins.book_list.reading import read_list


@pytest.mark.parametrize(
    ("line", "book"),
    [
        ("The Glass Ferry - Ilse Marten", Book("The Glass Ferry", ("Ilse Marten",))),
        ("The Glass Ferry – Ilse Marten & Jo Rix", Book("The Glass Ferry", ("Ilse Marten", "Jo Rix"))),
        ("The Glass Ferry by Ilse Marten", Book("The Glass Ferry", ("Ilse Marten",))),
        ("The Glass Ferry\tIlse Marten", Book("The Glass Ferry", ("Ilse Marten",))),
        ("Stand by the Ferry - Ilse Marten", Book("Stand by the Ferry", ("Ilse Marten",))),
        ("Stand by the Ferry by Ilse Marten", Book("Stand by the Ferry", ("Ilse Marten",))),
        ("Ferry - A Novel by Ilse Marten", Book("Ferry - A Novel", ("Ilse Marten",))),
        ("Side by the side", Book("Side by the side")),
        ("Ferries - 22", Book("Ferries - 22")),
        ("Half-Life of a Ferry - Marten, Ilse", Book("Half-Life of a Ferry", ("Ilse Marten",))),
        ("Mill (Mills, #2) - Ilse Marten", Book("Mill", ("Ilse Marten",), series=(SeriesPlace("Mills", "2"),))),
        ("The Glass Ferry", Book("The Glass Ferry")),
        ("1984 - George Orwell", Book("1984", ("George Orwell",))),
        ("Bewildered", Book("Bewildered")),
        ("- [ ] The Glass Ferry by Ilse Marten", Book("The Glass Ferry", ("Ilse Marten",))),
        ("12. The Glass Ferry by Ilse Marten", Book("The Glass Ferry", ("Ilse Marten",))),
        ("* The Glass Ferry - Ilse Marten  # for the winter", Book("The Glass Ferry", ("Ilse Marten",))),
        ("9780306406157", Book("", isbn="9780306406157")),
        ("ISBN 978-0-306-40615-7 # paper", Book("", isbn="9780306406157")),
        ("0306406152", Book("", isbn="9780306406157")),
        ("B0ABCDEFG1", Book("", asin="B0ABCDEFG1")),
        ("asin: b0abcdefg1", Book("", asin="B0ABCDEFG1")),
    ],
)
def test_a_line_names_a_book(line: str, book: Book) -> None:
    contents = read_list(line.encode(), "mine")
    assert [entry.book for entry in contents.entries] == [book]
    assert contents.mistakes == ()


@pytest.mark.parametrize("line", ["", "   ", "# a comment", "#another", "  # one more - by Somebody", "\ufeff"])
def test_a_line_without_a_book_is_passed_over_silently(line: str) -> None:
    contents = read_list(f"{line}\nEmma by Jane Austen\n".encode(), "mine")
    assert [entry.book.title for entry in contents.entries] == ["Emma"]
    assert contents.mistakes == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("9780306406158", "one digit may be wrong"),
        ("ISBN: 0306406153", "one digit may be wrong"),
        ("x" * 501, "more than 500"),
        ("Emma\x07 by Jane Austen", "no text"),
        ("https://example.org/book/7", "an address"),
        ("<li>Emma</li>", "markup"),
    ],
)
def test_a_line_that_names_no_book_is_named_itself(line: str, reason: str) -> None:
    contents = read_list(f"One by Ann Lee\n{line}\nTwo by Ann Lee\n".encode(), "mine")
    assert [(entry.line, entry.book.title) for entry in contents.entries] == [(1, "One"), (3, "Two")]
    (mistake,) = contents.mistakes
    assert mistake.line == 2
    assert reason in mistake.reason
