"""What was written into libraries, and taking it back."""

from __future__ import annotations

from audiobook_daemon.models import Outcome
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Id, Page, Paging
from audiobook_daemon.web.api.books.reading import BookAsked, owned_book
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound
from audiobook_daemon.web.told.corrections import CorrectionTold
from audiobook_daemon.web.words import Word

operations = Operations("corrections", "/corrections")


class CorrectionAsked(Asked):
    """Which correction."""

    correction_id: Id


class RunAsked(Asked):
    """The corrections of which run."""

    run: Word


class TakenBack(Answered):
    """What was taken back; fields that somebody has changed since stay."""

    summary: str
    corrections: int
    """So many were to be taken back."""
    refused: int


@operations.add("GET", "", example={"limit": 20})
async def list_corrections(desk: Desk, asked: Paging) -> Page[CorrectionTold]:
    """List everything that was written into libraries, the newest first."""
    found, total = await desk.database.corrections.page(asked.limit, asked.offset)
    return Page([CorrectionTold.of(one) for one in found], total, asked.limit, asked.offset)


@operations.add("GET", "/{correction_id}", errors=(404,), example={"correction_id": 1})
async def get_correction(desk: Desk, asked: CorrectionAsked) -> CorrectionTold:
    """Tell what one correction has changed."""
    if found := await desk.database.corrections.get(asked.correction_id):
        return CorrectionTold.of(found)
    raise NotFound(f"There is no correction {asked.correction_id}.")


@operations.add("POST", "/{correction_id}/undo", scope=Scope.ACT, errors=(404, 409), example={"correction_id": 1})
async def undo_correction(desk: Desk, asked: CorrectionAsked) -> TakenBack:
    """Take one correction back; each field gets the library's own words of before."""
    await get_correction(desk, asked)
    return _told(await desk.act("undo", correction=asked.correction_id))


@operations.add("POST", "/undo-run/{run}", scope=Scope.ACT, errors=(409,), example={"run": "0a1b2c3d"})
async def undo_run_of_corrections(desk: Desk, asked: RunAsked) -> TakenBack:
    """Take back all corrections of one run, the newest first; a run that is not known has none."""
    return _told(await desk.act("undo", run=asked.run))


@operations.add("POST", "/undo-book/{book_id}", scope=Scope.ACT, errors=(404, 409), example={"book_id": 1})
async def undo_corrections_of_book(desk: Desk, asked: BookAsked) -> TakenBack:
    """Take back all that was corrected about a book, the newest first."""
    await owned_book(desk, asked.book_id)
    return _told(await desk.act("undo", book=str(asked.book_id)))


def _told(outcome: Outcome) -> TakenBack:
    return TakenBack(summary=outcome.summary, corrections=outcome.processed, refused=outcome.failed)
