"""A book and what is wished of it."""

from __future__ import annotations

from audiobook_daemon.models import Book, Wish
from audiobook_daemon.web.answers import Answered


class SeriesPlaceTold(Answered):
    """A place in a series."""

    name: str
    position: str | None = None


class WishedBook(Answered):
    """A book, independent of any recording of it."""

    title: str
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    series: tuple[SeriesPlaceTold, ...] = ()
    language: str | None = None
    """ISO 639-1."""
    year: int | None = None
    isbn: str | None = None
    asin: str | None = None


class WishTold(Answered):
    """Which recordings of a book would do, and who wishes it."""

    book: WishedBook
    origin: str | None = None
    """The list that wishes it, or `manual` for a person."""
    note: str | None = None
    """Why it is wished."""
    rank: int | None = None
    """Its place in the list."""
    narrators: tuple[str, ...] = ()
    """Preferred readers, the dearest first."""
    languages: tuple[str, ...] = ()
    """Accepted ones; empty for those of the configuration."""
    abridged: bool = False
    """Whether an abridged recording would do."""
    dramatised: bool = False
    """Whether a dramatisation would do."""
    runtimes: tuple[float, ...] = ()
    """How long good recordings are known to be, in seconds."""


def book_told(book: Book) -> WishedBook:
    """Tell of a book."""
    return WishedBook.model_validate(book)


def wish_told(wish: Wish) -> WishTold:
    """Tell of a wish."""
    told = WishTold.model_validate(wish)
    return told if told.origin else told.model_copy(update={"origin": None})
