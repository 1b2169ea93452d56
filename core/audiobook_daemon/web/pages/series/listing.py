"""Every series one owns books of or follows, with a block for each of its places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field

from audiobook_daemon.store import (
    Completion,
    Gap,
    GapKind,
    MergeProposal,
    Order,
    ProposalState,
    SeriesStanding,
    Summary,
)
from audiobook_daemon.web.answers import Asked, Id
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.parts import Part, address, given, part
from audiobook_daemon.web.pages.series.bars import STATES, Bar, bar_of, by_names, name_in
from audiobook_daemon.web.words import Words

pages = Pages()
_LIMIT: Final = 40
_PROPOSALS: Final = 10
"""So many questions at a time; the next ones come as they are answered."""
Show = Literal["all", "complete", "partial", "incomplete", "unknown"]
_SHOWN: Final[tuple[Show, ...]] = ("all", "incomplete", "partial", "complete", "unknown")
_USUAL: Final[Mapping[str, object]] = {"show": "all", "sort": Order.MOST_COMPLETE.value}


class SeriesAsked(Asked):
    """Which series, in which order, and from where on."""

    q: Words | None = None
    """A part of the name."""
    show: Show = "all"
    sort: Order = Order.MOST_COMPLETE
    offset: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class ProposalAsked(Asked):
    """Which proposal."""

    proposal: Id


class Tab(NamedTuple):
    """The series of a status."""

    path: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A series in the list."""

    standing: SeriesStanding
    bar: Bar


@dataclass(frozen=True, slots=True)
class SeriesView:
    """All that the page shows."""

    summary: Summary
    tabs: tuple[Tab, ...]
    now: str
    lines: tuple[SeriesLine, ...]
    proposals: tuple[MergeProposal, ...]
    """Two names each that are probably one series."""
    part: Part


@pages.shows("/series", template="series.html.j2", title="Series")
async def show_series(desk: Desk, asked: SeriesAsked) -> Mapping[str, object]:
    """Show the series, with what is owned and missing of each."""
    series = desk.database.series
    statuses = None if asked.show == "all" else [Completion(asked.show)]
    found = await series.list(statuses, order=asked.sort, limit=_LIMIT, offset=asked.offset, name=asked.q)
    chosen = given(asked.model_dump(mode="json", exclude={"offset"}), _USUAL)
    total = await series.count(statuses, name=asked.q)
    summary = await series.summary()
    view = SeriesView(
        summary,
        tabs_of("/series", summary),
        at("/series", asked.show),
        await _lines(desk, found),
        await desk.database.merges.list(ProposalState.OPEN, "series", limit=_PROPOSALS),
        part("/series", chosen, total, _LIMIT, asked.offset),
    )
    return {"view": view, "asked": asked, "states": STATES}


@pages.does("/series/proposals/{proposal}/accept")
async def accept_proposal(desk: Desk, asked: ProposalAsked) -> Done:
    """Let two names be one series."""
    return Done((await desk.act("accept_merge", proposal=asked.proposal)).summary)


@pages.does("/series/proposals/{proposal}/refuse")
async def refuse_proposal(desk: Desk, asked: ProposalAsked) -> Done:
    """Let two names be two series."""
    return Done((await desk.act("refuse_merge", proposal=asked.proposal)).summary)


async def _lines(desk: Desk, found: tuple[SeriesStanding, ...]) -> tuple[SeriesLine, ...]:
    items = by_names(await desk.database.belongings.of(series={name_in(one.key) for one in found}))
    gaps: defaultdict[str, list[Gap]] = defaultdict(list)
    for gap in await desk.database.gaps.of(GapKind.SERIES, [one.key for one in found]):
        gaps[gap.owner].append(gap)
    return tuple(SeriesLine(one, bar_of(one, items.get(name_in(one.key), {}), gaps[one.key])) for one in found)


def tabs_of(path: str, summary: Summary) -> tuple[Tab, ...]:
    """Return a tab for each status, with how many stand in it."""
    return tuple(Tab(at(path, show), show.capitalize(), _number(show, summary)) for show in _SHOWN)


def at(path: str, show: Show) -> str:
    """Return the address of a tab."""
    return address(path, {} if show == "all" else {"show": show})


def _number(show: Show, summary: Summary) -> int:
    return sum(summary.counts.values()) if show == "all" else summary.counts[Completion(show)]
