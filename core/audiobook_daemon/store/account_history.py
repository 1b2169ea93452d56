"""How the accounts at the trackers stood in the course of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import Standing
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.web_tables import account_hours

KEPT = timedelta(days=400)
"""A year and a little, so that one can compare with the year before."""


@dataclass(frozen=True, slots=True)
class AccountHour:
    """An account as it was seen last within an hour; unknown is None."""

    hour: datetime
    ratio: float | None = None
    points: int | None = None
    wedges: int | None = None
    uploaded: int | None = None
    """Bytes."""
    downloaded: int | None = None
    """Bytes."""
    unsatisfied: int | None = None
    slots: int | None = None


class AccountHistory:
    """Keeps one row for each hour in which a tracker was asked; what is older than `KEPT` is forgotten."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def note(self, instance: str, standing: Standing) -> None:
        """Write down how an account stood; a second word within the hour replaces the first."""
        hour = standing.at.replace(minute=0, second=0, microsecond=0)
        values = {name: getattr(standing, name) for name in AccountHour.__slots__ if name != "hour"}
        new = self._connections.insert(account_hours).values(instance=instance, hour=hour, **values)
        put = new.on_conflict_do_update(
            index_elements=["instance", "hour"], set_={name: new.excluded[name] for name in values}
        )
        old = delete(account_hours).where(account_hours.c.instance == instance, account_hours.c.hour < hour - KEPT)

        async def both(connection: AsyncConnection) -> None:
            await connection.execute(put)
            await connection.execute(old)

        await self._connections.write(both)

    async def since(self, instance: str, moment: datetime) -> tuple[AccountHour, ...]:
        """Return the hours of an account after a moment, the oldest first."""
        statement = (
            select(*(account_hours.c[name] for name in AccountHour.__slots__))
            .where(account_hours.c.instance == instance, account_hours.c.hour > moment)
            .order_by(account_hours.c.hour)
        )
        async with self._connections.reading() as connection:
            return tuple(AccountHour(**row._mapping) for row in await connection.execute(statement))
