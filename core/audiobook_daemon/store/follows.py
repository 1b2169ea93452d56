"""Keeps the series and authors that somebody follows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.catalogue_tables import follows
from audiobook_daemon.store.catalogue_values import Follow
from audiobook_daemon.store.connections import Connections

CONFIGURATION = "configuration"
PERSON = "person"


class Follows:
    """Keeps one row for each followed series or author; what the configuration says outweighs what a person said."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def add(self, follow: Follow) -> tuple[Follow, bool]:
        """Follow, or change the rule of what is followed already; returns the row and whether it is new."""
        rows = {"name": follow.name, "author": follow.author, "rule": dict(follow.rule), "origin": follow.origin}
        same = (follows.c.kind == follow.kind, follows.c.key == follow.key)
        now = self._connections.clock()

        async def change_or_add(connection: AsyncConnection) -> tuple[Follow, bool]:
            renewed = (await connection.execute(update(follows).where(*same).values(rows).returning(follows))).first()
            if renewed is not None:
                return Follow(**renewed._mapping), False
            new = follows.insert().values(kind=follow.kind, key=follow.key, created=now, **rows).returning(follows)
            return Follow(**(await connection.execute(new)).one()._mapping), True

        return await self._connections.write(change_or_add)

    async def mirror(self, wanted: Sequence[Follow]) -> None:
        """Make the rows of the configuration just these, in one transaction; those of people stay.

        A row that a person made first becomes the configuration's, with what was imported already.
        """
        now = self._connections.clock()
        insert = self._connections.insert(follows)
        kept = ("name", "author", "rule", "origin")
        statement = insert.on_conflict_do_update(
            index_elements=["kind", "key"], set_={name: insert.excluded[name] for name in kept}
        )
        rows = [
            {
                "kind": one.kind,
                "key": one.key,
                "name": one.name,
                "author": one.author,
                "rule": dict(one.rule),
                "origin": CONFIGURATION,
                "created": now,
            }
            for one in wanted
        ]
        there = {(one.kind, one.key) for one in wanted}

        async def replace_all(connection: AsyncConnection) -> None:
            known = await connection.execute(select(follows).where(follows.c.origin == CONFIGURATION))
            gone = [row.id for row in known if (row.kind, row.key) not in there]
            await connection.execute(delete(follows).where(follows.c.id.in_(gone)))
            if rows:
                await connection.execute(statement, rows)

        await self._connections.write(replace_all)

    async def remove(self, kind: str, key: str) -> bool:
        """Follow no longer; returns whether it was followed."""
        statement = delete(follows).where(follows.c.kind == kind, follows.c.key == key)
        return (await self._connections.write(lambda connection: connection.execute(statement))).rowcount > 0

    async def imported(self, follow_id: int) -> None:
        """Note that the catalogue has been taken in; a second time changes nothing."""
        statement = (
            update(follows)
            .where(follows.c.id == follow_id, follows.c.imported.is_(None))
            .values(imported=self._connections.clock())
        )
        await self._connections.write(lambda connection: connection.execute(statement))

    async def all(self) -> tuple[Follow, ...]:
        """Return everything that is followed, by kind and name."""
        statement = select(follows).order_by(follows.c.kind.desc(), follows.c.name, follows.c.id)
        async with self._connections.reading() as connection:
            return tuple(Follow(**row._mapping) for row in await connection.execute(statement))
