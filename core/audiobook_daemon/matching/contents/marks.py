"""Finds the marks in a name that say which piece of a book, or which book of a series, it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from audiobook_daemon.matching.numbers import number_word, roman


class Kind(Enum):
    """What a mark counts."""

    DISC = "disc"
    SIDE = "side"
    PART = "part"
    TRACK = "track"
    BOOK = "book"
    """A volume of a series: not a piece of a book but a book of its own."""


_VOCABULARY = {
    Kind.DISC: "disc discs disk disks disque disques disco discos диск cd cds cdrom mp3cd dvd tape tapes cassette "
    "cassettes kassette kassetten cassetta schijf scheibe",
    Kind.SIDE: "side sides seite",
    Kind.PART: "part parts pt pts teil teile tl partie parties parte partes deel delen del часть",
    Kind.TRACK: "chapter chapters chap chp ch kapitel kap chapitre chapitres capitulo capítulo capítulos capitolo "
    "capitoli hoofdstuk глава track tracks trk piste pista traccia section sections sec lesson lecture lektion "
    "vorlesung act akt scene szene stave canto segment session file",
    Kind.BOOK: "book books bk volume volumes vol vols band bände bd buch tome tomes tomo livre livres libro libri boek "
    "bok книга том folge folgen episode episodes ep novel novella season no nr number",
}
_KINDS = {word: kind for kind, line in _VOCABULARY.items() for word in line.split()}
_BY_LENGTH = "|".join(sorted(_KINDS, key=len, reverse=True))
_MARK = re.compile(
    rf"(?<![^\W\d_])(?:(?P<word>{_BY_LENGTH})(?P<link>[\s._:#№º°–-]{{0,4}})(?=\w)|#(?=\d))", re.IGNORECASE
)
_COMPACT = re.compile(
    r"(?<![^\W_])(?:cd|disc|disk|d)\s?(?P<disc>\d{1,2})[\s._-]?t(?:r|rk|rack)?[\s._-]?(?P<track>\d{1,3})(?!\d)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"(?<![^\W_])(?:(?P<number>\d{{1,3}})(?:st|nd|rd|th|\.)|(?P<spelled>[^\W\d_]{{3,12}}))\s"
    rf"(?P<word>{_BY_LENGTH})(?![^\W_])",
    re.IGNORECASE,
)
_ONLY_DIGITS = frozenset({"no", "nr", "number", "file", "segment"})
_DIGITS = re.compile(r"(\d{1,4})(?!\d|\s?k(?:bps|bit|b/s|hz)|(?:st|nd|rd|th)\b)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+(?:[\s-][^\W\d_]+){0,2}")
_LETTER = re.compile(r"[a-z](?![^\W_])", re.IGNORECASE)
_TOTAL = re.compile(r"[\s._-]{0,3}(?:(?:of|von|sur|из|van|di)[\s._-]{0,3}|[/⁄∕]\s?)(\d{1,4})(?!\d)", re.IGNORECASE)
_OF = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,4})(?:[\s._-]{1,3}(?:of|von|sur|из|van)[\s._-]{1,3}|of(?=\d)|[/⁄∕])"
    r"(?P<total>\d{1,4})(?!\d)",
    re.IGNORECASE,
)
_EASTERN = re.compile(
    r"第\s?(?P<number>\d{1,4}|[〇零一二两兩三四五六七八九十百]{1,7})\s?(?P<word>[章回节節集話话卷巻部冊册])"
)
_EASTERN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_ENDS = re.compile(r"\s*(?:$|[-–—:;.,)\]}_/|])")
_HIGHEST = {Kind.DISC: 400, Kind.SIDE: 400, Kind.PART: 999, Kind.TRACK: 9999, Kind.BOOK: 9999}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark and its number, and where in the name they stand."""

    kind: Kind
    number: int
    start: int
    end: int
    total: int | None = None
    """How many there are, where that is said (`2 of 3`)."""


@lru_cache(maxsize=20_000)
def find_marks(name: str) -> tuple[Mark, ...]:
    """The marks of a name in their order; a name longer than 400 characters is read that far."""
    name = name[:_LONGEST]
    found: list[Mark] = []
    for place in _MARK.finditer(name):
        if found and place.start() < found[-1].end:
            continue
        kind = _KINDS[place["word"].casefold()] if place["word"] else Kind.BOOK
        digits_only = (place["word"] or "").casefold() in _ONLY_DIGITS
        if read := _number(name, place.end(), kind, digits_only=digits_only):
            found.append(_mark(name, kind, read[0], place.start(), read[1]))
    for place in _COMPACT.finditer(name):
        found.append(Mark(Kind.DISC, int(place["disc"]), place.start(), place.start("track")))
        found.append(Mark(Kind.TRACK, int(place["track"]), place.start("track"), place.end()))
    for place in _ORDINAL.finditer(name):
        kind = _KINDS[place["word"].casefold()]
        number = int(place["number"]) if place["number"] else _ordinal(place["spelled"], kind)
        if number is not None:
            found.append(Mark(kind, number, place.start(), place.end()))
    for place in _EASTERN.finditer(name):
        kind = Kind.BOOK if place["word"] in "卷巻部冊册" else Kind.TRACK
        found.append(Mark(kind, _eastern(place["number"]), place.start(), place.end()))
    for place in _OF.finditer(name):
        number, total = int(place["number"]), int(place["total"])
        if 0 < number <= total:
            found.append(Mark(Kind.PART, number, place.start(), place.end(), total))
    return _without_overlaps(found)


def is_disc_name(name: str) -> bool:
    """Whether a folder's or file's name says that it is one disc (tape, side) of several."""
    return any(mark.kind in {Kind.DISC, Kind.SIDE} for mark in find_marks(name))


def is_part_name(name: str) -> bool:
    """Whether a folder's or file's name says that it is one part of several."""
    return any(mark.kind is Kind.PART for mark in find_marks(name))


def _mark(name: str, kind: Kind, number: int, start: int, end: int) -> Mark:
    total = _TOTAL.match(name, end)
    if total and int(total[1]) >= number:
        return Mark(kind, number, start, total.end(), int(total[1]))
    return Mark(kind, number, start, end)


def _ordinal(spelled: str, kind: Kind) -> int | None:
    """The number of `Second Part`; cardinals and the `First Book` of a title say nothing."""
    if kind in {Kind.TRACK, Kind.BOOK} or number_word(spelled, ordinals=False) is not None:
        return None
    return number_word(spelled)


def _number(name: str, start: int, kind: Kind, *, digits_only: bool) -> tuple[int, int] | None:
    """The number that begins at a place, and where it ends."""
    if digits := _DIGITS.match(name, start):
        number = int(digits[1])
        return (number, digits.end()) if number <= _HIGHEST[kind] else None
    glued = start > 0 and name[start - 1].isalpha()
    letters = None if glued or digits_only else _LETTERS.match(name, start)
    if letters is None:
        return None
    if kind is Kind.SIDE and (side := _LETTER.match(name, start)):
        return ord(side[0].casefold()) - ord("a") + 1, side.end()
    spelled = letters[0]
    while spelled:
        end = start + len(spelled)
        value = number_word(spelled)
        if value is None and " " not in spelled and (len(spelled) > 1 or _ENDS.match(name, end)):
            value = roman(spelled)
        if value is not None and value <= _HIGHEST[kind]:
            return value, end
        spelled = re.sub(r"(?:^|[\s-])[^\W\d_]+$", "", spelled)
    return None


def _eastern(text: str) -> int:
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _EASTERN_DIGITS[char] if digit else _EASTERN_DIGITS[char]
    return total + digit


def _without_overlaps(found: list[Mark]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)
