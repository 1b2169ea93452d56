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
from audiobook_daemon.web.pages.wanted.story import reason_of
from audiobook_daemon.web.words import Words

pages = Pages()
_LIMIT = 50
View = Literal["open", "coming", "all"] | WantState
_COMING: Final = (WantState.CHOSEN, WantState.DOWNLOADING, WantState.DOWNLOADED, WantState.VERIFIED)
_TABS: Final[Mapping[View, str]] = MappingProxyType(
    {
        "open": "Open",
        WantState.WANTED: "Wanted",
        WantState.REVIEW: "In review",
        "coming": "Coming",
        WantState.SHELVED: "On the shelf",
        WantState.OWNED: "Owned before",
        WantState.GIVEN_UP: "Given up",
        WantState.DROPPED: "Dropped",
        "all": "All",
    }
)


class WantedAsked(Asked):
    """Which wants, and from where on."""

    state: View = "open"
    """A state, or several under one name."""
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
    why: str | None
    """Why it stands or waits there."""
    next_try: datetime | None
    changed: datetime | None


class Tab(NamedTuple):
    """The wants of some states."""

    path: str
    name: str
    number: int


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
    meant = WantFilter(_states(asked.state), asked.q)
    found, total = await desk.database.want_lists.page(meant, limit=_LIMIT, offset=asked.offset)
    chosen = _asked(asked.state) | ({"q": asked.q} if asked.q else {})
    shown = part("/wanted", chosen, total, _LIMIT, asked.offset)
    tabs = tuple(_tab(name, counts) for name in _TABS)
    now = address("/wanted", _asked(asked.state))
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


def _states(view: View) -> tuple[WantState, ...]:
    match view:
        case WantState():
            return (view,)
        case "open":
            return tuple(state for state in WantState if state.open)
        case "coming":
            return _COMING
        case "all":
            return tuple(WantState)


def _asked(view: View) -> dict[str, object]:
    return {} if view == "open" else {"state": str(view)}


def _tab(view: View, counts: Mapping[WantState, int]) -> Tab:
    return Tab(address("/wanted", _asked(view)), _TABS[view], sum(counts[state] for state in _states(view)))


def _line(want: Want) -> WantLine:
    book = want.wish.book
    return WantLine(
        want.id,
        book.title,
        ", ".join(book.authors) or None,
        worded(book.series),
        want.state,
        reason_of(want),
        want.next_try if want.state.open else None,
        want.changed,
    )
