"""Reads which edition a text names: `2nd Edition`, `Anniversary Edition`, `2. Auflage`."""

from __future__ import annotations

import re

_ORDINAL_WORDS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth
"""
_EDITION_WORDS = """
    revised updated expanded extended enlarged anniversary special deluxe limited collector's collectors illustrated
    international definitive annotated new movie film tv tie-in library author's authors preferred text centenary
    commemorative premium exclusive enhanced student teacher's paperback hardcover restored director's digital global
    reprint golden jubilee corrected final standard bonus classic classics and complete us uk american british
"""
_ORDINALS = _ORDINAL_WORDS.split()
_WORDS = _EDITION_WORDS.split()
_EDITION = re.compile(
    rf"(?:(?P<number>\d{{1,4}}(?:st|nd|rd|th)?|{'|'.join(_ORDINALS)})\b\.?)?[\s,-]{{0,3}}"
    rf"(?P<words>(?:(?:{'|'.join(_WORDS)}|&)[\s,-]{{1,3}}){{0,5}})(?:edition|edn|ed)\b\.?(?:[\s,]{{1,3}}edition\b)?",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?P<number>\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})\s(?P<words>(?:[\w']{{2,20}}\s){{1,2}})edition\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"[\w'’&-]{1,20}(?:\s[\w'’&-]{1,20}){0,5}\sedition", re.IGNORECASE)
_FOREIGN = re.compile(
    r"(?P<number>\d{1,2})(?:\.|e|ª|ème)?\s?(?:auflage|édition|edición|edizione|uitgave|druk)\b"
    r"|(?P<words>(?:jubiläums|sonder|sammler|neu|erst|luxus|taschenbuch|schmuck|premium|gesamt)ausgabe)\b",
    re.IGNORECASE,
)
_BEGINNINGS = frozenset({*_ORDINALS, *(word.split("'")[0].split("-")[0] for word in _WORDS), "tie", "edition"})
_WORD = re.compile(r"(?<![\w.])[^\W_]+")
_DIGITS = re.compile(r"\d+")


def read_edition(text: str, start: int = 0) -> tuple[int, str] | None:
    """The edition named at `start`: where its name ends, and its number as digits, else its words; or None."""
    for pattern in (_EDITION, _COUNTED, _FOREIGN):
        found = pattern.match(text, start)
        if found and found[0].strip():
            named = (found["words"] or "").strip(" ,-&\t")
            number = _number(found["number"])
            if named or number:
                return found.end(), _named(found["number"], number, named)
    return None


def find_edition(text: str) -> str | None:
    """The first edition that a free text names anywhere."""
    found = locate_edition(text)
    return found[2] if found else None


def locate_edition(text: str) -> tuple[int, int, str] | None:
    """Where the first edition that a text names begins and ends, and its name."""
    for word in _WORD.finditer(text):
        if may_begin_edition(word[0].casefold()) and (found := read_edition(text, word.start())):
            return word.start(), *found
    return None


def whole_edition(text: str) -> str | None:
    """The edition that a text is nothing but the name of, whatever its words (`Folio Society Edition`), or None."""
    return text.rsplit(None, 1)[0] if _WHOLE.fullmatch(text) else None


def may_begin_edition(word: str) -> bool:
    """Whether a folded word can be the first of an edition's name; saves the search in most places."""
    return word[0].isdigit() or word in _BEGINNINGS or word.endswith("ausgabe")


def _number(text: str | None) -> str | None:
    if not text:
        return None
    if digits := _DIGITS.match(text):
        return str(int(digits[0]))
    return str(_ORDINALS.index(text.lower()) + 1)


def _named(written: str | None, number: str | None, named: str) -> str:
    if not named:
        return number or ""
    if number is None:
        return named
    return f"{written} {named}" if "anniversary" in named.lower() else number
