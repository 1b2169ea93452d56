"""What is needed of every book of a large library at once: enough to see which ones are worth a closer look."""

from __future__ import annotations

from typing import NamedTuple


class BookOutline(NamedTuple):
    """A book in few words; a plain tuple, for there are a hundred thousand of them."""

    id: int
    """The number of its row."""
    key: str
    """The match key, as `book_key` makes it."""
    series_keys: str | None = None
    """The keys of its series between bars (`|wheel of time|`)."""
    asin: str | None = None
    isbn: str | None = None
    path: str | None = None
    size: int | None = None
    runtime: float | None = None
    """Seconds."""
