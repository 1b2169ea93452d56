"""Of a book that is owned several times a person keeps one copy; the others are second copies from then on."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import BookStatus, Outcome
from audiobook_daemon.store import Database, DuplicateRecord, OwnedBook


class NotKept(AudiobookDaemonError):
    """No copy can be kept; the text says why."""


async def keep(database: Database, duplicate: int, book: int | None, *, dry: bool) -> Outcome:
    """Keep one copy of a group, the suggested one if none is named; raises NotKept, and then nothing has changed."""
    group = await database.duplicates.get(duplicate)
    if group is None:
        raise NotKept(f"There is no duplicate {duplicate}; `audiobook-daemon duplicates` lists them.")
    if group.state != "open":
        why = "is ignored" if group.state == "ignored" else "was settled or is gone"
        raise NotKept(f"Duplicate {duplicate} {why}; there is nothing to decide.")
    chosen = group.keeper if book is None else book
    if chosen is None or group.likeness == "contained":
        raise NotKept("An omnibus and the books that it holds are no copies of each other; ignore it, or archive one.")
    copies = await database.book_lists.some(group.books)
    kept, others = _kept(group, copies, chosen), [one for one in copies if one.id != chosen and _counts(one)]
    if not dry:
        for one in others:
            await database.book_notes.put(one.id, status=BookStatus.DUPLICATE)
        await database.duplicates.settle(duplicate)
    number = "1 other is a second copy" if len(others) == 1 else f"{len(others)} others are second copies"
    told = f"keep_copy: book {chosen} of {kept.item.book.title} {'would be' if dry else 'is'} kept; {number}."
    return Outcome(told, len(copies), len(others), data={"id": chosen, "others": [one.id for one in others]})


def _kept(group: DuplicateRecord, copies: Sequence[OwnedBook], chosen: int) -> OwnedBook:
    kept = next((one for one in copies if one.id == chosen), None)
    if kept is None:
        where = "is gone" if chosen in group.books else "is not among its copies"
        raise NotKept(f"Book {chosen} {where}; duplicate {group.id} is of {', '.join(map(str, group.books))}.")
    if not _counts(kept):
        raise NotKept(f"Book {chosen} is {kept.status.value}; put it back into the lists first.")
    return kept


def _counts(book: OwnedBook) -> bool:
    return book.status is BookStatus.ACTIVE
