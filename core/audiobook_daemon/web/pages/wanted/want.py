"""One want, and what a person says to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from audiobook_daemon.models import Want
from audiobook_daemon.web.answers import Asked, Id
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.wanted.story import WantView, view_of

pages = Pages()
_EVENTS = 100
_PLAIN = ("search_again", "give_up", "drop", "revive")


class WantAsked(Asked):
    """Which want."""

    want_id: Id


class CandidateAsked(WantAsked):
    """Which of its candidates; None is the one that is put before a person."""

    candidate: Annotated[int, Field(ge=1, le=1000)] | None = None


class ReturnAsked(WantAsked):
    """How a book is taken off the shelf again."""

    reject: bool = False
    """Whether its release is never taken again."""


@pages.shows("/wanted/{want_id}", template="want.html.j2", title="Wanted")
async def show_want(desk: Desk, asked: WantAsked) -> Mapping[str, object]:
    """Tell all that is on record of a want."""
    want = await desk.doors.show_want(asked.want_id)
    view = await story_of(desk, want)
    return {"title": view.title, "view": view}


async def story_of(desk: Desk, want: Want, *, events: int = _EVENTS) -> WantView:
    """Read what is on record of a want."""
    database = desk.database
    decisions = await database.decisions.for_want(want.id, limit=1)
    blocked = await database.blocklist.for_want(want.id)
    happened = await database.events.newest(events, want_id=want.id) if events else ()
    record = await database.downloads.get(want.download) if want.download else None
    return view_of(want, decisions, blocked, happened, record.download if record else None)


@pages.does("/wanted/{want_id}/accept")
async def accept_release(desk: Desk, asked: CandidateAsked) -> Done:
    """Take a release."""
    return await _say(desk, "accept", asked)


@pages.does("/wanted/{want_id}/reject")
async def reject_release(desk: Desk, asked: CandidateAsked) -> Done:
    """Refuse a release for good."""
    return await _say(desk, "reject", asked)


@pages.does("/wanted/{want_id}/take_back")
async def take_back(desk: Desk, asked: ReturnAsked) -> Done:
    """Take a book off the shelf again and into the trash."""
    return Done((await desk.act("undo", want=asked.want_id, reject=asked.reject)).summary)


@pages.does("/wanted/{want_id}/cancel")
async def cancel_download(desk: Desk, asked: WantAsked) -> Done:
    """Want a book no longer, and let its unfinished torrent leave the download client."""
    return Done((await desk.act("cancel_download", want=asked.want_id, remove=True)).summary)


for _action in _PLAIN:

    @pages.does(f"/wanted/{{want_id}}/{_action}")
    async def say(desk: Desk, asked: WantAsked, action: str = _action) -> Done:
        """Say something to a want that needs no more words."""
        return Done((await desk.act(action, want=asked.want_id)).summary)


async def _say(desk: Desk, action: str, asked: CandidateAsked) -> Done:
    more = {} if asked.candidate is None else {"candidate": asked.candidate}
    return Done((await desk.act(action, want=asked.want_id, **more)).summary)
