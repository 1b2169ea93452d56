"""Keeps which books are owned twice; a record only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.catalogue_tables import duplicates
from audiobook_daemon.store.connections import Connections

_CHUNK = 500
_OPEN, _IGNORED, _GONE = "open", "ignored", "gone"
_KEPT = ("likeness", "keeper", "reason")
_COLUMNS = [column for column in duplicates.c if column.name != "key"]


@dataclass(frozen=True, slots=True)
class FoundDuplicate:
    """Books that were found to be one, by row ids in order."""

    likeness: str
    """`exact`, `likely`, or `contained`."""
    books: tuple[int, ...]
    keeper: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class DuplicateRecord:
    """What is remembered of books that are one."""

    id: int
    likeness: str
    books: tuple[int, ...]
    keeper: int | None
    reason: str
    state: str
    """`open`, `ignored` by a person, or `gone`."""
    found: datetime
    changed: datetime


class Duplicates:
    """Keeps one row for each group; an ignored one stays ignored as long as it holds the same books."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def record(self, found: Sequence[FoundDuplicate]) -> int:
        """Make the record what was found, in one transaction; returns how many groups are new."""
        now = self._connections.clock()
        insert = self._connections.insert(duplicates)
        statement = insert.on_conflict_do_update(
            index_elements=["key"], set_={name: insert.excluded[name] for name in (*_KEPT, "changed")}
        )
        rows = {_key(one.books): one for one in found}

        async def all_rows(connection: AsyncConnection) -> int:
            known = {row.key: row for row in await connection.execute(select(duplicates).order_by(duplicates.c.id))}
            changed = [
                {"key": key, "books": one.books, "state": _OPEN, "found": now, "changed": now}
                | {name: getattr(one, name) for name in _KEPT}
                for key, one in rows.items()
                if key not in known or any(getattr(known[key], name) != getattr(one, name) for name in _KEPT)
            ]
            for start in range(0, len(changed), _CHUNK):
                await connection.execute(statement, changed[start : start + _CHUNK])
            again = [row.id for key, row in known.items() if key in rows and row.state == _GONE]
            gone = [row.id for key, row in known.items() if key not in rows and row.state == _OPEN]
            for ids, state in ((again, _OPEN), (gone, _GONE)):
                await _set_state(connection, ids, state, now)
            return len(rows.keys() - known.keys()) + len(again)

        return await self._connections.write(all_rows)

    async def ignore(self, duplicate_id: int, *, ignored: bool = True) -> bool:
        """Let a group be no duplicate any more, or let it be one again; returns whether there is one."""
        state = _IGNORED if ignored else _OPEN
        statement = (
            update(duplicates)
            .where(duplicates.c.id == duplicate_id)
            .values(state=state, changed=self._connections.clock())
        )
        return (await self._connections.write(lambda connection: connection.execute(statement))).rowcount > 0

    async def list(
        self, states: Collection[str] = (_OPEN,), *, limit: int = 100, offset: int = 0
    ) -> tuple[DuplicateRecord, ...]:
        """Return groups in these states, the surest first, then in the order in which they were found."""
        order = (duplicates.c.likeness == "contained", duplicates.c.likeness, duplicates.c.id)
        statement = select(*_COLUMNS).where(duplicates.c.state.in_(states)).order_by(*order)
        return await self._read(statement.limit(limit).offset(offset))

    async def get(self, duplicate_id: int) -> DuplicateRecord | None:
        """Return one group in whatever state, or None."""
        return next(iter(await self._read(select(*_COLUMNS).where(duplicates.c.id == duplicate_id))), None)

    async def count(self, state: str) -> int:
        """Return how many groups there are in a state."""
        statement = select(func.count()).where(duplicates.c.state == state)
        async with self._connections.reading() as connection:
            return int((await connection.execute(statement)).scalar_one())

    async def settle(self, duplicate_id: int) -> None:
        """Note that of an open group one copy is left; found again, it is open again."""
        now = self._connections.clock()
        await self._connections.write(lambda connection: _set_state(connection, [duplicate_id], _GONE, now))

    async def ignored(self) -> frozenset[tuple[int, ...]]:
        """Return the books of every group that a person has chosen to ignore."""
        statement = select(duplicates.c.books).where(duplicates.c.state == _IGNORED)
        async with self._connections.reading() as connection:
            return frozenset((await connection.execute(statement)).scalars())

    async def counts(self) -> dict[str, int]:
        """Return how many open groups there are of each likeness."""
        statement = select(duplicates.c.likeness, func.count().label("number"))
        statement = statement.where(duplicates.c.state == _OPEN).group_by(duplicates.c.likeness)
        async with self._connections.reading() as connection:
            return {row.likeness: row.number for row in await connection.execute(statement)}

    async def _read(self, statement: Select[*tuple[Any, ...]]) -> tuple[DuplicateRecord, ...]:
        async with self._connections.reading() as connection:
            return tuple(DuplicateRecord(**row._mapping) for row in await connection.execute(statement))


def _key(books: Collection[int]) -> str:
    return f"|{'|'.join(map(str, sorted(books)))}|"


async def _set_state(connection: AsyncConnection, ids: Sequence[int], state: str, now: datetime) -> None:
    for start in range(0, len(ids), _CHUNK):
        chosen = duplicates.c.id.in_(ids[start : start + _CHUNK])
        await connection.execute(update(duplicates).where(chosen).values(state=state, changed=now))
