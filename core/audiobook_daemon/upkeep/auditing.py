"""Looks over the library as a whole: duplicates, findings, what failed, and what may be forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import Field

from audiobook_daemon.actions.kinds import Days, Id, Name
from audiobook_daemon.catalogue.duplicates import DuplicateGroup, Kind
from audiobook_daemon.catalogue.findings import CHECKS
from audiobook_daemon.catalogue.survey import LibrarySurvey
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import LibraryItem, Outcome
from audiobook_daemon.pipeline.returning.emptying import empty_trash
from audiobook_daemon.upkeep.audit import figures_of_today, find_doubles, keep, record_of, survey_library
from audiobook_daemon.upkeep.failures import tally
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.retention import forget

Examples = Annotated[int, Field(ge=0, le=200)]
"""How many books are named for each finding."""
Limit = Annotated[int, Field(ge=1, le=1000)]
Times = Annotated[int, Field(ge=1, le=1_000_000)]
"""How often something failed at least."""


class Auditing:
    """Looks over the library as a whole; the library itself is never changed."""

    names: ClassVar[tuple[str, ...]] = (
        "audit",
        "find_duplicates",
        "keep_copy",
        "ignore_duplicate",
        "failures",
        "cleanup",
    )
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._looking = asyncio.Lock()

    async def audit(self, examples: Examples = 5, dry_run: bool = False) -> Outcome:
        """Look the whole library over, name what is wrong or lacking, and write today's figures down."""
        async with self._looking:
            survey = await survey_library(self._house.database)
            figures = await figures_of_today(self._house.database, survey)
            if not self._house.dry(dry_run):
                await self._house.database.statistics.put(self._house.world.now().date(), figures)
        found = sum(survey.found.values())
        books = survey.books + survey.missing
        summary = f"audit: {books} books looked over, {found} findings."
        return Outcome(summary, books, books, data={**figures, "examples": _examples(survey, examples)})

    async def find_duplicates(self, limit: Limit = 100, dry_run: bool = False) -> Outcome:
        """Find books that are owned twice and write them down, with the copy that should stay; nothing is removed."""
        database = self._house.database
        async with self._looking:
            groups = await find_doubles(database)
            new = (
                0 if self._house.dry(dry_run) else await database.duplicates.record([record_of(one) for one in groups])
            )
        ignored = await database.duplicates.ignored()
        shown = [group for group in groups if group.books not in ignored]
        items = await database.surveys.items({book for group in shown[:limit] for book in group.books})
        count = {kind: sum(group.kind is kind for group in shown) for kind in Kind}
        summary = (
            f"find_duplicates: {count[Kind.EXACT]} exact and {count[Kind.LIKELY]} likely duplicates, "
            f"{count[Kind.CONTAINED]} books within an omnibus, {new} new."
        )
        return Outcome(summary, len(groups), len(groups), data=[_told(group, items) for group in shown[:limit]])

    async def keep_copy(self, duplicate: Id, book: Id | None = None, dry_run: bool = False) -> Outcome:
        """Keep one copy of a book that is owned twice, the suggested one or `book`; the others become second copies.

        Nothing is removed: they stay owned, out of lists, sums and corrections, and `edit_book` revives one.
        """
        async with self._looking:
            return await keep(self._house.database, duplicate, book, dry=self._house.dry(dry_run))

    async def ignore_duplicate(self, duplicate: Id, undo: bool = False) -> Outcome:
        """Let books count as no duplicates for good, by the number that `duplicates` lists; `undo` takes it back."""
        if not await self._house.database.duplicates.ignore(duplicate, ignored=not undo):
            raise AudiobookDaemonError(f"There is no duplicate {duplicate}; `audiobook-daemon duplicates` lists them.")
        told = "counts again" if undo else "is ignored from now on"
        return Outcome(f"Duplicate {duplicate} {told}.", 1, 1, data={"id": duplicate, "ignored": not undo})

    async def failures(self, at_least: Times = 3, task: Name | None = None, limit: Limit = 10) -> Outcome:
        """Tell what failed again and again, the worst first; failures are kept for ever."""
        return await tally(self._house.database, at_least, task, limit)

    async def cleanup(self, days: Days | None = None, dry_run: bool = False) -> Outcome:
        """Forget history that is older than `retention:` keeps it; `days` overrides that for runs and events.

        What has lain in the trash past its time is deleted for good.
        """
        settings, now, dry = self._house.settings.retention, self._house.world.now(), self._house.dry(dry_run)
        deleted = await empty_trash(self._house.world, dry_run=dry)
        outcome = await forget(self._house.database, settings, now, days, dry_run=dry)
        if not deleted:
            return outcome
        one = len(deleted) == 1
        verb = "would be" if dry else "was" if one else "were"
        told = f"{len(deleted)} {'book' if one else 'books'} in the trash {verb} deleted for good."
        return replace(outcome, summary=f"{outcome.summary} {told}")


def _examples(survey: LibrarySurvey, count: int) -> list[dict[str, object]]:
    """The findings, the gravest first, each with a few of its books."""
    return [
        {
            "code": check.code,
            "grade": check.grade.value,
            "finding": check.title,
            "books": survey.found[check.code],
            "remedy": check.remedy,
            "examples": [
                {"id": one.id, "title": one.title, "author": one.author, "detail": one.detail}
                for one in survey.examples[check.code][:count]
            ],
        }
        for check in CHECKS
        if survey.found[check.code]
    ]


def _told(group: DuplicateGroup, items: Mapping[int, LibraryItem]) -> dict[str, object]:
    first = next((items[book] for book in (group.keeper, *group.books) if book is not None and book in items), None)
    return {
        "likeness": group.kind.value,
        "title": first.book.title if first else None,
        "author": first.book.authors[0] if first and first.book.authors else None,
        "books": list(group.books),
        "keep": group.keeper,
        "why": group.reason,
    }
