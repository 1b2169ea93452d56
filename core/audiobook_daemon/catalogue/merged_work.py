"""Makes one work of several records of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from audiobook_daemon.catalogue.source_trust import first, joined_sources, sources_of, trust, vote
from audiobook_daemon.catalogue.volumes import ids_of
from audiobook_daemon.catalogue.work_kinds import kind_of, stated_kind
from audiobook_daemon.matching.text import words
from audiobook_daemon.matching.titles import read_title
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import Book, SeriesPlace, Work, WorkKind


def merged_work(group: Sequence[Work], *, series: str | None = None, language: str | None = None) -> Work:
    """One work of several records: what most say of it, the ids of all, the recording of the most trusted.

    `series` names the series whose place comes first; records in `language` come before others.
    """
    if len(group) == 1:
        return replace(group[0], kind=kind_of(group[0]))
    ranked = sorted(group, key=lambda work: _rank(work, language))
    best = ranked[0]
    merged = Work(
        book=_book(ranked, series),
        source=joined_sources(ranked),
        key=best.key,
        kind=_kind(ranked),
        released=_released(ranked),
        narrators=first(ranked, lambda work: work.narrators) or (),
        runtime=first(ranked, lambda work: work.runtime),
        abridged=best.abridged,
        audiobook=_audiobook(ranked),
        region=best.region,
        contains=max((work.contains for work in ranked), key=len),
        readers=max((work.readers for work in ranked if work.readers is not None), default=None),
    )
    return replace(merged, kind=kind_of(merged))


def _rank(work: Work, language: str | None) -> tuple[bool, bool, bool, float, int]:
    """Whole unabridged recordings first, then by trust and readers."""
    return (
        bool(language and work.book.language and work.book.language != language),
        kind_of(work) is WorkKind.PART,
        bool(work.abridged),
        -max((trust(source) for source in sources_of(work)), default=0.0),
        -(work.readers or 0),
    )


def _book(ranked: Sequence[Work], series: str | None) -> Book:
    titles = [title for work in ranked for title in (work.book.title, *work.book.aliases)]
    wholes = [work for work in ranked if kind_of(work) is not WorkKind.PART] or list(ranked)
    key = vote(wholes, lambda work: _title_key(work.book.title))
    title = min((one.book.title for one in wholes if _title_key(one.book.title) == key), key=_decoration)
    aliases = {" ".join(words(one)): one for one in reversed(titles) if words(one) != words(title)}
    asin = first(ranked, lambda work: work.book.asin)
    isbn = first(ranked, lambda work: work.book.isbn)
    ids = {one for work in ranked for one in ids_of(work.book)} - ids_of(Book("", asin=asin, isbn=isbn))
    return Book(
        title,
        first(ranked, lambda work: work.book.authors) or (),
        first((one for one in wholes if one.book.title == title), lambda work: work.book.subtitle),
        _places(ranked, series),
        vote(ranked, lambda work: work.book.language),
        vote(ranked, lambda work: work.book.year),
        isbn,
        asin,
        tuple(aliases[key] for key in sorted(aliases)),
        tuple(sorted(ids)),
    )


def _title_key(title: str) -> str:
    """The naming words, without what a title says of series and recording."""
    reading = read_title(title)
    return "".join(name.key + "".join(name.numbers) for name in reading.names[:1])


def _decoration(title: str) -> int:
    """How much a title says beside itself."""
    reading = read_title(title)
    return len(reading.names) + len(reading.places) + bool(reading.claims.abridged is not None)


def _places(ranked: Sequence[Work], series: str | None) -> tuple[SeriesPlace, ...]:
    """Each series once, with the position that most say."""
    spelled: dict[tuple[str, str], str] = {}
    for work in ranked:
        for place in work.book.series:
            spelled.setdefault(series_key(place.name), place.name)
    keys = sorted(spelled, key=lambda key: series is None or key != series_key(series))
    return tuple(SeriesPlace(spelled[key], vote(ranked, partial(_position, key))) for key in keys)


def _position(key: tuple[str, str], work: Work) -> str | None:
    return next((place.position for place in work.book.series if series_key(place.name) == key), None)


def _kind(ranked: Sequence[Work]) -> WorkKind:
    """What most say that say anything; a whole book and its pieces are a whole book."""
    wholes = [work for work in ranked if kind_of(work) is not WorkKind.PART] or list(ranked)
    told = vote(wholes, lambda work: None if stated_kind(work) is WorkKind.UNKNOWN else stated_kind(work))
    return told or WorkKind.UNKNOWN


def _released(ranked: Sequence[Work]) -> str | None:
    """The most exact date of the year that most say."""
    year = vote(ranked, lambda work: work.released[:4] if work.released else None)
    dates = [work.released for work in ranked if year and work.released and work.released.startswith(year)]
    return max(dates, key=len, default=None)


def _audiobook(ranked: Sequence[Work]) -> bool | None:
    said = {work.audiobook for work in ranked}
    return True if True in said else False if False in said else None
