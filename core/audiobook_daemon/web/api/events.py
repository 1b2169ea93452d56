"""What happens, as it happens, and what has happened."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from audiobook_daemon.web.answers import MOST, Answered, Asked
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.live.stream import EventStream
from audiobook_daemon.web.operation import Operations

operations = Operations("events", "/events")
EventNumber = Annotated[int, Field(ge=0, le=2**31 - 1)]


class StreamAsked(Asked):
    """Where to begin."""

    last_event_id: EventNumber | None = None
    """Go on after the event with this number, for programs that cannot send the header `Last-Event-ID`."""


class LogAsked(Asked):
    """Which part of the log."""

    after: EventNumber | None = None
    """Those that followed the event with this number, the oldest first; without it the newest, the newest first."""
    want_id: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    """Of one want only; not together with `after`."""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100
    """So many at most."""


class EventTold(Answered):
    """One thing that happened."""

    id: int
    """Grows with time and is never given twice."""
    at: datetime
    kind: str
    """`want_added`; `want_changed`, which entered another state; `want_noted`, of which something else is said in the
    state it is in: why it waits, or that it was tried again; `gaps_found`, `library_shrunk` and the like."""
    want_id: int | None = None
    before: str | None = None
    """The state that was left."""
    after: str | None = None
    """The state that was entered."""
    code: str | None = None
    reason: str | None = None


@operations.add("GET", "", example={"last_event_id": 1})
async def follow_events(desk: Desk, asked: StreamAsked) -> EventStream:
    """Follow what happens, as server-sent events: `want` and `news` with numbers, and what passes.

    After a break the header `Last-Event-ID` (or the parameter) makes it go on where it was; `resync` says that
    something was missed all the same, and everything is to be looked at anew. A comment comes every 15 seconds.
    """
    return EventStream(desk.lent.live, desk.lent.redact, asked.last_event_id)


@operations.add("GET", "/log", example={"limit": 10})
async def list_events(desk: Desk, asked: LogAsked) -> list[EventTold]:
    """List what has happened; it is kept as long as `retention.events` says."""
    log = desk.database.events
    if asked.after is not None and asked.want_id is None:
        found = await log.after(asked.after, asked.limit)
    else:
        found = await log.newest(asked.limit, want_id=asked.want_id)
    return [EventTold.model_validate(one) for one in found]
