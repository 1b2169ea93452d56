"""Reads the library book by book and sums it up."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from audiobook_daemon.actions import report_progress
from audiobook_daemon.catalogue.survey import LibrarySurvey
from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store import Database

Page = Sequence[tuple[int, LibraryItem]]
_PAGE = 250


async def survey_library(database: Database) -> LibrarySurvey:
    """Sum up every active book of the library, with the running times that sources state of it."""
    survey = LibrarySurvey()
    done, last = 0, 0
    while page := await database.books.all(last, _PAGE, active=True):
        last = page[-1][0]
        editions = await database.surveys.runtimes([number for number, _ in page])
        await asyncio.to_thread(_add, survey, page, editions)
        done += len(page)
        report_progress(done, None, "looking the library over")
    return survey


def _add(survey: LibrarySurvey, page: Page, editions: Mapping[int, tuple[float, ...]]) -> None:
    for number, item in page:
        survey.add(number, item, editions.get(number, ()))
