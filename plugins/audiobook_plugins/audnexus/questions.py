"""Turns a book into the searches of the catalogue to try. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from audiobook_daemon import Book

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SERIES_WORD = re.compile(r"(?<=\w)\s+(?:series|saga|cycle|novels|books|trilogy|reihe)$", re.IGNORECASE)


def searches(book: Book) -> tuple[Mapping[str, str], ...]:
    """List what to try until a hit is good: whole title and author, short title and author, then all as keywords.

    A wrong subtitle in `title` finds nothing, and an empty `author` is an unfiltered list, so neither is sent.
    """
    whole = _plain(_BRACKETS.sub(" ", book.title)) or _plain(book.title)
    short = _plain(re.split(r":\s|\s[-\u2013\u2014]\s", _BRACKETS.sub(" ", book.title))[0]) or whole
    author = _plain(book.authors[0]) if book.authors else ""
    if not whole:
        return ()
    by = {"author": author} if author else {}
    keywords = {"keywords": f"{short} {author}".strip()}
    tried = ({"title": whole} | by, {"title": short} | by, keywords)
    return tuple(dict(pairs) for pairs in dict.fromkeys(tuple(search.items()) for search in tried))


def series_search(name: str, author: str | None) -> Mapping[str, str]:
    """Look for books of a series by its name, without a word behind it that no shop need write."""
    bare = _SERIES_WORD.sub("", _plain(_BRACKETS.sub(" ", name))) or _plain(name)
    return {"keywords": f"{bare} {_plain(author or '')}".strip()}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\"\u201c\u201d\u201e<>\\*?#|]", " ", text).split())
