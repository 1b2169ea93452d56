"""What series and authors have in common as rows: a bibliography, and how much of it is owned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeAlias, TypedDict, TypeVar, Unpack

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.catalogue_values import Completion, Order, Standing, Stated, Summary
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.remembered import Remembered
from audiobook_daemon.store.types import as_row

S = TypeVar("S", bound=Standing)
Rows: TypeAlias = list[Row[*tuple[Any, ...]]]
Conditions: TypeAlias = list[ColumnElement[bool]]
_CHUNK = 100
"""Rows at a time, each with a bibliography that takes long to read."""
_ONCE = frozenset({"id", "key", "stated"})
"""What is not written again with the rest; what a person states is written by `state` alone."""


class Which(TypedDict, total=False):
    """Which standings are meant: the least and the most percent, the fewest owned books, a part of the name.

    With a name, those are found as well that have `key` in their key: keys are the same for every spelling.
    """

    least: float | None
    most: float | None
    owned: int
    name: str | None
    key: str | None


class Standings(Generic[S]):
    """Keeps the standing of each series, or of each author; a subclass names the table and the value."""

    table: ClassVar[Table]
    value: type[S]

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._remembered = Remembered(connections)

    async def save(self, standings: Sequence[S]) -> dict[str, int]:
        """Write down standings by their keys in one transaction, and return the row ids by key.

        What has not changed is not written again. What a person has stated meanwhile counts.
        """
        now = self._connections.clock()
        insert = self._connections.insert(self.table)
        kept = [column.name for column in self.table.c if column.name not in _ONCE | {"changed"}]
        statement = insert.on_conflict_do_update(
            index_elements=["key"], set_={name: insert.excluded[name] for name in (*kept, "changed")}
        )

        async def all_rows(connection: AsyncConnection) -> dict[str, int]:
            known = {row.key: row for row in await self._rows(connection, [one.key for one in standings])}
            rows = [_row(_heeding(one, known.get(one.key)), now) for one in standings]
            new = [row for row in rows if _differs(row, known.get(row["key"]), kept)]
            for start in range(0, len(new), _CHUNK):
                await connection.execute(statement, new[start : start + _CHUNK])
            written = await self._rows(connection, [row["key"] for row in new])
            return {row.key: row.id for row in (*known.values(), *written)}

        return await self._connections.write(all_rows) if standings else {}

    async def add(self, standing: S) -> int | None:
        """Write down one that is not known, and return its row id; None if its key is known."""
        insert = self._connections.insert(self.table).on_conflict_do_nothing().returning(self.table.c.id)
        statement = insert.values(_row(standing, self._connections.clock()))
        written = await self._connections.write(lambda connection: connection.execute(statement))
        found: int | None = written.scalar_one_or_none()
        return found

    async def state(self, standing_id: int, stated: Stated) -> S | None:
        """Write down what a person states of one, and return it as it stands then; None if there is no such one."""
        now = self._connections.clock()
        find = select(self.table).where(self.table.c.id == standing_id)

        async def change(connection: AsyncConnection) -> S | None:
            row = (await connection.execute(find)).one_or_none()
            if row is None:
                return None
            before = self._value(row)
            listed = None if before.stated.total else before.total
            after = before.heeding(stated).counted(listed, before.owned, before.missing)
            values = _row(after, now)
            await connection.execute(update(self.table).where(self.table.c.id == standing_id).values(values))
            return after

        return await self._connections.write(change)

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
        order: Order = Order.MOST_COMPLETE,
        limit: int = 100,
        offset: int = 0,
        **which: Unpack[Which],
    ) -> tuple[S, ...]:
        """Return standings without their works, those of unknown completeness last; `statuses` None means all."""
        columns = self.table.c
        chosen = (
            select(columns.id)
            .where(*self._conditions(statuses, which))
            .order_by(*self._ordered(order))
            .limit(limit)
            .offset(offset)
        )
        # The ids come out of an index alone; of the rows, which are long, only these few are read.
        statement = select(*self._brief()).where(columns.id.in_(chosen)).order_by(*self._ordered(order))
        return await self._connections.read(lambda connection: tuple(map(self._value, connection.execute(statement))))

    async def count(self, statuses: Collection[Completion] | None = None, **which: Unpack[Which]) -> int:
        """Return how many standings `list` has in all."""
        statement = select(func.count()).select_from(self.table).where(*self._conditions(statuses, which))

        async def counted() -> int:
            return await self._connections.read(lambda connection: connection.execute(statement).scalar_one())

        meant = None if statuses is None else frozenset(statuses)
        return await self._remembered.get((meant, *sorted(which.items())), counted)

    async def get(self, standing_id: int, *, brief: bool = False) -> S | None:
        """Return one standing with its works, or None; `brief` without them, for they take long to read."""
        columns = self._brief() if brief else tuple(self.table.c)
        async with self._connections.reading() as connection:
            statement = select(*columns).where(self.table.c.id == standing_id)
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else self._value(row)

    async def beginning(self, beginning: str) -> tuple[S, ...]:
        """Return the standings whose key begins so, with their works."""
        statement = select(self.table).where(self._connections.begins(self.table.c.key, beginning))
        async with self._connections.reading() as connection:
            return tuple(self._value(row) for row in await connection.execute(statement.order_by(self.table.c.id)))

    async def by_key(self, key: str) -> S | None:
        """Return the standing with this key and its works, or None."""
        return next(iter(await self.with_keys([key])), None)

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
        return await self._remembered.get("summary", lambda: self._connections.read(self._summary))

    def _summary(self, connection: Connection) -> Summary:
        columns = self.table.c
        by_status = select(columns.status, func.count().label("number")).group_by(columns.status)
        sums = select(
            func.coalesce(func.sum(columns.owned), 0), func.coalesce(func.sum(columns.missing), 0)
        ).add_columns(func.avg(columns.percent))
        found = {row.status: row.number for row in connection.execute(by_status)}
        owned, missing, percent = connection.execute(sums).one()
        counts = {status: found.get(status, 0) for status in Completion}
        return Summary(counts, int(owned), int(missing), None if percent is None else round(float(percent), 1))

    def _conditions(self, statuses: Collection[Completion] | None, which: Which) -> Conditions:
        columns = self.table.c
        conditions: Conditions = []
        if owned := which.get("owned"):
            conditions.append(columns.owned >= owned)
        if statuses is not None:
            conditions.append(columns.status.in_(statuses))
        if (least := which.get("least")) is not None:
            conditions.append(columns.percent >= least)
        if (most := which.get("most")) is not None:
            conditions.append(columns.percent <= most)
        if name := (which.get("name") or "").strip().lower():
            said = func.lower(columns.name).contains(name, autoescape=True)
            key = which.get("key")
            conditions.append(or_(said, columns.key.contains(key, autoescape=True)) if key else said)
        return conditions

    def _ordered(self, order: Order) -> tuple[ColumnElement[Any], ...]:
        columns = self.table.c
        by_name = (columns.name, columns.id)
        match order:
            case Order.MOST_COMPLETE:
                return columns.percent.desc().nulls_last(), columns.owned.desc(), *by_name
            case Order.LEAST_COMPLETE:
                return columns.percent.asc().nulls_last(), columns.owned.desc(), *by_name
            case Order.MOST_OWNED:
                return columns.owned.desc(), *by_name
            case Order.NAME:
                return by_name

    async def _rows(self, connection: AsyncConnection, keys: Sequence[str]) -> Rows:
        found: Rows = []
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            found += await connection.execute(select(self.table).where(self.table.c.key.in_(chunk)))
        return found

    def _brief(self) -> tuple[Column[Any], ...]:
        return tuple(column for column in self.table.c if column.name != "works")

    def _value(self, row: Row[*tuple[Any, ...]]) -> S:
        return self.value(**dict(zip(row._fields, row, strict=True)))


def _differs(row: dict[str, Any], known: Row[*tuple[Any, ...]] | None, kept: Sequence[str]) -> bool:
    return known is None or any(row[name] != known._mapping[name] for name in kept)


def _row(standing: Standing, now: datetime) -> dict[str, Any]:
    row = {**as_row(standing), "ids": dict(standing.ids), "changed": now}
    del row["id"]
    return row


def _heeding(standing: S, known: Row[*tuple[Any, ...]] | None) -> S:
    """The standing with what a person has stated since it was read."""
    if known is None or known.stated == standing.stated:
        return standing
    listed = None if standing.stated.total else standing.total
    return standing.heeding(known.stated).counted(listed, standing.owned, standing.missing)
