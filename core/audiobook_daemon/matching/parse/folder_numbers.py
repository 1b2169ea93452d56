"""Reads the numbers that only names of folders write: parts behind a volume, Roman volumes, initials with a number."""

from __future__ import annotations

import re

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.numbers import roman
from audiobook_daemon.matching.parse.numbering import plain_position
from audiobook_daemon.matching.parse.remarks import read_remark
from audiobook_daemon.matching.people import looks_like_person
from audiobook_daemon.matching.text import words

_CUT_NUMBER = re.compile(
    r"(?P<before>(?:#|(?<![^\W_])(?:vol|volume|book|bk|band|bd|tome|tomo|libro|livre|deel|teil|part))\.?[\s#]{0,3}"
    r"\d{1,3}(?:\.\d{1,2})?)(?P<mark>\s?-\s?|\s?(?:p|pt|part)\.?\s?)(?P<part>\d{1,2})(?![\w.])",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?P<letters>[A-Z]{2,5})[\s#-]?(?P<number>\d{1,3}(?:\.\d)?)")
_ROMAN_END = re.compile(r"^(?P<name>\S.*?),?\s(?P<numeral>[IVX]{1,6})$")
_EASTERN = re.compile(r"(?P<head>.*?)\s*第?(?P<number>\d{1,3})\s?[巻卷集部冊册]\s*(?P<tail>.*)$")
_MOST_ROMAN = 30


def read_part(text: str) -> Claims | None:
    """Which part of a cut book a whole text names (`Part 1 of 2`, `1 of 2`), beside other remarks; or None."""
    remark = read_remark(text)
    return remark if remark is not None and remark.part else None


def cut_part(text: str) -> tuple[str, Claims | None]:
    """Take the part out of `Vol 01p2` and `Vol 02-1`; a number that rises (`Vol 1-2`) is a range."""
    found = _CUT_NUMBER.search(text)
    if found is None:
        return text, None
    number = re.findall(r"[\d.]+$", found["before"])
    if found["mark"].strip() == "-" and number and float(number[0]) < int(found["part"]):
        return text, None
    return f"{text[: found.end('before')]} {text[found.end() :]}", Claims(part=str(int(found["part"])))


def cut_roman(text: str) -> tuple[str, str] | None:
    """A name of several words and the Roman numeral behind it (`The Dark Tower VII`), unless it is a person's."""
    found = _ROMAN_END.match(text)
    value = roman(found["numeral"]) if found else None
    if found is None or value is None or value > _MOST_ROMAN:
        return None
    return None if len(words(found["name"])) < 2 or looks_like_person(found["name"]) else (found["name"], str(value))


def read_short_form(text: str, series: str) -> str | None:
    """The number behind the initials of the series above (`DF04` in Dresden Files)."""
    found = _INITIALS.fullmatch(text)
    initials = "".join(word[0] for word in words(series))
    if found is None or not initials.endswith(found["letters"].lower()) or len(found["letters"]) < len(initials) - 1:
        return None
    return plain_position(found["number"])


def cut_eastern(text: str) -> tuple[str, str, str] | None:
    """What stands before a volume counted in Chinese or Japanese (`第1巻`), its number, and what follows."""
    found = _EASTERN.match(text)
    position = plain_position(found["number"]) if found else None
    return (found["head"], position, found["tail"]) if found and position else None
