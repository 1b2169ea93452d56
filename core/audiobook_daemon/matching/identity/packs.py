"""Whether a release holds one book, several of which the wished one is one, or others."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from audiobook_daemon.matching.contents import is_collection
from audiobook_daemon.matching.identity.labels import Kind, Labels
from audiobook_daemon.matching.identity.profile import Profile
from audiobook_daemon.matching.identity.reading import Reading
from audiobook_daemon.matching.numbers import Position, read_positions
from audiobook_daemon.matching.titles.vocabulary import SERIES_WORDS
from audiobook_daemon.matching.works import series_key

_COUNTED = frozenset({"books", "novels", "audiobooks", "volumes", "titles", "bucher", "livres", "libros"})


class Holding(StrEnum):
    """What a release holds, seen from the wish."""

    BOOK = "book"
    """One book, or what seems to be one."""
    PACK = "pack"
    """Several books, and the wished one among them."""
    OTHER = "other"
    """Several books, and the wished one is none of them."""


def holding(profile: Profile, reading: Reading, labels: Labels) -> tuple[Holding, str]:
    """What a release holds, and why in words; a book that is a collection itself is one book."""
    for name, span in _spans(profile, reading, labels):
        if any(_within(position, span) for _, position in profile.series if position):
            return Holding.PACK, f"it covers {name} {span}"
        if not any(read_positions(position) == (span,) for _, position in profile.series if position):
            return Holding.OTHER, f"it covers {name} {span}"
        return Holding.BOOK, ""
    if profile.collection or not _is_collection(reading, labels):
        return Holding.BOOK, ""
    return Holding.PACK, "it is a collection of several books"


def _spans(profile: Profile, reading: Reading, labels: Labels) -> Iterator[tuple[str, Position]]:
    """The ranges of volumes that it states for the book's own series, else for any."""
    own = {key for key, _ in profile.series}
    places = [place for place in reading.release.series if place.position]
    for place in sorted(places, key=lambda place: series_key(place.name)[0] not in own):
        found = read_positions(place.position or "")
        if len(found) > 1:
            yield place.name, Position(found[0].first, found[-1].last or found[-1].first)
        elif found and found[0].last:
            yield place.name, found[0]
    for stated in labels.stated:
        if stated.last:
            yield "volumes", Position(stated.first, stated.last)


def _within(position: str, span: Position) -> bool:
    found = read_positions(position)
    if len(found) != 1 or found[0].last or span.last is None:
        return False
    return float(span.first) <= float(found[0].first) <= float(span.last)


def _is_collection(reading: Reading, labels: Labels) -> bool:
    """Whether it says so outside of the wished title."""
    if not (reading.claims.collection or is_collection(reading.line.text)):
        return _counts_books(labels) or _names_series_alone(labels)
    return any(kind is not Kind.TITLE for kind in labels.kinds)


def _names_series_alone(labels: Labels) -> bool:
    """Whether it names the whole series and no volume (`The Earthsea Trilogy`)."""
    if labels.spot or labels.stated or labels.anchor is None:
        return False
    return labels.line.tokens[labels.anchor[1] - 1].key in SERIES_WORDS


def _counts_books(labels: Labels) -> bool:
    tokens = labels.line.tokens
    return any(
        tokens[place].number and tokens[place + 1].key in _COUNTED and float(tokens[place].key) > 1
        for place in range(len(tokens) - 1)
    )
