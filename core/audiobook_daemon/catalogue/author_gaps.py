"""Finds what is missing from an author."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from audiobook_daemon.catalogue.bibliography import merge_works
from audiobook_daemon.catalogue.comparing import compare, spoken
from audiobook_daemon.catalogue.gap_rules import GapRules, Gaps
from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.nearby import Nearby
from audiobook_daemon.catalogue.volumes import Volume
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.languages import foreign_title
from audiobook_daemon.matching.people import about_author
from audiobook_daemon.matching.works import agreement, series_key
from audiobook_daemon.models import LibraryItem, Work, WorkKind


def author_gaps(name: str, owned: Sequence[LibraryItem], works: Sequence[Work], rules: GapRules, today: date) -> Gaps:
    """Compare what is owned with what is listed of an author, series by series.

    Only works that some source knows a recording of are missing, in the wanted languages, each once. Books about the
    author, summaries and the works of namesakes are left out; so is what may be there under a similar title.
    """
    veto = partial(_why_not, name, rules.languages or spoken(owned), rules)
    nearby = Nearby(owned)
    parts = [
        compare(name, names, nearby.of(names, listed), listed, rules, today, veto)
        for names, listed in _by_series(merge_works(works))
    ]
    return Gaps(
        name,
        tuple(work for part in parts for work in part.missing),
        tuple(work for part in parts for work in part.unreleased),
        tuple(pair for part in parts for pair in part.owned),
        tuple(one for part in parts for one in part.left_out),
        total=sum(part.total for part in parts),
        have=sum(part.have for part in parts),
    )


def _by_series(works: Sequence[Work]) -> Iterator[tuple[SeriesNames, tuple[Work, ...]]]:
    """The works by their first series, then those of none."""
    shelves: defaultdict[tuple[str, str], list[Work]] = defaultdict(list)
    alone: list[Work] = []
    for work in works:
        place = next(iter(work.book.series), None)
        shelf = shelves[series_key(place.name)] if place else alone
        shelf.append(work)
    for listed in (*shelves.values(), alone):
        yield SeriesNames.of(work.book.series[0].name for work in listed if work.book.series), tuple(listed)


def _why_not(name: str, languages: tuple[str, ...], rules: GapRules, volume: Volume) -> str | None:
    """Why a volume is none of the author's audiobooks, or None."""
    book = volume.work.book
    if agreement((name,), book.authors) is not Likeness.SAME:
        return f"it is by {', '.join(book.authors) or 'nobody who is named'}"
    if volume.kind is WorkKind.PART:
        return "it is only a part of a book"
    if about_author(book.title, (), name):
        return "it is about the author"
    if not book.language and languages and all(foreign_title(book.title, language) for language in languages):
        return "its title is in another language"
    if rules.recorded_only and not any(map(_is_recorded, volume.works)):
        return "no recording of it is known"
    return None


def _is_recorded(work: Work) -> bool:
    return bool(work.narrators or work.runtime) if work.audiobook is None else work.audiobook
