"""Language codes out of tags, names and the remarks of release titles."""

from __future__ import annotations

import re
from functools import lru_cache

from audiobook_daemon.matching.languages.table import CODES, NAMES
from audiobook_daemon.matching.text import words

_LONGEST = 500
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?(?:\.utf-?8)?", re.IGNORECASE)
_REMARK = re.compile(r"[\[({]([^\[\](){}]{1,80})[\])}]")
_PIECES = re.compile(r"[^\W_]+")
_BEHIND = re.compile(r"\s*(?:[(\[/,;|].*|[-–—]\s.*)$")
_SPOKEN = re.compile(r"\b(?:in|auf|en|in het|na)\s([^\W\d_]{4,20})", re.IGNORECASE)
_TAIL = re.compile(r"\s[-–|/]\s([A-Z]{2,3})$")
_WORDS = frozenset(
    words("it is no am as so or he my to be at in on me we us if of by do go up an ha pi per sun man may war her")
)
_GROUP = re.compile(r"(?<=\w)-\w+$")
_NO_CODES = frozenset({"UK", "PS", "CV", "OM", "CD"})
"""Capitals that mean something else in release titles."""
_TECHNICAL = frozenset(
    words("""
        mp3 m4b m4a aac flac ogg opus wma epub mobi pdf azw azw3 cbz cbr txt vbr cbr kbps kbit kbs khz audio audiobook
        audiobooks ebook ebooks book books unabridged abridged edition version language lang dub dubbed sub subs read
        retail web webrip scan hörbuch ungekürzt gekürzt livre hoorspel multi dual original full cast complete v
    """)
)


@lru_cache(maxsize=2_000)
def language_code(text: str) -> str | None:
    """The ISO 639-1 code of a language's code (`ger`, `en-US`), English name or own name; None when it is none."""
    stripped = text[:_LONGEST].strip().strip("[](){}\"'").strip()
    tag = _TAG.fullmatch(stripped)
    if tag and (code := CODES.get(tag[1].casefold())):
        return code
    return NAMES.get(_key(stripped)) or NAMES.get(_key(_BEHIND.sub("", stripped)))


def find_language(title: str) -> str | None:
    """The language that a release title states, or None.

    It stands in a remark (`[ENG / M4B]`, `(German Edition)`), in capitals (`Le.Livre.FRENCH.epub`) or at the
    end among formats (`Das Buch German 2010 MP3`).

    Ordinary words state nothing: `The German Girl` is in no stated language, and neither is `It`.
    """
    title = title[:_LONGEST]
    for remark in _REMARK.findall(title):
        if code := _of_remark(remark):
            return code
    bare = _REMARK.sub(" ", title)
    return _of_capitals(bare) or _of_ending(bare) or _of_tail(bare)


def _of_remark(remark: str) -> str | None:
    """A remark tells a language when all else in it is technical."""
    if code := NAMES.get(_key(remark)):
        return code
    if (spoken := _SPOKEN.fullmatch(remark.strip())) and (code := NAMES.get(_key(spoken[1]))):
        return code
    pieces = _PIECES.findall(remark)
    listed = any(mark in remark for mark in "/|")
    codes = [_of_piece(piece, in_list=listed) for piece in pieces]
    plain = all(code or _is_technical(piece) for piece, code in zip(pieces, codes, strict=True))
    return next(filter(None, codes), None) if plain else None


def _of_piece(piece: str, *, in_list: bool = False) -> str | None:
    """A name, or a code in capitals; in a list of remarks (`eng / m4b`) in any letters."""
    if len(piece) > 3:
        return NAMES.get(_key(piece))
    if not (piece.isupper() or (in_list and piece.casefold() not in _WORDS)) or piece in _NO_CODES:
        return None
    return None if _is_technical(piece) else CODES.get(piece.casefold())


def _of_capitals(title: str) -> str | None:
    if title == title.upper():
        return None
    names = [piece for piece in _PIECES.findall(title) if len(piece) > 3 and piece.isupper()]
    return next(filter(None, (NAMES.get(_key(name)) for name in names)), None)


def _of_ending(title: str) -> str | None:
    """The language among the technical words that a title ends with; alone it is a word of the title."""
    found: str | None = None
    technical = 0
    spells_codes = title != title.upper()
    for piece in reversed(_PIECES.findall(_GROUP.sub("", title))):
        code = _of_piece(piece) if len(piece) > 3 or (spells_codes and len(piece) == 3) else None
        if code is None and not _is_technical(piece):
            break
        found, technical = code or found, technical + (code is None)
    else:
        return None
    return found if technical else None


def _of_tail(title: str) -> str | None:
    """A code behind the last dash (`Title - NL`), unless it is a word."""
    tail = _TAIL.search(title)
    return _of_piece(tail[1]) if tail and tail[1].casefold() not in _WORDS and title != title.upper() else None


def _is_technical(piece: str) -> bool:
    return _key(piece) in _TECHNICAL or any(char.isdigit() for char in piece)


def _key(text: str) -> str:
    return " ".join(words(text))
