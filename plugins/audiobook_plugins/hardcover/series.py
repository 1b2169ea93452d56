"""Finds a series, by its name and by the owned books, and lists all its books."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from audiobook_daemon import Likeness, SeriesQuestion, SeriesRecord, compare_series, resemblance
from audiobook_plugins.hardcover import queries
from audiobook_plugins.hardcover.client import Client
from audiobook_plugins.hardcover.describing import SURE, books_by_ids, records, search
from audiobook_plugins.hardcover.parse import book_record, series_hits, series_row
from audiobook_plugins.hardcover.records import BookRecord, Place, SeriesRow
from audiobook_plugins.hardcover.statements import hit_book, work_of

_OFFERED = 3
_OWNED, _SEARCHED = 20, 2
_ENOUGH_OWNED = 2
"""A series of another name has to hold so many owned books to be the one that is meant."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ORDER = (Likeness.SAME, Likeness.UNSURE, Likeness.DIFFERENT)


async def series_of(client: Client, source: str, asked: SeriesQuestion) -> tuple[SeriesRecord, ...]:
    """Offer up to three series, the likeliest first, each with all its books."""
    held = await _of_owned(client, asked)
    named = series_hits(await client.search(" ".join((asked.name, *asked.authors[:1])), "Series"))
    if not named and asked.authors:
        named = series_hits(await client.search(asked.name, "Series"))
    rows = {row.id: row for row in named}
    for place in held:
        rows.setdefault(place.series, SeriesRow(place.series, place.name))
    counts = Counter(place.series for place in held)
    likely = likely_series(asked, rows.values(), counts)
    return tuple([await _record(client, source, asked, row) for row in await _canonical(client, likely)])


def likely_series(asked: SeriesQuestion, rows: Iterable[SeriesRow], held: Mapping[int, int]) -> list[SeriesRow]:
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


async def _of_owned(client: Client, asked: SeriesQuestion) -> list[Place]:
    """The places that owned books have in series."""
    books = await books_by_ids(client, asked.owned[:_OWNED])
    if not books:
        for book in asked.owned[:_SEARCHED]:
            sure = [hit.id for hit in await search(client, book) if resemblance(book, hit_book(hit)) >= SURE]
            books += await records(client, sure[:1])
    return [place for book in books for place in book.places]


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
    found = filter(None, map(book_record, await client.pages(queries.SERIES_BOOKS, series=series.id)))
    books = sorted((_placed(book, series) for book in found), key=_order)
    languages = (asked.language,) if asked.language else ()
    return SeriesRecord(
        source=source,
        name=series.name,
        authors=series.authors,
        key=str(series.id),
        works=tuple(work_of(source, book, languages) for book in books),
        primary=series.primary,
        finished=series.finished,
    )


def _placed(book: BookRecord, series: SeriesRow) -> BookRecord:
    """The book with its place in this series first, under the series' own name."""
    here = [replace(place, name=series.name) for place in book.places if place.series == series.id]
    others = [place for place in book.places if place.series != series.id]
    compilation = book.compilation or any(place.compilation for place in here)
    return replace(book, places=(*here, *others), compilation=compilation)


def _order(book: BookRecord) -> tuple[float, int]:
    """By number, the most read of a number first; what bears none comes last."""
    number = _NUMBER.match(book.places[0].position or "") if book.places else None
    return float(number[0]) if number else float("inf"), -(book.readers or 0)
