"""What sort of work a listed title is, where the source does not say or is wrong."""

from __future__ import annotations

import re
from functools import lru_cache

from audiobook_daemon.matching import is_derived, words
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.titles import read_title
from audiobook_daemon.models import Book, SeriesPlace, Work, WorkKind

PIECES = frozenset({WorkKind.PART, WorkKind.OTHER})
"""What is never a whole book to listen to."""
_SHORT = 4_500.0
"""Seconds."""
_COMPANIONS = re.compile(
    r"\b(?:companion|colou?ring book|encyclopa?edia|atlas|official guide|illustrated guide|visual guide|cookbook"
    r"|graphic novel|comic|manga|journal|calendar|sampler|preview|excerpt|bookazine|trivia|puzzle book)\b"
)
_SUMMARIES = re.compile(
    r"^(?:summary|summaries|analysis|review|discussion|key|conversation starters|zusammenfassung)\b"
    r"|\b(?:study guide|summary of|cliffs ?notes|spark ?notes|workbook|sample|excerpt)\b",
    re.IGNORECASE,
)
_LENGTHS = re.compile(
    r"(?P<short>\b(?:short story|short read|novelette|kurzgeschichte)$)|(?P<novella>\b(?:novella|novelle)$)",
    re.IGNORECASE,
)
"""What a title says of the length at its end (`Nine Bells: A Tide Wardens Novella`)."""
_NO_TITLES = (("untitled",), ("tba",), ("tbd",), ("tbc",), ("unbenannt",))
_BOLD = frozenset({WorkKind.UNKNOWN, WorkKind.NOVEL})
"""What sources say of everything they know little of."""


def kind_of(work: Work) -> WorkKind:
    """The kind of a work by what its source says, its title, and its positions.

    A range as position makes a work an omnibus. What is of unknown kind is a novella if its position is a fraction, and
    a short story if it stands nowhere and is told in little more than an hour.
    """
    stated = stated_kind(work)
    if stated is not WorkKind.UNKNOWN or _is_volume(work.book):
        return stated
    if _between_volumes(work.book):
        return WorkKind.NOVELLA
    short = bool(work.runtime) and (work.runtime or 0) < _SHORT and not work.abridged
    return WorkKind.SHORT if short else WorkKind.UNKNOWN


def stated_kind(work: Work) -> WorkKind:
    """The kind of a work as far as its source or its title says it."""
    told = _told(work.book.title, work.book.series)
    if told is WorkKind.COMPANION and _is_volume(work.book) and not _SUMMARIES.search(work.book.title):
        told = WorkKind.UNKNOWN  # many a volume is called an atlas or a cookbook
    if work.kind not in _BOLD and told is not WorkKind.DRAMATISATION:
        return work.kind
    return work.kind if told is WorkKind.UNKNOWN else told


def is_placeholder(title: str) -> bool:
    """Whether a title only keeps the place of a book to come (`Untitled`, `Book 6`, `TBA`)."""
    return words(title)[:1] in _NO_TITLES


@lru_cache(maxsize=50_000)
def _told(title: str, series: tuple[SeriesPlace, ...]) -> WorkKind:
    reading = read_title(title)
    if reading.claims.dramatised:
        return WorkKind.DRAMATISATION
    plain = " ".join(words(title))
    if _COMPANIONS.search(plain):
        return WorkKind.COMPANION
    if reading.part:
        return WorkKind.PART
    if reading.collection or any(place.last for one in series for place in read_positions(one.position or "")):
        return WorkKind.OMNIBUS
    if is_derived(title):
        return WorkKind.COMPANION
    length = _LENGTHS.search(plain)
    if length is None or plain == length[0]:
        return WorkKind.UNKNOWN
    return WorkKind.SHORT if length["short"] else WorkKind.NOVELLA


def _is_volume(book: Book) -> bool:
    positions = [place for one in book.series for place in read_positions(one.position or "")]
    return any(place.first.isdigit() and not place.last for place in positions)


def _between_volumes(book: Book) -> bool:
    positions = [place for one in book.series for place in read_positions(one.position or "")]
    return bool(positions) and all("." in place.first for place in positions)
