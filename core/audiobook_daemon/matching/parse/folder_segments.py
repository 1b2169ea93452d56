"""Cuts the name of a folder at its dashes and tells of each segment what it may be: year, number, series, title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.filenames import is_dotted, spaced
from audiobook_daemon.matching.parse.folder_numbers import cut_eastern, cut_part, cut_roman, read_part, read_short_form
from audiobook_daemon.matching.parse.numbering import (
    Numbered,
    cut_at_leading_number,
    cut_at_number,
    cut_at_trailing_number,
    plain_position,
)
from audiobook_daemon.matching.parse.remarks import read_remark, says_nothing
from audiobook_daemon.matching.parse.series import read_series
from audiobook_daemon.matching.people import looks_like_person
from audiobook_daemon.matching.text import title_key, words

_SEPARATOR = re.compile(
    r"\s+(?:-{1,3}|[–—−~|•·])\s+|(?<=[^\s-])\s+-(?=[^\s\d-])|(?<=[^\s-])-\s+(?=[^\s-])(?!(?:und|oder|and|or|et|y|en|och|og|u)\b)"
)
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d(?:[-./]\d{1,2}[-./]\d{1,2})?")
_BARE_NUMBER = re.compile(r"[#\[(]?\s?(?P<number>\d{1,3}(?:\.\d{1,2})?(?:\s?[-–&]\s?\d{1,3}(?:\.\d{1,2})?)?)\s?[.)\]]?")
_PADDED = re.compile(r"^(?P<head>\S.*?)\s(?P<number>0\d(?:\.\d{1,2})?|00)\s(?P<tail>\S.*)$")
_TIGHT_NUMBER = re.compile(r"^(?P<number>0\d{1,2}(?:\.\d)?)[-._](?P<tail>[^\W\d].*)$")
_FOLLOWING = re.compile(r"[\s,:]+(?P<number>\d{1,3}(?:\.\d{1,2})?)(?:[\s:.,]+(?P<tail>\S.*))?")
_GOES_ON = re.compile(r"(?:and|und|et|y|e|en|och|og|und|oder|or|vs|meets|at|in|goes|gets)\s")
_MOST_BARE = 30
_WORD = re.compile(r"\S+")
_EDGES = " \t\n,;:-–—_|/.~#"


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a name, with the numbers taken out of it."""

    written: str
    text: str = ""
    """What could be (part of) a title or a person."""
    series: str | None = None
    number: str | None = None
    """In plain form: `2`, `1.5`, `1-3`."""
    part: Claims | None = None
    year: int | None = None
    marked: bool = False
    """Whether a word or sign says that the number is a volume's."""

    @property
    def is_text(self) -> bool:
        """Whether it is nothing but words."""
        return bool(self.text) and self.number is None and self.series is None


def tidied(name: str) -> str:
    """A name with blanks where dots and underscores stand for them; a person before a tight hyphen stands apart."""
    text = spaced(name)
    if not is_dotted(name) or "-" not in text:
        return text
    left, _, right = text.partition("-")
    pieces = [piece.strip() for piece in right.split("-")]
    rest = len(pieces)
    while rest > 1 and read_remark(pieces[rest - 1]) is not None:
        rest -= 1
    ends = [piece for piece in ("-".join(pieces[:rest]), *pieces[rest:]) if piece]
    return " - ".join((left.strip(), *ends)) if looks_like_person(left) or len(ends) > 1 else text


def cut_segments(text: str, series: str | None) -> tuple[Segment, ...]:
    """The segments of a name without brackets; a `series` known from above tells a number from a title's digits."""
    texts = [part for piece in _SEPARATOR.split(text) if (part := piece.strip(" \t,;"))]
    texts = [part for part in texts if not says_nothing(part)] or texts
    last = len(texts) - 1
    return tuple(_segment(part, series, alone=not last, last=place == last) for place, part in enumerate(texts))


def _segment(written: str, series: str | None, *, alone: bool, last: bool) -> Segment:
    if not alone:
        if found := _YEAR.fullmatch(written.strip("()[]")):
            return Segment(written, year=int(found[0][:4]))
        if (part := read_part(written)) is not None:
            return Segment(written, part=part)
        if (bare := _BARE_NUMBER.fullmatch(written)) and (position := plain_position(bare["number"])):
            return Segment(written, number=position)
        if series and (short := read_short_form(written, series)):
            return Segment(written, number=short, marked=True)
    if eastern := cut_eastern(written):
        return Segment(written, eastern[2], eastern[0] or None, eastern[1], marked=True)
    text, part = cut_part(written)
    if marked := cut_at_number(text):
        return _from_marked(written, marked, part)
    for read in (_after_known_series, _before_title, _in_the_middle, _at_the_end):
        if found_segment := read(text, series):
            return found_segment
    if (numeral := cut_roman(text)) and (not last or (series and title_key(series) == title_key(numeral[0]))):
        return Segment(written, "", numeral[0], numeral[1])
    return Segment(written, text=text, part=part)


def _from_marked(written: str, found: Numbered, part: Claims | None) -> Segment:
    """A segment whose number follows a word or sign (`Discworld #16.5`, `Volume 1. Title`, `Book 2 of Series`)."""
    if found.of:
        return Segment(written, found.head, found.tail, found.position, part, marked=True)
    if not found.head:
        rest = read_part(found.tail) if found.tail else None
        return Segment(written, "" if rest else found.tail, None, found.position, part or rest, marked=True)
    tail, head, title = found.tail, found.head, None
    if tail and (rest := read_part(tail)) is not None:
        tail, part = "", part or rest
    if _GOES_ON.match(tail):
        tail = f"{head} {tail}"  # the title begins with the name of the series
    if not tail and ": " in head and (reading := read_series(written)) is not None:
        title, head = reading.title, reading.name or head
    return Segment(written, title or tail, head, found.position, part, marked=True)


def _after_known_series(text: str, series: str | None) -> Segment | None:
    """`Discworld 5 Sourcery`, where the folder above is called Discworld."""
    end = _end_of_name(text, series) if series else None
    found = _FOLLOWING.fullmatch(text, end) if end else None
    if found is None or not (position := plain_position(found["number"])):
        return None
    return Segment(text, found["tail"] or "", series, position)


def _end_of_name(text: str, name: str) -> int | None:
    """Where a text that begins with a name goes on, or None when it does not begin with it."""
    wanted, seen = title_key(name), ""
    for found in _WORD.finditer(text[:200]):
        seen = f"{seen} {found[0]}"
        if title_key(seen) == wanted:
            return found.end()
    return None


def _before_title(text: str, series: str | None) -> Segment | None:
    """`1. Title`, `01 Title`, `(2) Title`; other digits belong to the title, unless it stands in a series' folder."""
    if (tight := _TIGHT_NUMBER.match(text)) and (position := plain_position(tight["number"])):
        return Segment(text, tight["tail"], None, position)
    found = cut_at_leading_number(text)
    if found is None or not words(found.tail):
        return None
    sure = found.marked or text.lstrip("[(#").startswith("0") or found.link in {".", ")", "]", ":", "_"}
    sure = sure or bool(series and found.tail[:1].isupper() and float(found.position) <= _MOST_BARE)
    return Segment(text, found.tail, None, found.position, marked=found.marked) if sure else None


def _in_the_middle(text: str, _: str | None) -> Segment | None:
    """`Discworld 05 Sourcery`: a number with a nought in the middle parts the series from the title."""
    found = _PADDED.match(text)
    if found is None or not (position := plain_position(found["number"])):
        return None
    return Segment(text, found["tail"].strip(_EDGES), found["head"].strip(_EDGES), position)


def _at_the_end(text: str, series: str | None) -> Segment | None:
    """`Red Rising 03`: whether the number belongs to the title is for the neighbours to say."""
    found = cut_at_trailing_number(text)
    if found is None or not words(found.head):
        return None
    known = series is not None and title_key(series) == title_key(found.head)
    return Segment(text, "", series if known else found.head, found.position)
