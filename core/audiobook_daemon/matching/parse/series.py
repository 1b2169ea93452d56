"""Reads series and positions out of titles, bracketed remarks and series fields."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from audiobook_daemon.matching.parse.brackets import cut_brackets
from audiobook_daemon.matching.parse.numbering import (
    Numbered,
    cut_at_inner_number,
    cut_at_number,
    cut_at_trailing_number,
)
from audiobook_daemon.matching.parse.remarks import peel, read_remark, says_nothing
from audiobook_daemon.matching.text import title_key, words

_EDGES = " \t\n,;:-–—_|/.~#([{"
_COLLECTION_END = re.compile(
    r"[\s:,–-]{1,5}(?:the\s+)?(?:complete\s+)?(?:omnibus(?:\s+edition)?|box(?:ed)?\s?sets?|bundle|collection|megapack)$",
    re.IGNORECASE,
)
_COMPANION = re.compile(
    r"(?:the\s)?(?:epilogue|prologue|side stor(?:y|ies)|short stor(?:y|ies)|bonus (?:chapter|story)|extras?|origins?)",
    re.IGNORECASE,
)
_VOLUME_LABELS = frozenset({"vol", "vols", "v", "band", "bd", "tome", "tomo"})
_GENERIC = frozenset(words("the series book books volume volumes vol serie reihe band"))
_NAMING = frozenset(
    words("""
        series saga chronicles chronicle trilogy cycle archive archives universe quartet duology quintet mysteries files
        reihe serie zyklus trilogie chroniken novels
    """)
)
_COUNTED = re.compile(r"\s{0,3}[(\[]?\b\d{1,3}\s{1,3}books?\b[)\]]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SeriesReading:
    """A series that a text names, and what is left of the text when it is a title too."""

    name: str | None
    """None when only a number is stated."""
    position: str | None = None
    """In plain form: `2`, `1.5`, `1-3`."""
    title: str | None = None
    collection: bool = False
    """Whether it covers several volumes."""
    marked: bool = True
    """Whether a word, a sign or brackets say that it is a series; a bare number at the end may belong to a title."""


def read_series_phrase(text: str) -> SeriesReading | None:
    """Read a text that is nothing but a series and a position (`Wheel of Time, #5`, `Book 2 of The Reckoners`)."""
    found = cut_at_number(text)
    if found is None:
        found = cut_at_trailing_number(text)
        return SeriesReading(_name(found.head), found.position, marked=False) if found else None
    if found.tail and (found.head or not found.of):
        return None
    return SeriesReading(_name(found.head or found.tail) or None, found.position, collection=found.range is not None)


def read_series(text: str, *, known: Collection[str] = ()) -> SeriesReading | None:
    """Read the series out of a title (`Title (Series, #3)`, `Series, Vol. 2: Title`) or a series field, or None.

    `known` are names of series that a bare name in brackets may be checked against.
    """
    pieces = cut_brackets(text.strip())
    for index in range(len(pieces) - 1, 0, -1):
        piece = pieces[index]
        if not piece.bracket or read_remark(piece.text) is not None:
            continue
        reading = read_series_phrase(piece.text.split(";")[0])
        if any(not other.bracket for other in pieces[index + 1 :]):
            # A series amid the words: what the words behind it are, is not told.
            if reading is not None and reading.marked:
                return None
            continue
        title = _bare(" ".join(other.whole for other in pieces[:index]))
        if reading is None and _is_name(piece.text, known):
            return SeriesReading(_name(piece.text), None, title)
        if reading is None:
            continue
        return SeriesReading(reading.name or series_name(title), reading.position, title, reading.collection)
    plain = _bare(" ".join(piece.whole for piece in pieces if not piece.bracket or read_remark(piece.text) is None))
    if found := cut_at_number(plain):
        return _from_numbered(found)
    for name in known:
        if (
            (key := title_key(name))
            and title_key(plain).startswith(f"{key} ")
            and (rest := cut_at_trailing_number(plain))
        ):
            return SeriesReading(name, rest.position, marked=False)
    found = cut_at_trailing_number(plain) or cut_at_inner_number(plain)
    if found and _plausible(found) and (name := _name(found.head)):
        return SeriesReading(name, found.position, found.tail or None, found.range is not None, marked=False)
    head, colon, tail = plain.rpartition(": ")
    return SeriesReading(_name(head), None, plain) if colon and _COMPANION.fullmatch(tail) else None


def series_name(text: str) -> str | None:
    """The name of a series without words that only say that it is one, or None when nothing is left."""
    name = _name(text)
    return name if not set(words(name)) <= _GENERIC else None


def cut_title_from_series(head: str) -> tuple[str | None, str]:
    """Cut `Title: Series` at the colon that most likely ends the title; a name without a colon is all series.

    A series may hold a colon itself: a part that comes back (`Saga: Title: Saga`) begins the series, else the title is
    one part of three and half of the parts of more.
    """
    parts = [part.strip() for part in head.split(": ") if part.strip()]
    if len(parts) < 2:
        return None, head
    cut = max(1, len(parts) // 2)
    if len(parts) == 3 and set(words(title_key(parts[0]))) <= set(words(title_key(parts[2]))):
        cut = 2
    return ": ".join(parts[:cut]), ": ".join(parts[cut:])


def title_before_series(found: Numbered) -> tuple[str | None, str]:
    """Cut the head of `Title: Series, Book 2`; a volume (`Series: Part, Vol. 4`) is one of the whole name."""
    title, dash, series = found.head.rpartition(" - ")
    if dash and not found.tail:
        return title.strip() or None, series.strip()
    volume = found.label in _VOLUME_LABELS or (found.label in {"volume", "volumes"} and found.head.count(": ") < 2)
    if volume or (found.link != "," and found.label != "#"):
        return None, found.head
    return cut_title_from_series(found.head)


def _from_numbered(found: Numbered) -> SeriesReading | None:
    collection = found.range is not None
    if found.of:
        return SeriesReading(_name(found.tail) or None, found.position, found.head or None, collection)
    if found.head and found.link in {",", ""} and not found.tail:
        title, series = title_before_series(found)
        return SeriesReading(_name(series), found.position, title, collection)
    tail = found.tail if read_remark(found.tail) is None else None
    return SeriesReading(_name(found.head) or None, found.position, tail or None, collection)


def _is_name(text: str, known: Collection[str]) -> bool:
    """Whether a text in brackets is a series although it has no number: a known one, or one that says so."""
    return title_key(text) in map(title_key, known) or bool(set(words(text)) & _NAMING)


def _plausible(found: Numbered) -> bool:
    return len(words(found.head)) > 1 and float(found.position.split("-")[-1]) <= 60


def _name(text: str) -> str:
    bare = text.strip(_EDGES + ")]}")
    bare = _COUNTED.sub("", _COLLECTION_END.sub("", bare)).strip(_EDGES)
    return bare if not says_nothing(bare) else ""


def _bare(text: str) -> str:
    return peel(text)[0].strip(_EDGES)
