"""Books that are owned twice."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from audiobook_daemon.store import DuplicateRecord
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Id, Page, Paging
from audiobook_daemon.web.api.changing import number_in
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound
from audiobook_daemon.web.told.owned import BookInBrief

operations = Operations("duplicates", "/duplicates")


class DuplicatesAsked(Paging):
    """Which groups."""

    state: Literal["open", "ignored", "gone"] = "open"


class DuplicateAsked(Asked):
    """Which group."""

    duplicate_id: Id
    ignored: bool = True
    """False lets it count again."""


class KeepAsked(Asked):
    """Which copy of which group."""

    duplicate_id: Id
    book: Id | None = None
    """The copy to keep; null is the suggested one."""


class DuplicateTold(Answered):
    """Books that are one, as they were found by `find_duplicates`."""

    id: int
    likeness: str
    """`exact`, `likely`, or `contained` in an omnibus."""
    keeper: int | None
    """The book that should stay."""
    reason: str
    state: str
    """`open`, `ignored` by a person, or `gone`."""
    found: datetime
    books: tuple[BookInBrief, ...]
    """Those of them that are still there."""


class Ignored(Answered):
    """Whether a group counts."""

    id: int
    ignored: bool


class CopyKept(Answered):
    """Which copy is kept, and which are second copies from now on."""

    id: int
    kept: int
    others: tuple[int, ...]


@operations.add("GET", "", example={"state": "open"})
async def list_duplicates(desk: Desk, asked: DuplicatesAsked) -> Page[DuplicateTold]:
    """List books that are owned twice, the surest first; the action `find_duplicates` looks for them."""
    duplicates = desk.database.duplicates
    groups = await duplicates.list([asked.state], limit=asked.limit, offset=asked.offset)
    total = await duplicates.count(asked.state)
    books = {one.id: one for one in await desk.database.book_lists.some([book for one in groups for book in one.books])}
    told = [
        DuplicateTold(
            id=group.id,
            likeness=group.likeness,
            keeper=group.keeper,
            reason=group.reason,
            state=group.state,
            found=group.found,
            books=tuple(BookInBrief.of(books[book]) for book in group.books if book in books),
        )
        for group in groups
    ]
    return Page(told, total, asked.limit, asked.offset)


@operations.add("PUT", "/{duplicate_id}", scope=Scope.ACT, errors=(404, 409), example={"duplicate_id": 1})
async def ignore_duplicate(desk: Desk, asked: DuplicateAsked) -> Ignored:
    """Let books count as no duplicates for good, or count again."""
    await _the_group(desk, asked.duplicate_id)
    await desk.act("ignore_duplicate", duplicate=asked.duplicate_id, undo=not asked.ignored)
    return Ignored(id=asked.duplicate_id, ignored=asked.ignored)


@operations.add("POST", "/{duplicate_id}/keep", scope=Scope.ACT, errors=(404, 409), example={"duplicate_id": 1})
async def keep_copy(desk: Desk, asked: KeepAsked) -> CopyKept:
    """Keep one copy; the others stay owned as second copies, out of lists, sums and corrections."""
    await _the_group(desk, asked.duplicate_id)
    outcome = await desk.act("keep_copy", duplicate=asked.duplicate_id, book=asked.book)
    data = outcome.data if isinstance(outcome.data, dict) else {}
    return CopyKept(id=asked.duplicate_id, kept=number_in(outcome), others=tuple(data.get("others", ())))


async def _the_group(desk: Desk, duplicate_id: int) -> DuplicateRecord:
    if found := await desk.database.duplicates.get(duplicate_id):
        return found
    raise NotFound(f"There is no duplicate {duplicate_id}.")
