"""The books one owns, as covers on a shelf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field

from audiobook_daemon.doors import LibraryCounts
from audiobook_daemon.models import BookStatus
from audiobook_daemon.store import BookOrder, BookQuery
from audiobook_daemon.web.answers import Asked
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.cards import Card, card
from audiobook_daemon.web.pages.entry import Pages
from audiobook_daemon.web.pages.parts import Part, given, part
from audiobook_daemon.web.words import Words

pages = Pages()
_LIMIT: Final = 60
_INCOMPLETE: Final = 80
Show = Literal["active", "incomplete", "duplicate", "archived"]
_USUAL: Final[Mapping[str, object]] = {"show": "active", "sort": "newest"}


class LibraryAsked(Asked):
    """Which books, in which order, and from where on."""

    q: Words | None = None
    """Words of title and author."""
    show: Show = "active"
    sort: BookOrder = BookOrder.NEWEST
    offset: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


@dataclass(frozen=True, slots=True)
class LibraryView:
    """All that the page shows."""

    counts: LibraryCounts
    cards: tuple[Card, ...]
    part: Part
    double: int
    """How many groups of copies wait for a person."""
    lying: int
    """How many books lie in the trash."""


@pages.shows("/library", template="library.html.j2", title="Library")
async def show_library(desk: Desk, asked: LibraryAsked) -> Mapping[str, object]:
    """Show the books one owns."""
    found, total = await desk.database.book_lists.page(_query(asked))
    chosen = given(asked.model_dump(mode="json", exclude={"offset"}), _USUAL)
    shown = part("/library", chosen, total, _LIMIT, asked.offset)
    double = await desk.database.duplicates.count("open")
    lying, _ = await desk.database.trash.sums()
    view = LibraryView(await desk.lent.figures.library.get(), tuple(map(card, found)), shown, double, lying)
    return {"view": view, "asked": asked}


def _query(asked: LibraryAsked) -> BookQuery:
    """What is searched for is looked for among the active books; everything else is a list by status."""
    incomplete = asked.show == "incomplete"
    return BookQuery(
        BookStatus.ACTIVE if incomplete or asked.show == "active" else BookStatus(asked.show),
        asked.sort,
        _INCOMPLETE if incomplete else None,
        asked.q,
        _LIMIT,
        asked.offset,
    )
