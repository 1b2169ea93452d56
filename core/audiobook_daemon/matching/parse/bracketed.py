"""Reads what stands in one pair of brackets of a release title."""

from __future__ import annotations

import re

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.ids import normal_asin, normal_isbn
from audiobook_daemon.matching.parse.brackets import Piece
from audiobook_daemon.matching.parse.claiming import NOTHING, merged
from audiobook_daemon.matching.parse.narration import cut_narration
from audiobook_daemon.matching.parse.remarks import read_remark
from audiobook_daemon.matching.parse.series import SeriesReading, read_series_phrase
from audiobook_daemon.matching.parse.titles import is_site
from audiobook_daemon.matching.people import person_likelihood, split_people
from audiobook_daemon.models import SeriesPlace

_ITEM_BREAK = re.compile(r"\s*[,;|/•·+]\s*|\s+[-–—]\s+")
_LAST_BARE_VOLUME = 200
_PERSON_IN_BRACES = 0.4


def read_bracketed(piece: Piece) -> Claims | None:
    """What a bracketed piece claims; None when it says nothing of what releases usually say."""
    text = piece.text.strip()
    if is_site(text):
        return NOTHING
    if (claims := read_item(text)) is not None:
        return claims
    places = [series_place(read_series_phrase(phrase)) for phrase in text.split(";")]
    if all(places):
        return Claims(series=tuple(place for place in places if place))
    if (claims := _read_items(text)) is not None:
        return claims
    if piece.bracket in "{<" and person_likelihood(text) >= _PERSON_IN_BRACES:
        return Claims(narrators=split_people(text, keep_roles=True))
    return None


def read_item(text: str) -> Claims | None:
    """What a short text claims that is one remark, id or credit; None when it is something else."""
    if (claims := read_remark(text, codes=True)) is not None:
        return claims
    if asin := normal_asin(text):
        return Claims(asin=asin) if asin.startswith("B") else Claims(isbn=normal_isbn(text))
    if isbn := normal_isbn(text):
        return Claims(isbn=isbn)
    if narration := cut_narration(text):
        before = read_remark(narration.before, codes=True) if narration.before else NOTHING
        after = read_remark(narration.after, codes=True) if narration.after else NOTHING
        if before is not None and after is not None:
            return merged(Claims(narrators=narration.names), before, after)
    return None


def series_place(reading: SeriesReading | None) -> SeriesPlace | None:
    """The place that a bracketed phrase names; a bare number must be small, and must follow a name."""
    if reading is None or reading.position is None:
        return None
    last = float(reading.position.rsplit("-", 1)[-1])
    if not reading.marked and (not reading.name or last > _LAST_BARE_VOLUME):
        return None
    return SeriesPlace(reading.name or "", reading.position)


def _read_items(text: str) -> Claims | None:
    """Read a list of remarks; what is none of them together is a series or a tag."""
    items = [item for item in _ITEM_BREAK.split(text) if item]
    if len(items) < 2:
        return None
    known = [(item, read_item(item)) for item in items]
    claims = merged(NOTHING, *(claim for _, claim in known if claim is not None))
    rest = [item for item, claim in known if claim is None]
    if len(rest) == len(items):
        return None
    if place := series_place(read_series_phrase(", ".join(rest))):
        return merged(claims, Claims(series=(place,)))
    return merged(claims, Claims(tags=tuple(rest)))
