"""The wants that have, or had, something to download, in the words of a download queue."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, func, null, or_, select, union_all

from audiobook_daemon.models import Want, WantState
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.downloads import download_record
from audiobook_daemon.store.remembered import Remembered
from audiobook_daemon.store.tables import blocklist, downloads, wants
from audiobook_daemon.store.values import DownloadRecord
from audiobook_daemon.store.wants import WANT_COLUMNS, want_of

_Order = tuple[ColumnElement[Any], ...]
_REFUSED_BY_PERSON = "rejected"
_ASKED_FOR_AGAIN = ("retry", "revived", "search_again")
"""The codes of wants for which a person has asked for another try."""


class QueueState(StrEnum):
    """How a download queue would say that a want stands."""

    QUEUED = "queued"
    """A release is chosen, and the download client is to have it; or a person has asked for another try."""
    DOWNLOADING = "downloading"
    COMPLETED = "completed"
    """All of it has arrived; it may still have to be checked and shelved."""
    FAILED = "failed"
    """What was downloaded was no good or never arrived; another release is looked for."""
    ABANDONED = "abandoned"
    """There was something, and nobody looks for the book any longer."""


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A want as a download."""

    want: Want
    state: QueueState
    failures: int
    """Releases that were tried and turned out wrong."""
    seen: DownloadRecord | None
    """Its torrent as the download client last told; None if there is none now."""


class DownloadLists:
    """Reads wants as a queue of downloads."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._remembered = Remembered(connections)

    async def page(
        self,
        states: Collection[QueueState] | None = None,
        *,
        due: datetime | None = None,
        oldest_first: bool = False,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[tuple[QueueEntry, ...], int]:
        """Return part of the downloads in one of these states (None: all), and how many they are in all.

        With `due` those alone that have waited for another try until then or before. The one that changed last comes
        first, or last.
        """
        if states is not None and not states:
            return (), 0
        ways = [way for state in (QueueState if states is None else states) for way in _WAYS[state]]
        if due is not None:
            ways = [and_(way, wants.c.next_try <= due) for way in ways]
        chosen = _chosen(ways, oldest_first=oldest_first, limit=limit, offset=offset)
        found = await self._read(wants.c.id.in_(select(chosen.c.id)), order=_order(wants, oldest_first=oldest_first))
        # Counted apart, each is served by an index alone.
        counts = [select(func.count()).select_from(wants).where(way).scalar_subquery() for way in ways]
        async with self._connections.reading() as connection:
            return found, sum((await connection.execute(select(*counts))).one())

    async def counts(self) -> Mapping[str | None, Mapping[QueueState, int]]:
        """Return how many downloads stand in each state, by the instance that offers the release at hand.

        None stands for those without one, because the last failed.
        """
        return await self._remembered.get("counts", lambda: self._connections.read(_counts))

    async def due(self, now: datetime) -> int:
        """Return how many have waited long enough for another try."""
        due = and_(or_(*_WAYS[QueueState.QUEUED]), wants.c.next_try <= now)
        async with self._connections.reading() as connection:
            return (await connection.execute(select(func.count()).select_from(wants).where(due))).scalar_one()

    async def get(self, want_id: int) -> QueueEntry | None:
        """Return the download of one want, or None if it never had any."""
        found = await self._read(wants.c.id == want_id, _STATE.is_not(None))
        return found[0] if found else None

    async def _read(self, *conditions: ColumnElement[bool], order: _Order = ()) -> tuple[QueueEntry, ...]:
        columns = (_STATE.label("queue_state"), _failures().label("failures"))
        statement = select(*WANT_COLUMNS, *columns).where(*conditions).order_by(*order)
        async with self._connections.reading() as connection:
            rows = (await connection.execute(statement)).all()
            hashes = {row.download for row in rows if row.download}
            seen = await connection.execute(select(downloads).where(downloads.c.id.in_(hashes)))
            records = {row.id: download_record(row) for row in seen}
        return tuple(
            QueueEntry(want_of(row), QueueState(row.queue_state), int(row.failures), records.get(row.download or ""))
            for row in rows
        )


def _counts(connection: Connection) -> dict[str | None, dict[QueueState, int]]:
    source = wants.c.release["source"].as_string()
    statement = select(source, _STATE, func.count()).where(_STATE.is_not(None)).group_by(source, _STATE)
    found: dict[str | None, dict[QueueState, int]] = {}
    for instance, state, number in connection.execute(statement):
        found.setdefault(instance, {})[QueueState(state)] = number
    return found


def _order(of: FromClause, *, oldest_first: bool) -> _Order:
    columns = (of.c.changed, of.c.id)
    return columns if oldest_first else tuple(column.desc() for column in columns)


def _chosen(ways: Sequence[ColumnElement[bool]], *, oldest_first: bool, limit: int, offset: int) -> FromClause:
    """The ids of one page: the first of each way come in the order of its index, and few are left to be sorted."""
    order = _order(wants, oldest_first=oldest_first)
    parts = [select(wants.c.id, wants.c.changed).where(way).order_by(*order).limit(limit + offset) for way in ways]
    together = union_all(*(select(part.subquery()) for part in parts)).subquery()
    whole = select(together.c.id).order_by(*_order(together, oldest_first=oldest_first))
    return whole.limit(limit).offset(offset).subquery()


def _ways() -> Mapping[QueueState, tuple[ColumnElement[bool], ...]]:
    """The conditions under which a want stands so; each is found by an index, and no two hold at once."""
    state, has, better = wants.c.state, wants.c.download.is_not(None), wants.c.replaces.is_not(None)
    wrong = select(blocklist.c.want_id).where(blocklist.c.want_id.is_not(None), _WRONG)
    seen = select(downloads.c.want_id).where(downloads.c.want_id.is_not(None))
    had = wants.c.id.in_(wrong.union(seen))
    # Of the many that are looked for few had anything: they are found by that, and not by their state.
    said = func.coalesce(state, "")
    looked_for = and_(had, or_(said == WantState.WANTED.value, and_(said == WantState.REVIEW.value, ~has)))
    asked_for = func.coalesce(wants.c.code, "").in_(_ASKED_FOR_AGAIN)
    return {
        QueueState.QUEUED: (state == WantState.CHOSEN, and_(looked_for, ~better, asked_for)),
        QueueState.DOWNLOADING: (state == WantState.DOWNLOADING,),
        QueueState.COMPLETED: (
            *(state == one for one in (WantState.DOWNLOADED, WantState.VERIFIED, WantState.SHELVED)),
            *(and_(state == one, has) for one in (WantState.REVIEW, WantState.OWNED)),
            # What is on the shelf has been downloaded, though a better edition is looked for.
            and_(looked_for, better),
        ),
        QueueState.FAILED: (and_(looked_for, ~better, ~asked_for),),
        QueueState.ABANDONED: tuple(
            and_(state == one, or_(wants.c.release.is_not(None), had))
            for one in (WantState.GIVEN_UP, WantState.DROPPED)
        ),
    }


_WRONG = blocklist.c.code != _REFUSED_BY_PERSON
_WAYS = _ways()
_STATE = case(*((or_(*ways), state.value) for state, ways in _WAYS.items()), else_=null())


def _failures() -> ColumnElement[int]:
    wrong = select(func.count()).select_from(blocklist).where(blocklist.c.want_id == wants.c.id, _WRONG)
    return wrong.correlate(wants).scalar_subquery()
