"""Tells title, subtitle and series apart among the segments that are left when the authors are known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audiobook_daemon.matching.parse.numbering import (
    Numbered,
    cut_at_leading_number,
    cut_at_number,
    cut_at_trailing_number,
    cut_at_trailing_roman,
    is_track,
    plain_position,
)
from audiobook_daemon.matching.parse.segments import Segment
from audiobook_daemon.matching.parse.series import series_name, title_before_series
from audiobook_daemon.matching.parse.subtitles import may_be_subtitle
from audiobook_daemon.models import SeriesPlace

_PADDED_INSIDE = re.compile(r"^(?P<head>\S.*?[^\W\d_])\s+(?P<number>0\d(?:\.\d)?|\d{1,2}\.\d)\s+(?P<tail>\S.*)$")
_BARE_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_QUOTED = re.compile("[\"“„«‘']([^\"“”„«»‘']{2,})[\"”“»’']")
_LAST_BARE_VOLUME = 200


@dataclass(frozen=True, slots=True)
class Titling:
    """What the segments name."""

    title: str | None = None
    subtitle: str | None = None
    places: tuple[SeriesPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment read for numbers: a title, a series with its position, or a position alone."""

    title: str | None = None
    series: str | None = None
    position: str | None = None


def find_title(segments: Sequence[Segment], *, has_series: bool, is_file: bool) -> Titling:
    """Find title and series in the segments; `has_series` says that brackets named the series already."""
    if not segments:
        return Titling()
    parts = [part for place in range(len(segments)) for part in _read_segment(segments, place, is_file=is_file)]
    parts = _name_numbers(parts)
    if not has_series and not any(part.series for part in parts):
        parts = _read_bare_series(parts)
    titles = [part.title for part in parts if part.title]
    places = [SeriesPlace(part.series or "", part.position) for part in parts if part.series or part.position]
    if not titles:
        # The whole text, so that a later volume is never called like the first, which often is called like the series.
        return Titling(" ".join(segment.text for segment in segments), None, tuple(places))
    titles = [_unquoted(title) for title in titles]
    if len(titles) == 1:
        return Titling(titles[0], None, tuple(places))
    return _several(titles, places, has_series=has_series)


def _unquoted(title: str) -> str:
    found = _QUOTED.fullmatch(title)
    return found[1] if found else title


def _several(titles: list[str], places: list[SeriesPlace], *, has_series: bool) -> Titling:
    """Of two texts the first is a series, unless the series is known or the second reads like a subtitle."""
    first, second = titles[0], " - ".join(titles[1:])
    if has_series or places or may_be_subtitle(second):
        return Titling(first, second, tuple(places))
    return Titling(second, None, (*places, SeriesPlace(series_name(first) or first)))


def _read_segment(segments: Sequence[Segment], place: int, *, is_file: bool) -> tuple[_Part, ...]:
    """Read one segment; the number of a file is a track's unless it stands between two texts (`Saga - 02 - Title`)."""
    inside = 0 < place < len(segments) - 1
    return _read(segments[place].text, alone=len(segments) == 1, is_file=is_file and not inside)


def _read(text: str, *, alone: bool, is_file: bool) -> tuple[_Part, ...]:
    if found := cut_at_number(text):
        return _read_numbered(found, alone=alone)
    leading = cut_at_leading_number(text)
    if (
        leading
        and leading.tail
        and (leading.marked or text.lstrip("[(#").startswith("0") or leading.link in {".", "]", ")"})
    ):
        position = None if is_file and not leading.marked else leading.position
        return (_Part(position=position), _Part(title=leading.tail)) if position else (_Part(title=leading.tail),)
    if not alone and is_track(text):
        return ()
    if not alone and _BARE_NUMBER.fullmatch(text):
        return () if is_file else (_Part(position=plain_position(text)),)
    if inside := _PADDED_INSIDE.match(text):
        return (
            _Part(series=series_name(inside["head"]), position=plain_position(inside["number"])),
            _Part(title=inside["tail"]),
        )
    return (_Part(title=text),)


def _read_numbered(found: Numbered, *, alone: bool) -> tuple[_Part, ...]:
    head, tail, position = found.head, found.tail, found.position
    if found.of and tail:
        named = _Part(series=series_name(tail), position=position)
        return (_Part(title=head), named) if head else (named,)
    if not head:
        return (_Part(position=position), _Part(title=tail)) if tail else (_Part(position=position),)
    if tail:
        return (_Part(series=series_name(head), position=position), _Part(title=tail))
    title, series = title_before_series(found) if alone else (None, head)
    named = _Part(series=series_name(series), position=position)
    return (_Part(title=title), named) if title else (named,)


def _name_numbers(parts: list[_Part]) -> list[_Part]:
    """Give a position that stands alone the text before it as its series (`Dresden Files - 02 - Fool Moon`)."""
    named: list[_Part] = []
    for part in parts:
        before = named[-1].title if named else None
        if part.position and not part.series and before:
            named[-1] = _Part(series=series_name(before), position=part.position)
        else:
            named.append(part)
    return named


def _titles(parts: Sequence[_Part]) -> int:
    return sum(part.title is not None for part in parts)


def _read_bare_series(parts: list[_Part]) -> list[_Part]:
    """A text with a bare number at its end is a series when a title follows (`Robot 04 - Robots and Empire`).

    A range (`The Dresden Files 1-15`) is one anyway.
    """
    for index, part in enumerate(parts):
        if part.title is None:
            continue
        last = _titles(parts[index + 1 :]) == 0
        found = cut_at_trailing_number(part.title) or (None if last else cut_at_trailing_roman(part.title))
        if last and (found is None or found.range is None):
            continue
        if found and float(found.position.split("-")[-1]) <= _LAST_BARE_VOLUME:
            place = _Part(series=series_name(found.head), position=found.position)
            return [*parts[:index], place, *parts[index + 1 :]]
    return parts
