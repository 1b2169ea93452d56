"""Merges what several sources list of a series or an author into one bibliography."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from audiobook_daemon.catalogue.gap_rules import LeftOut
from audiobook_daemon.catalogue.merged_work import merged_work
from audiobook_daemon.catalogue.numbering import with_one_numbering
from audiobook_daemon.catalogue.same_works import same_works
from audiobook_daemon.catalogue.source_trust import trust
from audiobook_daemon.catalogue.strays import why_stray
from audiobook_daemon.catalogue.volumes import ids_of
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.works import KnownSeries, agreement, compare_series, match_series
from audiobook_daemon.models import SeriesQuestion, SeriesRecord, Work

_ENOUGH = 12
"""So many owned books tell which series is meant."""


@dataclass(frozen=True, slots=True)
class MergedSeries:
    """A series as several sources agree on it."""

    name: str
    authors: tuple[str, ...]
    ids: dict[str, str]
    """The series' id at each source."""
    works: tuple[Work, ...]
    """In their order; `Work.source` names all that list it."""
    aliases: tuple[str, ...] = ()
    primary: int | None = None
    """How many main volumes there are, if a source says so."""
    finished: bool | None = None
    sources: tuple[str, ...] = ()
    """The instances that know the series, the most trusted first."""
    left_out: tuple[LeftOut, ...] = ()
    """What is listed and most likely does not belong there."""


def merge_series(asked: SeriesQuestion, records: Sequence[SeriesRecord]) -> MergedSeries | None:
    """Put together what the sources say of the series asked for; None if none of them knows it.

    Of each source the one record counts that is the series: of its name and author, or holding the owned books.
    """
    chosen = _chosen(asked, records)
    if not chosen:
        return None
    authors = asked.authors or next((record.authors for record in chosen if record.authors), ())
    listed = with_one_numbering(tuple(record.works for record in chosen), (asked.name, *(one.name for one in chosen)))
    kept, left_out = [], []
    sources = tuple(record.source for record in chosen)
    groups = same_works(listed, one_per_position=True, language=asked.language)
    for group in groups:
        work = merged_work(group, series=asked.name, language=asked.language)
        reason = why_stray(work, groups, sources, authors)
        if reason:
            left_out.append(LeftOut(work, reason))
        else:
            kept.append(work)
    names = {name for record in chosen for name in (record.name, *record.aliases)}
    return MergedSeries(
        asked.name,
        tuple(authors),
        {record.source: record.key for record in chosen if record.key},
        tuple(sorted(kept, key=_order)),
        tuple(sorted(name for name in names if name != asked.name)),
        next((record.primary for record in chosen if record.primary is not None), None),
        next((record.finished for record in chosen if record.finished is not None), None),
        sources,
        tuple(left_out),
    )


def merge_works(works: Sequence[Work]) -> tuple[Work, ...]:
    """Make one work of each that several sources, regions or recordings list, in the order of the first of each."""
    return tuple(merged_work(group) for group in same_works(works, one_per_position=False))


def _chosen(asked: SeriesQuestion, records: Sequence[SeriesRecord]) -> tuple[SeriesRecord, ...]:
    by_source: defaultdict[str, list[SeriesRecord]] = defaultdict(list)
    for record in records:
        by_source[record.source].append(record)
    ranked = sorted(by_source, key=lambda name: (-trust(name), name))
    return tuple(known for source in ranked if (known := _of_source(asked, by_source[source])) is not None)


def _of_source(asked: SeriesQuestion, records: Sequence[SeriesRecord]) -> SeriesRecord | None:
    fitting = [record for record in records if _fits(asked, record)]
    named = [one for one in fitting if compare_series(asked.name, one.name) is Likeness.SAME]
    if len(named) == 1:
        return named[0]
    known = KnownSeries(asked.name, asked.owned[:_ENOUGH])
    place = match_series(known, [KnownSeries(one.name, tuple(work.book for work in one.works)) for one in fitting])
    if place is not None:
        return fitting[place]
    return max(named, key=lambda one: len(one.works), default=None)


def _fits(asked: SeriesQuestion, record: SeriesRecord) -> bool:
    """Whether it is by the authors asked for, or holds the very records of owned books."""
    known = frozenset().union(*(ids_of(book) for book in asked.owned))
    if known and any(known & ids_of(work.book) for work in record.works):
        return True
    written = record.authors or tuple(name for work in record.works for name in work.book.authors)
    return agreement(asked.authors, written) is not Likeness.DIFFERENT


def _order(work: Work) -> tuple[bool, float, str]:
    places = read_positions(work.book.series[0].position or "") if work.book.series else ()
    return (not places, float(places[0].first) if places else 0.0, work.book.title)
