"""The first day with a library that is there already: it is read, counted and written down, and left as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from audiobook_daemon.actions import report_progress
from audiobook_daemon.catalogue.duplicates import Kind
from audiobook_daemon.catalogue.survey import LibrarySurvey
from audiobook_daemon.models import Outcome
from audiobook_daemon.pipeline.adopting import settle_owned
from audiobook_daemon.pipeline.sync import sync
from audiobook_daemon.store import Database
from audiobook_daemon.upkeep.audit import find_doubles, record_of, survey_library
from audiobook_daemon.upkeep.completion.recounting import Recount
from audiobook_daemon.upkeep.corrections.fields import to_keep
from audiobook_daemon.upkeep.house import House

_PAGE = 250


class TakingStock:
    """Takes an existing library in, in place: nothing is written to it, nothing is moved."""

    names: ClassVar[tuple[str, ...]] = ("adopt_library",)
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._recount = Recount(house)

    async def adopt_library(self, dry_run: bool = False) -> Outcome:
        """Read the libraries, write down what they say, count series and authors, and let wanted books be owned.

        Nothing is written to a library and nothing is moved, however often this is done.
        """
        dry = self._house.dry(dry_run)
        read = await sync(self._house.world)
        recorded = await _record(self._house, dry=dry)
        owned = await settle_owned(self._house.world, dry_run=dry)
        async with self._house.completing:
            counted = await self._recount.run(dry_run=dry)
        survey = await survey_library(self._house.database)
        double = await _double(self._house.database, dry=dry)
        figures = {
            "books": survey.books,
            "files are missing": survey.missing,
            "could not be read": _damaged(read),
            "without ASIN": survey.found["no_asin"],
            "without author": survey.found["no_author"],
            "double": double,
            **{kind.plural: statuses.total() for kind, statuses in counted.statuses.items()},
            "wants that are owned": len(owned),
            "fields written down": recorded,
        }
        return Outcome(
            f"{read.summary} {_told(survey, double)} Nothing was written to a library.",
            survey.books + survey.missing,
            survey.books,
            read.failed,
            data=figures,
        )


async def _record(house: House, *, dry: bool) -> int:
    """Write down what each field of each book holds, as the word of its library, where nothing is on record yet."""
    count = last = done = 0
    while page := await house.database.books.all(last, _PAGE):
        last = page[-1][0]
        async with house.correcting:
            known = await house.database.facts.fields_of_books([number for number, _ in page])
            fields = {
                number: [one for one in to_keep(item, known.get(number, {})) if one.field not in known.get(number, {})]
                for number, item in page
                if item.library
            }
            if not dry:
                await house.database.facts.keep_all(fields)
        count += sum(map(len, fields.values()))
        done += len(page)
        report_progress(done, None, "writing down what the library says")
        await asyncio.sleep(0)
    return count


async def _double(database: Database, *, dry: bool) -> int:
    """How many books are owned twice, without those of which a person said that they are not."""
    groups = await find_doubles(database)
    if not dry:
        await database.duplicates.record([record_of(one) for one in groups])
    ignored = await database.duplicates.ignored()
    return sum(group.kind is not Kind.CONTAINED and group.books not in ignored for group in groups)


def _damaged(read: Outcome) -> int:
    rows = read.data if isinstance(read.data, list) else []
    return sum(int(row["damaged"]) for row in rows if isinstance(row, Mapping))


def _told(survey: LibrarySurvey, double: int) -> str:
    hours = f"{survey.seconds / 3600:.0f} hours" if survey.seconds else "no known running time"
    return f"{survey.books} books, {hours}, {survey.found['no_asin']} without ASIN, {double} double."
