"""Corrects the metadata of owned books, and takes corrections back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, ClassVar

from pydantic import Field

from audiobook_daemon.actions.kinds import Id, Limit, Name
from audiobook_daemon.catalogue.wording import SETTABLE
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Outcome
from audiobook_daemon.pipeline.returning.undoing import take_out
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.books import book_named
from audiobook_daemon.upkeep.by_hand import BY_HAND
from audiobook_daemon.upkeep.corrections.people import present_value, set_value
from audiobook_daemon.upkeep.corrections.running import run_over
from audiobook_daemon.upkeep.corrections.taking_back import take_back
from audiobook_daemon.upkeep.house import House

Days = Annotated[int, Field(ge=1, le=365)]
Percent = Annotated[int, Field(ge=0, le=101)]
Value = Annotated[str, Field(max_length=20_000)]


class Correcting:
    """Corrects the metadata of owned books, and takes corrections back."""

    names: ClassVar[tuple[str, ...]] = (
        "metadata_full",
        "metadata_new",
        "metadata_import",
        "metadata_incomplete",
        "forget_corrections",
        "correct",
        "undo",
        "lock",
        "unlock",
        "set_field",
    )
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._rehearsed: set[int] = set()

    async def metadata_full(self, limit: Limit | None = None, force: bool = False, dry_run: bool = False) -> Outcome:
        """Look after the books that were left alone for a week, the longest untouched first; all if forced."""
        settings, now = self._house.settings.metadata, self._house.world.now()
        before = now if force else now - settings.pause
        books = await self._house.database.attention.due(before, min(limit or settings.most, settings.most))
        return await run_over(self._house, books, "metadata_full", "full", dry=self._house.dry(dry_run))

    async def metadata_new(
        self, limit: Limit | None = None, days: Days | None = None, force: bool = False, dry_run: bool = False
    ) -> Outcome:
        """Look after the books that came into the library in the last days, `metadata.new` if not told how many."""
        settings, now = self._house.settings.metadata, self._house.world.now()
        before = now if force else now - settings.pause
        most = min(limit or settings.most, settings.most)
        new = settings.new if days is None else timedelta(days=days)
        books = await self._house.database.attention.due(before, most, seen_since=now - new)
        return await run_over(self._house, books, "metadata_new", "new", dry=self._house.dry(dry_run))

    async def metadata_import(self, limit: Limit = 20, dry_run: bool = False) -> Outcome:
        """Look after the books that were shelved here and never looked after, at once."""
        lately = self._house.database.attention.shelved_lately
        if self._house.dry(asked=False) and not dry_run:
            # A rehearsal marks nothing, and this is asked every minute.
            books = [one for one in await lately(limit + len(self._rehearsed)) if one.id not in self._rehearsed][:limit]
            self._rehearsed.update(one.id for one in books)
        else:
            books = list(await lately(limit))
        return await run_over(self._house, books, "metadata_import", "import", dry=self._house.dry(dry_run))

    async def metadata_incomplete(
        self, below: Percent = 80, limit: Limit = 100, force: bool = False, dry_run: bool = False
    ) -> Outcome:
        """Look after books that are described to less than `below` percent and were left alone for a week."""
        settings, now = self._house.settings.metadata, self._house.world.now()
        before, attention = now if force else now - settings.pause, self._house.database.attention
        books = await attention.due(before, min(limit, settings.most), below=below)
        outcome = await run_over(self._house, books, "metadata_incomplete", "full", dry=self._house.dry(dry_run))
        after = await self._house.database.book_lists.some([one.id for one in books])
        lines = outcome.data if isinstance(outcome.data, list) else []
        figures = {
            "processed": outcome.processed,
            "corrected": len({line["id"] for line in lines}),
            "before": mean([one.completeness for one in books]),
            "after": mean([one.completeness for one in after]),
            "changes": lines,
        }
        return replace(outcome, data=figures)

    async def forget_corrections(self, days: Annotated[int, Field(ge=1, le=36_500)], dry_run: bool = False) -> Outcome:
        """Forget corrections that are older than so many days; they cannot be taken back any more."""
        before, retention = self._house.world.now() - timedelta(days=days), self._house.database.retention
        dry = self._house.dry(dry_run)
        number = await (retention.count if dry else retention.forget)("corrections", before)
        verb = "would be" if dry else "are"
        told = f"forget_corrections: {number} corrections of before {before:%Y-%m-%d} {verb} forgotten."
        return Outcome(told, number, 0 if dry else number, data={"deleted": number, "cutoff": before.isoformat()})

    async def correct(self, book: Name, force: bool = False, dry_run: bool = False) -> Outcome:
        """Look after one book, named by its title, its id or its library item, unless it was done in the last days."""
        found = await self._book(book)
        if found.library == BY_HAND:
            raise AudiobookDaemonError(f"{found.title} was written down by hand; `edit_book` changes it.")
        before = self._house.world.now() - self._house.settings.metadata.pause
        if not force and not await self._house.database.attention.is_due(found.id, before):
            return Outcome(f"correct: {found.title} was looked after a short time ago; --force does it again.")
        return await run_over(self._house, [found], "correct", "book", dry=self._house.dry(dry_run))

    async def undo(
        self,
        correction: Id | None = None,
        run: Name | None = None,
        book: Name | None = None,
        want: Id | None = None,
        reject: bool = False,
        force: bool = False,
        dry_run: bool = False,
    ) -> Outcome:
        """Take back one correction, a whole run, all that was corrected about a book, or the shelving of a want.

        A field that somebody else has changed since stays as it is and is named. A shelved book goes into the trash;
        with `reject` its release is never taken again, with `force` it goes although its files were changed since.
        """
        if sum(one is not None for one in (correction, run, book, want)) != 1:
            raise AudiobookDaemonError("Say what to take back: one of --correction, --run, --book or --want.")
        if want is not None:
            dry = self._house.dry(dry_run)
            return await take_out(self._house.world, want, reject=reject, force=force, dry_run=dry)
        if reject or force:
            raise AudiobookDaemonError("--reject and --force are for books that were shelved, with --want.")
        of_book = await self._book(book) if book is not None else None
        return await take_back(self._house, correction=correction, run=run, book=of_book, dry=self._house.dry(dry_run))

    async def lock(self, book: Name, field: Name) -> Outcome:
        """Let nobody but a person change a field of a book."""
        return await self._lock(book, field, locked=True)

    async def unlock(self, book: Name, field: Name) -> Outcome:
        """Let a field be corrected again, also one that a person has set."""
        return await self._lock(book, field, locked=False)

    async def set_field(self, book: Name, field: Name, value: Value, dry_run: bool = False) -> Outcome:
        """Write a value of your own into the library and lock it; lists with `;`, series as `Name #2`."""
        found = await self._book(book)
        return await set_value(self._house, found, field, value, dry=self._house.dry(dry_run))

    async def _lock(self, book: str, field: str, *, locked: bool) -> Outcome:
        found = await self._book(book)
        if field not in {*SETTABLE, "cover"}:
            raise AudiobookDaemonError(f"There is no field {field!r}; there are {', '.join((*SETTABLE, 'cover'))}.")
        value = await present_value(self._house, found, field)
        await self._house.database.facts.set_lock(found.id, field, value, locked=locked)
        verb = "locked" if locked else "unlocked"
        return Outcome(f"{verb[:-2]}: {field} of {found.title} is {verb}.", 1, 1)

    async def _book(self, name: str) -> BookRef:
        return await book_named(self._house.database, name)


def mean(percents: Sequence[int | None]) -> float | None:
    """The average of what is known; None of nothing."""
    known = [one for one in percents if one is not None]
    return round(sum(known) / len(known), 1) if known else None
