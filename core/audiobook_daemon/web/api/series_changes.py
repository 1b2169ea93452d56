"""What people say of series: they write them down, correct them, count them anew, delete them."""

from __future__ import annotations

from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked
from audiobook_daemon.web.api.beginning import TRIGGER, Begun, begun
from audiobook_daemon.web.api.changing import (
    DifferenceTold,
    ForgottenTold,
    Total,
    changes_between,
    number_in,
    statements,
)
from audiobook_daemon.web.api.series import SeriesAsked, SeriesTold, series_told, the_series
from audiobook_daemon.web.api.standings import CompletionTold, completion_told
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.words import Title, Word

operations = Operations("series", "/series")
_SAID = {"name": "name", "author": "author", "goodreads_id": "goodreads", "total_books_in_series": "total"}


class SeriesAdded(Asked):
    """A series as a person knows it."""

    name: Title
    author: Title | None = None
    goodreads_id: Word | None = None
    total_books: Total | None = None


class SeriesCorrected(SeriesAsked):
    """What a person knows better; null takes back what was said before."""

    name: Title | None = None
    author: Title | None = None
    goodreads_id: Word | None = None
    total_books_in_series: Total | None = None


class SeriesCorrectedTold(Answered):
    """What has changed, and how the series stands."""

    changes: list[DifferenceTold]
    series: SeriesTold


class SeriesWantedTold(Answered):
    """What is wanted of a series."""

    id: int
    name: str
    want_ids: list[int]
    """A want for each missing book, made now or known before."""


@operations.add(
    "POST",
    "",
    scope=Scope.ACT,
    status=201,
    number=13,
    errors=(409,),
    example={"name": "The Land of Oz", "author": "L. Frank Baum", "total_books": 14},
)
async def add_series(desk: Desk, asked: SeriesAdded) -> SeriesTold:
    """Write down a series; what is owned of it is counted at once."""
    outcome = await desk.act(
        "add_series", name=asked.name, author=asked.author, total=asked.total_books, goodreads=asked.goodreads_id
    )
    return series_told(await the_series(desk, number_in(outcome)))


@operations.add(
    "PUT",
    "/{series_id}",
    scope=Scope.ACT,
    number=14,
    errors=(404, 409),
    example={"series_id": 1, "total_books_in_series": 14},
)
async def correct_series(desk: Desk, asked: SeriesCorrected) -> SeriesCorrectedTold:
    """Say what you know better of a series; it is counted anew, and outlasts every recount."""
    said = statements(asked, _SAID)
    before = await the_series(desk, asked.series_id)
    await desk.act("correct_series", series=asked.series_id, **said)
    after = await the_series(desk, asked.series_id)
    return SeriesCorrectedTold(changes=changes_between(before, after, _SAID), series=series_told(after))


@operations.add("DELETE", "/{series_id}", scope=Scope.ADMIN, number=15, errors=(404, 409), example={"series_id": 1})
async def forget_series(desk: Desk, asked: SeriesAsked) -> ForgottenTold:
    """Delete a series with all that was said of it and its missing books; owned books bring it back."""
    found = await the_series(desk, asked.series_id)
    follows = await desk.database.follows.all()
    followed = any(one.kind == "series" and one.key == found.key for one in follows)
    await desk.act("forget_series", series=asked.series_id)
    return ForgottenTold(id=asked.series_id, name=found.name, comes_back=found.owned > 0 or followed)


@operations.add(
    "PUT",
    "/{series_id}/recalculate-completion",
    scope=Scope.ACT,
    number=18,
    errors=(404, 409),
    example={"series_id": 1},
)
async def recount_series(desk: Desk, asked: SeriesAsked) -> CompletionTold:
    """Count a series anew by what is owned and known, and tell the new figures."""
    await the_series(desk, asked.series_id)
    await desk.act("recount_series", series=asked.series_id)
    return completion_told(await the_series(desk, asked.series_id))


@operations.add(
    "POST", "/{series_id}/look-up", scope=Scope.ACT, status=202, errors=(404, 409), example={"series_id": 1}
)
async def look_up_series(desk: Desk, asked: SeriesAsked) -> Begun:
    """Begin to ask the sources what belongs to a series, and to want what is missing as the rules say."""
    found = await the_series(desk, asked.series_id)
    name, arguments = "series_completion", {"series": found.key}
    return await begun(name, desk.doors.run_action(name, arguments, TRIGGER, key=desk.key))


@operations.add("POST", "/{series_id}/want", scope=Scope.ACT, errors=(404, 409), example={"series_id": 1})
async def want_series(desk: Desk, asked: SeriesAsked) -> SeriesWantedTold:
    """Want everything that is known to be missing from a series now, past all caps; what is ignored stays so."""
    found = await the_series(desk, asked.series_id)
    outcome = await desk.act("want_series", series=asked.series_id)
    wants = outcome.data["wants"] if isinstance(outcome.data, dict) else []
    return SeriesWantedTold(id=asked.series_id, name=found.name, want_ids=wants)
