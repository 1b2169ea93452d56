"""The wants that have, or had, something to download, in the words of a download queue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, null, or_, select

from audiobook_daemon.models import Want, WantState
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.downloads import download_record
from audiobook_daemon.store.tables import blocklist, downloads, wants
from audiobook_daemon.store.values import DownloadRecord
from audiobook_daemon.store.wants import WANT_COLUMNS, want_of

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
        conditions: list[ColumnElement[bool]] = [
            _STATE.is_not(None) if states is None else _STATE.in_([state.value for state in states])
        ]
        if due is not None:
            conditions.append(wants.c.next_try <= due)
        order = (wants.c.changed, wants.c.id) if oldest_first else (wants.c.changed.desc(), wants.c.id.desc())
        count = select(func.count()).select_from(wants).where(*conditions)
        found = await self._read(*conditions, order=order, limit=limit, offset=offset)
        async with self._connections.reading() as connection:
            return found, int((await connection.execute(count)).scalar_one())

    async def counts(self) -> Mapping[str | None, Mapping[QueueState, int]]:
        """Return how many downloads stand in each state, by the instance that offers the release at hand.

        None stands for those without one, because the last failed.
        """
        source = wants.c.release["source"].as_string()
        statement = select(source.label("source"), _STATE.label("queue_state"), func.count().label("number"))
        found: dict[str | None, dict[QueueState, int]] = {}
        async with self._connections.reading() as connection:
            for row in await connection.execute(statement.where(_STATE.is_not(None)).group_by(source, _STATE)):
                found.setdefault(row.source, {})[QueueState(row.queue_state)] = row.number
        return found

    async def due(self, now: datetime) -> int:
        """Return how many have waited long enough for another try."""
        due = (_STATE == QueueState.QUEUED, wants.c.next_try <= now)
        async with self._connections.reading() as connection:
            return (await connection.execute(select(func.count()).select_from(wants).where(*due))).scalar_one()

    async def get(self, want_id: int) -> QueueEntry | None:
        """Return the download of one want, or None if it never had any."""
        found = await self._read(wants.c.id == want_id, _STATE.is_not(None), limit=1)
        return found[0] if found else None

    async def _read(
        self, *conditions: ColumnElement[bool], order: tuple[Any, ...] = (), limit: int, offset: int = 0
    ) -> tuple[QueueEntry, ...]:
        columns = (_STATE.label("queue_state"), _failures().label("failures"))
        statement = select(*WANT_COLUMNS, *columns).where(*conditions).order_by(*order).limit(limit).offset(offset)
        async with self._connections.reading() as connection:
            rows = (await connection.execute(statement)).all()
            hashes = {row.download for row in rows if row.download}
            seen = await connection.execute(select(downloads).where(downloads.c.id.in_(hashes)))
            records = {row.id: download_record(row) for row in seen}
        return tuple(
            QueueEntry(want_of(row), QueueState(row.queue_state), int(row.failures), records.get(row.download or ""))
            for row in rows
        )


def _failures() -> ColumnElement[int]:
    wrong = (blocklist.c.want_id == wants.c.id, blocklist.c.code != _REFUSED_BY_PERSON)
    return select(func.count()).select_from(blocklist).where(*wrong).correlate(wants).scalar_subquery()


def _state() -> ColumnElement[str | None]:
    wrong = (blocklist.c.want_id == wants.c.id, blocklist.c.code != _REFUSED_BY_PERSON)
    had = or_(exists().where(downloads.c.want_id == wants.c.id), exists().where(*wrong))
    state, has = wants.c.state, wants.c.download.is_not(None)
    looked_for = state.in_([WantState.WANTED, WantState.REVIEW])
    closed = state.in_([WantState.GIVEN_UP, WantState.DROPPED])
    return case(
        (state == WantState.CHOSEN, QueueState.QUEUED.value),
        (state == WantState.DOWNLOADING, QueueState.DOWNLOADING.value),
        (state.in_([WantState.DOWNLOADED, WantState.VERIFIED, WantState.SHELVED]), QueueState.COMPLETED.value),
        (and_(state.in_([WantState.REVIEW, WantState.OWNED]), has), QueueState.COMPLETED.value),
        # What is on the shelf has been downloaded, though a better edition is looked for.
        (and_(looked_for, wants.c.replaces.is_not(None), had), QueueState.COMPLETED.value),
        (and_(looked_for, wants.c.code.in_(_ASKED_FOR_AGAIN), had), QueueState.QUEUED.value),
        (and_(looked_for, had), QueueState.FAILED.value),
        (and_(closed, or_(wants.c.release.is_not(None), had)), QueueState.ABANDONED.value),
        else_=null(),
    )


_STATE = _state()
