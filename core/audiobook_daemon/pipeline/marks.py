"""What a book can be looked up by: its authors, its ids, the beginnings of its key; pure."""

from __future__ import annotations

from dataclasses import replace

from audiobook_daemon.matching import author_key, key_beginnings
from audiobook_daemon.matching.ids import normal_asin, normal_isbn
from audiobook_daemon.models import Book


def author_marks(book: Book) -> tuple[str, ...]:
    """One mark for each author; the same for every spelling of the name."""
    keys = (author_key(name) for name in book.authors)
    return tuple(dict.fromkeys(f"author {key}" for key in keys if key))


def id_marks(book: Book) -> tuple[str, ...]:
    """One mark for each id of the work, an ISBN-10 and its ISBN-13 being one."""
    return tuple(f"id {known}" for known in ids(book))


def ids(book: Book) -> tuple[str, ...]:
    """Every ASIN and ISBN of a work in its one form; what is neither is left out."""
    known = (book.asin, book.isbn, *book.other_ids)
    found = (normal_isbn(one) or normal_asin(one) for one in known if one)
    return tuple(dict.fromkeys(filter(None, found)))


def beginnings(book: Book) -> tuple[str, ...]:
    """How keys of the same work may begin, under its other titles too."""
    titled = (book, *(replace(book, title=alias) for alias in book.aliases))
    return tuple(dict.fromkeys(beginning for one in titled for beginning in key_beginnings(one)))


def title_marks(book: Book) -> tuple[str, ...]:
    """One mark for each way in which keys of the same work may begin."""
    return tuple(f"begins {beginning}" for beginning in beginnings(book))


def author_pieces(book: Book) -> tuple[str, ...]:
    """The pieces of a key that stand for the book's authors; none for a book without author."""
    named = tuple(name for name in book.authors if author_key(name))
    return key_beginnings(replace(book, title="", authors=named)) if named else ()
