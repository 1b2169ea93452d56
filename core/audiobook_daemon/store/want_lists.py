"""Pages of the wants, for those who look at many: by state and by words, with how many there are in all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Text, func, or_, select, type_coerce

from audiobook_daemon.models import Want, WantState
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import wants
from audiobook_daemon.store.wants import WANT_COLUMNS, want_of


class WantOrder(StrEnum):
    """What comes first in a list of wants."""

    CHANGED = "changed"
    """The one changed last."""
    WAITING = "waiting"
    """The one that has stood longest as it stands."""
    NEWEST = "newest"
    """The one wished last."""
    TITLE = "title"


_ORDERS: dict[WantOrder, tuple[ColumnElement[Any], ...]] = {
    WantOrder.CHANGED: (wants.c.changed.desc(), wants.c.id.desc()),
    WantOrder.WAITING: (wants.c.changed, wants.c.id),
    WantOrder.NEWEST: (wants.c.id.desc(),),
    WantOrder.TITLE: (func.lower(wants.c.title), wants.c.id),
}


@dataclass(frozen=True, slots=True)
class WantFilter:
    """Which wants are meant; None leaves a member out of account."""

    states: Collection[WantState] | None = None
    text: str | None = None
    """Words that all stand in title or author."""
    code: str | None = None
    origin: str | None = None
    """The instance that wished, or `manual`."""


class WantLists:
    """Reads many wants at once."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def page(
        self,
        meant: WantFilter = WantFilter(),
        *,
        order: WantOrder = WantOrder.CHANGED,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[tuple[Want, ...], int]:
        """Return a part of the wants that are meant, and how many they are in all."""
        conditions = tuple(self._conditions(meant))
        statement = select(*WANT_COLUMNS).where(*conditions).order_by(*_ORDERS[order]).limit(limit).offset(offset)
        count = select(func.count()).select_from(wants).where(*conditions)
        async with self._connections.reading() as connection:
            found = tuple(want_of(row) for row in await connection.execute(statement))
            return found, int((await connection.execute(count)).scalar_one())

    def _conditions(self, meant: WantFilter) -> Iterable[ColumnElement[bool]]:
        if meant.states is not None:
            yield wants.c.state.in_(meant.states)
        if meant.code is not None:
            yield wants.c.code == meant.code
        if meant.origin is not None:
            yield self._origin() == meant.origin
        for word in (meant.text or "").split():
            yield or_(
                wants.c.title.icontains(word, autoescape=True),
                func.coalesce(wants.c.author, "").icontains(word, autoescape=True),
            )

    def _origin(self) -> ColumnElement[str]:
        wish = type_coerce(wants.c.wish, Text)
        return wish.op("->>")("origin") if self._connections.postgres else func.json_extract(wish, "$.origin")
