"""Reads what the libraries hold, page by page, and single items exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from audiobook_daemon import Context, LibraryItem, LibraryPage, Unavailable
from audiobook_plugins.audiobookshelf import listing, parse
from audiobook_plugins.audiobookshelf.client import Client
from audiobook_plugins.audiobookshelf.libraries import Libraries
from audiobook_plugins.audiobookshelf.listing import PageBody, Rows
from audiobook_plugins.audiobookshelf.paths import PathMap
from audiobook_plugins.audiobookshelf.records import Item, LibraryRecord

BATCH: Final = 100
"""Items a call in full; their files make them large."""
_FORM = "1"
"""Goes into the marks; another number makes every page be read again after we have learnt to read more."""


class Reading:
    """Turns pages; a cursor names a library and a page of it."""

    def __init__(self, client: Client, libraries: Libraries, paths: PathMap, context: Context) -> None:
        self._client = client
        self._libraries = libraries
        self._paths = paths
        self._context = context
        self._known: list[LibraryRecord] = []

    async def page(self, cursor: str | None, known: str | None) -> LibraryPage:
        """See Library.page; raises Unavailable for a cursor that names no library any more."""
        if cursor is None or not self._known:
            self._known = await self._libraries.all()
        place, number = self._place(cursor)
        library = self._known[place]
        body = await self._client.page(library.id, number)
        mark, total = body.mark(self._salt(library)), body.total()
        if mark is not None and mark == known:
            return LibraryPage(next=self._next(place, number, total), mark=mark, unchanged=True, total=total)
        rows = self._sound(body)
        items = self.translated(await self._exact(rows.items), library)
        onward = self._next(place, number, rows.total)
        # A page with damaged rows has no mark: what we cannot read today, a newer version of ours may.
        return LibraryPage(items, onward, None if rows.unsound else mark, total=rows.total, damaged=rows.damaged)

    async def read(self, ids: Sequence[str]) -> list[LibraryItem]:
        """See Library.read; of the items of other libraries nothing is said."""
        libraries = {library.id: library for library in await self._libraries.all()} if ids else {}
        found = [
            (item, libraries[item.libraryId])
            for item in await self._in_full(ids)
            if item.mediaType == "book" and item.libraryId in libraries
        ]
        return [one for item, library in found for one in self.translated([item], library)]

    def translated(self, items: Iterable[Item], library: LibraryRecord) -> tuple[LibraryItem, ...]:
        """Turn items into our values."""
        name, folders = self._context.name, [folder.fullPath for folder in library.folders]
        return tuple([parse.library_item(name, item, self._paths, folders) for item in items])

    def _sound(self, body: PageBody) -> Rows:
        rows = body.rows()
        if rows.unsound:
            self._context.log.warning(
                "%s: %d of %d library items are damaged and left out.",
                self._context.name,
                rows.unsound,
                rows.unsound + len(rows.items),
            )
        return rows

    async def _exact(self, items: Iterable[Item]) -> list[Item]:
        """Keep the books; where joined names leave open where one ends, the item itself is asked."""
        books = {item.id: item for item in items if item.mediaType == "book"}
        doubtful = [item.id for item in books.values() if parse.is_ambiguous(item.media.metadata)]
        return list((books | {item.id: item for item in await self._in_full(doubtful) if item.id in books}).values())

    async def _in_full(self, ids: Sequence[str]) -> list[Item]:
        found: list[Item] = []
        for start in range(0, len(ids), BATCH):
            found += await self._client.batch(ids[start : start + BATCH])
        return found

    def _place(self, cursor: str | None) -> tuple[int, int]:
        if cursor is None:
            return 0, 0
        wanted, _, number = cursor.rpartition(":")
        for place, library in enumerate(self._known):
            if library.id == wanted and number.isdecimal():
                return place, int(number)
        raise Unavailable("A library of Audiobookshelf has gone while it was read; it will be read anew.")

    def _next(self, place: int, number: int, total: int | None) -> str | None:
        """Name the next page of this library, or the first of the next one."""
        if (number + 1) * listing.PAGE < (total or 0):
            return f"{self._known[place].id}:{number + 1}"
        return f"{self._known[place + 1].id}:0" if place + 1 < len(self._known) else None

    def _salt(self, library: LibraryRecord) -> str:
        """What our values depend on beside the rows."""
        folders = [(folder.fullPath, self._paths.local(folder.fullPath)) for folder in library.folders]
        return repr((_FORM, library.id, self._context.name, folders))
