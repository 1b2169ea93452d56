"""Joins the places in series that a book has with those that are stated; no membership is lost by a position."""

from __future__ import annotations

from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import FieldValue, SeriesPlace


def placed(own: FieldValue, stated: FieldValue) -> FieldValue:
    """The stated places under the names one has for the series, and those of one's own that are not stated.

    A position that nobody states stays as it is. Where no series is shared, the stated ones take the place of all.
    """
    mine, theirs = _places(own), _places(stated)
    keys = {series_key(place.name) for place in mine}
    known = {series_key(place.name): place for place in theirs}
    if not keys & set(known):
        return theirs
    return tuple(
        SeriesPlace(
            place.name, (known[key].position if (key := series_key(place.name)) in known else None) or place.position
        )
        for place in mine
    )


def _places(value: FieldValue) -> tuple[SeriesPlace, ...]:
    return tuple(place for place in value if isinstance(place, SeriesPlace)) if isinstance(value, tuple) else ()
