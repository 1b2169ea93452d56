"""Brings titles and names into a form in which equal things are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from audiobook_daemon.models import Book

_ARTICLES = frozenset({"the", "a", "an", "der", "die", "das", "ein", "eine", "le", "la", "les", "l", "un", "une", "el"})
_JOINING = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "&": " and ", "þ": "th", "ð": "d"}
_WORDS = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['’`ʼ]")
_EDITION = re.compile(r"[\[(](?:un)?abridged[\])]", re.IGNORECASE)
_SUBTITLE = re.compile(r"\s*(?::|\s[-–—]\s).*$")
_SAYS_NOTHING = re.compile(
    r"(?:(?:a|an|the|ein|eine|un|une) )?(?:\w+ )?"
    r"(?:novel|novella|memoir|story|thriller|romance|mystery|tale|biography|autobiography|history|edition|text|roman)?"
)
_INITIAL = re.compile(r"\b(\w)\.(?=\w)")
_NUMBER = re.compile(r"^0*(\d+)(?:\.0+)?$")


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded: case, accents, apostrophes and punctuation do not matter, scripts do."""
    text = _APOSTROPHES.sub("", text.casefold())
    if text.isascii():
        return tuple(_WORDS.findall(text.replace("&", " and ")))
    for letter, plain in _JOINING.items():
        text = text.replace(letter, plain)
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(char for char in decomposed if not unicodedata.combining(char) or _carries_meaning(char))
    return tuple(_WORDS.findall(unicodedata.normalize("NFC", kept)))


def title_key(title: str) -> str:
    """A title without marks of the edition and without a leading article."""
    found = words(_EDITION.sub(" ", title))
    if len(found) > 1 and found[0] in _ARTICLES:
        found = found[1:]
    return " ".join(found)


def main_title(title: str) -> str:
    """The part before a subtitle."""
    return _SUBTITLE.sub("", title) or title


@lru_cache(maxsize=20_000)
def author_key(name: str) -> str:
    """A person's name, whatever its order and however the initials are written."""
    spread = _INITIAL.sub(r"\1. ", name) if "." in name else name
    found = [word for word in words(spread) if word not in {"jr", "sr", "dr", "phd", "md"}]
    joined: list[str] = []
    for word in found:
        joined.extend(word if len(word) <= 3 and _all_initials(word, name) else (word,))
    return " ".join(sorted(joined))


def position_key(position: str | None) -> str | None:
    """A position in a series with leading zeros and empty decimals gone (`02` is `2`, `2.50` stays)."""
    if position is None:
        return None
    text = position.strip().lstrip("#")
    found = _NUMBER.match(text)
    return found[1] if found else text.casefold() or None


def book_key(book: Book) -> str:
    """What makes two wishes one book.

    Main title, first author by the alphabet (sites list them in any order), language, what the title says after its
    colon, and the position in the series.
    """
    author = min((author_key(name) for name in book.authors), default="")
    language = "" if book.language in {None, "en"} else book.language
    position = position_key(book.series[0].position) if book.series else None
    return f"{_begin(book, author)}{language}|{distinction(book)}|{position or ''}"


def key_beginnings(book: Book) -> tuple[str, ...]:
    """How the keys of the same book may begin elsewhere, where fewer authors are known."""
    authors = sorted(author_key(name) for name in book.authors) or [""]
    return tuple(_begin(book, author) for author in dict.fromkeys(authors))


def distinction(book: Book) -> str:
    """What a title says after its colon or in its subtitle, where that tells books apart; `A Novel` does not."""
    found = _SUBTITLE.search(book.title)
    rest = found[0].lstrip(" :-–—") if found and main_title(book.title) != book.title else book.subtitle or ""
    key = title_key(rest)
    return "" if _SAYS_NOTHING.fullmatch(key) else key


def _begin(book: Book, author: str) -> str:
    return f"{title_key(main_title(book.title))}|{author}|"


def _all_initials(word: str, name: str) -> bool:
    return word.upper() in re.findall(r"\b[A-Z]{2,3}\b", name)


def _carries_meaning(char: str) -> bool:
    # Japanese voicing marks and Indic vowel signs are combining characters without which words change.
    return unicodedata.name(char, "").startswith(("COMBINING KATAKANA", "DEVANAGARI", "BENGALI", "TAMIL", "THAI"))
