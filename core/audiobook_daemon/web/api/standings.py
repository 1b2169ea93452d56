"""What is told of series and authors alike: how much there is, how much of it is owned, and the books."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store import Completion, Standing, Summary
from audiobook_daemon.web.answers import Answered

GOODREADS, GOOGLE_BOOKS = "goodreads", "google_books"
"""The sites whose ids a person may state."""
_FIGURES = ("id", "name", "total", "owned", "missing", "percent", "status", "checked", "reason")


class CompletionTold(Answered):
    """How much of a series or an author is owned."""

    id: int
    name: str
    total: int | None
    """How many books there are; null until a source or a person has told."""
    stated_total: int | None
    """How many a person says there are; it counts for more than what the sources say."""
    owned: int
    missing: int
    """How many are out and not owned."""
    percent: float | None
    """The share that is owned; null while the total is unknown."""
    status: Completion
    checked: datetime | None
    """When the sources were last asked and answered."""
    reason: str | None
    """Why little is known."""


class StandingTold(CompletionTold):
    """A series or an author, in a few words."""

    ids: dict[str, str]
    """Its id at each source and site that has one, as in {"goodreads": "45935"}."""
    by_hand: bool
    """Whether a person has written it down; it stays though nothing of it is owned."""
    changed: datetime | None


class SummaryTold(Answered):
    """All series, or all authors, in numbers."""

    total: int
    complete: int
    partial: int
    """Half of it or more is owned."""
    incomplete: int
    unknown: int
    """No source has told what there is."""
    percent: float | None
    """The average share that is owned, of those whose total is known."""
    owned: int
    missing: int


class OwnedBook(Answered):
    """An owned book, in a few words."""

    id: int
    title: str
    subtitle: str | None
    authors: list[str]
    narrators: list[str]
    position: str | None
    """Its place in the series that was asked for."""
    series: list[str]
    """Each with the place in it, as in `Oz 2`."""
    year: int | None
    runtime: float | None
    """Seconds."""
    library: str | None
    """The instance that holds it; null for a book that was written down by hand."""
    missing: bool
    """The library no longer finds its files."""


def completion_told(one: Standing) -> CompletionTold:
    """Tell how much of one is owned."""
    return CompletionTold.model_validate(_figures(one))


def _figures(one: Standing) -> dict[str, object]:
    return {"stated_total": one.stated.total, **{name: getattr(one, name) for name in _FIGURES}}


def standing_values(one: Standing) -> dict[str, object]:
    """Return what is told of series and authors alike, by the names of the fields."""
    ids = {**{source: found for source, found in one.ids.items() if found}, **one.stated.ids}
    return {**_figures(one), "ids": ids, "by_hand": one.stated.by_hand, "changed": one.changed}


def summary_told(found: Summary) -> SummaryTold:
    """Tell the numbers of all."""
    counts = {status.value: number for status, number in found.counts.items()}
    return SummaryTold.model_validate(
        {**counts, "total": sum(counts.values()), "percent": found.percent}
        | {"owned": found.owned, "missing": found.missing}
    )


def book_told(item: LibraryItem, number: int, position: str | None = None) -> OwnedBook:
    """Tell of an owned book; `number` is the id of its row, `position` its place in the series at hand."""
    book = item.book
    return OwnedBook(
        id=number,
        title=book.title,
        subtitle=book.subtitle,
        authors=list(book.authors),
        narrators=list(item.narrators),
        position=position,
        series=[f"{place.name} {place.position or ''}".rstrip() for place in book.series],
        year=book.year,
        runtime=item.runtime,
        library=item.library or None,
        missing=item.missing,
    )
