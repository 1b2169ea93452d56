"""The books on their way, and those that were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field

from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.store import WantFilter
from audiobook_daemon.web.answers import Asked
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.parts import Part, address, part
from audiobook_daemon.web.words import Words

pages = Pages()
_LIMIT = 50
Show = Literal["open", "searching", "review", "coming", "shelved", "owned", "given_up", "dropped", "all"]
_TABS: Final[Mapping[Show, tuple[str, tuple[WantState, ...]]]] = MappingProxyType(
    {
        "open": ("Open", tuple(state for state in WantState if state.open)),
        "searching": ("Searching", (WantState.WANTED,)),
        "review": ("In review", (WantState.REVIEW,)),
        "coming": (
            "Coming",
            (WantState.CHOSEN, WantState.DOWNLOADING, WantState.DOWNLOADED, WantState.VERIFIED),
        ),
        "shelved": ("On the shelf", (WantState.SHELVED,)),
        "owned": ("Owned before", (WantState.OWNED,)),
        "given_up": ("Given up", (WantState.GIVEN_UP,)),
        "dropped": ("Dropped", (WantState.DROPPED,)),
        "all": ("All", tuple(WantState)),
    }
)


class WantedAsked(Asked):
    """Which wants, and from where on."""

    show: Show = "open"
    q: Words | None = None
    """Words of title and author."""
    offset: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


@dataclass(frozen=True, slots=True)
class WantLine:
    """A want in a list."""

    id: int
    title: str
    authors: str | None
    series: str | None
    state: WantState
    reason: str | None
    origin: str
    next_try: datetime | None
    changed: datetime | None


class Tab(NamedTuple):
    """The wants of some states."""

    path: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class WantedView:
    """All that the page shows."""

    tabs: tuple[Tab, ...]
    now: str
    """The address of the tab that is shown."""
    lines: tuple[WantLine, ...]
    part: Part


@pages.shows("/wanted", template="wanted.html.j2", title="Wanted")
async def show_wanted(desk: Desk, asked: WantedAsked) -> Mapping[str, object]:
    """List the wants of some states, the one changed last first."""
    counts = await desk.database.wants.counts()
    meant = WantFilter(_TABS[asked.show][1], asked.q)
    found, total = await desk.database.want_lists.page(meant, limit=_LIMIT, offset=asked.offset)
    chosen = _asked(asked.show) | ({"q": asked.q} if asked.q else {})
    shown = part("/wanted", chosen, total, _LIMIT, asked.offset)
    tabs = tuple(_tab(name, counts) for name in _TABS)
    now = address("/wanted", _asked(asked.show))
    return {"view": WantedView(tabs, now, tuple(map(_line, found)), shown), "asked": asked}


class BookAsked(Asked):
    """The book that somebody wants."""

    title: Annotated[str, Field(max_length=500)] = ""
    author: Annotated[str | None, Field(max_length=200)] = None
    narrator: Annotated[str | None, Field(max_length=200)] = None
    asin: Annotated[str | None, Field(max_length=20)] = None
    isbn: Annotated[str | None, Field(max_length=20)] = None


@pages.does("/wanted")
async def add_book(desk: Desk, asked: BookAsked) -> Done:
    """Want a book."""
    outcome = await desk.act("want", **{"title": "", **asked.model_dump(exclude_none=True)})
    number = outcome.data.get("id") if isinstance(outcome.data, dict) else None
    return Done(outcome.summary, f"/wanted/{number}" if number else None)


def _asked(show: Show) -> dict[str, object]:
    return {} if show == "open" else {"show": show}


def _tab(show: Show, counts: Mapping[WantState, int]) -> Tab:
    name, states = _TABS[show]
    return Tab(address("/wanted", _asked(show)), name, sum(counts[state] for state in states))


def _line(want: Want) -> WantLine:
    book = want.wish.book
    return WantLine(
        want.id,
        book.title,
        worded(book.authors),
        worded(book.series),
        want.state,
        want.reason,
        want.wish.origin,
        want.next_try if want.state.open else None,
        want.changed,
    )
