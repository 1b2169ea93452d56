"""Reads the bracketed remarks of a folder's name: narrator, identifiers, series, year, part, other people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.ids import normal_asin, normal_isbn
from audiobook_daemon.matching.parse.brackets import Piece, cut_brackets
from audiobook_daemon.matching.parse.claiming import merged
from audiobook_daemon.matching.parse.editions import read_edition
from audiobook_daemon.matching.parse.folder_numbers import cut_roman
from audiobook_daemon.matching.parse.narration import cut_narration
from audiobook_daemon.matching.parse.numbering import plain_position
from audiobook_daemon.matching.parse.remarks import read_remark
from audiobook_daemon.matching.parse.series import SeriesReading, read_series_phrase
from audiobook_daemon.matching.parse.titles import is_site
from audiobook_daemon.matching.people import is_placeholder, looks_like_person, person_likelihood, split_people
from audiobook_daemon.matching.text import title_key, words
from audiobook_daemon.models import SeriesPlace

_NARRATOR_ROLE = re.compile(r"^(?P<names>.{3,80}?)\s*[,-]\s*(?:narrator|reader|sprecher(?:in)?)s?$", re.IGNORECASE)
_WRITTEN = re.compile(r"^(?:(?:written\s+)?by|author\s*:)\s+(?P<names>\S.*)$", re.IGNORECASE)
_ID = re.compile(
    r"^(?:asin|isbn|audible|id|goodreads|hardcover)?[\s:.=#_-]*(?P<id>[0-9A-Za-z][0-9A-Za-z -]{8,17})$", re.IGNORECASE
)
_ASIN = re.compile(
    r"[\[({<]\s?(?:(?:audible[\s_-]?)?asin[\s:=.#_-]{0,3})?(?P<asin>B0[0-9A-Z]{8})\s?[\])}>]", re.IGNORECASE
)
_BARE = re.compile(r"\d{1,2}(?:\.\d)?(?:\s?[-–]\s?\d{1,2})?")
_SPLIT_SERIES = re.compile(r"\s*[;/|]\s*")
_DASHES = frozenset("-–—")
_PERSON = 0.6
_BREAK = "\x1f"
"""Stands where a bracket was taken out."""
_BREAKS = re.compile(r"[\s\x1f–—-]*\x1f[\s\x1f–—-]*")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unbracketed:
    """A name without its remarks: what is left of it, and what they claim."""

    text: str
    claims: Claims
    people: tuple[tuple[str, ...], ...] = ()
    """The people whom brackets name without a role; the first may have written, the others read."""


def read_brackets(name: str, series: str | None) -> Unbracketed:
    """Take the remarks out of a name; brackets that hold words of the title stay. `series` is known from above.

    Editions that are called after a house (`AmazonClassics Edition`) stay too: catalogues have them in their titles.
    """
    name, claims = _without_asin(name)
    pieces = cut_brackets(name)
    kept: list[str] = []
    people: list[tuple[str, ...]] = []
    for place, piece in enumerate(pieces):
        before, after = pieces[:place], pieces[place + 1 :]
        said = read_remark(piece.text) if not piece.bracket and before and _has_words(before + after) else None
        if said is not None:
            claims = merged(claims, said)
        elif not piece.bracket:
            kept.append(piece.text)
        elif (found := _claims(piece, series, numbers_end=not _has_words(after))) is not None:
            claims = merged(claims, found)
            kept.append(f" {piece.whole} " if found.edition and read_edition(piece.text) is None else _BREAK)
        elif _stands_alone(before, after):
            kept.append(piece.text)
        elif person_likelihood(piece.text) >= _PERSON and _has_words(before + after):
            people.append(split_people(piece.text))
            kept.append(_BREAK)
        elif not is_site(piece.text):
            kept.append(f" {_inlined(piece)} ")
    return Unbracketed(_joined("".join(kept)), claims, tuple(people))


def read_identifier(text: str) -> Claims | None:
    """The identifier that a whole text is (`ASIN.B0...`, `978-...`), or None."""
    found = _ID.match(text.strip())
    if found is None:
        return None
    if (isbn := normal_isbn(found["id"])) and "asin" not in text.lower():
        return Claims(isbn=isbn)
    asin = normal_asin(found["id"])
    return Claims(asin=asin) if asin and (asin[0] == "B" or "asin" in text.lower()) else None


def _without_asin(name: str) -> tuple[str, Claims]:
    """A name without its ASIN, whose brackets need not match (`{ASIN.B017V4IM1G]`)."""
    found = _ASIN.search(name)
    if found is None or (asin := normal_asin(found["asin"])) is None:
        return name, Claims()
    return f"{name[: found.start()]} {name[found.end() :]}", Claims(asin=asin)


def _claims(piece: Piece, series: str | None, *, numbers_end: bool) -> Claims | None:
    text = piece.text
    if identifier := read_identifier(text):
        return identifier
    if (narration := cut_narration(text)) is not None and not narration.before:
        return Claims(narrators=narration.names)
    if found := _NARRATOR_ROLE.match(text):
        return Claims(narrators=split_people(found["names"]))
    if found := _WRITTEN.match(text):
        return Claims(authors=split_people(found["names"])) if looks_like_person(found["names"]) else None
    if (remark := read_remark(text)) is not None:
        return remark
    if piece.bracket == "{":
        return Claims(narrators=() if is_placeholder(text) else split_people(text))
    return _series(text, series, numbers_end=numbers_end)


def _series(text: str, known: str | None, *, numbers_end: bool) -> Claims | None:
    if known and title_key(text) == title_key(known):
        return Claims(series=(SeriesPlace(known),))
    if _BARE.fullmatch(text) and numbers_end and (position := plain_position(text)) and (known or "-" in position):
        return Claims(series=(SeriesPlace(known or "", position),))
    places: list[SeriesPlace] = []
    for one in _SPLIT_SERIES.split(text):
        reading = read_series_phrase(one)
        if reading is None and (numeral := cut_roman(one)):
            reading = SeriesReading(*numeral)
        if reading is None or not reading.position:
            return None
        places.append(SeriesPlace(reading.name or "", reading.position))
    if not numbers_end and not any(place.name for place in places):
        return None
    return Claims(series=tuple(places), collection=any("-" in (place.position or "") for place in places))


def _has_words(pieces: tuple[Piece, ...]) -> bool:
    return any(not piece.bracket and words(piece.text) for piece in pieces)


def _stands_alone(before: tuple[Piece, ...], after: tuple[Piece, ...]) -> bool:
    """Whether dashes part a bracket from the words on both of its sides."""
    return bool(before and after) and before[-1].text.rstrip()[-1:] in _DASHES and after[0].text.lstrip()[:1] in _DASHES


def _joined(text: str) -> str:
    """A text whose brackets are gone: where one stood between words, a dash parts them."""
    plain = _BREAKS.sub(_BREAK, text).strip(f" {_BREAK}")
    return _BLANKS.sub(" ", plain.replace(_BREAK, " - ")).strip()


def _inlined(piece: Piece) -> str:
    """A number that stands between a series and its title loses the brackets around it."""
    reading = read_series_phrase(piece.text)
    return piece.text if reading and reading.marked and not reading.name else piece.whole
