"""Reads the feed of a shelf; pure, and slow enough to be run in a thread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

from audiobook_daemon import AuthFailed, Book, Unavailable, normal_isbn, read_listed_title

KEY_REMEDY = (
    "Open the shelf at Goodreads, copy the address behind the RSS button at its bottom, and put its key into `key`."
)
_LONGEST = 500
"""Characters of a title or name that are looked at."""
_YEAR = re.compile(r"[12]\d{3}")
_ASKS_WHO = re.compile(r"sign[ _-]?in|log[ _-]?in|profile is (?:set to )?private|user_session", re.IGNORECASE)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Entry:
    """One book of a shelf."""

    key: str
    """Its number at Goodreads, or else its title."""
    book: Book
    shelves: tuple[str, ...] = ()
    """All shelves the feed says it stands on; empty if it says none."""
    added: datetime | None = None


class _NoDocumentType(ET.TreeBuilder):
    """Refuses documents that declare a type: its entities could blow up to gigabytes, or name files."""

    def doctype(self, *_: object) -> None:
        """Stop before anything of it is read."""
        raise Unavailable("The feed of Goodreads declares a document type, which it never did.")


def read_feed(content: bytes) -> tuple[Entry, ...]:
    """List the books of one page in its order; items without a title are left out, and no item ends the shelf.

    Raises AuthFailed for a page that asks who we are, and Unavailable for everything else that is no feed.
    """
    start = content.removeprefix(_BYTE_ORDER_MARK).lstrip()
    if not start:
        raise Unavailable("Goodreads answered with an empty page instead of the shelf's feed.")
    if b"<html" in start[:2048].lower() or start[:9].lower() == b"<!doctype":
        if _ASKS_WHO.search(start[:200_000].decode("utf-8", "replace")):
            raise AuthFailed(f"Goodreads asks who we are: the key is missing or not valid any more. {KEY_REMEDY}")
        raise Unavailable("Goodreads answered with a web page instead of the shelf's feed.")
    try:
        parser = ET.XMLParser(target=_NoDocumentType())  # noqa: S314 - a document type, and so an entity, is refused
        parser.feed(start)
        root = parser.close()
    except (ET.ParseError, ValueError, LookupError) as error:  # LookupError for an encoding that nobody knows
        raise Unavailable(f"The feed of Goodreads is broken or cut: {error}.") from None
    if root.tag != "rss" or root.find("channel") is None:
        raise Unavailable("Goodreads answered with XML that is no feed.")
    return tuple(_entries(root))


def _entries(root: ET.Element) -> Iterator[Entry]:
    for item in root.iter("item"):
        title, places = read_listed_title(_text(item, "title"))
        if not title:
            continue
        author = _text(item, "author_name")
        year = _YEAR.fullmatch(_text(item, "book_published"))
        yield Entry(
            key=_text(item, "book_id") or f"{title}|{author}",
            book=Book(
                title,
                (author,) if author else (),
                series=places,
                year=int(year[0]) if year else None,
                isbn=normal_isbn(_text(item, "isbn")),
            ),
            shelves=tuple(name for part in _text(item, "user_shelves").split(",") if (name := part.strip())),
            added=_moment(_text(item, "user_date_added")),
        )


def _text(item: ET.Element, name: str) -> str:
    child = item.find(name)
    return "" if child is None else " ".join("".join(child.itertext()).split())[:_LONGEST]


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
