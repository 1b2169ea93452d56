"""Forgets what is old, some hundred rows at a time, so that nobody waits long for the one who writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Table, and_, delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import RunOutcome
from audiobook_daemon.store.catalogue_tables import corrections, facts, gaps, statistics
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.daemon_tables import memory
from audiobook_daemon.store.tables import decisions, events, runs

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Kind:
    table: Table
    old: Callable[[datetime], ColumnElement[bool]]

    @property
    def key(self) -> Sequence[Column[object]]:
        return tuple(self.table.primary_key.columns)


def _old_run(before: datetime) -> ColumnElement[bool]:
    """A run that ended and is not the last one of its name."""
    other = runs.alias()
    newest = select(func.max(other.c.started)).where(other.c.name == runs.c.name).scalar_subquery()
    return and_(runs.c.started < before, runs.c.outcome != RunOutcome.RUNNING, runs.c.started < newest)


def _old_decision(before: datetime) -> ColumnElement[bool]:
    """A decision that another one followed: the last one still explains its want."""
    other = decisions.alias()
    newest = select(func.max(other.c.id)).where(other.c.want_id == decisions.c.want_id).scalar_subquery()
    return and_(decisions.c.at < before, decisions.c.id < newest)


_KINDS: Mapping[str, _Kind] = {
    "runs": _Kind(runs, _old_run),
    "events": _Kind(events, lambda before: events.c.at < before),
    # A planned one is finished or given up first.
    "corrections": _Kind(corrections, lambda before: and_(corrections.c.at < before, corrections.c.state != "planned")),
    "decisions": _Kind(decisions, _old_decision),
    "facts": _Kind(facts, lambda before: facts.c.at < before),
    "statistics": _Kind(statistics, lambda before: statistics.c.day < before.date().isoformat()),
    "gaps": _Kind(gaps, lambda before: and_(gaps.c.state == "filled", gaps.c.changed < before)),
    "answers": _Kind(memory, lambda before: and_(memory.c.key.startswith("cache:"), memory.c.changed < before)),
}


class Retention:
    """Counts and forgets what is older than a moment; what failed is kept for ever and is no kind here.

    The kinds are `runs`, `events`, `corrections`, `decisions`, `facts`, `statistics`, `gaps` (filled ones), and
    `answers` (of sites, kept in the memory of an instance).
    """

    kinds = tuple(_KINDS)

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def count(self, kind: str, before: datetime) -> int:
        """Return how many rows of a kind would be forgotten."""
        of = _KINDS[kind]
        async with self._connections.reading() as connection:
            statement = select(func.count()).select_from(of.table).where(of.old(before))
            return (await connection.execute(statement)).scalar_one()

    async def forget(self, kind: str, before: datetime) -> int:
        """Forget what is older, in short transactions; returns how many rows."""
        of = _KINDS[kind]
        key = of.key[0] if len(of.key) == 1 else tuple_(*of.key)
        some = select(*of.key).where(of.old(before)).limit(_CHUNK)
        statement = delete(of.table).where(key.in_(some))
        gone = 0
        while True:
            count = (await self._connections.write(lambda connection: connection.execute(statement))).rowcount
            gone += count
            if count < _CHUNK:
                return gone

    async def tidy(self) -> None:
        """Let SQLite look after its statistics of the tables; it costs nothing unless they are out of date."""

        async def optimise(connection: AsyncConnection) -> None:
            if connection.dialect.name == "sqlite":
                await connection.exec_driver_sql("PRAGMA optimize")

        await self._connections.write(optimise)
