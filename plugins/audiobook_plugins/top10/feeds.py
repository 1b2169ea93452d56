"""Reads a list out of an RSS or Atom feed; pure, and slow enough to be run in a thread."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.parsers import expat

from audiobook_daemon import Book, SeriesPlace, Unavailable
from audiobook_plugins.top10.config import Feed
from audiobook_plugins.top10.pattern import LONGEST, book, title_expression


def read_feed(feed: Feed, content: bytes) -> tuple[Book, ...]:
    """List the books of a feed in their order; entries that do not fit the pattern are left out.

    Raises Unavailable for what is no feed, for a feed with a document type (its entities could blow up to gigabytes)
    and when no entry fits.
    """
    if not content.strip():
        raise Unavailable(f"The feed of {feed.name} is empty.")
    if b"<html" in content[:2048].lower():
        raise Unavailable(f"The feed of {feed.name} answers with a web page instead; it may want a login.")
    _refuse_document_type(feed, content)
    try:
        root = ET.fromstring(content)  # noqa: S314 - it has no document type, so no entities
    except (ET.ParseError, ValueError) as error:
        raise Unavailable(f"The feed of {feed.name} is broken or cut: {error}.") from None
    entries = [element for element in root.iter() if _name(element) in {"item", "entry"}]
    if not entries:
        raise Unavailable(f"The feed of {feed.name} holds no entries.")
    if not (books := tuple(_books(feed, entries))):
        raise Unavailable(
            f"No title in the feed of {feed.name} fits `title_pattern: {feed.title_pattern}`; correct it."
        )
    return books


def _books(feed: Feed, entries: list[ET.Element]) -> Iterator[Book]:
    expression = title_expression(feed.title_pattern)
    for entry in entries:
        match = expression.fullmatch(_text(entry, "title"))
        if match is None:
            continue
        parts = match.groupdict()
        author = parts.get("author") or _text(entry, "creator") or _text(entry, "author")
        series = SeriesPlace(parts["series"], parts.get("position")) if parts.get("series") else None
        yield book(parts["title"], author, series, feed.language)


def _text(entry: ET.Element, name: str) -> str:
    """The text of the first child of a name, in any name space; an Atom author has his name one level below."""
    for child in entry:
        if _name(child) == name:
            return " ".join(" ".join(child.itertext()).split())[:LONGEST]
    return ""


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


class _DocumentType(Exception):
    """The feed declares one."""


def _refuse_document_type(feed: Feed, content: bytes) -> None:
    def refuse(*_: object) -> None:
        raise _DocumentType

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except _DocumentType:
        raise Unavailable(f"The feed of {feed.name} declares a document type, which no honest feed needs.") from None
    except expat.ExpatError as error:
        raise Unavailable(f"The feed of {feed.name} is broken or cut: {error}.") from None
