"""One series: every work of it, owned, missing, on its way or still to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from audiobook_daemon.web.api.beginning import TRIGGER
from audiobook_daemon.web.api.positions import PositionTold
from audiobook_daemon.web.api.series import SeriesAsked, SeriesWhole, get_series, the_series
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.series.bars import STATES, Bar, Place, bar
from audiobook_daemon.web.refusals import Conflict

pages = Pages()
_STATES = {"filled": "owned", "left_out": "ignored"}


class TotalAsked(SeriesAsked):
    """How many books a person says there are; None takes that back."""

    total: Annotated[int, Field(ge=1, le=100_000)] | None = None


@dataclass(frozen=True, slots=True)
class OneSeriesView:
    """All that the page shows."""

    series: SeriesWhole
    bar: Bar
    volumes: tuple[PositionTold, ...]
    left_out: tuple[PositionTold, ...]
    """What is listed and does not count, each with the reason."""


@pages.shows("/series/{series_id}", template="one_series.html.j2", title="Series")
async def show_one_series(desk: Desk, asked: SeriesAsked) -> Mapping[str, object]:
    """Show a series place by place."""
    whole = await get_series(desk, asked)
    counted = tuple(one for one in whole.positions if one.state != "left_out")
    left_out = tuple(one for one in whole.positions if one.state == "left_out")
    view = OneSeriesView(whole, bar(map(_place, counted)), counted, left_out)
    return {"title": whole.name, "view": view, "states": STATES}


@pages.does("/series/{series_id}/complete")
async def complete_series(desk: Desk, asked: SeriesAsked) -> Done:
    """Ask the sources what a series consists of, and want what is missing."""
    series = await the_series(desk, asked.series_id)
    run = await desk.doors.run_action("series_completion", {"series": series.key}, TRIGGER)
    return Done(f"{series.name} is looked up now, as run {run}.")


@pages.does("/series/{series_id}/follow")
async def follow_series(desk: Desk, asked: SeriesAsked) -> Done:
    """Want every book of a series from now on."""
    series = await the_series(desk, asked.series_id)
    author = {"author": series.authors[0]} if series.authors else {}
    return Done((await desk.act("follow", series=series.name, **author)).summary)


@pages.does("/series/{series_id}/unfollow")
async def unfollow_series(desk: Desk, asked: SeriesAsked) -> Done:
    """Follow a series no longer."""
    whole = await get_series(desk, asked)
    if whole.follow is None:
        raise Conflict(f"{whole.name} is not followed.")
    return Done((await desk.act("unfollow", follow=whole.follow.id)).summary)


@pages.does("/series/{series_id}/total")
async def state_total(desk: Desk, asked: TotalAsked) -> Done:
    """Say how many books a series has; that counts for more than what the sources say."""
    said: dict[str, object] = {"forget": ["total"]} if asked.total is None else {"total": asked.total}
    return Done((await desk.act("correct_series", series=asked.series_id, **said)).summary)


def _place(one: PositionTold) -> Place:
    path = f"/library/{one.book_id}" if one.book_id else f"/wanted/{one.want_id}" if one.want_id else None
    title = one.title or f"Volume {one.position}"
    return Place(one.position, title, _STATES.get(one.state, one.state), path)
