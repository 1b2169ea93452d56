"""Finds the records of one book: by its ISBNs, or else by title and author."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audiobook_daemon import Book, Facts, normal_isbn
from audiobook_plugins.open_library.client import Client, Record
from audiobook_plugins.open_library.parse import Edition, WorkRow, edition, work_row
from audiobook_plugins.open_library.statements import facts_of, score

_OFFERED = 3
_SURE = 0.9
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


async def describe(client: Client, source: str, covers: str, book: Book) -> tuple[Facts, ...]:
    """Offer the works that may be this book, the likeliest first and in full."""
    rated = await _candidates(client, book)
    found = []
    for number, (row, rating) in enumerate(rated[:_OFFERED]):
        # Only the likeliest is worth further questions.
        record = (await client.record(row.key) or {}) if number == 0 else {}
        printed = await _edition(client, book, row) if number == 0 else None
        found.append(facts_of(source, covers, row, record, printed, rating))
    return tuple(found)


async def _candidates(client: Client, book: Book) -> list[tuple[WorkRow, float]]:
    found: dict[str, tuple[WorkRow, float]] = {}
    for question in _questions(book):
        for row in _rows(await client.search(question)):
            rating = score(book, row)
            if rating > 0:
                found.setdefault(row.key, (row, rating))
        if any(rating >= _SURE for _, rating in found.values()):
            break
    return sorted(found.values(), key=lambda pair: (-pair[1], -pair[0].editions))


def _questions(book: Book) -> list[dict[str, str]]:
    """What to ask until an answer is good enough; brackets and long subtitles find nothing, so they are left out."""
    isbns = list(dict.fromkeys(filter(None, (normal_isbn(one) for one in (book.isbn, *book.other_ids) if one))))
    asked = [{"q": f"isbn:({' OR '.join(isbns)})"}] if isbns else []
    author = {"author": book.authors[0]} if book.authors else {}
    whole = " ".join(_BRACKETS.sub(" ", book.title).split()) or book.title
    titles = dict.fromkeys((whole, whole.partition(":")[0].strip()))
    return [*asked, *({"title": title, **author} for title in titles if title)]


async def _edition(client: Client, book: Book, row: WorkRow) -> Edition | None:
    """The printed edition that the book's own ISBN names, if it is one of the work's."""
    isbn = normal_isbn(book.isbn) if book.isbn else None
    if isbn is None or isbn not in row.isbns:
        return None
    record = await client.edition(isbn)
    return edition(record) if record else None


def _rows(records: Iterable[Record]) -> Iterable[WorkRow]:
    return filter(None, map(work_row, records))
