"""What was taken out of the libraries and can be put back, and how a book or a correction is undone."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.store import TrashEntry
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Id, Page, Paging
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import BadRequest, NotFound
from audiobook_daemon.web.told.outcomes import OutcomeTold, outcome_told
from audiobook_daemon.web.words import Word

operations = Operations("undo", "")


class TrashTold(Answered):
    """A folder that was taken out of a library."""

    id: int
    want_id: int | None = None
    title: str
    library: str | None = None
    size: int | None = None
    """Bytes."""
    reason: str
    origin: str
    """The folder it was in."""
    place: str
    """Where it lies now."""
    moved: datetime
    due: datetime
    """Until then it can be put back."""


class RestoreAsked(Asked):
    """Which entry of the trash."""

    entry_id: Id
    dry_run: bool = False
    """Tell what would be done, and do nothing."""


class UndoAsked(Asked):
    """What is taken back: just one of want, correction, run and book."""

    want: Id | None = None
    """A shelved book: it goes into the trash, and what it had replaced comes back."""
    correction: Id | None = None
    run: Word | None = None
    """All corrections of this run."""
    book: Word | None = None
    """All that was corrected about a book, by its id, its library item or its title."""
    reject: bool = False
    """With a want: never take its release again."""
    force: bool = False
    """With a want: also if its files were changed since."""
    dry_run: bool = False
    """Tell what would be done, and do nothing."""


@operations.add("GET", "/trash", example={"limit": 10})
async def list_trash(desk: Desk, asked: Paging) -> Page[TrashTold]:
    """List what was taken out of the libraries and can be put back, the oldest first."""
    lying = await desk.database.trash.lying()
    part = lying[asked.offset : asked.offset + asked.limit]
    return Page([trash_told(entry) for entry in part], len(lying), asked.limit, asked.offset)


@operations.add("POST", "/trash/{entry_id}/restore", scope=Scope.ACT, errors=(404, 409), example={"entry_id": 1})
async def restore_from_trash(desk: Desk, asked: RestoreAsked) -> OutcomeTold:
    """Put a book back to where it lay."""
    if await desk.database.trash.get(asked.entry_id) is None:
        raise NotFound(f"There is no entry {asked.entry_id} in the trash.")
    return outcome_told(await desk.act("put_back", entry=asked.entry_id, dry_run=asked.dry_run))


@operations.add("POST", "/undo", scope=Scope.ACT, errors=(404, 409), example={"run": "3f9c2a17", "dry_run": True})
async def undo(desk: Desk, asked: UndoAsked) -> OutcomeTold:
    """Take back the shelving of a book, a correction, a whole run of them, or all that was corrected about a book."""
    if sum(one is not None for one in (asked.want, asked.correction, asked.run, asked.book)) != 1:
        raise BadRequest("Say what to take back: one of want, correction, run and book.")
    if asked.want is not None:
        await desk.doors.show_want(asked.want)
    if asked.correction is not None and await desk.database.corrections.get(asked.correction) is None:
        raise NotFound(f"There is no correction {asked.correction}.")
    return outcome_told(await desk.act("undo", **asked.model_dump(exclude_none=True)))


def trash_told(entry: TrashEntry) -> TrashTold:
    """Tell of an entry of the trash."""
    return TrashTold.model_validate(entry)
