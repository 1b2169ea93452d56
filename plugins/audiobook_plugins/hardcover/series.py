"""Finds a series, by its name and by the owned books, and lists all its books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from audiobook_daemon import Likeness, SeriesQuestion, SeriesRecord, Work, compare_series
from audiobook_plugins.hardcover import queries
from audiobook_plugins.hardcover.client import Client
from audiobook_plugins.hardcover.describing import books_by_ids
from audiobook_plugins.hardcover.lenient import object_of, truth
from audiobook_plugins.hardcover.parse import book_hits, book_record, place, recording, series_hits, series_row
from audiobook_plugins.hardcover.records import BookRecord, SeriesRow
from audiobook_plugins.hardcover.statements import by_book, hit_book, score, work_of

_OFFERED = 3
_OWNED, _SEARCHED = 20, 2
_ENOUGH_OWNED = 2
"""A series of another name has to hold so many owned books to be the one that is meant."""
_ORDER = (Likeness.SAME, Likeness.UNSURE, Likeness.DIFFERENT)


async def series_of(client: Client, source: str, asked: SeriesQuestion) -> tuple[SeriesRecord, ...]:
    """Offer up to three series, the likeliest first, each with all its books."""
    held = await _of_owned(client, asked)
    named = series_hits(await client.search(" ".join((asked.name, *asked.authors[:1])), "Series"))
    if not named and asked.authors:
        named = series_hits(await client.search(asked.name, "Series"))
    rows = {row.id: row for row in (*held, *named)}
    likely = likely_series(asked, rows.values(), {row.id: count for row, count in held.items()})
    return tuple([await _record(client, source, asked, row) for row in await _canonical(client, likely)])


def likely_series(asked: SeriesQuestion, rows: Iterable[SeriesRow], held: dict[int, int]) -> list[SeriesRow]:
    """Choose the series that may be meant; `held` is how many owned books each holds.

    One of the same name that holds owned books is preferred, for adaptations bear nearly the name of the novels, and
    different series the very same.
    """
    rated = []
    for row in rows:
        count = held.get(row.id, 0)
        # Who owns a book of it means it, whoever the catalogue counts as the author of the whole.
        authors = ((), ()) if count else (asked.authors, row.authors)
        rated.append(
            (_ORDER.index(compare_series(asked.name, row.name, authors=authors)), -count, -(row.primary or 0), row)
        )
    rated.sort(key=lambda one: one[:3])
    for likeness in (0, 1):
        of_name = [one for one in rated if one[0] == likeness]
        holding = [one for one in of_name if one[1]]
        if of_name:
            return [one[3] for one in (holding or of_name)[:_OFFERED]]
    return [one[3] for one in rated if -one[1] >= _ENOUGH_OWNED][:1]


async def _of_owned(client: Client, asked: SeriesQuestion) -> dict[SeriesRow, int]:
    """The series that hold owned books, and how many each."""
    numbers = list(await books_by_ids(client, asked.owned[:_OWNED]))
    if not numbers:
        for book in asked.owned[:_SEARCHED]:
            hits = book_hits(await client.search(" ".join((book.title, *book.authors[:1])), "Book", 5))
            numbers += [hit.id for hit in hits if score(book, hit_book(hit)) >= 0.9][:1]
    if not numbers:
        return {}
    rows = await client.rows(queries.SERIES_OF_BOOKS, ids=numbers)
    return dict(Counter(filter(None, (series_row(object_of(row.get("series"))) for row in rows))))


async def _canonical(client: Client, series: list[SeriesRow]) -> list[SeriesRow]:
    """The series as their own table has them, and in place of a merged one that which it was merged into."""
    if not series:
        return []
    rows = await _rows(client, [one.canonical or one.id for one in series])
    merged = [row.canonical for row in rows if row.canonical is not None]
    found = (*rows, *(await _rows(client, merged) if merged else ()))
    return list({row.id: row for row in found if row.canonical is None}.values())


async def _rows(client: Client, numbers: list[int]) -> list[SeriesRow]:
    found = {row.id: row for row in map(series_row, await client.rows(queries.SERIES, ids=numbers)) if row is not None}
    return [found[number] for number in dict.fromkeys(numbers) if number in found]


async def _record(client: Client, source: str, asked: SeriesQuestion, series: SeriesRow) -> SeriesRecord:
    books = await _books(client, series)
    spoken = [book.id for book in books if book.spoken]
    recordings = by_book(filter(None, map(recording, await client.of_books(queries.RECORDINGS, spoken))))
    languages = (asked.language,) if asked.language else ()
    works: list[Work] = [work_of(source, book, recordings.get(book.id, ()), languages) for book in books]
    return SeriesRecord(
        source=source,
        name=series.name,
        authors=series.authors,
        key=str(series.id),
        works=tuple(works),
        primary=series.primary,
        finished=series.finished,
    )


async def _books(client: Client, series: SeriesRow) -> list[BookRecord]:
    found = []
    for row in await client.pages(queries.SERIES_BOOKS, series=series.id):
        members = dict(object_of(row.get("book")))
        members["compilation"] = truth(members.get("compilation")) or truth(row.get("compilation"))
        record = book_record(members, (place(row, series),))
        if record is not None and record.canonical is None:
            found.append(record)
    return found
