"""Finds the number of a volume, or a range of them, in a title; numbers that belong to the title are left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from audiobook_daemon.matching.numbers import read_positions, roman

_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_WORDED = (
    rf"(?:(?:twenty|thirty|forty|fifty)[- ]?(?:{_UNITS})?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    rf"seventeen|eighteen|nineteen|{_UNITS}|eins|zwei|drei|vier|fünf|un|deux|trois|quatre|cinq|uno|dos|tres|cuatro|cinco)"
)
_DIGITS = r"\d{1,4}(?:\.\d{1,2})?(?:[a-d](?![^\W_]))?"
_ROMAN = r"[ivxl]{1,7}"
_BETWEEN = r"(?:\s{0,3}[-‐‑–—~,&+]\s{0,3}|\s{1,3}(?:to|thru|through|and|bis|und|et)\s{1,3})#?"
_TOTAL = r"(?:\s{0,3}(?:of|von|sur|de|/)\s{0,3}\d{1,3})?"
_LONG_LABELS = (
    "books?|bks?|volumes?|vols?|bände|bands?|buch|bücher|tomes?|tomos?|livres?|libros?|libri|volumen|deel|delen|boek|"
    "boeken|folgen?|bok|böcker|bind|kniha|knihy|księga|книга|книги|том|тома|osa|kirja|episodes?|issues?"
)
_SHORT_LABELS = r"no|nos|nr|num|v|bd|t\.|tom|del|ep|b\."
_START, _END = r"(?<![^\W_])", r"(?![^\W_])(?!['’%])"


def _many(number: str) -> str:
    return rf"{number}(?:{_BETWEEN}(?:(?:{_LONG_LABELS})\b\.?\s?)?{number}{_END}){{0,20}}"


_MARKED = re.compile(
    rf"(?:(?P<sign>#|№|nº)\s{{0,2}}(?P<signed>{_many(_DIGITS)})"
    rf"|{_START}(?P<label>{_LONG_LABELS})\b[.:]?\s{{0,3}}[#№]?\s{{0,2}}"
    rf"(?P<named>{_many(_DIGITS)}|{_many(_WORDED)}|{_many(_ROMAN)})"
    rf"|{_START}(?P<short>{_SHORT_LABELS})\.?\s{{0,2}}#?(?P<shorted>{_many(_DIGITS)})){_END}{_TOTAL}",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"{_START}(?P<number>\d{{1,2}}(?:st|nd|rd|th|\.)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    rf"erster|zweiter|dritter|vierter|fünfter)\s(?P<label>books?|novel|volume|band|teil|buch)(?=\s(?:of|in|der|des|aus)\s)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"[^\W_][.!?'’\"”]?(?P<link>\s|\s?[,;:]\s?|\s[-–—]\s|-(?=0\d))(?P<number>{_DIGITS}(?:{_BETWEEN}{_DIGITS}{_END})?)\s*$"
)
_LEADING = re.compile(
    rf"\s*(?:[#\[(]\s?)?(?P<number>{_DIGITS}|B\d{{2}}(?=\s))(?P<link>[\])]|\.(?=\s)|\s?[-–—:_]\s|\s)\s*(?=\S)"
)
_BETWEEN_NUMBERS = re.compile(_BETWEEN, re.IGNORECASE)
_WHOLE_WORDED = re.compile(_WORDED, re.IGNORECASE)
_EDGES = " \t\n,;:-–—_|/.~#"
_FOLLOWING_WORD = re.compile(r"\s+(?!(?:of|in|from|von|aus|de)\s)[^\W\d_]")
_PLURAL = re.compile("books|volumes|tomes|tomos|livres|libros|issues|episodes", re.IGNORECASE)
_TRACK = re.compile(
    r"(?:[a-z]{1,2}-?|(?:cd|disc|track|chapter|chap|kapitel|chapitre)[-. ]?)\d{1,3}|0\d{3,5}", re.IGNORECASE
)
_ARTICLE_BEFORE = re.compile(r"(?<![^\W_])(?:the|a|der|die|das|le|la|el)\s$", re.IGNORECASE)
_HOUSE_LABELS = frozenset({"no", "No", "NO", "nr", "Nr"})
"""Before a number at the beginning they may name a house (`No. 4 Imperial Lane`)."""
_PART_BEFORE = re.compile(r"(?<![^\W_])(?:part|pt|teil|partie|parte|deel|act|chapter)\.?$", re.IGNORECASE)
_BRACKETS = re.compile(r"[()\[\]{}]")
_BLANKS = re.compile(r"\s+")
_PACK_END = re.compile(
    r"[\s:,–-]{1,4}(?:the\s)?(?:complete\s)?(?:omnibus(?:\sedition)?|box(?:ed)?\s?set|collection|bundle)$",
    re.IGNORECASE,
)
_CAPITAL_ROMAN = re.compile("[IVX]{1,6}")
_LAST_VOLUME = 999
_OF = re.compile(r"\s*(?:of|in|from|von|aus|der|de|du|des|della|di)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A text cut at the number of a volume."""

    head: str
    position: str
    """In plain form: `2`, `1.5`, `1-3`."""
    tail: str
    link: str = ""
    """What stood between the head and the number: `,`, `:`, `-` or nothing."""
    marked: bool = True
    """Whether a word or sign said that it is a volume's number."""
    label: str = ""
    """The word or sign that marked the number, in lower case (`book`, `vol`, `#`)."""
    of: bool = False
    """Whether the tail names the series (`Book 2 of The Reckoners`)."""

    @property
    def range(self) -> tuple[str, str] | None:
        """First and last volume, when there are several."""
        first, _, last = self.position.partition("-")
        return (first, last) if last else None


@lru_cache(maxsize=2_000)
def cut_at_number(text: str) -> Numbered | None:
    """Cut a text at its first number that is marked as a volume (`Book 2`, `#1.5`, `Vol. II`, `Books 1-3`)."""
    for found in _MARKED.finditer(text):
        written = found["signed"] or found["named"] or found["shorted"]
        if _is_pronoun(text, found) or (found["short"] in {"v", "V"} and not text[: found.start()].strip()):
            continue
        position = plain_position(written)
        if position is None or (found["short"] in _HOUSE_LABELS and found.start() == 0 and text[found.end() :].strip()):
            continue
        if _PLURAL.fullmatch(found["label"] or "") and "-" not in position:
            # A plural before one number belongs to the name (`Cemetery of Forgotten Books 3`).
            sign = text.find("#", found.end("label"), found.start("named"))
            if sign >= 0:
                return _cut(text, sign, found.end(), position, "#")
            continue
        return _cut(text, found.start(), found.end(), position, found["label"] or found["short"] or "#")
    if (ordinal := _ORDINAL.search(text)) and not _ARTICLE_BEFORE.search(text[: ordinal.start()]):
        position = plain_position(ordinal["number"].rstrip("."))
        return _cut(text, ordinal.start(), ordinal.end(), position, ordinal["label"]) if position else None
    return None


def cut_at_trailing_number(text: str) -> Numbered | None:
    """Cut off a bare number at the end (`Robot 04`, `Accords 1-4`); it may well belong to the name."""
    found = _TRAILING.search(text[-60:])
    if found is None:
        return None
    offset = max(0, len(text) - 60)
    position = plain_position(found["number"])
    head = text[: offset + found.start("link")].strip(_EDGES)
    if position is None or not head or float(position.split("-")[-1]) > _LAST_VOLUME or _PART_BEFORE.search(head):
        return None
    return Numbered(head, position, "", found["link"].strip(), marked=False)


def cut_at_trailing_roman(text: str) -> Numbered | None:
    """Cut off a Roman number at the end (`The Dark Tower II`); it may well belong to the name."""
    head, _, number = text.rpartition(" ")
    value = roman(number) if head and _CAPITAL_ROMAN.fullmatch(number) else None
    return Numbered(head.strip(_EDGES), str(value), "", marked=False) if value else None


def cut_at_inner_number(text: str) -> Numbered | None:
    """Cut at a bare number before a colon (`He Who Fights with Monsters 10: A LitRPG Adventure`)."""
    head, colon, tail = text.partition(": ")
    found = cut_at_trailing_number(head) if colon else None
    return replace(found, tail=tail.strip()) if found else None


def cut_at_leading_number(text: str) -> Numbered | None:
    """Cut off a bare number at the beginning (`02 - Firefight`, `1. Firefight`); it may well belong to the title."""
    found = _LEADING.match(text)
    if found is None:
        return None
    position = plain_position(found["number"].lstrip("Bb"))
    if position is None or float(position) > _LAST_VOLUME:
        return None
    return Numbered("", position, text[found.end() :].strip(), found["link"].strip(), marked=found["number"][0] in "Bb")


def is_track(text: str) -> bool:
    """Whether a text is nothing but the code of a track or disc (`s-01`, `CD 2`)."""
    return bool(_TRACK.fullmatch(text))


def plain_position(written: str) -> str | None:
    """The plain form of a number or of a list of numbers (`01` is `1`, `I & II` is `1-2`), or None."""
    if alone := _WHOLE_WORDED.fullmatch(written.strip()) and read_positions(written):
        return alone[0].first
    numbers = [number for number in _BETWEEN_NUMBERS.split(written.strip()) if number]
    ends = [read_positions(number) for number in (numbers[0], numbers[-1])] if numbers else []
    if not ends or not all(ends):
        return None
    first, last = ends[0][0].first, ends[1][0].first
    if len(numbers) == 1:
        return first
    return f"{first}-{last}" if float(first) < float(last) else None


def title_number(text: str, *, is_folder: bool = False) -> str | None:
    """The number of the volume that a title (or the name of a folder) states, or None when its digits are title."""
    if found := cut_at_number(text):
        return None if found.range else found.position
    if is_folder and (found := cut_at_leading_number(text)) and found.link:
        return found.position
    return None


def title_range(text: str) -> tuple[str, str] | None:
    """First and last volume of a title that names several, or None; years are no volumes."""
    if found := cut_at_number(text):
        return found.range
    opened = _BLANKS.sub(" ", _BRACKETS.sub(" ", text)).strip()
    found = cut_at_trailing_number(_PACK_END.sub("", opened))
    return found.range if found else None


def _is_pronoun(text: str, found: re.Match[str]) -> bool:
    """Whether the Roman number is the word "I" (`The Book I Read`)."""
    return found["named"] in {"I", "i"} and bool(_FOLLOWING_WORD.match(text, found.end("named")))


def _cut(text: str, start: int, end: int, position: str, label: str) -> Numbered:
    before, after = text[:start], text[end:]
    link = before.rstrip()[-1:]
    of = _OF.match(after)
    tail = after[of.end() :] if of else after
    return Numbered(
        before.strip(_EDGES),
        position,
        tail.strip(_EDGES),
        link if link in _EDGES else "",
        label=label.lower().rstrip("."),
        of=of is not None,
    )
