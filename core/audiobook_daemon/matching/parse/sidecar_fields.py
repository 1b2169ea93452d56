"""What the fields of sidecar files and tags have in common: titles that hold a series, dates that hold a year."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.series import read_series_phrase
from audiobook_daemon.matching.parse.titles import split_title
from audiobook_daemon.models import SeriesPlace

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20[0-4]\d)(?!\d)")
_LIST = re.compile(r"\s*[,;/|]\s*")
_TAG = re.compile(r"<[^<>]{0,300}>")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a file beside the audio says of its book; the shelf's own words (genres, tags) are apart from the claims."""

    claims: Claims
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    description: str | None = None
    """Plain text, without the marks of HTML."""


def read_list(*texts: str) -> tuple[str, ...]:
    """The items of lists as people write them (`Fantasy, Epic / Adventure`), each once."""
    found: dict[str, str] = {}
    for text in texts:
        for item in _LIST.split(text.strip()):
            if item:
                found.setdefault(item.casefold(), item)
    return tuple(found.values())


def plain_text(text: str) -> str | None:
    """A description without tags and line breaks, or None when nothing is left."""
    return _BLANKS.sub(" ", html.unescape(_TAG.sub(" ", text))).strip() or None


def read_title(text: str) -> tuple[str | None, str | None, tuple[SeriesPlace, ...]]:
    """Title, subtitle and series of a title field; a subtitle that only names a series is none."""
    if not text.strip():
        return None, None, ()
    title, subtitle = split_title(text)
    reading = read_series_phrase(subtitle) if subtitle else None
    if reading and reading.marked and reading.position:
        return title, None, (SeriesPlace(reading.name or "", reading.position),)
    return title or text.strip(), subtitle, ()


def read_year(text: str) -> int | None:
    """The first year of a date in any form; years before 1400 are mistakes."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None
