"""What the fields of sidecar files and tags have in common: titles that hold a series, dates that hold a year."""

from __future__ import annotations

import re

from audiobook_daemon.matching.parse.series import read_series_phrase
from audiobook_daemon.matching.parse.titles import split_title
from audiobook_daemon.models import SeriesPlace

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20[0-4]\d)(?!\d)")


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
