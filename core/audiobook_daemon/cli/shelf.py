"""The books one owns, what was written about them, and one of them with all that is known of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook_daemon.catalogue.completeness import missing_fields
from audiobook_daemon.catalogue.findings import CHECKS, flaws
from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.cli.listing import Listing
from audiobook_daemon.cli.printing import cell, local, print_json, print_table, say, say_line
from audiobook_daemon.cli.reading import look
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.models import BookStatus, Correction, SeriesPlace
from audiobook_daemon.pipeline.keys import series_name_key
from audiobook_daemon.shelving.sizes import in_words
from audiobook_daemon.store import BookOrder, BookQuery, Database, OwnedBook
from audiobook_daemon.upkeep.books import book_named

ALL = "all"
_SHORT = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """Which books are listed; texts as they are written on the command line."""

    words: str | None
    status: str
    order: str
    below: int | None
    series: str | None
    limit: int


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is wrong with a book, or lacking."""

    code: str
    grade: str
    finding: str
    remedy: str
    detail: str | None


def books(path: Path, asked: Asked, *, as_json: bool) -> None:
    """Print the books one owns."""

    async def read(database: Database) -> Sequence[OwnedBook]:
        if asked.series is not None:
            return await _in_series(database, asked.series, asked.limit)
        status = None if asked.status == ALL else BookStatus(asked.status)
        query = BookQuery(status, BookOrder(asked.order), asked.below, asked.words, asked.limit)
        return (await database.book_lists.page(query))[0]

    _BOOKS.read(path, read, as_json=as_json)


def book(path: Path, name: str, *, as_json: bool) -> None:
    """Print one book, what is not known of it, and what is wrong with it."""

    async def read(database: Database) -> tuple[OwnedBook, tuple[float, ...]]:
        known = await book_named(database, name)
        owned = await database.book_lists.get(known.id)
        if owned is None:
            raise AudiobookDaemonError(f"The book {name!r} has just left the library.")
        return owned, (await database.surveys.runtimes([known.id])).get(known.id, ())

    owned, editions = look(path, read)
    found = {one.code: one.detail for one in flaws(owned.item, editions, owned.completeness)}
    wrong = [Flaw(one.code, one.grade, one.title, one.remedy, found[one.code]) for one in CHECKS if one.code in found]
    lacking = missing_fields(owned.item)
    if as_json:
        print_json({"book": owned, "missing_fields": lacking, "findings": wrong})
        return
    say_line(owned.item.book.title, style="bold")
    print_table(["", ""], [[name, cell(value)] for name, value in _known(owned, lacking) if cell(value)], empty="")
    for flaw in wrong:
        say(f"{flaw.grade}: {flaw.finding}{f' ({flaw.detail})' if flaw.detail else ''}. {flaw.remedy}")


def corrections(path: Path, number: int | None, limit: int, *, as_json: bool) -> None:
    """Print what was written into libraries, or one writing alone."""

    async def read(database: Database) -> Sequence[Correction]:
        if number is None:
            return (await database.corrections.page(limit))[0]
        if found := await database.corrections.get(number):
            return [found]
        raise AudiobookDaemonError(f"There is no correction {number}; `audiobook-daemon corrections` lists them.")

    _CORRECTIONS.read(path, read, as_json=as_json)


async def _in_series(database: Database, name: str, limit: int) -> Sequence[OwnedBook]:
    key = series_name_key(name)
    found = await database.book_lists.in_series(key) if key else ()
    return sorted(found, key=lambda one: _place(one, key))[:limit]


def _place(owned: OwnedBook, series: str) -> tuple[float, str]:
    """The number of a book in a series, those without one last."""
    named = (place.position for place in owned.item.book.series if series_name_key(place.name) == series)
    found = read_positions(next(named, None) or "")
    return float(found[0].first) if found else math.inf, owned.item.book.title


def _line(owned: OwnedBook) -> Sequence[object]:
    written = owned.item.book
    known = None if owned.completeness is None else f"{owned.completeness} %"
    return owned.id, written.title, written.authors, list(map(_series, written.series)), known, owned.status.value


def _series(place: SeriesPlace) -> str:
    return f"{place.name} {place.position or ''}".rstrip()


def _known(owned: OwnedBook, lacking: Sequence[str]) -> list[tuple[str, object]]:
    item, written = owned.item, owned.item.book
    return [
        ("id", owned.id),
        ("subtitle", written.subtitle),
        ("by", written.authors),
        ("read by", item.narrators),
        ("series", list(map(_series, written.series))),
        ("year", written.year),
        ("language", written.language),
        ("publisher", item.publisher),
        ("genres", item.genres),
        ("ASIN", written.asin),
        ("ISBN", written.isbn),
        ("hours", None if item.runtime is None else f"{item.runtime / 3600:.1f}"),
        ("size", None if item.size is None else in_words(item.size)),
        ("in", item.path),
        ("library", item.library or "written down by hand"),
        ("status", owned.status.value),
        ("known", None if owned.completeness is None else f"{owned.completeness} %"),
        ("not known", list(lacking)),
        ("looked after", local(owned.corrected)),
    ]


def _written(one: Correction) -> Sequence[object]:
    said = "; ".join(
        f"{change.field}: {worded(change.before, longest=_SHORT) or 'nothing'} → "
        f"{worded(change.after, longest=_SHORT) or 'nothing'} ({change.source})"
        for change in one.changes
    )
    return one.id, local(one.at), one.book_id, one.state.value, said or one.reason, one.run


_BOOKS: Listing[OwnedBook] = Listing(
    ["id", "title", "author", "series", "known", "status"], _line, "There is no such book in the library."
)
_CORRECTIONS: Listing[Correction] = Listing(
    ["no.", "when", "book", "state", "what", "run"], _written, "Nothing was ever written into a library."
)
