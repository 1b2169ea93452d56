"""Keeps what is missing from series and of authors, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    delete,
    func,
    or_,
    select,
    type_coerce,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.store.catalogue_tables import authors, gaps, series
from audiobook_daemon.store.catalogue_values import Gap, GapKind, GapState
from audiobook_daemon.store.connections import Connections

_CHUNK = 200
_KEPT = ("title", "position", "place", "work", "state", "released", "priority", "reason", "want_id", "wanted")
_COLUMNS = [
    *(column for column in gaps.c if column.name not in {"title", "place", "series_id", "author_id"}),
    func.coalesce(gaps.c.series_id, gaps.c.author_id).label("owner_id"),
]
_NAME = func.coalesce(series.c.name, authors.c.name).label("of")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class GapChanges(TypedDict, total=False):
    """What may change about a gap."""

    state: GapState
    reason: str | None
    want_id: int | None
    wanted: datetime | None


class Gaps:
    """Keeps one row for each missing book of each series and author; an ignored one stays ignored."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def save(self, found: Sequence[tuple[Gap, int]]) -> None:
        """Write down gaps, each with the row id of its series or author, in one transaction.

        What a person has chosen to ignore is left as it is, unless it is wanted again.
        """
        now = self._connections.clock()
        insert = self._connections.insert(gaps)
        statement = insert.on_conflict_do_update(
            index_elements=["kind", "owner", "key"],
            set_={name: insert.excluded[name] for name in (*_KEPT, "series_id", "author_id", "changed")},
            where=or_(gaps.c.state != GapState.IGNORED, insert.excluded.state == GapState.WANTED),
        )
        rows = [_row(gap, owner_id, now) for gap, owner_id in found]

        async def all_rows(connection: AsyncConnection) -> None:
            for start in range(0, len(rows), _CHUNK):
                await connection.execute(statement, rows[start : start + _CHUNK])

        if rows:
            await self._connections.write(all_rows)

    async def change(self, gap_id: int, **changes: Unpack[GapChanges]) -> bool:
        """Change one gap, whatever it was; returns whether there is one."""
        values = {**changes, "changed": self._connections.clock()}
        statement = update(gaps).where(gaps.c.id == gap_id).values(**values)
        return (await self._connections.write(lambda connection: connection.execute(statement))).rowcount > 0

    async def remove(self, kind: GapKind, found: Iterable[tuple[str, str]]) -> None:
        """Forget gaps, by owner and key, that turned out to be none; what a person has chosen to ignore stays."""
        statement = delete(gaps).where(
            gaps.c.kind == kind,
            gaps.c.owner == bindparam("of_owner"),
            gaps.c.key == bindparam("of_key"),
            gaps.c.state != GapState.IGNORED,
        )
        rows = [{"of_owner": owner, "of_key": key} for owner, key in found]
        if rows:
            await self._connections.write(lambda connection: connection.execute(statement, rows))

    async def move(self, kind: GapKind, owner: str, to: str, owner_id: int) -> None:
        """Give the gaps of one series to another, which keeps its own where both have the same."""
        column = "series_id" if kind is GapKind.SERIES else "author_id"
        there = gaps.alias()
        taken = select(there.c.key).where(there.c.kind == kind, there.c.owner == to)
        statement = (
            update(gaps)
            .where(gaps.c.kind == kind, gaps.c.owner == owner, gaps.c.key.not_in(taken))
            .values({"owner": to, column: owner_id})
        )
        await self._connections.write(lambda connection: connection.execute(statement))

    async def get(self, gap_id: int) -> Gap | None:
        """Return one gap, or None."""
        found = await self._read(named_gaps().where(gaps.c.id == gap_id))
        return found[0] if found else None

    async def all(self, kind: GapKind, owner: str | None = None) -> tuple[Gap, ...]:
        """Return every gap of a kind, or of one series or author, in any state."""
        statement = named_gaps().where(gaps.c.kind == kind).order_by(gaps.c.id)
        if owner is not None:
            return await self._read(statement.where(gaps.c.owner == owner))
        found: tuple[Gap, ...] = ()
        while page := await self._read(statement.where(gaps.c.id > (found[-1].id or 0 if found else 0)).limit(_CHUNK)):
            found += page
        return found

    async def of(self, kind: GapKind, owners: Sequence[str]) -> tuple[Gap, ...]:
        """Return every gap of some series or authors, in any state."""
        found: tuple[Gap, ...] = ()
        for start in range(0, len(owners), _CHUNK):
            chosen = gaps.c.owner.in_(owners[start : start + _CHUNK])
            found += await self._read(named_gaps().where(gaps.c.kind == kind, chosen).order_by(gaps.c.id))
        return found

    async def after(self, last: int, states: Collection[GapState], limit: int) -> tuple[Gap, ...]:
        """Return the next gaps after the one of this id, in the order of their ids."""
        statement = named_gaps().where(gaps.c.id > last, gaps.c.state.in_(states))
        return await self._read(statement.order_by(gaps.c.id).limit(limit))

    async def list(
        self,
        states: Collection[GapState] | None = None,
        *,
        kind: GapKind | None = None,
        owner: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[Gap, ...]:
        """Return gaps (`states` None: all), the most urgent first, those of one series or author together."""
        order = (gaps.c.priority, gaps.c.owner, gaps.c.place.asc().nulls_last(), gaps.c.id)
        # The ids come out of an index alone; of the rows, which are long, only these few are read.
        meant = _meant(states, kind, owner, ordered=True)
        chosen = select(gaps.c.id).where(*meant).order_by(*order).limit(limit).offset(offset)
        return await self._read(named_gaps().where(gaps.c.id.in_(chosen)).order_by(*order))

    async def count(
        self, states: Collection[GapState] | None = None, *, kind: GapKind | None = None, owner: str | None = None
    ) -> int:
        """Return how many gaps `list` has in all."""
        statement = select(func.count()).select_from(gaps).where(*_meant(states, kind, owner))
        async with self._connections.reading() as connection:
            return (await connection.execute(statement)).scalar_one()

    async def upcoming(self, limit: int = 100, offset: int = 0) -> tuple[Gap, ...]:
        """Return what is not out yet, the nearest date first."""
        statement = named_gaps().where(gaps.c.state == GapState.UNRELEASED)
        order = (gaps.c.released.asc().nulls_last(), gaps.c.id)
        return await self._read(statement.order_by(*order).limit(limit).offset(offset))

    async def near(self, key: str, authors: Collection[str], series: Collection[str]) -> tuple[Gap, ...]:
        """Return the gaps that may be of one book, unless they are filled.

        They have its key, or are of its authors, of their series, or of its series; all are given by their keys.
        """
        owners: list[ColumnElement[bool]] = [gaps.c.owner.in_(authors)]
        owners += [gaps.c.owner.endswith(f"|{one}", autoescape=True) for one in authors]
        owners += [self._connections.begins(gaps.c.owner, f"{one}|") for one in series]
        chosen = union(select(gaps.c.id).where(gaps.c.key == key), select(gaps.c.id).where(or_(*owners)))
        statement = named_gaps().where(gaps.c.id.in_(chosen), gaps.c.state != GapState.FILLED)
        return await self._read(statement.order_by(gaps.c.id))

    async def of_want(self, want_id: int) -> tuple[Gap, ...]:
        """Return the gaps that a want is to fill."""
        return await self._read(named_gaps().where(gaps.c.want_id == want_id).order_by(gaps.c.id))

    async def wanted_since(self, kind: GapKind, owner: str, moment: datetime) -> int:
        """Return how many gaps of a series or author have become wants since a moment."""
        statement = select(func.count()).where(gaps.c.kind == kind, gaps.c.owner == owner, gaps.c.wanted > moment)
        async with self._connections.reading() as connection:
            return (await connection.execute(statement)).scalar_one()

    async def counts(self) -> dict[GapState, int]:
        """Return how many gaps stand in each state, every state named."""
        statement = select(gaps.c.state, func.count().label("number")).group_by(gaps.c.state)
        async with self._connections.reading() as connection:
            found = {row.state: row.number for row in await connection.execute(statement)}
        return {state: found.get(state, 0) for state in GapState}

    async def _read(self, statement: Select[*tuple[Any, ...]]) -> tuple[Gap, ...]:
        return await read_gaps(self._connections, statement)


async def read_gaps(connections: Connections, statement: Select[*tuple[Any, ...]]) -> tuple[Gap, ...]:
    """Return the gaps that a statement made of `named_gaps` finds."""

    def look(connection: Connection) -> tuple[Gap, ...]:
        found = connection.execute(statement)
        names = tuple(found.keys())
        return tuple([Gap(**dict(zip(names, row, strict=True))) for row in found.all()])

    return await connections.read(look)


def _meant(
    states: Collection[GapState] | None, kind: GapKind | None, owner: str | None, *, ordered: bool = False
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if owner is not None:
        conditions.append(gaps.c.owner == owner)
    # Most gaps stand in few states: without an owner the index that gives the order is the better one, so that the
    # indices of state and kind are kept from being chosen.
    hide = owner is None and (ordered or kind is not None)
    state, of_kind = (hidden(gaps.c.state), hidden(gaps.c.kind)) if hide else (gaps.c.state, gaps.c.kind)
    if states is not None:
        conditions.append(state.in_([one.value for one in states]))
    if kind is not None:
        conditions.append(of_kind == kind.value)
    return conditions


def hidden(column: Column[Any]) -> ColumnElement[str]:
    """The same value in a form that no index is made for."""
    return type_coerce(column, Text) + ""


def named_gaps() -> Select[*tuple[Any, ...]]:
    """Return a statement that finds gaps with the names of their series and authors."""
    of_series = gaps.outerjoin(series, gaps.c.series_id == series.c.id)
    joined = of_series.outerjoin(authors, gaps.c.author_id == authors.c.id)
    return select(*_COLUMNS, _NAME).select_from(joined)


def _place(position: str | None) -> float | None:
    """The number a position begins with, for sorting: `2.5` of `2.5-3`."""
    found = _NUMBER.search(position or "")
    return float(found[0]) if found else None


def _row(gap: Gap, owner_id: int, now: datetime) -> dict[str, Any]:
    return {
        "kind": gap.kind,
        "series_id": owner_id if gap.kind is GapKind.SERIES else None,
        "author_id": owner_id if gap.kind is GapKind.AUTHOR else None,
        "owner": gap.owner,
        "key": gap.key,
        "title": gap.title,
        "position": gap.position,
        "place": _place(gap.position),
        "work": gap.work,
        "state": gap.state,
        "released": gap.released,
        "priority": gap.priority,
        "reason": gap.reason,
        "want_id": gap.want_id,
        "wanted": gap.wanted,
        "found": gap.found or now,
        "changed": now,
    }
