"""What people write down about books, and how they put one away."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from audiobook_daemon.doors import Repeated
from audiobook_daemon.models import BookStatus, FactField, Outcome
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked
from audiobook_daemon.web.api.books.reading import BookAsked, owned_book
from audiobook_daemon.web.api.books.room import operations
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.refusals import BadRequest
from audiobook_daemon.web.told.corrections import LineTold, lines_told
from audiobook_daemon.web.told.owned import FieldTold, provenance_of
from audiobook_daemon.web.words import Title, Word

Description = Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
Seconds = Annotated[float, Field(gt=0, le=10_000_000)]
Year = Annotated[int, Field(ge=0, le=9999)]


class _Said(Asked):
    """What is said of a book; lists with `;`."""

    author: Title | None = None
    narrator: Title | None = None
    series: Title | None = None
    series_number: Word | None = None
    isbn: Word | None = None
    asin: Word | None = None
    publisher: Title | None = None
    year: Year | None = None
    language: Word | None = None
    duration: Seconds | None = None
    """In seconds; a library finds it in the files."""
    description: Description | None = None
    import_source: Word | None = None
    """Where it comes from, in words of your own."""
    metadata_source: Word | None = None


class NewBook(_Said):
    """A book that one owns elsewhere, or an item of the library that no sync has seen."""

    title: Title
    abs_id: Word | None = None
    """The item in the library; what else is said counts only without one."""


class BookEdit(BookAsked, _Said):
    """What is true of a book; what is left out stays."""

    title: Title | None = None
    subtitle: Title | None = None
    genres: Title | None = None
    tags: Title | None = None
    status: BookStatus | None = None
    """Archived books and duplicates are out of lists, sums and corrections; they stay owned."""


class BookMade(Answered):
    """A book that was written down."""

    id: int
    title: str
    author: str | None
    completeness: int | None


class BookEdited(Answered):
    """What has become of a book; `changes` are those of the request, also when it comes again with its key."""

    id: int
    title: str
    status: BookStatus
    completeness: int | None
    changes: tuple[LineTold, ...]


class SourceAsked(BookAsked):
    """Whose statement counts."""

    field_name: FactField
    source: Word
    """One of those that state something about the field; GET /api/books/{book_id}/facts lists them."""


class LockAsked(BookAsked):
    """Which field, and whether it may be corrected."""

    field_name: FactField
    locked: bool = True


@operations.add(
    "POST", "", number=3, scope=Scope.ACT, status=201, errors=(409,), example={"title": "Emma", "author": "Jane Austen"}
)
async def add_book(desk: Desk, asked: NewBook) -> BookMade:
    """Write down a book that you own elsewhere: it counts as owned and is never fetched."""
    outcome = await desk.act("add_book", **_given(asked))
    owned = await owned_book(desk, _number(outcome))
    book = owned.item.book
    author = book.authors[0] if book.authors else None
    return BookMade(id=owned.id, title=book.title, author=author, completeness=owned.completeness)


@operations.add("PUT", "/{book_id}", number=4, scope=Scope.ACT, errors=(404, 409), example={"book_id": 1, "year": 1815})
async def edit_book(desk: Desk, asked: BookEdit) -> BookEdited:
    """Write what is true of a book, into its library too; fields you set are never corrected by others."""
    given = _given(asked, "book_id")
    if not given:
        raise BadRequest("There is nothing to change.", hint="Send at least one field.")
    await owned_book(desk, asked.book_id)
    return await _edited(desk, asked.book_id, await _once(desk, "edit_book", book=str(asked.book_id), **given))


@operations.add("DELETE", "/{book_id}", number=5, scope=Scope.ACT, errors=(404, 409), example={"book_id": 1})
async def archive_book(desk: Desk, asked: BookAsked) -> BookEdited:
    """Archive a book: it leaves lists, sums and corrections, and stays owned; no file is touched."""
    await owned_book(desk, asked.book_id)
    return await _edited(desk, asked.book_id, await _once(desk, "archive_book", book=str(asked.book_id)))


@operations.add(
    "PUT",
    "/{book_id}/metadata-source",
    number=9,
    scope=Scope.ACT,
    errors=(404, 409),
    example={"book_id": 1, "field_name": "publisher", "source": "audnexus"},
)
async def choose_metadata_source(desk: Desk, asked: SourceAsked) -> dict[str, FieldTold]:
    """Let the statement of one source count for a field, and return whence each field comes now."""
    await owned_book(desk, asked.book_id)
    await _once(desk, "choose_source", book=str(asked.book_id), field=asked.field_name, source=asked.source)
    return provenance_of(await desk.database.facts.fields_of(asked.book_id))


@operations.add(
    "PUT",
    "/{book_id}/lock",
    scope=Scope.ACT,
    errors=(404, 409),
    example={"book_id": 1, "field_name": "title", "locked": True},
)
async def lock_book_field(desk: Desk, asked: LockAsked) -> dict[str, FieldTold]:
    """Keep a field from being corrected, or let it be corrected again; returns whence each field comes."""
    await owned_book(desk, asked.book_id)
    verb: Literal["lock", "unlock"] = "lock" if asked.locked else "unlock"
    await _once(desk, verb, book=str(asked.book_id), field=asked.field_name)
    return provenance_of(await desk.database.facts.fields_of(asked.book_id))


async def _once(desk: Desk, action: str, **arguments: object) -> Outcome | None:
    """Run an action; None if it was asked for before with this key, and still goes on."""
    try:
        return await desk.act(action, **arguments)
    except Repeated:
        return None


async def _edited(desk: Desk, book_id: int, outcome: Outcome | None) -> BookEdited:
    owned = await owned_book(desk, book_id)
    return BookEdited(
        id=owned.id,
        title=owned.item.book.title,
        status=owned.status,
        completeness=owned.completeness,
        changes=lines_told(outcome.data if outcome else None),
    )


def _given(asked: Asked, *without: str) -> dict[str, Any]:
    return asked.model_dump(exclude_none=True, exclude=set(without))


def _number(outcome: Outcome) -> int:
    assert isinstance(outcome.data, dict)
    return int(outcome.data["id"])
