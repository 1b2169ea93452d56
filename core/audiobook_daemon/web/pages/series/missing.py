"""Every book that is missing from owned and followed series, and of authors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from audiobook_daemon.store import GapState
from audiobook_daemon.web.answers import Asked, Page, Paging
from audiobook_daemon.web.api.gap_values import GapTold
from audiobook_daemon.web.api.gaps import GapListAsked, list_gaps, list_upcoming
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Pages
from audiobook_daemon.web.pages.parts import Part, address, part
from audiobook_daemon.web.pages.series.listing import Tab

pages = Pages()
_LIMIT: Final = 100
Show = Literal["missing", "wanted", "unreleased", "ignored"]
_TABS: Final[Mapping[Show, tuple[str, tuple[GapState, ...]]]] = MappingProxyType(
    {
        "missing": ("Missing", (GapState.FOUND, GapState.GRADUAL)),
        "wanted": ("On their way", (GapState.WANTED,)),
        "unreleased": ("Not out yet", (GapState.UNRELEASED,)),
        "ignored": ("Not wanted", (GapState.IGNORED,)),
    }
)


class MissingAsked(Asked):
    """Which missing books, and from where on."""

    show: Show = "missing"
    offset: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


@dataclass(frozen=True, slots=True)
class MissingView:
    """All that the page shows."""

    tabs: tuple[Tab, ...]
    now: str
    gaps: tuple[GapTold, ...]
    part: Part


@pages.shows("/missing", template="missing.html.j2", title="Missing books")
async def show_missing(desk: Desk, asked: MissingAsked) -> Mapping[str, object]:
    """List what is missing, the most urgent first; what is not out yet by its date."""
    counts = await desk.database.gaps.counts()
    found = await _found(desk, asked)
    chosen = _asked(asked.show)
    view = MissingView(
        tuple(_tab(show, counts) for show in _TABS),
        address("/missing", chosen),
        tuple(found.items),
        part("/missing", chosen, found.total, _LIMIT, asked.offset),
    )
    return {"here": "/series", "view": view}


async def _found(desk: Desk, asked: MissingAsked) -> Page[GapTold]:
    found: Page[GapTold]
    if asked.show == "unreleased":
        found = await list_upcoming(desk, Paging(limit=_LIMIT, offset=asked.offset))
    else:
        states = _TABS[asked.show][1]
        found = await list_gaps(desk, GapListAsked(state=states, limit=_LIMIT, offset=asked.offset))
    return found


def _tab(show: Show, counts: Mapping[GapState, int]) -> Tab:
    name, states = _TABS[show]
    return Tab(address("/missing", _asked(show)), name, sum(counts[state] for state in states))


def _asked(show: Show) -> Mapping[str, object]:
    return {} if show == "missing" else {"show": show}
