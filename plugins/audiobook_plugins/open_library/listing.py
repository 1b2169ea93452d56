"""Lists series and authors."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from audiobook_daemon import (
    AuthorQuestion,
    Likeness,
    PersonRecord,
    SeriesPlace,
    SeriesQuestion,
    SeriesRecord,
    Work,
    compare_series,
    records_of_person,
    same_person,
)
from audiobook_plugins.open_library.client import Client
from audiobook_plugins.open_library.parse import AuthorRow, WorkRow, author_row, work_row
from audiobook_plugins.open_library.statements import row_book, work_of

_MANY = 500
_BEST_KNOWN = {"sort": "editions"}
"""Of people with more works than that, those with most editions come first."""
_RECORDS = 5
_JOINED = re.compile(r"(?<=\b\w\.)\s+(?=\w\.)")
_PARTED = re.compile(r"(?<=\b\w\.)(?=\w)")


async def series_of(client: Client, source: str, asked: SeriesQuestion) -> tuple[SeriesRecord, ...]:
    """Gather the works that state the series, in a field or in their titles; few do, so no whole series is promised."""
    question = {"author": asked.authors[0]} if asked.authors else {"q": asked.name}
    rows = filter(None, map(work_row, await client.search(question | _BEST_KNOWN, _MANY)))
    found = [(row, place) for row in rows if (place := _place(asked, row))]
    if not found:
        return ()
    name = Counter(place.name for _, place in found).most_common(1)[0][0]
    languages = (asked.language,) if asked.language else ()
    works = [work_of(source, replace(row, places=(place,)), languages) for row, place in found]
    authors = Counter(author for row, _ in found for author in row.authors).most_common(1)
    return (SeriesRecord(source, name, tuple(author for author, _ in authors), works=tuple(works)),)


async def works_by(client: Client, source: str, asked: AuthorQuestion) -> tuple[Work, ...]:
    """List what stands under the records of the author; anthologies and books about them are among it."""
    records = await _records(client, asked.name)
    known = await client.search({"author": asked.name} | _BEST_KNOWN, _MANY)
    told = {row.key: row for row in filter(None, map(work_row, known))}
    lists = {record.key: await _works(client, record, told) for record in records}
    people = {
        record.key: PersonRecord(record.name, tuple(map(row_book, lists[record.key])), record.other_names, record.born)
        for record in records
    }
    theirs = records_of_person(asked.name, asked.owned, people)
    rows = {row.key: row for key in theirs for row in lists[key]}
    return tuple(work_of(source, row, asked.languages) for row in rows.values())


async def _records(client: Client, name: str) -> list[AuthorRow]:
    """The records that bear the name, in whichever way its initials are spaced, those with most works first."""
    spellings = dict.fromkeys((name, _JOINED.sub("", name), _PARTED.sub(" ", name)))
    found: dict[str, AuthorRow] = {}
    for spelling in spellings:
        for row in filter(None, map(author_row, await client.search_authors(spelling))):
            if any(same_person(name, other) is Likeness.SAME for other in (row.name, *row.other_names)):
                found.setdefault(row.key, row)
    return sorted(found.values(), key=lambda row: -row.works)[:_RECORDS]


async def _works(client: Client, author: AuthorRow, told: dict[str, WorkRow]) -> list[WorkRow]:
    """The works of one record; names and languages come from the search, for the list has only keys."""
    rows = filter(None, map(work_row, await client.works_by(author.key)))
    return [told.get(row.key) or replace(row, authors=(author.name,)) for row in rows]


def _place(asked: SeriesQuestion, row: WorkRow) -> SeriesPlace | None:
    """The row's place in the series that is asked for."""
    people = (asked.authors, row.authors)
    same = (one for one in row.places if compare_series(asked.name, one.name, authors=people) is Likeness.SAME)
    return next(same, None)
