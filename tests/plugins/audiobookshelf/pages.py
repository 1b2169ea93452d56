"""Turns all pages of a library."""

from __future__ import annotations

from audiobook_daemon import Library, LibraryItem


async def every(library: Library) -> list[LibraryItem]:
    """Everything it holds, in its order."""
    found: list[LibraryItem] = []
    cursor: str | None = None
    while True:
        page = await library.page(cursor)
        found += page.items
        if (cursor := page.next) is None:
            return found
