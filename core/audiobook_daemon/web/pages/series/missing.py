"""Every book that is missing from owned and followed series, and of authors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from audiobook_daemon.store import GapState
from audiobook_daemon.web.answers import Asked
from audiobook_daemon.web.api.gap_values import GapTold, gap_told
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
    """One for each book."""
    also: Mapping[int, tuple[GapTold, ...]]
    """What else lacks the book, by the ids of those."""
    part: Part


@pages.shows("/missing", template="missing.html.j2", title="Missing books")
async def show_missing(desk: Desk, asked: MissingAsked) -> Mapping[str, object]:
    """List what is missing, each book once, the most urgent first; what is not out yet by its date."""
    books, chosen = desk.database.missing_books, _asked(asked.show)
    numbers = dict(zip(_TABS, await books.counts([states for _, states in _TABS.values()]), strict=True))
    by_date = asked.show == "unreleased"
    found = await books.list(_TABS[asked.show][1], by_date=by_date, limit=_LIMIT, offset=asked.offset)
    told = [(gap_told(one.gap), tuple(map(gap_told, one.others))) for one in found]
    view = MissingView(
        tuple(Tab(address("/missing", _asked(show)), name, numbers[show]) for show, (name, _) in _TABS.items()),
        address("/missing", chosen),
        tuple(gap for gap, _ in told),
        {gap.id: others for gap, others in told},
        part("/missing", chosen, numbers[asked.show], _LIMIT, asked.offset),
    )
    return {"here": "/series", "view": view}


def _asked(show: Show) -> Mapping[str, object]:
    return {} if show == "missing" else {"show": show}
