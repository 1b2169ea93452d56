"""One book: what is known of it, who says so, and what was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from audiobook_daemon.catalogue.completeness import described
from audiobook_daemon.catalogue.markup import plain_text
from audiobook_daemon.store import OwnedBook
from audiobook_daemon.upkeep.report.words import FIELDS
from audiobook_daemon.web.answers import Asked, Id
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.cards import Card, card
from audiobook_daemon.web.pages.entry import Pages
from audiobook_daemon.web.pages.library.fields import CorrectionLine, FieldLine, correction_lines, field_lines
from audiobook_daemon.web.pages.library.links import Link, author_links, series_links
from audiobook_daemon.web.refusals import NotFound

pages = Pages()
_CORRECTIONS: Final = 50


class BookAsked(Asked):
    """Which book."""

    book_id: Id


@dataclass(frozen=True, slots=True)
class BookView:
    """All that the page shows."""

    book: OwnedBook
    card: Card
    authors: tuple[Link, ...]
    narrators: str | None
    series: tuple[Link, ...]
    paragraphs: tuple[str, ...]
    """Its description."""
    percent: int
    lacking: tuple[str, ...]
    """What is not known of it, the weightiest first."""
    fields: tuple[FieldLine, ...]
    corrections: tuple[CorrectionLine, ...]
    want: int | None
    """The want that brought it."""


@pages.shows("/library/{book_id}", template="book.html.j2", title="Book")
async def show_book(desk: Desk, asked: BookAsked) -> Mapping[str, object]:
    """Show all that is known of a book."""
    database = desk.database
    book = await _book(desk, asked.book_id)
    item = book.item
    percent, lacking = described(item)
    view = BookView(
        book,
        card(book),
        await author_links(database, item.book),
        ", ".join(item.narrators) or None,
        await series_links(database, item.book),
        _paragraphs(item.description),
        percent,
        tuple(FIELDS[name] for name in lacking),
        field_lines(item, await database.facts.fields_of(book.id), await database.facts.of_book(book.id)),
        correction_lines(await database.corrections.history(book.id, _CORRECTIONS)),
        await database.whereabouts.want(book.id),
    )
    return {"title": item.book.title, "view": view}


async def _book(desk: Desk, book_id: int) -> OwnedBook:
    if book := await desk.database.book_lists.get(book_id):
        return book
    raise NotFound(f"There is no book {book_id}.")


def _paragraphs(description: str | None) -> tuple[str, ...]:
    lines = (line.strip() for line in plain_text(description or "").splitlines())
    return tuple(line for line in lines if line)
