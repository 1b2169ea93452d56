"""What happened to the library as a whole."""

from __future__ import annotations

from audiobook_daemon.events import GapsFound, LibraryReturned, LibraryShrunk
from audiobook_daemon.mqtt.documents.shape import MOST_ENTRIES, TITLE_LENGTH, described
from audiobook_daemon.mqtt.happenings.head import EventKind, Happening, Head
from audiobook_daemon.mqtt.payloads import shortened


@described
class GapsEvent(Head):
    """Books turned out to be missing; one event for a whole run."""

    origin: str
    """What looked: `series_completion`, `author_completion` or `follow`."""
    found: int
    """How many are out and not owned that were not known to be missing."""
    announced: int
    """How many were not known and are yet to come."""
    wanted: int
    """How many of them are wanted now."""
    titles: list[str]
    """Some of those found, ten at most, each with its series or author."""


@described
class ShrunkEvent(Head):
    """The library lost so many books at once that nothing was marked as missing."""

    library: str
    """The instance."""
    books: int
    """How many books it had."""
    lost: int
    """How many of them were not there."""


@described
class ReturnedEvent(Head):
    """The library is as it should be again."""

    library: str
    """The instance."""
    books: int
    """How many books it has."""


GAPS_FOUND = EventKind("library", "gaps_found", GapsEvent, "Books are missing that were not known to be.")
SHRUNK = EventKind("library", "shrunk", ShrunkEvent, "Too many books are gone at once to be believed.")
RETURNED = EventKind("library", "returned", ReturnedEvent, "A library that had shrunk is as it should be.")


def gaps_happening(event: GapsFound) -> Happening:
    """Tell of books that are missing, in numbers and some titles."""
    document: GapsEvent = {
        **GAPS_FOUND.head(event.at),
        "origin": event.origin,
        "found": event.found,
        "announced": event.announced,
        "wanted": event.wanted,
        "titles": [shortened(title, TITLE_LENGTH) for title in event.titles[:MOST_ENTRIES]],
    }
    return Happening(GAPS_FOUND, document)


def shrunk_happening(event: LibraryShrunk) -> Happening:
    """Tell of a library that has shrunk."""
    document: ShrunkEvent = {
        **SHRUNK.head(event.at), "library": event.library, "books": event.known, "lost": event.lost
    }  # fmt: skip
    return Happening(SHRUNK, document)


def returned_happening(event: LibraryReturned) -> Happening:
    """Tell of a library that has returned."""
    document: ReturnedEvent = {**RETURNED.head(event.at), "library": event.library, "books": event.books}
    return Happening(RETURNED, document)
