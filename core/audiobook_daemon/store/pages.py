"""Remembers what each page of a library held, so that an unchanged one need not be read again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.catalogue_tables import library_pages
from audiobook_daemon.store.connections import Connections


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What a page held when it was last read."""

    library: str
    cursor: str
    """Empty for the first page."""
    mark: str | None
    """None if the page has to be read again in any case."""
    ids: tuple[str, ...]
    missing: tuple[str, ...] = ()
    """Those of the ids whose files the library does not find."""


class Pages:
    """One row for each page; written together with the books of the page, see Books.upsert."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def marks(self, library: str) -> dict[str, str]:
        """Return the mark of every known page of a library, by its cursor."""
        statement = select(library_pages.c.cursor, library_pages.c.mark).where(library_pages.c.library == library)
        async with self._connections.reading() as connection:
            return {row.cursor: row.mark for row in await connection.execute(statement)}

    async def get(self, library: str, cursor: str) -> SeenPage | None:
        """Return what a page held, or None if that is not known."""
        statement = select(library_pages).where(library_pages.c.library == library, library_pages.c.cursor == cursor)
        async with self._connections.reading() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else SeenPage(row.library, row.cursor, row.mark, row.ids, row.missing)

    async def keep(self, library: str, cursors: Collection[str]) -> None:
        """Forget the pages that a library has no more; those it has are at `cursors`."""
        known = select(library_pages.c.cursor).where(library_pages.c.library == library)
        async with self._connections.reading() as connection:
            gone = [row.cursor for row in await connection.execute(known) if row.cursor not in cursors]
        if gone:
            statement = delete(library_pages).where(
                library_pages.c.library == library, library_pages.c.cursor.in_(gone)
            )
            await self._connections.write(lambda connection: connection.execute(statement))


async def write_page(connection: AsyncConnection, connections: Connections, page: SeenPage) -> None:
    """Remember a page within the transaction that writes its books; a page without a mark is forgotten."""
    if page.mark is None:
        await connection.execute(
            delete(library_pages).where(library_pages.c.library == page.library, library_pages.c.cursor == page.cursor)
        )
        return
    insert = connections.insert(library_pages)
    kept = {"mark": page.mark, "ids": page.ids, "missing": page.missing, "seen": connections.clock()}
    await connection.execute(
        insert.values(library=page.library, cursor=page.cursor, **kept).on_conflict_do_update(
            index_elements=["library", "cursor"], set_={name: insert.excluded[name] for name in kept}
        )
    )
