"""What a person says to a missing book."""

from __future__ import annotations

from audiobook_daemon.web.answers import Asked, Id
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages

pages = Pages()


class GapAsked(Asked):
    """Which missing book."""

    gap_id: Id


@pages.does("/gaps/{gap_id}/want")
async def want_gap(desk: Desk, asked: GapAsked) -> Done:
    """Want it now."""
    return Done((await desk.act("want_gap", gap=asked.gap_id)).summary)


@pages.does("/gaps/{gap_id}/ignore")
async def ignore_gap(desk: Desk, asked: GapAsked) -> Done:
    """Want it never."""
    return Done((await desk.act("ignore_gap", gap=asked.gap_id)).summary)
