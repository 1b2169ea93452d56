"""Reads the library as a whole, in outlines and in sums; writes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import partial

from sqlalchemy import case, func, or_, select

from audiobook_daemon.models import BookOutline, BookStatus, LibraryItem
from audiobook_daemon.store.book_lists import has_status
from audiobook_daemon.store.book_reading import items_of, named_rows
from audiobook_daemon.store.catalogue_tables import authors, duplicates, facts, gaps, series
from audiobook_daemon.store.catalogue_values import GapKind
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.remembered import Remembered
from audiobook_daemon.store.tables import books
from audiobook_daemon.store.trash import taken_out

_PAGE = 500
_OUTLINE = ("id", "match_key", "series_keys", "asin", "isbn", "path", "size", "runtime")
_INCOMPLETE = 80
_OPEN_GAPS = ("found", "gradual", "wanted", "unreleased")


@dataclass(frozen=True, slots=True)
class LibrarySums:
    """The library in numbers; items whose files are missing count under `missing` only."""

    books: int
    missing: int
    runtime: float
    """Seconds."""
    size: int
    authors: int
    series: int
    incomplete: int
    """Books whose completeness is below 80 percent."""
    duplicates: int
    """Groups of books that are owned twice."""
    completeness: float | None
    """The mean in percent; None without books."""
    series_known: int
    """Series of which it is known what there is."""
    series_complete: int
    """Those of them of which nothing that is out is missing."""


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A series that a bibliography has been found of."""

    name: str
    status: str
    total: int | None
    finished: bool | None


@dataclass(frozen=True, slots=True)
class GapLine:
    """A book that is missing and has not been ignored."""

    kind: str
    """`series_gap` or `author_gap`."""
    of: str
    """The name of the series or the author."""
    title: str
    position: str | None
    state: str
    """`found`, `gradual`, `wanted`, or `unreleased`."""
    released: str | None
    key: str = ""
    """The same for a book that several series, or a series and its author, lack."""


class Surveys:
    """Reads what concerns all books at once."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._remembered = Remembered(connections)

    async def items(self, ids: Collection[int]) -> dict[int, LibraryItem]:
        """Return the items with these row ids; one that is gone is left out."""
        found: dict[int, LibraryItem] = {}
        wanted = sorted(ids)
        for start in range(0, len(wanted), _PAGE):
            rows = await self._connections.read(partial(named_rows, ids=wanted[start : start + _PAGE]))
            found.update(await asyncio.to_thread(items_of, rows))
        return found

    async def outlines(self) -> list[BookOutline]:
        """Return every active book of a library in few words, those whose files are missing too.

        What was taken out of a library is left out, and what was written down by hand: it is no second copy.
        """
        columns = [books.c[name] for name in _OUTLINE]
        chosen = (has_status(BookStatus.ACTIVE), books.c.library != "")
        found: list[BookOutline] = []
        last = 0
        while True:
            page_after = select(*columns).where(books.c.id > last, ~taken_out(), *chosen)
            statement = page_after.order_by(books.c.id).limit(10 * _PAGE)
            async with self._connections.reading() as connection:
                page = [BookOutline._make(row) for row in await connection.execute(statement)]
            if not page:
                return found
            found += page
            last = page[-1].id

    async def runtimes(self, ids: Collection[int]) -> Mapping[int, tuple[float, ...]]:
        """Return the running times, in seconds, that sources state of books, by row id."""
        statement = select(facts.c.book_id, facts.c.value).where(facts.c.field == "runtime", facts.c.book_id.in_(ids))
        found: dict[int, tuple[float, ...]] = {}
        async with self._connections.reading() as connection:
            for row in await connection.execute(statement):
                if isinstance(row.value, int | float) and row.value > 0:
                    found[row.book_id] = (*found.get(row.book_id, ()), float(row.value))
        return found

    async def series(self) -> tuple[SeriesLine, ...]:
        """Return the series that a bibliography has been found of, by name."""
        statement = (
            select(series.c.name, series.c.status, series.c.total, series.c.finished)
            .where(series.c.total.is_not(None))
            .order_by(series.c.name, series.c.id)
        )
        async with self._connections.reading() as connection:
            return tuple(SeriesLine(**row._mapping) for row in await connection.execute(statement))

    async def series_statuses(self) -> Mapping[str, int]:
        """Return how many series there are of each status (`complete`, `partial`, `incomplete`, `unknown`)."""
        statement = select(series.c.status, func.count().label("number")).group_by(series.c.status)
        async with self._connections.reading() as connection:
            return {str(row.status): row.number for row in await connection.execute(statement)}

    async def gaps(self, limit: int) -> tuple[GapLine, ...]:
        """Return what is missing and not ignored, the most urgent first.

        What a series lacks is not told of its author again.
        """
        name = func.coalesce(series.c.name, authors.c.name).label("of")
        columns = [gaps.c[field.name] for field in fields(GapLine) if field.name != "of"]
        of_series = select(gaps.c.key).where(gaps.c.kind == GapKind.SERIES, gaps.c.state.in_(_OPEN_GAPS))
        statement = (
            select(*columns, name)
            .select_from(
                gaps.outerjoin(series, gaps.c.series_id == series.c.id).outerjoin(
                    authors, gaps.c.author_id == authors.c.id
                )
            )
            .where(gaps.c.state.in_(_OPEN_GAPS), or_(gaps.c.kind == GapKind.SERIES, gaps.c.key.not_in(of_series)))
            .order_by(gaps.c.priority, name, func.length(gaps.c.position), gaps.c.position, gaps.c.id)
            .limit(limit)
        )
        async with self._connections.reading() as connection:
            return tuple(GapLine(**row._mapping) for row in await connection.execute(statement))

    async def count_gaps(self) -> int:
        """Return how many books are missing that are out and that nobody has ignored."""
        keys = func.count(gaps.c.key.distinct())
        statement = select(keys).where(gaps.c.state.in_(_OPEN_GAPS), gaps.c.state != "unreleased")
        async with self._connections.reading() as connection:
            return (await connection.execute(statement)).scalar_one()

    async def sums(self) -> LibrarySums:
        """Count what there is of active books; remembered until anything is written."""
        return await self._remembered.get("sums", self._sums)

    async def _sums(self) -> LibrarySums:
        there = ~books.c.missing & (books.c.status == BookStatus.ACTIVE)
        whole = select(
            func.count().filter(there).label("books"),
            func.count()
            .filter(books.c.missing & (books.c.status == BookStatus.ACTIVE) & ~taken_out())
            .label("missing"),
            func.coalesce(func.sum(case((there, books.c.runtime))), 0.0).label("runtime"),
            func.coalesce(func.sum(case((there, books.c.size))), 0).label("size"),
            func.count(books.c.author_key.distinct()).filter(there).label("authors"),
            func.count(books.c.series_keys.distinct()).filter(there).label("series"),
            func.count().filter(there, books.c.completeness < _INCOMPLETE).label("incomplete"),
            func.avg(case((there, books.c.completeness))).label("completeness"),
        ).select_from(books)
        known = select(
            func.count().filter(series.c.owned > 0).label("owned"),
            func.count().filter(series.c.total > 0).label("known"),
            func.count().filter(series.c.total > 0, series.c.missing == 0).label("complete"),
        ).select_from(series)
        named = select(func.count()).where(authors.c.owned > 0)
        twice = select(func.count()).where(duplicates.c.state == "open", duplicates.c.likeness != "contained")
        async with self._connections.reading() as connection:
            row = (await connection.execute(whole)).one()
            of_series = (await connection.execute(known)).one()
            known_authors = (await connection.execute(named)).scalar_one()
            double = (await connection.execute(twice)).scalar_one()
        return LibrarySums(
            row.books,
            row.missing,
            float(row.runtime),
            int(row.size),
            known_authors or row.authors,
            of_series.owned or row.series,
            row.incomplete,
            double,
            None if row.completeness is None else float(row.completeness),
            of_series.known,
            of_series.complete,
        )
