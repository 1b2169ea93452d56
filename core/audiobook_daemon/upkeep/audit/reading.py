"""Reads the library book by book and sums it up."""

from __future__ import annotations

import asyncio

from audiobook_daemon.actions import report_progress
from audiobook_daemon.catalogue.survey import LibrarySurvey
from audiobook_daemon.store import Database

_PAGE = 200
_AT_ONCE = 50
"""Books between two looks at what else there is to do."""


async def survey_library(database: Database) -> LibrarySurvey:
    """Sum up every book of the library, with the running times that sources state of it."""
    survey = LibrarySurvey()
    done, last = 0, 0
    while page := await database.books.all(last, _PAGE):
        last = page[-1][0]
        editions = await database.surveys.runtimes([number for number, _ in page])
        for number, item in page:
            survey.add(number, item, editions.get(number, ()))
            done += 1
            if done % _AT_ONCE == 0:
                await asyncio.sleep(0)
        report_progress(done, None, "looking the library over")
    return survey
