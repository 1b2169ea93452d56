"""Reads a report out of the database; nothing is written, and nobody is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from audiobook_daemon.catalogue.duplicates import DuplicateGroup, Kind
from audiobook_daemon.catalogue.findings import CHECKS
from audiobook_daemon.catalogue.keepers import bitrate
from audiobook_daemon.catalogue.survey import Hours, LibrarySurvey, largest
from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store import Database, GapLine
from audiobook_daemon.upkeep.audit import find_doubles, survey_library
from audiobook_daemon.upkeep.report.growth import days_of, months_of
from audiobook_daemon.upkeep.report.model import (
    CopyLine,
    DuplicateTable,
    FailureLine,
    FindingTable,
    FoundBook,
    GapTable,
    Report,
    Share,
    Totals,
)
from audiobook_daemon.upkeep.report.series import series_bars
from audiobook_daemon.upkeep.thinking import think
from audiobook_daemon.version import __version__

MOST_ROWS = 100
"""Books named for one finding, and duplicates and failures named in all."""
_MOST_GAPS = 100_000
_MOST_SHOWN_GAPS = 300
_MOST_SERIES = 400
_MOST_SHARES = 12
_MOST_WORDS = 10
_FAILED_OFTEN = 3


async def make_report(database: Database, now: datetime) -> Report:
    """Look the library over and put everything together that a report says."""
    survey = await survey_library(database)
    groups = await _open_duplicates(database)
    gaps = await database.surveys.gaps(_MOST_GAPS)
    known = await database.surveys.series()
    bars = await think(series_bars, survey.series, known, gaps)
    items = await database.surveys.items({book for group in groups[:MOST_ROWS] for book in group.books})
    failed = await database.failed_attempts.worst(MOST_ROWS // 10, at_least=_FAILED_OFTEN)
    missing = _books(gaps, "found", "gradual", "wanted")
    lacking = missing if known or gaps else sum(bar.missing for bar in bars)
    return Report(
        made=now,
        version=__version__,
        totals=_totals(survey, groups, lacking, gaps),
        buckets=survey.buckets,
        tenths=_tenths(survey.percents),
        lacking=tuple(survey.lacking.most_common()),
        months=months_of(survey.months, now),
        undated=survey.undated,
        days=days_of(await database.statistics.all()),
        authors=_shares(survey.authors),
        narrators=_shares(survey.narrators),
        genres=_shares(survey.genres),
        formats=tuple(survey.formats.most_common(_MOST_WORDS)),
        languages=tuple(survey.languages.most_common(_MOST_WORDS)),
        series=bars[:_MOST_SERIES],
        series_open=sum(bar.missing > 0 for bar in bars),
        bibliographies=bool(known),
        gaps=tuple(
            GapTable(gap.of, gap.title, gap.position, gap.state, gap.released) for gap in gaps[:_MOST_SHOWN_GAPS]
        ),
        findings=_findings(survey),
        duplicates=tuple(_duplicate(group, items) for group in groups[:MOST_ROWS]),
        failures=tuple(
            FailureLine(one.task, one.item_name, one.attempt_count, one.last_attempt, one.reason) for one in failed
        ),
    )


async def _open_duplicates(database: Database) -> list[DuplicateGroup]:
    ignored = await database.duplicates.ignored()
    return [group for group in await find_doubles(database) if group.books not in ignored]


def _totals(survey: LibrarySurvey, groups: Sequence[DuplicateGroup], missing: int, gaps: Sequence[GapLine]) -> Totals:
    return Totals(
        survey.books,
        survey.missing,
        round(survey.seconds / 3600, 1),
        survey.size,
        len(survey.authors),
        len(survey.narrators),
        len(survey.series),
        None if survey.average is None else round(survey.average, 1),
        sum(survey.found.values()),
        sum(group.kind is not Kind.CONTAINED for group in groups),
        missing,
        _books(gaps, "wanted"),
        _books(gaps, "unreleased"),
    )


def _books(gaps: Sequence[GapLine], *states: str) -> int:
    """How many books are in these states; one that two series lack is one book."""
    return len({gap.key for gap in gaps if gap.state in states})


def _tenths(percents: Counter[int]) -> tuple[int, ...]:
    found = [0] * 11
    for percent, count in percents.items():
        found[min(percent // 10, 10)] += count
    return tuple(found)


def _shares(hours: Mapping[str, Hours]) -> tuple[Share, ...]:
    return tuple(Share(one.name, one.books, round(one.seconds / 3600, 2)) for one in largest(hours, _MOST_SHARES))


def _findings(survey: LibrarySurvey) -> tuple[FindingTable, ...]:
    return tuple(
        FindingTable(
            check.code,
            check.grade.value,
            check.title,
            check.remedy,
            survey.found[check.code],
            tuple(FoundBook(one.title, one.author, one.detail) for one in survey.examples[check.code][:MOST_ROWS]),
        )
        for check in CHECKS
        if survey.found[check.code]
    )


def _duplicate(group: DuplicateGroup, items: Mapping[int, LibraryItem]) -> DuplicateTable:
    copies = [(number, items[number]) for number in group.books if number in items]
    return DuplicateTable(
        group.kind.value,
        group.reason,
        tuple(
            CopyLine(
                item.book.title,
                item.book.authors[0] if item.book.authors else None,
                _described(item),
                item.path,
                number == group.keeper,
            )
            for number, item in copies
        ),
    )


def _described(item: LibraryItem) -> str:
    """What tells one copy from another."""
    kilobits = bitrate(item)
    minutes = round(item.runtime / 60) if item.runtime else None
    said = (
        f"read by {', '.join(item.narrators)}" if item.narrators else None,
        f"{minutes // 60} h {minutes % 60:02d} min" if minutes is not None else None,
        (item.format or "").lower() or None,
        f"{kilobits} kbit/s" if kilobits else None,
        "abridged" if item.abridged else None,
        "files missing" if item.missing else None,
    )
    return ", ".join(one for one in said if one)
