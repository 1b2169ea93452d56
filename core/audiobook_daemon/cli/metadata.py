"""What is known of the owned books, printed from the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook_daemon.catalogue.completeness import missing_fields
from audiobook_daemon.catalogue.fields import FIELDS
from audiobook_daemon.catalogue.resolving import standings
from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.cli.printing import local, print_json, print_table, say, say_line
from audiobook_daemon.cli.reading import look
from audiobook_daemon.models import LIBRARY, BookField, Correction, FieldValue, Statement
from audiobook_daemon.store import BookRef, Database, utc_now
from audiobook_daemon.upkeep.books import book_named
from audiobook_daemon.upkeep.corrections.standing import MetadataStatus, metadata_status

_SHORT = 60


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A book of which too little is known."""

    id: int
    title: str
    authors: tuple[str, ...]
    completeness: int | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """All that is known of one field."""

    field: str
    value: FieldValue | None
    source: str | None
    locked: bool
    statements: tuple[Statement, ...]


def incomplete(path: Path, below: int, limit: int, *, as_json: bool) -> None:
    """Print the books that are less complete than `below` percent, and how the whole library stands."""

    async def read(database: Database) -> tuple[list[Incomplete], MetadataStatus]:
        found = [await _incomplete(database, book) for book in await database.attention.incomplete(below, limit)]
        return found, await metadata_status(database, utc_now())

    found, status = look(path, read)
    if as_json:
        print_json({"books": found, "status": status})
        return
    rows = [
        [str(one.id), f"{one.completeness} %", one.title, ", ".join(one.authors), ", ".join(one.missing)]
        for one in found
    ]
    print_table(["id", "known", "title", "author", "missing"], rows, empty=f"No book is known by less than {below} %.")
    if status.books:
        told = ", ".join(f"{number} with {name} %" for name, number in status.buckets.items() if number)
        say(f"\n{status.books} books, {status.average} % known on average: {told}.")


def history(path: Path, name: str, limit: int, *, as_json: bool) -> None:
    """Print the corrections of a book."""

    async def read(database: Database) -> tuple[BookRef, tuple[Correction, ...]]:
        book = await book_named(database, name)
        return book, await database.corrections.history(book.id, limit)

    book, corrections = look(path, read)
    if as_json:
        print_json([_plain(one) for one in corrections])
        return
    rows = [
        [
            str(one.id),
            local(one.at),
            one.state.value,
            change.field,
            _short(change.before),
            _short(change.after),
            change.source,
        ]
        for one in corrections
        for change in one.changes
    ]
    rows += [
        [str(one.id), local(one.at), one.state.value, one.reason or "", "", "", ""]
        for one in corrections
        if not one.changes
    ]
    say_line(book.title, style="bold")
    columns = ["no.", "when", "state", "field", "before", "after", "source"]
    print_table(columns, rows, empty="Nothing was ever corrected about it.")


def facts(path: Path, name: str, *, as_json: bool) -> None:
    """Print who says what about each field of a book."""

    async def read(database: Database) -> tuple[BookRef, tuple[Statement, ...], dict[str, BookField]]:
        book = await book_named(database, name)
        return book, await database.facts.of_book(book.id), await database.facts.fields_of(book.id)

    book, statements, fields = look(path, read)
    told = [_told(name, statements, fields.get(name)) for name in FIELDS]
    told = [one for one in told if one.statements or one.source]
    if as_json:
        print_json(told)
        return
    say_line(book.title, style="bold")
    rows = [row for one in told for row in _rows(one)]
    print_table(["field", "value", "from", "sure"], rows, empty="Nobody has been asked about it yet.")


async def _incomplete(database: Database, book: BookRef) -> Incomplete:
    item = await database.books.get(book.library, book.item)
    if item is None:
        return Incomplete(book.id, book.title, (), book.completeness, ())
    return Incomplete(book.id, book.title, item.book.authors, book.completeness, missing_fields(item))


def _told(name: str, statements: Sequence[Statement], field: BookField | None) -> Told:
    said = tuple(one for one in statements if one.field == name)
    if field is None or (field.value is None and field.source == LIBRARY and not field.locked):
        return Told(name, None, None, locked=False, statements=said)
    return Told(name, field.value, field.source, field.guarded, said)


def _rows(told: Told) -> list[list[str]]:
    rows = []
    if told.source is not None:
        mark = " (stays)" if told.locked else ""
        rows.append([told.field, _short(told.value) or "nothing", f"now, by {told.source}{mark}", ""])
    for standing in standings(told.statements):
        name = "" if rows else told.field
        rows.append([name, _short(standing.value), ", ".join(standing.sources), f"{standing.support:.0%}"])
    return rows


def _short(value: FieldValue | None) -> str:
    return worded(value, longest=_SHORT) or ""


def _plain(one: Correction) -> dict[str, object]:
    return {
        "id": one.id,
        "at": one.at,
        "occasion": one.occasion,
        "run": one.run,
        "state": one.state,
        "reason": one.reason,
        "undone": one.undone,
        "changes": one.changes,
    }
