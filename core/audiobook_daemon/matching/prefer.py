"""The order among releases of the same book: one reason after the other, never a sum."""

from __future__ import annotations

from audiobook_daemon.matching.text import author_key
from audiobook_daemon.models import Price, Release, Wish

_FORMATS = ("m4b", "mp3", "m4a", "flac", "ogg", "opus")
_IDEAL_BITRATE = 128
_UNKNOWN_BITRATE = 60


def preference(wish: Wish, release: Release) -> tuple[float, ...]:
    """A sort key, the best release first: narrator wish, format, bitrate, price, seeders."""
    return (
        _narrator(wish, release),
        _format(release),
        _bitrate(wish, release),
        float((Price.FREE, Price.UNKNOWN, Price.PAID).index(release.price)),
        -float(release.seeders or 0),
    )


def _narrator(wish: Wish, release: Release) -> float:
    readers = {author_key(name) for name in release.narrators}
    for place, name in enumerate(wish.narrators):
        if author_key(name) in readers:
            return float(place)
    return float(len(wish.narrators))


def _format(release: Release) -> float:
    places = [_FORMATS.index(kind) for kind in release.formats if kind in _FORMATS]
    return float(min(places, default=len(_FORMATS)))


def _bitrate(wish: Wish, release: Release) -> float:
    """The distance from the ideal in steps of 32 kbit/s, so that small differences leave the choice to the rest."""
    rate = release.bitrate
    if rate is None and release.size and wish.runtimes:
        rate = round(release.size * 8 / 1000 / wish.runtimes[0])
    return float(abs((rate or _UNKNOWN_BITRATE) - _IDEAL_BITRATE) // 32)
