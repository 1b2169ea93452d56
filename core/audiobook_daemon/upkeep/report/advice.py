"""What is worth doing first, in a few lines."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.catalogue.findings import Grade
from audiobook_daemon.upkeep.report.model import Report
from audiobook_daemon.upkeep.report.words import plural

_MOST = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and where on the page more stands about it."""

    text: str
    remedy: str
    anchor: str


def first_steps(report: Report) -> tuple[Step, ...]:
    """The few things that would do the library most good, the gravest first."""
    found = [
        Step(f"{table.title}: {plural(table.count, 'book')}.", table.remedy, table.code)
        for table in report.findings
        if table.grade == Grade.WRONG
    ]
    totals = report.totals
    if totals.duplicates:
        told = "is owned twice" if totals.duplicates == 1 else "are owned twice"
        found.append(Step(f"{plural(totals.duplicates, 'book')} {told}.", "See which copy should stay.", "duplicates"))
    if totals.missing_books > totals.wanted:
        found.append(_missing_books(report))
    found += [
        Step(f"{table.title}: {plural(table.count, 'book')}.", table.remedy, table.code)
        for table in report.findings
        if table.grade == Grade.LACKING
    ]
    return tuple(found[:_MOST])


def _missing_books(report: Report) -> Step:
    totals = report.totals
    books = plural(totals.missing_books, "book")
    if not report.bibliographies:
        told = f"{books} missing from {plural(report.series_open, 'series', 'series')}."
        remedy = "Counted by volume numbers alone; with a bibliography the daemon knows titles and dates too."
    else:
        told = f"{books} missing from your series and authors."
        remedy = "Let the daemon complete them: audiobook-daemon do series_completion, or author_completion."
    if totals.wanted:
        remedy = f"{plural(totals.wanted, 'book')} of these on the way; the next runs want more."
    return Step(told, remedy, "series")
