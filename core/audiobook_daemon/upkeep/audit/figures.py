"""The library in a few numbers: a row a day, for the charts of years."""

from __future__ import annotations

from collections.abc import Mapping

from audiobook_daemon.catalogue.survey import LibrarySurvey
from audiobook_daemon.models import WantState
from audiobook_daemon.store import Database


async def figures_of_today(database: Database, survey: LibrarySurvey) -> Mapping[str, object]:
    """Put the sums of a library together with what the database counts itself."""
    wants = await database.wants.counts()
    double = await database.duplicates.counts()
    return {
        "books": survey.books,
        "missing_files": survey.missing,
        "hours": round(survey.seconds / 3600, 1),
        "size_bytes": survey.size,
        "completeness": None if survey.average is None else round(survey.average, 1),
        "buckets": dict(survey.buckets),
        "series": dict(await database.surveys.series_statuses()),
        "missing_books": await database.surveys.count_gaps(),
        "wanted": sum(count for state, count in wants.items() if WantState(state).open),
        "duplicates": double.get("exact", 0) + double.get("likely", 0),
        "findings": dict(survey.found),
    }
