"""What is told of a book one owns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from audiobook_daemon.catalogue.completeness import missing_fields
from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.models import BookField, BookStatus
from audiobook_daemon.store import OwnedBook
from audiobook_daemon.web.answers import Answered
from audiobook_daemon.web.told.books import SeriesPlaceTold


class FieldTold(Answered):
    """Whence the present value of a field comes."""

    value: str | None
    """In words: lists with `;`, a series as `Name #2`."""
    source: str
    """The instance that stated it, `library`, `rules` (only put into its proper form) or `person`."""
    locked: bool
    """Nobody but a person may change it."""
    changed: datetime | None = None


class BookInBrief(Answered):
    """A book one owns, in a few words."""

    id: int
    title: str
    subtitle: str | None = None
    author: str | None = None
    """The first of the authors."""
    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    series: tuple[SeriesPlaceTold, ...] = ()
    year: int | None = None
    duration: float | None = None
    """Running time in seconds."""
    status: BookStatus
    completeness: int | None = None
    """How well it is described, in percent."""
    library: str | None = None
    """The instance; None for a book that was written down by hand."""
    abs_id: str | None = None
    """Its item in the library."""
    missing: bool = False
    """The library no longer finds its files."""
    cover: bool | None = None
    """Whether it has one; None if the library does not tell."""
    added: datetime | None = None

    @classmethod
    def of(cls, owned: OwnedBook) -> Self:
        """Tell of a book."""
        return cls(**line_of(owned))


class BookTold(BookInBrief):
    """Everything that is known of a book one owns."""

    description: str | None = None
    language: str | None = None
    isbn: str | None = None
    asin: str | None = None
    publisher: str | None = None
    published: str | None = None
    """The date as the library has it."""
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    abridged: bool | None = None
    path: str | None = None
    """Its folder where the daemon runs."""
    size: int | None = None
    """Bytes."""
    files: int | None = None
    chapters: int | None = None
    format: str | None = None
    first_seen: datetime | None = None
    corrected: datetime | None = None
    """When its metadata was last looked after."""
    correction: str | None = None
    """What came of that: `corrected`, `unchanged`, `unknown`, `refused` or `waiting`."""
    import_source: str | None = None
    metadata_source: str | None = None
    missing_fields: tuple[str, ...] = ()
    """What is not known of it, the weightiest first."""
    provenance: dict[str, FieldTold]
    """Whence each field comes, by field; empty until it was first looked after."""

    @classmethod
    def with_fields(cls, owned: OwnedBook, fields: Mapping[str, BookField]) -> Self:
        """Tell of a book with what is on record of its fields."""
        book, item = owned.item.book, owned.item
        return cls(
            **line_of(owned),
            description=item.description,
            language=book.language,
            isbn=book.isbn,
            asin=book.asin,
            publisher=item.publisher,
            published=item.published,
            genres=item.genres,
            tags=item.tags,
            abridged=item.abridged,
            path=item.path,
            size=item.size,
            files=item.files,
            chapters=item.chapters,
            format=item.format,
            first_seen=owned.first_seen,
            corrected=owned.corrected,
            correction=owned.correction,
            import_source=owned.import_source,
            metadata_source=owned.metadata_source,
            missing_fields=missing_fields(item),
            provenance=provenance_of(fields),
        )


def provenance_of(fields: Mapping[str, BookField]) -> dict[str, FieldTold]:
    """Tell whence fields come."""
    return {
        name: FieldTold(
            value=worded(one.value, longest=None), source=one.source, locked=one.guarded, changed=one.changed
        )
        for name, one in fields.items()
    }


def line_of(owned: OwnedBook) -> dict[str, Any]:
    """The values of the short record."""
    book, item = owned.item.book, owned.item
    return {
        "id": owned.id,
        "title": book.title,
        "subtitle": book.subtitle,
        "author": book.authors[0] if book.authors else None,
        "authors": book.authors,
        "narrators": item.narrators,
        "series": tuple(SeriesPlaceTold.model_validate(place) for place in book.series),
        "year": book.year,
        "duration": item.runtime,
        "status": owned.status,
        "completeness": owned.completeness,
        "library": item.library or None,
        "abs_id": item.id if item.library else None,
        "missing": item.missing,
        "cover": item.cover,
        "added": item.added,
    }


class IncompleteBook(BookInBrief):
    """A book that is not described as it should be."""

    missing_fields: tuple[str, ...] = ()
    """What is not known of it, the weightiest first."""

    @classmethod
    def lacking(cls, owned: OwnedBook) -> Self:
        """Tell what a book lacks; it must have been read with its description."""
        return cls(**line_of(owned), missing_fields=missing_fields(owned.item))
