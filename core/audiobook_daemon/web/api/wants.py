"""The books on their way: lists of them, each one with its story, and why it stands where it is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from audiobook_daemon.models import WantState
from audiobook_daemon.store import WantFilter, WantOrder
from audiobook_daemon.web.answers import Answered, Asked, Id, Nothing, Page, Paging
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.told.blocked import BlockedTold, blocked_told
from audiobook_daemon.web.told.releases import DecisionTold, decision_told
from audiobook_daemon.web.told.wants import WantEvent, WantLine, WantTold, event_told, want_line, want_told
from audiobook_daemon.web.words import Word, Words

operations = Operations("wants", "/wants")


class WantAsked(Asked):
    """Which one."""

    want_id: Id


class WantsAsked(Paging):
    """Which wants."""

    state: Annotated[tuple[WantState, ...], Field(max_length=len(WantState))] = ()
    """In one of these states; all without any."""
    open: bool | None = None
    """Whether there is still something to do, for the daemon or a person."""
    search: Words | None = None
    """Words that all stand in title or author."""
    code: Word | None = None
    """Why it stands or waits, as a stable word (`no_release`)."""
    origin: Word | None = None
    """The list that wishes it, or `manual`."""
    order: WantOrder = WantOrder.CHANGED
    """What comes first."""


class WantCounts(Answered):
    """How many wants there are."""

    total: int
    open: int
    states: dict[WantState, int]
    """How many stand in each state."""


class StoryAsked(WantAsked):
    """Which one, and how far back."""

    decisions: Annotated[int, Field(ge=0, le=10)] = 1
    """The last searches to tell of, with every candidate."""
    events: Annotated[int, Field(ge=0, le=500)] = 50
    """The last events to tell of."""


class EventsAsked(WantAsked, Paging):
    """Which one, and which part of its events."""


class Explanation(Answered):
    """All that is on record about a want."""

    want: WantTold
    decisions: list[DecisionTold]
    """The newest first."""
    blocked: list[BlockedTold]
    """What must not be taken for it."""
    events: list[WantEvent]
    """The newest first."""


@operations.add("GET", "", example={"state": ["wanted", "review"], "limit": 10})
async def list_wants(desk: Desk, asked: WantsAsked) -> Page[WantLine]:
    """List the books on their way, and those that have arrived or were given up."""
    meant = WantFilter(_states(asked), asked.search, asked.code, asked.origin)
    found, total = await desk.database.want_lists.page(meant, order=asked.order, limit=asked.limit, offset=asked.offset)
    return Page([want_line(want) for want in found], total, asked.limit, asked.offset)


@operations.add("GET", "/counts")
async def count_wants(desk: Desk, asked: Nothing) -> WantCounts:
    """Count the wants in each state."""
    del asked
    counts = await desk.database.wants.counts()
    still_open = sum(number for state, number in counts.items() if state.open)
    return WantCounts(total=sum(counts.values()), open=still_open, states=counts)


@operations.add("GET", "/{want_id}", errors=(404,), example={"want_id": 1})
async def get_want(desk: Desk, asked: WantAsked) -> WantTold:
    """Tell how a want stands."""
    return want_told(await desk.doors.show_want(asked.want_id))


@operations.add("GET", "/{want_id}/explanation", errors=(404,), example={"want_id": 1})
async def explain_want(desk: Desk, asked: StoryAsked) -> Explanation:
    """Tell why a want got its release and no other one, or what it waits for."""
    want = await desk.doors.show_want(asked.want_id)
    database = desk.database
    decisions = await database.decisions.for_want(want.id, asked.decisions)
    events = await database.events.newest(asked.events, want_id=want.id)
    return Explanation(
        want=want_told(want),
        decisions=[decision_told(one) for one in decisions],
        blocked=[blocked_told(one) for one in await database.blocklist.for_want(want.id)],
        events=[event_told(one) for one in events],
    )


@operations.add("GET", "/{want_id}/history", errors=(404,), example={"want_id": 1, "limit": 20})
async def list_want_history(desk: Desk, asked: EventsAsked) -> Page[WantEvent]:
    """List what happened to a want, the newest first."""
    await desk.doors.show_want(asked.want_id)
    found, total = await desk.database.events.of_want(asked.want_id, limit=asked.limit, offset=asked.offset)
    return Page([event_told(one) for one in found], total, asked.limit, asked.offset)


def _states(asked: WantsAsked) -> frozenset[WantState] | None:
    states = frozenset(asked.state or WantState)
    if asked.open is not None:
        states = frozenset(state for state in states if state.open is asked.open)
    return None if len(states) == len(WantState) else states
