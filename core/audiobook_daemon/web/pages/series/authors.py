"""Every author of whom one owns books, or whom one follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field

from audiobook_daemon.store import AuthorStanding, Completion, Order, Summary
from audiobook_daemon.web.answers import Asked
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Pages
from audiobook_daemon.web.pages.parts import Part, given, part
from audiobook_daemon.web.pages.series.listing import Show, Tab, at, tabs_of
from audiobook_daemon.web.words import Words

pages = Pages()
_LIMIT: Final = 60
_USUAL: Final[Mapping[str, object]] = {"show": "all", "sort": Order.MOST_OWNED.value}


class AuthorsAsked(Asked):
    """Which authors, in which order, and from where on."""

    q: Words | None = None
    """A part of the name."""
    show: Show = "all"
    sort: Order = Order.MOST_OWNED
    offset: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


@dataclass(frozen=True, slots=True)
class AuthorsView:
    """All that the page shows."""

    summary: Summary
    tabs: tuple[Tab, ...]
    now: str
    authors: tuple[AuthorStanding, ...]
    part: Part


@pages.shows("/authors", template="authors.html.j2", title="Authors")
async def show_authors(desk: Desk, asked: AuthorsAsked) -> Mapping[str, object]:
    """Show the authors, with how much is owned of each."""
    authors = desk.database.authors
    statuses = None if asked.show == "all" else [Completion(asked.show)]
    found = await authors.list(statuses, order=asked.sort, limit=_LIMIT, offset=asked.offset, name=asked.q)
    chosen = given(asked.model_dump(mode="json", exclude={"offset"}), _USUAL)
    total = await authors.count(statuses, name=asked.q)
    summary = await authors.summary()
    view = AuthorsView(
        summary,
        tabs_of("/authors", summary),
        at("/authors", asked.show),
        found,
        part("/authors", chosen, total, _LIMIT, asked.offset),
    )
    return {"view": view, "asked": asked}
