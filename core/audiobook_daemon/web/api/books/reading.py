"""Lists of books and all about one of them."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field

from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.models import BookStatus
from audiobook_daemon.pipeline.keys import series_name_key
from audiobook_daemon.store import BookOrder, BookQuery, OwnedBook
from audiobook_daemon.web.answers import Asked, Id, Page, Paging
from audiobook_daemon.web.api.books.room import operations
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.refusals import NotFound
from audiobook_daemon.web.told.owned import BookInBrief, BookTold, IncompleteBook
from audiobook_daemon.web.words import Word, Words

Percent = Annotated[int, Field(ge=0, le=100)]


class BookAsked(Asked):
    """Which book."""

    book_id: Id


class BooksAsked(Paging):
    """Which part of which list."""

    status: BookStatus | Literal["all"] = BookStatus.ACTIVE
    search: Words | None = None
    """Words that title or authors have, or beginnings of three letters and more; active books, the newest first."""
    order: BookOrder = BookOrder.NEWEST
    below: Percent | None = None
    """Only those described to less than so many percent, the worst first."""


class SearchAsked(Asked):
    """What is looked for."""

    query: Word
    """Words, or beginnings of words of three letters and more."""
    limit: Annotated[int, Field(ge=1, le=100)] = 10


class OfSeriesAsked(Paging):
    """The books of which series."""

    series_name: Word


class IncompleteAsked(Paging):
    """How incomplete."""

    threshold: Percent = 80
    """Only books that are described to less than so many percent."""


@operations.add("GET", "", number=1, example={"limit": 50})
async def list_books(desk: Desk, asked: BooksAsked) -> Page[BookInBrief]:
    """List the books one owns, the newest first."""
    found, total = await desk.database.book_lists.page(_query(asked))
    return Page([BookInBrief.of(one) for one in found], total, asked.limit, asked.offset)


@operations.add("GET", "/search", number=8, example={"query": "emma", "limit": 10})
async def search_books(desk: Desk, asked: SearchAsked) -> Page[BookInBrief]:
    """Find active books by words of title and authors, the newest first."""
    found, total = await desk.database.book_lists.page(BookQuery(words=asked.query, limit=asked.limit))
    return Page([BookInBrief.of(one) for one in found], total, asked.limit)


@operations.add("GET", "/incomplete-metadata", number=10, example={"threshold": 80})
async def list_incomplete_books(desk: Desk, asked: IncompleteAsked) -> Page[IncompleteBook]:
    """List the active books that are described worst, and what each lacks."""
    query = BookQuery(below=asked.threshold, limit=asked.limit, offset=asked.offset)
    found, total = await desk.database.book_lists.page(query, brief=False)
    return Page([IncompleteBook.lacking(one) for one in found], total, asked.limit, asked.offset)


@operations.add("GET", "/series/{series_name}", number=7, example={"series_name": "Discworld"})
async def list_books_of_series(desk: Desk, asked: OfSeriesAsked) -> Page[BookInBrief]:
    """List the books of a series by their places in it; an unknown series has none."""
    key = series_name_key(asked.series_name)
    found = await desk.database.book_lists.in_series(key) if key else ()
    ordered = sorted(found, key=lambda one: _place(one, key))
    part = ordered[asked.offset : asked.offset + asked.limit]
    return Page([BookInBrief.of(one) for one in part], len(found), asked.limit, asked.offset)


@operations.add("GET", "/{book_id}", number=2, errors=(404,), example={"book_id": 1})
async def get_book(desk: Desk, asked: BookAsked) -> BookTold:
    """Tell everything about a book, with the source of each of its fields."""
    owned = await owned_book(desk, asked.book_id)
    return BookTold.with_fields(owned, await desk.database.facts.fields_of(owned.id))


async def owned_book(desk: Desk, book_id: int) -> OwnedBook:
    """Return a book; raises NotFound."""
    if found := await desk.database.book_lists.get(book_id):
        return found
    raise NotFound(f"There is no book {book_id}.", hint="GET /api/books lists those there are.")


def _query(asked: BooksAsked) -> BookQuery:
    status = None if asked.status == "all" else BookStatus(asked.status)
    return BookQuery(status, asked.order, asked.below, asked.search, asked.limit, asked.offset)


def _place(owned: OwnedBook, series: str) -> tuple[float, str]:
    """The number of a book in a series, those without one last."""
    named = (place.position for place in owned.item.book.series if series_name_key(place.name) == series)
    found = read_positions(next(named, None) or "")
    return float(found[0].first) if found else math.inf, owned.item.book.title
