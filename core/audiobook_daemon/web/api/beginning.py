"""What is begun on request and goes on by itself."""

from __future__ import annotations

from collections.abc import Awaitable

from audiobook_daemon.doors import Conflict, Repeated
from audiobook_daemon.web.answers import Answered

TRIGGER = "http"


class Begun(Answered):
    """A run that has begun: `/api/runs/{run_id}` tells how it goes on."""

    name: str
    """The job or action."""
    run_id: str
    repeated: bool = False
    """Whether it had begun before with this Idempotency-Key, and nothing was begun now."""


class PerhapsBegun(Answered):
    """One of several that were to begin."""

    name: str
    run_id: str | None = None
    """Null if it was not begun."""
    repeated: bool = False
    """Whether it had begun before with this Idempotency-Key."""
    reason: str | None = None
    """Why it was not."""


async def begun(name: str, starting: Awaitable[str]) -> Begun:
    """Await the start of a run, and take one that was begun before with the same key for it."""
    try:
        return Begun(name=name, run_id=await starting)
    except Repeated as error:
        return Begun(name=name, run_id=error.run.id, repeated=True)


async def perhaps_begun(name: str, starting: Awaitable[str]) -> PerhapsBegun:
    """Await the start of one of several: that one runs already keeps no other from starting."""
    try:
        return PerhapsBegun(name=name, run_id=await starting)
    except Repeated as error:
        return PerhapsBegun(name=name, run_id=error.run.id, repeated=True)
    except Conflict as error:
        return PerhapsBegun(name=name, reason=str(error))
