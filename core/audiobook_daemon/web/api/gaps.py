"""The books that are missing from series and of authors."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from audiobook_daemon.models import WantState
from audiobook_daemon.store import Gap, GapKind, GapState
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Id, Nothing, Page, Paging
from audiobook_daemon.web.api.authors import the_author
from audiobook_daemon.web.api.gap_values import OPEN, GapTold, gap_told
from audiobook_daemon.web.api.series import the_series
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound

operations = Operations("gaps", "/gaps")


class GapListAsked(Paging):
    """Which missing books; of one series, of one author, or of all."""

    state: Annotated[tuple[GapState, ...], Field(max_length=10)] = OPEN
    """In any of these states."""
    series_id: Id | None = None
    author_id: Id | None = None
    """With a series too, the series counts."""


class GapAsked(Asked):
    """Which one."""

    gap_id: Id


class GapCountsTold(Answered):
    """How many missing books stand in each state."""

    found: int
    unreleased: int
    gradual: int
    """Of large gaps; a few are wanted in each run."""
    wanted: int
    ignored: int
    filled: int


class GapWantedTold(Answered):
    """A missing book, and the want that is to fill it."""

    gap: GapTold
    want_id: int
    want_state: WantState


@operations.add("GET", "", errors=(404,), example={"limit": 20})
async def list_gaps(desk: Desk, asked: GapListAsked) -> Page[GapTold]:
    """List missing books, the most urgent first, those of one series or author together."""
    kind, owner = await _owner(desk, asked)
    gaps, states = desk.database.gaps, asked.state
    found = await gaps.list(states, kind=kind, owner=owner, limit=asked.limit, offset=asked.offset)
    total = await gaps.count(states, kind=kind, owner=owner)
    return Page(list(map(gap_told, found)), total, asked.limit, asked.offset)


@operations.add("GET", "/summary")
async def count_gaps(desk: Desk, asked: Nothing) -> GapCountsTold:
    """Tell how many missing books stand in each state."""
    del asked
    counts = await desk.database.gaps.counts()
    return GapCountsTold.model_validate({state.value: number for state, number in counts.items()})


@operations.add("GET", "/upcoming", example={"limit": 20})
async def list_upcoming(desk: Desk, asked: Paging) -> Page[GapTold]:
    """List what is not out yet, the nearest date first."""
    gaps = desk.database.gaps
    found = await gaps.upcoming(asked.limit, asked.offset)
    return Page(list(map(gap_told, found)), await gaps.count([GapState.UNRELEASED]), asked.limit, asked.offset)


@operations.add("GET", "/{gap_id}", errors=(404,), example={"gap_id": 1})
async def get_gap(desk: Desk, asked: GapAsked) -> GapTold:
    """Tell of a missing book."""
    return gap_told(await _the_gap(desk, asked.gap_id))


@operations.add("POST", "/{gap_id}/ignore", scope=Scope.ACT, errors=(404, 409), example={"gap_id": 1})
async def ignore_gap(desk: Desk, asked: GapAsked) -> GapTold:
    """Want a missing book never: it stays on the list as ignored, and an open want of it is dropped."""
    await _the_gap(desk, asked.gap_id)
    await desk.act("ignore_gap", gap=asked.gap_id)
    return gap_told(await _the_gap(desk, asked.gap_id))


@operations.add("POST", "/{gap_id}/want", scope=Scope.ACT, errors=(404, 409), example={"gap_id": 1})
async def want_gap(desk: Desk, asked: GapAsked) -> GapWantedTold:
    """Want a missing book now, past all caps, also one that was ignored, dropped or given up."""
    await _the_gap(desk, asked.gap_id)
    await desk.act("want_gap", gap=asked.gap_id)
    gap = await _the_gap(desk, asked.gap_id)
    want = await desk.doors.show_want(gap.want_id or 0)
    return GapWantedTold(gap=gap_told(gap), want_id=want.id, want_state=want.state)


async def _the_gap(desk: Desk, gap_id: int) -> Gap:
    if found := await desk.database.gaps.get(gap_id):
        return found
    raise NotFound(f"There is no missing book {gap_id}.")


async def _owner(desk: Desk, asked: GapListAsked) -> tuple[GapKind | None, str | None]:
    if asked.series_id is not None:
        return GapKind.SERIES, (await the_series(desk, asked.series_id)).key
    if asked.author_id is not None:
        return GapKind.AUTHOR, (await the_author(desk, asked.author_id)).key
    return None, None
