"""The books on their way: the state machine's one memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Connection, Row, false, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import Book, Proposal, Release, Replaced, TorrentFile, Want, WantState, Wish
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.events import write_event
from audiobook_daemon.store.remembered import Remembered
from audiobook_daemon.store.tables import wants

_CHUNK = 500
"""Ids in one statement; databases take a limited number."""
_LARGEST_ID = 2**31 - 1
"""What every database can compare with; beyond it there is no want anyway."""
WANT_COLUMNS = [column for column in wants.c if column.name not in {"title", "author", "rank", "ids"}]
"""Those that make a want; the others are copies out of its wish."""
_NAMES = tuple(column.name for column in WANT_COLUMNS)


class Conflict(DatabaseError):
    """Somebody else, most likely a person, changed the want first; what was to be written is void."""


class WantFields(TypedDict, total=False):
    """What may be said about a new want beside its wish."""

    state: WantState
    code: str | None
    reason: str | None
    attempts: int
    faults: int
    next_try: datetime | None
    release: Release | None
    proposals: tuple[Proposal, ...]
    approved: bool
    client: str | None
    download: str | None
    torrent_files: tuple[TorrentFile, ...]
    selection: tuple[str, ...]
    path: str | None
    folder: str | None
    library: str | None
    item: str | None
    replaces: Replaced | None


class WantChanges(WantFields, total=False):
    """What may change about a want."""

    wish: Wish


class Wants:
    """Reads wants and is the only one to write them; each method is one short transaction."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._remembered = Remembered(connections)

    async def add(self, key: str, wish: Wish, **more: Unpack[WantFields]) -> tuple[Want, bool]:
        """Return the want with this key, and whether it is new; one that exists is left as it is.

        A new one is WANTED unless told otherwise, and one event is logged with it.
        """
        now = self._connections.clock()
        fields: dict[str, Any] = {
            "state": WantState.WANTED,
            "attempts": 0,
            "faults": 0,
            "proposals": (),
            "approved": False,
            "torrent_files": (),
            "selection": (),
            **more,
        }
        statement = (
            self._connections.insert(wants)
            .values(key=key, version=1, created=now, changed=now, **_wish(wish), **fields)
            .on_conflict_do_nothing(index_elements=["key"])
            .returning(*WANT_COLUMNS)
        )

        async def find_or_add(connection: AsyncConnection) -> tuple[Want, bool]:
            row = (await connection.execute(statement)).one_or_none()
            if row is None:
                existing = select(*WANT_COLUMNS).where(wants.c.key == key)
                return want_of((await connection.execute(existing)).one()), False
            want = want_of(row)
            await _log(connection, "want_added", want, before=None)
            return want, True

        return await self._connections.write(find_or_add)

    async def change(self, want: Want, **changes: Unpack[WantChanges]) -> Want:
        """Write the changes and what they tell in one transaction, and return the want as it now stands.

        What is only noted on the way (a folder, the files of a torrent) is no event.
        Raises Conflict when the want has changed since `want` was read; then nothing is written.
        """
        values: dict[str, Any] = {**changes, **(_wish(changes["wish"]) if "wish" in changes else {})}
        statement = (
            update(wants)
            .where(wants.c.id == want.id, wants.c.version == want.version)
            .values(version=want.version + 1, changed=self._connections.clock(), **values)
            .returning(*WANT_COLUMNS)
        )

        async def change_if_unchanged(connection: AsyncConnection) -> Want:
            row = (await connection.execute(statement)).one_or_none()
            if row is None:
                raise Conflict(
                    f"The want {want.id} ({want.wish.book.title}) was changed by somebody else in the meantime. "
                    "Look at it again before changing it."
                )
            changed = want_of(row)
            if kind := _kind(want, changed):
                await _log(connection, kind, changed, before=want.state)
            return changed

        return await self._connections.write(change_if_unchanged)

    async def make_due(self, ids: Collection[int]) -> frozenset[int]:
        """Let wanted books wait no longer, in one transaction and without an event for each; returns which did wait."""
        now = self._connections.clock()
        asked = sorted(ids)

        async def end_waiting(connection: AsyncConnection) -> frozenset[int]:
            ended: set[int] = set()
            for start in range(0, len(asked), _CHUNK):
                statement = (
                    update(wants)
                    .where(
                        wants.c.id.in_(asked[start : start + _CHUNK]),
                        wants.c.state == WantState.WANTED,
                        wants.c.next_try > now,
                    )
                    .values(next_try=None, version=wants.c.version + 1, changed=now)
                    .returning(wants.c.id)
                )
                ended.update((await connection.execute(statement)).scalars())
            return frozenset(ended)

        return await self._connections.write(end_waiting)

    async def get(self, want_id: int) -> Want | None:
        """Return one want, or None."""
        return await self._one(wants.c.id == want_id) if 0 < want_id <= _LARGEST_ID else None

    async def by_key(self, key: str) -> Want | None:
        """Return the want with this key, or None."""
        return await self._one(wants.c.key == key)

    async def beginning(self, beginnings: Collection[str]) -> tuple[Want, ...]:
        """Return the wants whose key begins in one of these ways, the oldest first."""
        return await self._any(self._connections.begins(wants.c.key, one) for one in beginnings)

    async def containing(self, pieces: Collection[str]) -> tuple[Want, ...]:
        """Return the wants whose key holds one of these pieces, the oldest first; every key is looked at."""
        return await self._any(wants.c.key.contains(piece, autoescape=True) for piece in pieces)

    async def with_ids(self, ids: Collection[str]) -> tuple[Want, ...]:
        """Return the wants of books with one of these ASINs or ISBNs, the oldest first; hyphens do not matter."""
        return await self._any(wants.c.ids.contains(f"|{one}|", autoescape=True) for one in _plain(ids))

    async def by_download(self, info_hash: str) -> tuple[Want, ...]:
        """Return the wants that a torrent is for, the one changed last first."""
        statement = select(*WANT_COLUMNS).where(wants.c.download == info_hash).order_by(wants.c.changed.desc())
        async with self._connections.reading() as connection:
            return tuple(want_of(row) for row in await connection.execute(statement))

    async def due(self, state: WantState, now: datetime, limit: int) -> tuple[Want, ...]:
        """Return wants of a state whose waiting is over, never-tried ones first, in the order of their rank.

        Then come the others, the longest overdue first: so a few that keep failing never starve the rest.
        """
        statement = (
            select(*WANT_COLUMNS)
            .where(wants.c.state == state, wants.c.next_try.is_(None) | (wants.c.next_try <= now))
            .order_by(wants.c.next_try.asc().nulls_first(), wants.c.rank.asc().nulls_first(), wants.c.id)
            .limit(limit)
        )
        async with self._connections.reading() as connection:
            return tuple(want_of(row) for row in await connection.execute(statement))

    async def list(
        self, states: Collection[WantState] | None = None, *, limit: int = 100, offset: int = 0
    ) -> tuple[Want, ...]:
        """Return wants in any of the states (None: all), the one changed last first."""
        statement = select(*WANT_COLUMNS).order_by(wants.c.changed.desc(), wants.c.id.desc())
        if states is not None:
            statement = statement.where(wants.c.state.in_(states))
        async with self._connections.reading() as connection:
            rows = await connection.execute(statement.limit(limit).offset(offset))
            return tuple(want_of(row) for row in rows)

    async def after(self, last: int, states: Collection[WantState], limit: int) -> tuple[Want, ...]:
        """Return the next wants after the one of this id, in the order of their ids."""
        statement = select(*WANT_COLUMNS).where(wants.c.id > last, wants.c.state.in_(states))
        async with self._connections.reading() as connection:
            rows = await connection.execute(statement.order_by(wants.c.id).limit(limit))
            return tuple(want_of(row) for row in rows)

    async def states(self, ids: Collection[int]) -> dict[int, WantState]:
        """Return how these wants stand, by their ids; unknown ids are left out."""
        found: dict[int, WantState] = {}
        numbers = list(ids)
        async with self._connections.reading() as connection:
            for start in range(0, len(numbers), _CHUNK):
                chunk = numbers[start : start + _CHUNK]
                rows = await connection.execute(select(wants.c.id, wants.c.state).where(wants.c.id.in_(chunk)))
                found |= {row.id: row.state for row in rows}
        return found

    async def replacing(self, code: str) -> tuple[Want, ...]:
        """Return the wants that stand on the shelf with this code and take the place of another edition."""
        standing = (wants.c.state == WantState.SHELVED, wants.c.code == code, wants.c.replaces.is_not(None))
        statement = select(*WANT_COLUMNS).where(*standing).order_by(wants.c.id)
        async with self._connections.reading() as connection:
            return tuple(want_of(row) for row in await connection.execute(statement))

    async def in_folder(self, folder: str) -> tuple[Want, ...]:
        """Return the wants that have a folder of a library on record."""
        statement = select(*WANT_COLUMNS).where(wants.c.folder == folder).order_by(wants.c.id)
        async with self._connections.reading() as connection:
            return tuple(want_of(row) for row in await connection.execute(statement))

    async def counts(self) -> dict[WantState, int]:
        """Return how many wants stand in each state, every state named."""
        found = await self._remembered.get("counts", lambda: self._connections.read(_counts))
        return {state: found.get(state, 0) for state in WantState}

    async def _any(self, conditions: Iterable[ColumnElement[bool]]) -> tuple[Want, ...]:
        statement = select(*WANT_COLUMNS).where(or_(false(), *conditions)).order_by(wants.c.id)
        async with self._connections.reading() as connection:
            return tuple(want_of(row) for row in await connection.execute(statement))

    async def _one(self, condition: ColumnElement[bool]) -> Want | None:
        statement = select(*WANT_COLUMNS).where(condition).order_by(wants.c.changed.desc()).limit(1)
        async with self._connections.reading() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else want_of(row)


def _counts(connection: Connection) -> dict[WantState, int]:
    statement = select(wants.c.state, func.count()).group_by(wants.c.state)
    return {row[0]: row[1] for row in connection.execute(statement)}


def want_of(row: Row[*tuple[Any, ...]]) -> Want:
    """Build the want of a row that has its columns, and may have others."""
    return Want(**{name: row._mapping[name] for name in _NAMES})


def _wish(wish: Wish) -> dict[str, Any]:
    book = wish.book
    author = book.authors[0] if book.authors else None
    return {"wish": wish, "title": book.title, "author": author, "rank": wish.rank, "ids": _ids(book)}


def _ids(book: Book) -> str | None:
    """The ASINs and ISBNs of a book as the column holds them, or None."""
    ids = _plain(one for one in (book.asin, book.isbn, *book.other_ids) if one)
    return f"|{'|'.join(ids)}|" if ids else None


def _plain(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys("".join(filter(str.isalnum, one)).upper() for one in ids))


def _kind(before: Want, after: Want) -> str | None:
    """How a change is called in the log; None if there is nothing to tell of it."""
    if after.state is not before.state:
        return "want_changed"
    told = [(want.code, want.reason, want.attempts, want.faults) for want in (before, after)]
    return "want_noted" if told[0] != told[1] else None


async def _log(connection: AsyncConnection, kind: str, want: Want, *, before: WantState | None) -> None:
    await write_event(
        connection,
        at=want.changed,
        kind=kind,
        want_id=want.id,
        before=before,
        after=want.state,
        code=want.code,
        reason=want.reason,
    )
