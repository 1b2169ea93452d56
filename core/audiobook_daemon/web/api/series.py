"""The series: what there is of each, and how much of it is owned."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import Work
from audiobook_daemon.store import Completion, Order, SeriesStanding
from audiobook_daemon.upkeep.completion.alone import Alone, series_alone
from audiobook_daemon.upkeep.completion.kinds import place_in
from audiobook_daemon.web.answers import Asked, Id, Nothing, Page, Paging
from audiobook_daemon.web.api.follow_values import FollowTold, follow_told
from audiobook_daemon.web.api.positions import PositionTold, place_order, positions_of
from audiobook_daemon.web.api.standings import (
    CompletionTold,
    OwnedBook,
    StandingTold,
    SummaryTold,
    book_told,
    completion_told,
    standing_values,
    summary_told,
)
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound
from audiobook_daemon.web.words import Words

operations = Operations("series", "/series")
Percent = Annotated[float, Field(ge=0, le=100)]


class SeriesTold(StandingTold):
    """A series, in a few words."""

    authors: list[str]
    finished: bool | None
    """Whether it is said to have ended."""


class SeriesWhole(SeriesTold):
    """A series with everything in it."""

    books: list[OwnedBook]
    """The owned ones, in their order."""
    positions: list[PositionTold]
    """Every work of it that is known, in their order: owned, missing, wanted, or not out yet."""
    follow: FollowTold | None
    """By which rule it is followed, if it is."""


class SeriesListAsked(Paging):
    """Which series."""

    completion_status: Completion | None = None
    search: Words | None = None
    """A part of the name."""
    order: Order = Order.MOST_COMPLETE


class IncompleteAsked(Paging):
    """Which share is owned."""

    min_completion: Percent = 0
    max_completion: Percent = 99


class SeriesAsked(Asked):
    """Which one."""

    series_id: Id


@operations.add("GET", "", number=11, example={"limit": 10, "completion_status": "partial"})
async def list_series(desk: Desk, asked: SeriesListAsked) -> Page[SeriesTold]:
    """List series, the most complete first."""
    series, statuses = desk.database.series, [asked.completion_status] if asked.completion_status else None
    key = series_key(asked.search)[0] if asked.search else None
    found = await series.list(
        statuses, order=asked.order, limit=asked.limit, offset=asked.offset, name=asked.search, key=key
    )
    total = await series.count(statuses, name=asked.search, key=key)
    return Page(list(map(series_told, found)), total, asked.limit, asked.offset)


@operations.add("GET", "/completion-summary", number=17)
async def summarise_series(desk: Desk, asked: Nothing) -> SummaryTold:
    """Tell how complete all series are together."""
    del asked
    return summary_told(await desk.database.series.summary())


@operations.add("GET", "/incomplete", number=19, example={"max_completion": 80})
async def list_incomplete_series(desk: Desk, asked: IncompleteAsked) -> Page[SeriesTold]:
    """List series of which no less and no more than these percents are owned, the least complete first."""
    series, least, most = desk.database.series, asked.min_completion, asked.max_completion
    found = await series.list(
        order=Order.LEAST_COMPLETE, limit=asked.limit, offset=asked.offset, least=least, most=most
    )
    return Page(
        [series_told(one) for one in found], await series.count(least=least, most=most), asked.limit, asked.offset
    )


@operations.add("GET", "/{series_id}", number=12, errors=(404,), example={"series_id": 1})
async def get_series(desk: Desk, asked: SeriesAsked) -> SeriesWhole:
    """Tell everything about a series: its books, and every work of it, owned or not."""
    standing = await the_series(desk, asked.series_id, brief=False)
    alone = await series_alone(desk.database, standing)
    follow = alone.subject.follow
    return SeriesWhole(
        **series_told(standing).model_dump(),
        books=_books(alone),
        positions=await positions_of(desk, standing, alone),
        follow=follow_told(follow) if follow else None,
    )


@operations.add("GET", "/{series_id}/completion", number=16, errors=(404,), example={"series_id": 1})
async def get_series_completion(desk: Desk, asked: SeriesAsked) -> CompletionTold:
    """Tell how much of a series is owned."""
    return completion_told(await the_series(desk, asked.series_id))


async def the_series(desk: Desk, series_id: int, *, brief: bool = True) -> SeriesStanding:
    """Return a series, without its works if `brief`; raises NotFound."""
    if found := await desk.database.series.get(series_id, brief=brief):
        return found
    raise NotFound(f"There is no series {series_id}.")


def series_told(one: SeriesStanding) -> SeriesTold:
    """Tell of a series in a few words."""
    return SeriesTold.model_validate({**standing_values(one), "authors": list(one.authors), "finished": one.finished})


def _books(alone: Alone[SeriesStanding]) -> list[OwnedBook]:
    places = {item.id: place_in(alone.subject, Work(item.book)) for item in alone.subject.items}
    items = sorted(alone.subject.items, key=lambda item: place_order(places[item.id], item.book.title))
    return [book_told(item, alone.row(item), places[item.id]) for item in items]
