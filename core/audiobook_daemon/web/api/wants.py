"""The books on their way."""

from __future__ import annotations

from audiobook_daemon.models import WantState
from audiobook_daemon.web.answers import Answered, Asked, Id
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations

operations = Operations("wants", "/wants")


class WantAsked(Asked):
    """Which one."""

    want_id: Id


class WantTold(Answered):
    """A book on its way, in a few words."""

    id: int
    title: str
    state: WantState
    reason: str | None = None


@operations.add("GET", "/{want_id}", errors=(404,), example={"want_id": 1})
async def get_want(desk: Desk, asked: WantAsked) -> WantTold:
    """Tell how a want stands."""
    want = await desk.doors.show_want(asked.want_id)
    return WantTold(id=want.id, title=want.wish.book.title, state=want.state, reason=want.reason)
