"""What series and authors have in common as rows: a bibliography, and how much of it is owned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Row, Table, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.catalogue_values import Completion, Standing, Summary
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.types import as_row

S = TypeVar("S", bound=Standing)
Rows: TypeAlias = list[Row[*tuple[Any, ...]]]
_CHUNK = 100
"""Rows at a time, each with a bibliography that takes long to read."""
_ONCE = frozenset({"id", "key"})


class Standings(Generic[S]):
    """Keeps the standing of each series, or of each author; a subclass names the table and the value."""

    table: ClassVar[Table]
    value: type[S]

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def save(self, standings: Sequence[S]) -> dict[str, int]:
        """Write down standings by their keys in one transaction, and return the row ids by key.

        What has not changed is not written again.
        """
        now = self._connections.clock()
        insert = self._connections.insert(self.table)
        kept = [column.name for column in self.table.c if column.name not in _ONCE | {"changed"}]
        statement = insert.on_conflict_do_update(
            index_elements=["key"], set_={name: insert.excluded[name] for name in (*kept, "changed")}
        )
        rows = [{**as_row(one), "ids": dict(one.ids), "changed": now} for one in standings]
        for row in rows:
            del row["id"]

        async def all_rows(connection: AsyncConnection) -> dict[str, int]:
            known = {row.key: row for row in await self._rows(connection, [one.key for one in standings])}
            new = [row for row in rows if _differs(row, known.get(row["key"]), kept)]
            for start in range(0, len(new), _CHUNK):
                await connection.execute(statement, new[start : start + _CHUNK])
            written = await self._rows(connection, [row["key"] for row in new])
            return {row.key: row.id for row in (*known.values(), *written)}

        return await self._connections.write(all_rows) if rows else {}

    async def one_came(self, key: str) -> None:
        """Count one more book as owned and one fewer as missing; without a bibliography nothing is counted."""
        columns, now = self.table.c, self._connections.clock()
        find = select(columns.owned, columns.missing, columns.total).where(columns.key == key)

        async def count(connection: AsyncConnection) -> None:
            row = (await connection.execute(find)).one_or_none()
            if row is None or not row.total or not row.missing:
                return
            owned = row.owned + 1
            numbers = {"owned": owned, "missing": row.missing - 1, "percent": round(100 * owned / row.total, 1)}
            status = Completion.of(owned, row.total)
            change = update(self.table).where(columns.key == key).values(**numbers, status=status, changed=now)
            await connection.execute(change)

        await self._connections.write(count)

    async def all(self) -> tuple[S, ...]:
        """Return every standing with its works, by name."""
        found: list[S] = []
        statement = select(self.table).order_by(self.table.c.id).limit(_CHUNK)
        while True:
            last = found[-1].id or 0 if found else 0
            async with self._connections.reading() as connection:
                page = [self._value(row) for row in await connection.execute(statement.where(self.table.c.id > last))]
            if not page:
                return tuple(sorted(found, key=lambda one: one.name))
            found += page

    async def with_keys(self, keys: Sequence[str]) -> tuple[S, ...]:
        """Return the standings of these keys with their works."""
        async with self._connections.reading() as connection:
            return tuple(self._value(row) for row in await self._rows(connection, keys))

    async def list(
        self,
        statuses: Collection[Completion] | None = None,
        *,
        least: float | None = None,
        most: float | None = None,
        owned: int = 0,
        lowest_first: bool = False,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[S, ...]:
        """Return standings without their works, the most complete first.

        `statuses` None means all; `least` and `most` bound the percent, `owned` the number of owned books.
        """
        percent = self.table.c.percent
        order = percent.asc() if lowest_first else percent.desc()
        conditions: list[ColumnElement[bool]] = [self.table.c.owned >= owned]
        if statuses is not None:
            conditions.append(self.table.c.status.in_(statuses))
        if least is not None:
            conditions.append(percent >= least)
        if most is not None:
            conditions.append(percent <= most)
        statement = (
            select(*(column for column in self.table.c if column.name != "works"))
            .where(*conditions)
            .order_by(order.nulls_last(), self.table.c.owned.desc(), self.table.c.name, self.table.c.id)
            .limit(limit)
            .offset(offset)
        )
        async with self._connections.reading() as connection:
            return tuple(self._value(row) for row in await connection.execute(statement))

    async def get(self, standing_id: int) -> S | None:
        """Return one standing with its works, or None."""
        return await self._one(self.table.c.id == standing_id)

    async def by_key(self, key: str) -> S | None:
        """Return the standing with this key and its works, or None."""
        return await self._one(self.table.c.key == key)

    async def named(self, text: str, limit: int = 20) -> tuple[S, ...]:
        """Return the standings whose name contains a text in any case, those that are just it first."""
        name = func.lower(self.table.c.name)
        wanted = text.strip().lower()
        statement = (
            select(self.table)
            .where(name.contains(wanted, autoescape=True))
            .order_by((name == wanted).desc(), self.table.c.owned.desc(), self.table.c.id)
            .limit(limit)
        )
        async with self._connections.reading() as connection:
            return tuple(self._value(row) for row in await connection.execute(statement))

    async def remove(self, ids: Iterable[int]) -> None:
        """Forget standings, and their gaps with them."""
        statement = delete(self.table).where(self.table.c.id.in_(list(ids)))
        await self._connections.write(lambda connection: connection.execute(statement))

    async def summary(self) -> Summary:
        """Return the numbers of all."""
        columns = self.table.c
        by_status = select(columns.status, func.count().label("number")).group_by(columns.status)
        sums = select(
            func.coalesce(func.sum(columns.owned), 0), func.coalesce(func.sum(columns.missing), 0)
        ).add_columns(func.avg(columns.percent))
        async with self._connections.reading() as connection:
            found = {row.status: row.number for row in await connection.execute(by_status)}
            owned, missing, percent = (await connection.execute(sums)).one()
        counts = {status: found.get(status, 0) for status in Completion}
        return Summary(counts, int(owned), int(missing), None if percent is None else round(float(percent), 1))

    async def _rows(self, connection: AsyncConnection, keys: Sequence[str]) -> Rows:
        found: Rows = []
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            found += await connection.execute(select(self.table).where(self.table.c.key.in_(chunk)))
        return found

    async def _one(self, condition: ColumnElement[bool]) -> S | None:
        async with self._connections.reading() as connection:
            row = (await connection.execute(select(self.table).where(condition))).one_or_none()
        return None if row is None else self._value(row)

    def _value(self, row: Row[*tuple[Any, ...]]) -> S:
        return self.value(**dict(zip(row._fields, row, strict=True)))


def _differs(row: dict[str, Any], known: Row[*tuple[Any, ...]] | None, kept: Sequence[str]) -> bool:
    return known is None or any(row[name] != known._mapping[name] for name in kept)
