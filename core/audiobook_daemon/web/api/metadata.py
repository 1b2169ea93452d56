"""Correcting the metadata of the books one owns, and how well they are described."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from audiobook_daemon.models import Outcome
from audiobook_daemon.store import BookQuery
from audiobook_daemon.upkeep.corrections.standing import metadata_status
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Id, Nothing, Page
from audiobook_daemon.web.api.books.reading import BookAsked, IncompleteAsked, owned_book
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import Conflict
from audiobook_daemon.web.told.corrections import CorrectionTold, LineTold, lines_told
from audiobook_daemon.web.told.owned import FieldTold, IncompleteBook, provenance_of

operations = Operations("metadata", "/metadata")
_NEWEST = 50


class CorrectBookAsked(Asked):
    """Which book is to be looked after."""

    book_id: Id
    force: bool = False
    """Although it was looked after in the last days."""


class CorrectAllAsked(Asked):
    """Which books are to be looked after."""

    completeness_threshold: Annotated[int, Field(ge=0, le=100)] = 80
    """Those that are described to less than so many percent."""
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


class CorrectRecentAsked(Asked):
    """Which books are to be looked after."""

    days: Annotated[int, Field(ge=1, le=30)] = 7
    """Those that came into the library in the last days."""


class BySourceAsked(Asked):
    """Of how many days."""

    days: Annotated[int, Field(ge=1, le=365)] = 30


class CleanupAsked(Asked):
    """What is old."""

    days: Annotated[int, Field(ge=1, le=36_500)] = 30


class BookCorrected(Answered):
    """What has come of looking after a book."""

    book_id: int
    summary: str
    completeness: int | None
    sources: tuple[str, ...]
    """Those whose word was taken."""
    corrections: tuple[LineTold, ...]


class BooksCorrected(Answered):
    """What has come of looking after books."""

    summary: str
    processed: int
    corrected: int
    completeness_before: float | None = None
    """On average, in percent."""
    completeness_after: float | None = None
    duration: float
    """Seconds."""
    corrections: tuple[LineTold, ...]


class MetadataTold(Answered):
    """How well the library is described."""

    books: int
    average: int | None
    """The completeness of a book on average, in percent."""
    buckets: dict[str, int]
    """How many books there are in each class of completeness, the best first."""
    by_source: dict[str, int]
    """How many fields each source has corrected, the busiest first."""
    by_field: dict[str, int]
    """How often each field was corrected."""
    lately: dict[str, int]
    """As `by_source`, of the last seven days."""


class IncompleteWithFields(IncompleteBook):
    """A book that is not described as it should be, and whence its fields come."""

    provenance: dict[str, FieldTold]


class BySourceTold(Answered):
    """How many fields each source has corrected."""

    days: int
    sources: dict[str, int]


class CleanedUp(Answered):
    """What was forgotten."""

    deleted: int
    cutoff: datetime


@operations.add(
    "POST", "/correct-book", number=41, scope=Scope.ACT, errors=(404, 409), example={"book_id": 1, "force": True}
)
async def correct_book(desk: Desk, asked: CorrectBookAsked) -> BookCorrected:
    """Ask every source about a book, correct it, and wait for that."""
    await owned_book(desk, asked.book_id)
    outcome = await desk.act("correct", book=str(asked.book_id), force=asked.force)
    if outcome.failed:
        raise Conflict(outcome.summary)
    if not outcome.processed:
        raise Conflict(outcome.summary, hint="Send force: true to do it again.")
    lines = lines_told(outcome.data)
    owned = await owned_book(desk, asked.book_id)
    return BookCorrected(
        book_id=owned.id,
        summary=outcome.summary,
        completeness=owned.completeness,
        sources=tuple(dict.fromkeys(one.source for one in lines if one.source)),
        corrections=lines,
    )


@operations.add("POST", "/correct-all", number=42, scope=Scope.ACT, errors=(409,), example={"limit": 10})
async def correct_incomplete_books(desk: Desk, asked: CorrectAllAsked) -> BooksCorrected:
    """Look after incomplete books that were left alone for a week, the longest untouched first, and wait for that.

    To be told at once and wait elsewhere, start the action `metadata_incomplete` instead.
    """
    begun = time.monotonic()
    outcome = await desk.act("metadata_incomplete", below=asked.completeness_threshold, limit=asked.limit)
    figures: dict[str, Any] = outcome.data if isinstance(outcome.data, dict) else {}
    told = _corrected(outcome, figures.get("changes"), begun)
    return told.model_copy(
        update={"completeness_before": figures.get("before"), "completeness_after": figures.get("after")}
    )


@operations.add("POST", "/correct-recent", number=43, scope=Scope.ACT, errors=(409,), example={"days": 7})
async def correct_recent_books(desk: Desk, asked: CorrectRecentAsked) -> BooksCorrected:
    """Look after the books that came in the last days and were left alone since, and wait for that.

    To be told at once and wait elsewhere, start the action `metadata_new` instead.
    """
    begun = time.monotonic()
    outcome = await desk.act("metadata_new", days=asked.days)
    return _corrected(outcome, outcome.data, begun)


@operations.add("GET", "/history/{book_id}", number=44, errors=(404,), example={"book_id": 1})
async def list_newest_corrections(desk: Desk, asked: BookAsked) -> list[CorrectionTold]:
    """List what was written about a book lately, the newest first, 50 at most."""
    await owned_book(desk, asked.book_id)
    return [CorrectionTold.of(one) for one in await desk.database.corrections.history(asked.book_id, _NEWEST)]


@operations.add("GET", "/status", number=45)
async def get_metadata_status(desk: Desk, asked: Nothing) -> MetadataTold:  # noqa: ARG001 - all take it
    """Tell how well the library is described, and who has corrected what."""
    return MetadataTold.model_validate(await metadata_status(desk.database, desk.lent.now()))


@operations.add("GET", "/by-source", number=46, example={"days": 30})
async def count_corrections_by_source(desk: Desk, asked: BySourceAsked) -> BySourceTold:
    """Count the fields that each source has corrected in the last days."""
    since = desk.lent.now() - timedelta(days=asked.days)
    return BySourceTold(days=asked.days, sources=await desk.database.corrections.by_source(since))


@operations.add("GET", "/incomplete", number=47, example={"threshold": 80})
async def list_incomplete_metadata(desk: Desk, asked: IncompleteAsked) -> Page[IncompleteWithFields]:
    """List the active books that are described worst, what each lacks, and whence its fields come."""
    query = BookQuery(below=asked.threshold, limit=asked.limit, offset=asked.offset)
    found, total = await desk.database.book_lists.page(query, brief=False)
    fields = await desk.database.facts.fields_of_books([one.id for one in found])
    told = [
        IncompleteWithFields(
            **IncompleteBook.lacking(one).model_dump(), provenance=provenance_of(fields.get(one.id, {}))
        )
        for one in found
    ]
    return Page(told, total, asked.limit, asked.offset)


@operations.add("DELETE", "/cleanup-old", number=48, scope=Scope.ADMIN, errors=(409,), example={"days": 365})
async def forget_old_corrections(desk: Desk, asked: CleanupAsked) -> CleanedUp:
    """Forget corrections that are older than so many days; they cannot be taken back any more."""
    outcome = await desk.act("forget_corrections", days=asked.days)
    return CleanedUp.model_validate(outcome.data)


def _corrected(outcome: Outcome, lines: object, begun: float) -> BooksCorrected:
    told = lines_told(lines)
    return BooksCorrected(
        summary=outcome.summary,
        processed=outcome.processed,
        corrected=len({one.book_id for one in told}),
        duration=round(time.monotonic() - begun, 3),
        corrections=told,
    )
