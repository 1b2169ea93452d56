"""Reads plain text, one book a line: `Title - Author`, `Title by Author`, an ASIN or an ISBN. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audiobook_daemon import Book, normal_asin, normal_isbn, read_listed_title, split_people
from audiobook_plugins.book_list.entries import Contents, Entry, Mistake

_LONGEST = 500
"""Characters of a line; more is no book."""
_REMARK = re.compile(r"(?:^|\s)#(?:\s.*|$)|^#.*")
"""From a `#` on, but not within `(Mistborn, #2)`."""
_BULLET = re.compile(r"^(?:[-*•–]\s+(?:\[[ xX]?\]\s+)?|\d{1,4}[.)]\s+)")
_PARTS = re.compile(r"\s+[-–—]+\s+|\s+by:?\s+|\t+", re.IGNORECASE)
"""What stands between title and author; the last one counts, for titles have dashes and a `by` of their own."""
_LETTER = re.compile(r"[^\W\d_]")
_HAS_DIGITS = re.compile(r"\d\w*\d|B\d", re.IGNORECASE)
_NUMBER = re.compile(r"(?:(?:isbn|asin)(?:[- ]?1[03])?\s*[:=]?\s*)?[0-9B][0-9A-Z \-]{8,20}", re.IGNORECASE)


def read_lines(lines: Sequence[str]) -> Contents:
    """Read every line for itself; a line that names no book is a mistake and costs no other."""
    entries: list[Entry] = []
    mistakes: list[Mistake] = []
    for number, line in enumerate(lines, 1):
        plain = _BULLET.sub("", _REMARK.sub("", line.strip())).strip()
        if not plain:
            continue
        if reason := _unfit(plain):
            mistakes.append(Mistake(number, reason))
        else:
            entries.append(Entry(number, _book(plain)))
    return Contents("list of lines", tuple(entries), tuple(mistakes))


def _unfit(plain: str) -> str | None:
    """Why a line names no book; None if it may name one."""
    if len(plain) > _LONGEST:
        return f"it has more than {_LONGEST} characters"
    if "\ufffd" in plain or any(not (letter.isprintable() or letter == "\t") for letter in plain):
        return "it has characters that are no text"
    if _is_number(plain):
        return None
    if _NUMBER.fullmatch(plain) and len(re.sub(r"\D", "", plain)) >= 9:
        return "its number is neither an ASIN nor an ISBN; one digit may be wrong"
    if plain.startswith(("<", "{", "http://", "https://")):
        return "it is markup or an address, and no title"
    return None


def _is_number(plain: str) -> bool:
    """Whether a line is an ISBN or an ASIN; a word of ten letters is none."""
    return _HAS_DIGITS.search(plain) is not None and bool(normal_isbn(plain) or normal_asin(plain))


def _book(plain: str) -> Book:
    if _is_number(plain):
        isbn = normal_isbn(plain)
        return Book("", isbn=isbn, asin=None if isbn else normal_asin(plain))
    breaks = list(_PARTS.finditer(plain))
    last = breaks[-1] if breaks else None
    title, author = (plain[: last.start()], plain[last.end() :]) if last else (plain, "")
    by_a_word = last is not None and "by" in last[0].lower() and author[:1].islower() and not plain.islower()
    if not title.strip() or not _LETTER.search(author) or by_a_word:
        title, author = plain, ""
    title, places = read_listed_title(title)
    return Book(title, split_people(author), series=places)
