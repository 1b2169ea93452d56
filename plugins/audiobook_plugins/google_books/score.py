"""Says how well a volume answers a question. Pure and simple: the daemon itself identifies books more strictly.

The share of common title words is the score if an author agrees; an unknown or half-agreeing author lowers it, another
author leaves a third. The same ISBN is 1, unless the title contradicts it; a book may be known by its ISBN alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from audiobook_daemon import Book
from audiobook_plugins.google_books.parse import Volume, isbn_13

_ARTICLES = frozenset({"a", "an", "the"})
_NOISE = frozenset({"novel", "book", "series", "edition", "volume", "vol", "unabridged", "of"})
_VOLUME = re.compile(r"\b(?:book|band|volume|vol\.?|part|teil|tome|no\.?|#)\s*0*(\d{1,3})\b", re.IGNORECASE)
_PART, _CONTRADICTION, _OTHER_LANGUAGE = 0.9, 0.3, 0.6
_TITLE_STANDS = 0.4


def score(book: Book, volume: Volume, language: str | None = None) -> float:
    """Compare; 0 is another book, 1 the very one. `language` is what is expected if the book names none."""
    title = title_score(book, volume)
    if _same_isbn(book, volume) and (title >= _TITLE_STANDS or not book.title):
        return 1.0
    result = _with_author(title, book.authors, volume.authors)
    wanted = book.language or language
    if wanted and volume.language and wanted.lower().partition("-")[0] != volume.language:
        result *= _OTHER_LANGUAGE
    return round(result, 3)


def title_score(book: Book, volume: Volume) -> float:
    """Compare titles: share of common words, of the whole titles or of one's part against the other's whole."""
    ours, theirs = _wholes(book.title, book.subtitle), _wholes(volume.title, volume.subtitle)
    best = max(_overlap(one, other) for one in ours for other in theirs)
    parts = [_overlap(part, other) for part in _parts(book.title) for other in theirs]
    parts += [_overlap(one, part) for one in ours for part in _parts(volume.title)]
    best = max([best, *(_PART * part for part in parts)])
    all_ours, all_theirs = frozenset[str]().union(*ours), frozenset[str]().union(*theirs)
    if all_ours - all_theirs - _NOISE and all_theirs - all_ours - _NOISE:
        best = min(best, _overlap(all_ours, all_theirs))  # each names something that the other does not
    numbers = _numbers(book.title, book.subtitle) or {
        int(place.position) for place in book.series if place.position and place.position.isdecimal()
    }
    if numbers and (others := _numbers(volume.title, volume.subtitle)) and not numbers & others:
        best = min(best, _CONTRADICTION)
    return best


def author_score(ours: Iterable[str], theirs: Iterable[str]) -> float:
    """Compare names: 1 if any two agree (initials, titles of nobility and middle names do not matter)."""
    pairs = [(one, other) for one in map(_name, ours) for other in map(_name, theirs) if one and other]
    return max((_names_agree(one, other) for one, other in pairs), default=0.0)


def _with_author(title: float, ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    if not ours:
        return title * 0.85
    if not theirs:
        return title * 0.6
    author = author_score(ours, theirs)
    return title * (0.6 + 0.4 * author) if author else title * 0.3


def _same_isbn(book: Book, volume: Volume) -> bool:
    wanted = isbn_13(book.isbn) if book.isbn else None
    return wanted is not None and wanted in volume.isbns


def _wholes(title: str, subtitle: str | None) -> list[frozenset[str]]:
    return [_words(title), _words(f"{title} {subtitle}")] if subtitle else [_words(title)]


def _parts(title: str) -> list[frozenset[str]]:
    """The sides of a colon or dash: series and title, or title and subtitle; brackets are no title."""
    plain = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", title)
    sides = re.split(r":\s|\s[-\u2013\u2014]\s|,\s(?=Band|Book|Vol)", plain)
    return [words for side in sides if (words := _words(side))] if len(sides) > 1 or plain != title else []


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _words(text: str) -> frozenset[str]:
    words = frozenset(_tokens(text.replace("&", " and ")))
    return words - _ARTICLES or words


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'\u2019")
    return [token.lstrip("0") or token for token in re.findall(r"[^\W_]+", plain)]


def _numbers(title: str, subtitle: str | None) -> set[int]:
    return {int(number) for number in _VOLUME.findall(f"{title} {subtitle or ''}")}


def _name(name: str) -> list[str]:
    last, comma, first = name.partition(",")
    return _tokens(f"{first} {last}" if comma else name)


def _names_agree(one: list[str], other: list[str]) -> float:
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    whole = any(len(part) > 1 and part in long for part in short)
    if whole and all(any(_same_part(part, match) for match in long) for part in short):
        return 1.0
    return 0.6 if one[-1] == other[-1] and len(one[-1]) > 1 else 0.0


def _same_part(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
