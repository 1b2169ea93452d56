"""Finds the book that people mean."""

from __future__ import annotations

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.store import BookRef, Database


async def book_named(database: Database, name: str) -> BookRef:
    """The only book with this id, library item or title; raises AudiobookDaemonError with what there is else."""
    found = await database.attention.named(name)
    if not found:
        raise AudiobookDaemonError(
            f"There is no book {name!r} in the library. Name it by its whole title, its library item, or its id; "
            "`audiobook-daemon incomplete --below 100` lists books with their ids."
        )
    if len(found) > 1:
        listed = ", ".join(f"{one.id} ({one.title}, {one.library})" for one in found)
        raise AudiobookDaemonError(f"{name!r} may be {listed}; name it by its number.")
    return found[0]
