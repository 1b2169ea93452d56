"""Reads the name of one book's folder (or of its file) in the light of the folders above it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.claiming import merged
from audiobook_daemon.matching.parse.folder_brackets import read_brackets
from audiobook_daemon.matching.parse.folder_people import Above, Taken, take_authors
from audiobook_daemon.matching.parse.folder_place import (
    Place,
    agree,
    article_first,
    place_in_series,
    without_series_word,
)
from audiobook_daemon.matching.parse.folder_segments import Segment, cut_segments, tidied
from audiobook_daemon.matching.parse.narration import THE_AUTHOR, cut_narration
from audiobook_daemon.matching.parse.remarks import peel, read_remark
from audiobook_daemon.matching.parse.series import series_name
from audiobook_daemon.matching.people import person_likelihood, split_people
from audiobook_daemon.models import SeriesPlace

_SURELY = 0.85
_LAST_YEAR = re.compile(r"(?<=[^\W\d_]),\s?((?:1[5-9]|20)\d\d)$")


@lru_cache(maxsize=2_000)
def read_name(name: str, above: Above) -> Claims:
    """What the name of a book's folder claims, alone or together with what the folders above it are."""
    bracketed = read_brackets(tidied(name), above.series)
    text, readers = _without_narration(bracketed.text)
    text, remarks = peel(text)
    if found_year := _LAST_YEAR.search(text):
        text, remarks = text[: found_year.start()], merged(remarks, Claims(year=int(found_year[1])))
    found = take_authors(cut_segments(text, above.series), above, bracketed.people)
    segments, said = _without_remarks(found.segments)
    segments, last_person = _without_reader(segments, found, above)
    claims = merged(
        bracketed.claims,
        Claims(narrators=readers, authors=found.authors),
        remarks,
        Claims(narrators=(*found.narrators, *last_person)),
        said,
    )
    named = bool(claims.series and claims.series[0].name)
    place = place_in_series(segments, above, named=named, listed=found.listed)
    return _finished(claims, place, above)


def _finished(said: Claims, place: Place, above: Above) -> Claims:
    title, subtitle = place.title
    bracketed = said.series[0] if said.series else SeriesPlace("")
    name = place.series or bracketed.name or above.series or ""
    if not name and "-" in (bracketed.position or ""):
        name = series_name(title or "") or ""  # an omnibus is mostly called as its series is
    number = place.number or (bracketed.position if agree(bracketed.name, name) else None)
    others = [other for other in said.series if other.name and not agree(other.name, name)]
    if above.series and not agree(above.series, name):
        others.append(SeriesPlace(above.series))
    first = (SeriesPlace(without_series_word(article_first(name), title or ""), number),) if name or number else ()
    narrators = tuple(dict.fromkeys(_reader_names(said.narrators, said.authors or above.authors)))
    several = said.collection or "-" in (number or "")
    return replace(
        said, title=title, subtitle=subtitle, series=(*first, *others), narrators=narrators, collection=several
    )


def _reader_names(narrators: tuple[str, ...], authors: tuple[str, ...]) -> list[str]:
    return [person for name in narrators for person in (authors if name == THE_AUTHOR else (name,))]


def _without_narration(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without its `read by ...`, and who reads; what follows the names stays behind a dash."""
    found = cut_narration(text)
    if found is None:
        return text, ()
    return " - ".join(part for part in (found.before, found.after) if part), found.names


def _without_remarks(segments: tuple[Segment, ...]) -> tuple[tuple[Segment, ...], Claims]:
    """Take out years, parts and whole segments of remarks, but never the last words that could be a title."""
    kept: list[Segment] = []
    claims = Claims()
    spare = _spare(segments)
    for one in segments:
        if one is spare:
            kept.append(Segment(one.written, one.written))
        elif one.year:
            claims = merged(claims, Claims(year=one.year))
        elif one.is_text and (remark := read_remark(one.text)) is not None:
            claims = merged(claims, remark)
        else:
            kept.append(one)
            claims = merged(claims, one.part) if one.part else claims
    return tuple(one for one in kept if one.text or one.series or one.number), claims


def _spare(segments: tuple[Segment, ...]) -> Segment | None:
    """The remark or number that must be the title, for nothing else is (`2021 - 813`, `George Orwell - 1984`)."""
    if any(one.series or (one.text and read_remark(one.text) is None) for one in segments):
        return None
    worded = [one for one in segments if one.text]
    if worded:
        return worded[0]
    bare = [one for one in segments if one.part is None and not one.marked]
    return bare[-1] if bare and (len(segments) > 1 or bare[-1].year) else None


def _without_reader(
    segments: tuple[Segment, ...], found: Taken, above: Above
) -> tuple[tuple[Segment, ...], tuple[str, ...]]:
    """Take out a person who ends a name that an author or a number begins (`Author - Title - Narrator`)."""
    if not any(one.text for one in segments[:-1]) or not segments[-1].is_text or found.narrators:
        return segments, ()
    if not found.listed and not (above.authors and segments[0].number):
        return segments, ()
    if above.series and agree(segments[-1].text, above.series):
        return segments, ()
    if person_likelihood(segments[-1].text) < _SURELY or person_likelihood(segments[0].text) >= _SURELY:
        return segments, ()
    return segments[:-1], split_people(segments[-1].text)
