"""Turns a book into the searches to try. Pure."""

from __future__ import annotations

import re

from audiobook_daemon import Book
from audiobook_plugins.google_books.parse import isbn_13

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def isbn_search(book: Book) -> str | None:
    """Ask for the very edition, if its ISBN is sound."""
    isbn = isbn_13(book.isbn) if book.isbn else None
    return None if isbn is None else f"isbn:{isbn}"


def text_searches(book: Book) -> tuple[str, ...]:
    """List what to try until a hit is good enough: whole title and author, short title and author, title alone.

    A field word binds the next word or quoted phrase only, so everything is quoted.
    """
    whole = _phrase(_BRACKETS.sub(" ", book.title)) or _phrase(book.title)
    short = _phrase(_BRACKETS.sub(" ", book.title).partition(":")[0]) or whole
    if not whole:
        return ()
    author = f' inauthor:"{_phrase(book.authors[0])}"' if book.authors and _phrase(book.authors[0]) else ""
    searches = (f'intitle:"{whole}"{author}', f'intitle:"{short}"{author}', f'intitle:"{whole}"')
    return tuple(dict.fromkeys(searches))


def author_search(name: str) -> str | None:
    """Ask for the volumes of an author; None if the name holds nothing to search for."""
    phrase = _phrase(name)
    return f'inauthor:"{phrase}"' if phrase else None


def _phrase(text: str) -> str:
    """Take out what has a meaning in a search: quotes, colons, and the signs that stand for words."""
    plain = text.replace("&", " and ").replace("+", " ")
    return " ".join(re.sub(r'[":\u201c\u201d\u201e#|<>=\\*]', " ", plain).split())
