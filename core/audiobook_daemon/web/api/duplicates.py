"""Books that are owned twice."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Id, Page, Paging
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
    if not await desk.database.duplicates.exists(asked.duplicate_id):
        raise NotFound(f"There is no duplicate {asked.duplicate_id}.")
    await desk.act("ignore_duplicate", duplicate=asked.duplicate_id, undo=not asked.ignored)
    return Ignored(id=asked.duplicate_id, ignored=asked.ignored)
