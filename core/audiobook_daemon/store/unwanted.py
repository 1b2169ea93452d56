"""The missing books that nobody wants yet, for those who look whether they are offered."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from audiobook_daemon.models import Work
from audiobook_daemon.store.catalogue_tables import gaps
from audiobook_daemon.store.connections import Connections

_OPEN = ("found", "unreleased", "gradual")


@dataclass(frozen=True, slots=True)
class UnwantedGap:
    """A book that a series or an author lacks and that is no want."""

    id: int
    kind: str
    """series_gap or author_gap."""
    work: Work


class UnwantedGaps:
    """Reads the gaps that are open and no wants."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def all(self) -> tuple[UnwantedGap, ...]:
        """Return all of them, the most urgent first."""
        statement = (
            select(gaps.c.id, gaps.c.kind, gaps.c.work)
            .where(gaps.c.state.in_(_OPEN), gaps.c.want_id.is_(None))
            .order_by(gaps.c.priority, gaps.c.id)
        )
        async with self._connections.reading() as connection:
            return tuple(UnwantedGap(**row._mapping) for row in await connection.execute(statement))
