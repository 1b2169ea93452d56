"""Reads titles as readers' sites write them, for lists that come from there."""

from __future__ import annotations

import re

from audiobook_daemon.matching.parse.series import read_series_phrase
from audiobook_daemon.models import SeriesPlace

_LONGEST = 500
"""Characters of a title that are looked at."""
_LAST_BRACKET = re.compile(r"^(?P<title>.*\S)\s*\((?P<inside>[^()]*)\)\s*$", re.DOTALL)
_BLANKS = re.compile(r"\s+")


def read_listed_title(text: str) -> tuple[str, tuple[SeriesPlace, ...]]:
    """Part a title from the series in brackets behind it.

    `The Well of Ascension (Mistborn, #2; Cosmere, #4)` has two places. Brackets that name no place stay in the title.
    """
    title = _BLANKS.sub(" ", text[:_LONGEST]).strip()
    found = _LAST_BRACKET.match(title)
    if found is None:
        return title, ()
    places = [_place(phrase) for phrase in found["inside"].split(";")]
    if not all(places):
        return title, ()
    return found["title"].rstrip(" ,:;-"), tuple(place for place in places if place)


def _place(phrase: str) -> SeriesPlace | None:
    reading = read_series_phrase(phrase.strip())
    if reading is None or not reading.name or reading.position is None or not reading.marked:
        return None
    return SeriesPlace(reading.name, reading.position)
