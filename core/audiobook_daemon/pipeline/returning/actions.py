"""Trash and upgrades as actions; what a person undoes comes through `undo`, beside the corrections."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from audiobook_daemon.actions.kinds import Id, Name
from audiobook_daemon.models import Outcome
from audiobook_daemon.pipeline.returning.emptying import strangers_in_trash
from audiobook_daemon.pipeline.returning.refused import NotReturned
from audiobook_daemon.pipeline.returning.restoring import bring_back
from audiobook_daemon.pipeline.returning.upgrading import look_for_better, look_for_better_ones
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving.sizes import in_words
from audiobook_daemon.store import TrashEntry

Limit = Annotated[int, Field(ge=1, le=1000)]


class Returning:
    """Takes books out of the library again, and better editions in."""

    names: ClassVar[tuple[str, ...]] = ("trash", "put_back", "upgrade")
    """The methods that are actions."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def trash(self) -> Outcome:
        """List what was taken out of the libraries and can be put back, and until when."""
        lying = await self._world.database.trash.lying()
        size = sum(entry.size or 0 for entry in lying)
        summary = f"trash: {len(lying)} {'book' if len(lying) == 1 else 'books'}, {in_words(size)}."
        if others := await strangers_in_trash(self._world):
            listed = ", ".join(map(str, others[:3]))
            summary += f" {len(others)} more are not from the daemon and are never deleted by it: {listed}."
        return Outcome(summary, len(lying), data=[_line(entry) for entry in lying])

    async def put_back(self, entry: Id, dry_run: bool = False) -> Outcome:
        """Bring a book back from the trash to where it lay, by the number that `trash` lists."""
        return await bring_back(self._world, entry, dry_run=self._dry(dry_run))

    async def upgrade(
        self, want: Id | None = None, book: Name | None = None, limit: Limit = 5, dry_run: bool = False
    ) -> Outcome:
        """Look for a better edition of a book in the library, by your preferences; the old one leaves when it is there.

        Without a book, of up to `limit` books, if `upgrade: yes` stands under `shelve:`.
        """
        if want is not None and book is not None:
            raise NotReturned("Name the book by --want or by --book, not by both.")
        async with self._world.returning:  # else a book could be sought and taken out at the same time
            if want is None and book is None:
                return await look_for_better_ones(self._world, limit, dry_run=self._dry(dry_run))
            return await look_for_better(self._world, want, book, dry_run=self._dry(dry_run))

    def _dry(self, asked: bool) -> bool:
        return asked or self._world.settings.dry_run


def _line(entry: TrashEntry) -> dict[str, object]:
    return {
        "entry": entry.id,
        "title": entry.title,
        "reason": entry.reason,
        "from": entry.origin,
        "place": entry.place,
        "size": entry.size,
        "moved": entry.moved.isoformat(),
        "due": entry.due.isoformat(),
        "want": entry.want_id,
    }
