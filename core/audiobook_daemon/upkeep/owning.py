"""What people say about the books they own: that they own one elsewhere, what is true of one, that one is put away."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from audiobook_daemon.models import BookStatus, Outcome
from audiobook_daemon.upkeep.books import book_named
from audiobook_daemon.upkeep.by_hand import take_in, write_down
from audiobook_daemon.upkeep.corrections.choosing import choose
from audiobook_daemon.upkeep.corrections.editing import edit
from audiobook_daemon.upkeep.edits import Edit, Notes, places_of, read_values
from audiobook_daemon.upkeep.house import House

Name = Annotated[str, Field(min_length=1, max_length=500)]
Text = Annotated[str, Field(min_length=1, max_length=20_000)]
Year = Annotated[int, Field(ge=0, le=9999)]
Seconds = Annotated[float, Field(gt=0, le=10_000_000, allow_inf_nan=False)]


class Owning:
    """Writes down what people say; a library's book is changed in the library, with a way back."""

    names: ClassVar[tuple[str, ...]] = ("add_book", "edit_book", "archive_book", "choose_source")
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def add_book(
        self,
        title: Name,
        author: Name | None = None,
        abs_id: Name | None = None,
        narrator: Name | None = None,
        series: Name | None = None,
        series_number: Name | None = None,
        isbn: Name | None = None,
        asin: Name | None = None,
        publisher: Name | None = None,
        year: Year | None = None,
        language: Name | None = None,
        duration: Seconds | None = None,
        description: Text | None = None,
        import_source: Name | None = None,
        metadata_source: Name | None = None,
        dry_run: bool = False,
    ) -> Outcome:
        """Write down a book that you own elsewhere, so that it is never fetched; several authors with `;`.

        With `abs_id` it is an item of the library that no sync has seen yet: it is taken in as the library tells it.
        """
        dry = self._house.dry(dry_run)
        texts = {
            "title": title,
            "authors": author,
            "narrators": narrator,
            "series": series,
            "isbn": isbn,
            "asin": asin,
            "publisher": publisher,
            "year": year,
            "language": language,
            "description": description,
        }
        notes = Notes(import_source=import_source, metadata_source=metadata_source)
        async with self._house.correcting:
            if abs_id is not None:
                return await take_in(self._house, abs_id, notes, dry=dry)
            values = read_values(texts, series_number)
            return await write_down(self._house, Edit(values, duration, notes), dry=dry)

    async def edit_book(
        self,
        book: Name,
        title: Name | None = None,
        subtitle: Name | None = None,
        author: Name | None = None,
        narrator: Name | None = None,
        series: Name | None = None,
        series_number: Name | None = None,
        isbn: Name | None = None,
        asin: Name | None = None,
        publisher: Name | None = None,
        year: Year | None = None,
        language: Name | None = None,
        genres: Name | None = None,
        tags: Name | None = None,
        duration: Seconds | None = None,
        description: Text | None = None,
        status: BookStatus | None = None,
        import_source: Name | None = None,
        metadata_source: Name | None = None,
        dry_run: bool = False,
    ) -> Outcome:
        """Write what is true of a book, named by title, id or library item; lists with `;`, each field is locked then.

        `status` archived or duplicate takes it out of lists, sums and corrections; it stays owned.
        """
        found = await book_named(self._house.database, book)
        texts = {
            "title": title,
            "subtitle": subtitle,
            "authors": author,
            "narrators": narrator,
            "series": series,
            "isbn": isbn,
            "asin": asin,
            "publisher": publisher,
            "year": year,
            "language": language,
            "genres": genres,
            "tags": tags,
            "description": description,
        }
        notes = Notes(status, import_source, metadata_source)
        places = await places_of(self._house.database, found) if series is None else ()
        said = Edit(read_values(texts, series_number, places), duration, notes)
        return await edit(self._house, found, said, dry=self._house.dry(dry_run))

    async def archive_book(self, book: Name, dry_run: bool = False) -> Outcome:
        """Take a book out of lists, sums and corrections; it stays owned, and `edit_book` can revive it."""
        found = await book_named(self._house.database, book)
        if not self._house.dry(dry_run):
            await self._house.database.book_notes.put(found.id, status=BookStatus.ARCHIVED)
        would = "would be" if self._house.dry(dry_run) else "is"
        return Outcome(f"archive_book: {found.title} {would} archived.", 1, 1, data={"id": found.id})

    async def choose_source(self, book: Name, field: Name, source: Name, dry_run: bool = False) -> Outcome:
        """Let the statement of one source count for a field of a book, and lock it; `facts BOOK` lists statements."""
        found = await book_named(self._house.database, book)
        return await choose(self._house, found, field, source, dry=self._house.dry(dry_run))
