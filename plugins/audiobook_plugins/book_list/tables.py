"""Reads tables: the exports of Goodreads and StoryGraph, and any other with a column of titles. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audiobook_daemon import Book, SeriesPlace, normal_asin, normal_isbn, read_listed_title, split_people
from audiobook_plugins.book_list.entries import Contents, Entry, Mistake
from audiobook_plugins.book_list.records import delimiter_of, records

_LONGEST = 500
"""Characters of a title or name that are looked at."""
_AS_TEXT = re.compile(r'^="?(.*?)"?$')
"""How numbers are kept from becoming numbers in spreadsheets: `="9780765311788"`."""
_YEAR = re.compile(r"[12]\d{3}")
_SEPARATOR_LINE = re.compile(r"sep=.", re.IGNORECASE)
_AUTHORS = ("author", "authors", "author(s)")


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a kind of table says what; columns in lower case, the first that has something counts."""

    kind: str
    shelf: str
    """The column every book of such a table has something in."""
    more_shelves: tuple[str, ...]
    """Columns that list further ones, parted by commas."""
    isbn: tuple[str, ...]
    year: tuple[str, ...] = ()


GOODREADS = Shape(
    "export of Goodreads",
    "exclusive shelf",
    ("bookshelves",),
    ("isbn13", "isbn"),
    ("original publication year", "year published"),
)
STORYGRAPH = Shape("export of StoryGraph", "read status", ("tags",), ("isbn/uid",))
OTHER = Shape("table", "shelf", ("shelves", "tags", "status"), ("isbn13", "isbn", "asin"), ("year",))


def read_table(lines: Sequence[str]) -> Contents | None:
    """Read a table; None if the first line names no columns, one of them Title."""
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if start < len(lines) and _SEPARATOR_LINE.fullmatch(lines[start].strip()):
        start += 1
    if start >= len(lines):
        return None
    delimiter = delimiter_of(lines[start])
    numbered = records(lines, delimiter, start)
    _, header = next(numbered, (0, None))
    columns = [name.strip().casefold() for name in header or ()]
    if "title" not in columns or len(columns) < 2:
        return None
    shape = _shape(columns)
    read = [_read(number + 1, record, columns, shape) for number, record in numbered]
    return Contents(
        shape.kind,
        tuple(one for one in read if isinstance(one, Entry)),
        tuple(one for one in read if isinstance(one, Mistake)),
    )


def _shape(columns: Sequence[str]) -> Shape:
    known = (shape for shape in (GOODREADS, STORYGRAPH) if {shape.shelf, shape.isbn[0]} <= set(columns))
    return next(known, OTHER)


def _read(line: int, record: Sequence[str] | None, columns: Sequence[str], shape: Shape) -> Entry | Mistake:
    if record is None:
        return Mistake(line, "its quotes are not closed")
    row = {name: value.strip() for name, value in zip(columns, record, strict=False)}
    title, places = read_listed_title(row.get("title", ""))
    if any(extra.strip() for extra in record[len(columns) :]) or (shape.shelf in columns and shape.shelf not in row):
        return Mistake(line, f"it has {len(record)} columns and the first line {len(columns)}; is a quote missing?")
    if not title:
        return Mistake(line, "it has no title")
    number = _first(row, shape.isbn)
    year = _YEAR.fullmatch(_first(row, shape.year))
    book = Book(
        title,
        split_people(_first(row, _AUTHORS)[:_LONGEST]),
        series=places or tuple(_series(row)),
        year=int(year[0]) if year else None,
        isbn=normal_isbn(number),
        asin=normal_asin(_first(row, ("asin",))) or _own_asin(number),
    )
    return Entry(line, book, tuple(_shelves(row, shape)), _first(row, ("date added",)) or None)


def _first(row: Mapping[str, str], columns: Sequence[str]) -> str:
    """What the first of the columns says that says something."""
    told = (_AS_TEXT.sub(r"\1", row.get(name, "")).strip() for name in columns)
    return next(filter(None, told), "")


def _shelves(row: Mapping[str, str], shape: Shape) -> Iterator[str]:
    for column in (shape.shelf, *shape.more_shelves):
        yield from (name.strip() for name in row.get(column, "").split(",") if name.strip())


def _series(row: Mapping[str, str]) -> Iterator[SeriesPlace]:
    """The place in a column of its own, as tables of people have it."""
    if name := row.get("series", ""):
        yield SeriesPlace(name[:_LONGEST], _first(row, ("series position", "series number", "position")) or None)


def _own_asin(number: str) -> str | None:
    """An ASIN in a column of ISBNs; an ISBN with 10 digits is none of Audible's."""
    return None if normal_isbn(number) else normal_asin(number)
