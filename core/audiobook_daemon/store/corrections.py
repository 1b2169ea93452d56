"""Keeps every writing of metadata with what was there before, so that it can be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import Correction, CorrectionState, FieldChange
from audiobook_daemon.store.catalogue_tables import corrections, metadata_corrections
from audiobook_daemon.store.connections import Connections

_DONE = (CorrectionState.APPLIED, CorrectionState.PARTLY_UNDONE)
_AT_ONCE = 500


class Corrections:
    """Keeps every writing of metadata with what was there before, so that it can be undone."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def plan(
        self,
        book_id: int,
        occasion: str,
        run: str | None,
        before: Mapping[str, object],
        changes: Sequence[FieldChange],
    ) -> int:
        """Write down what is going to be changed, before the library is told; returns the correction's id."""
        now = self._connections.clock()
        row = {
            "book_id": book_id,
            "occasion": occasion,
            "run": run,
            "state": CorrectionState.PLANNED.value,
            "before": dict(before),
            "at": now,
        }

        async def both(connection: AsyncConnection) -> int:
            made = await connection.execute(insert(corrections).values(row).returning(corrections.c.id))
            correction_id = int(made.scalar_one())
            rows = [{**_change(one), "correction_id": correction_id, "book_id": book_id, "at": now} for one in changes]
            await connection.execute(insert(metadata_corrections), rows)
            return correction_id

        return await self._connections.write(both)

    async def applied(self, correction_id: int, after: Mapping[str, object], unchanged: Collection[str] = ()) -> None:
        """Note that the library was told; fields that stayed as they were (`unchanged`) are no changes."""
        gone = delete(metadata_corrections).where(
            metadata_corrections.c.correction_id == correction_id, metadata_corrections.c.field.in_(unchanged)
        )
        done = (
            update(corrections)
            .where(corrections.c.id == correction_id)
            .values(state=CorrectionState.APPLIED.value, after=dict(after))
        )

        async def both(connection: AsyncConnection) -> None:
            if unchanged:
                await connection.execute(gone)
            await connection.execute(done)

        await self._connections.write(both)

    async def failed(self, correction_id: int, reason: str) -> None:
        """Note that nothing came of it; its fields are no changes."""
        state = (
            update(corrections)
            .where(corrections.c.id == correction_id)
            .values(state=CorrectionState.FAILED.value, reason=reason)
        )
        gone = delete(metadata_corrections).where(metadata_corrections.c.correction_id == correction_id)

        async def both(connection: AsyncConnection) -> None:
            await connection.execute(gone)
            await connection.execute(state)

        await self._connections.write(both)

    async def undone(self, correction_id: int, state: CorrectionState, reason: str | None = None) -> None:
        """Note that a correction was taken back, wholly or in part."""
        statement = (
            update(corrections)
            .where(corrections.c.id == correction_id)
            .values(state=state.value, reason=reason, undone=self._connections.clock())
        )
        await self._connections.write(lambda connection: connection.execute(statement))

    async def get(self, correction_id: int) -> Correction | None:
        """Return one correction, or None."""
        found = await self._select(corrections.c.id == correction_id)
        return found[0] if found else None

    async def planned(self) -> tuple[Correction, ...]:
        """Return those of which it is not known whether the library was told, the oldest first."""
        return (await self._select(corrections.c.state == CorrectionState.PLANNED.value))[::-1]

    async def of_run(self, run: str) -> tuple[Correction, ...]:
        """Return what one run has changed and nobody has taken back, the newest first."""
        return await self._select(corrections.c.run == run, corrections.c.state.in_(_DONE))

    async def applied_to(self, book_id: int) -> tuple[Correction, ...]:
        """Return what was changed about a book and not taken back, the newest first."""
        return await self._select(corrections.c.book_id == book_id, corrections.c.state.in_(_DONE))

    async def history(self, book_id: int, limit: int = 100) -> tuple[Correction, ...]:
        """Return everything that was written about a book, the newest first."""
        return await self._select(corrections.c.book_id == book_id, limit=limit)

    async def page(self, limit: int, offset: int = 0, book_id: int | None = None) -> tuple[tuple[Correction, ...], int]:
        """Return a part of everything that was written (about a book), the newest first, and how much there is."""
        chosen = () if book_id is None else (corrections.c.book_id == book_id,)
        statement = select(func.count()).select_from(corrections).where(*chosen)
        async with self._connections.reading() as connection:
            total = int((await connection.execute(statement)).scalar_one())
        return await self._select(*chosen, limit=limit, offset=offset), total

    async def written_to(self, book_ids: Collection[int]) -> dict[int, tuple[FieldChange, ...]]:
        """Return what was written to books, or may have been, and was not taken back, by book."""
        lines = metadata_corrections
        statement = (
            select(lines)
            .join(corrections, corrections.c.id == lines.c.correction_id)
            .where(lines.c.book_id.in_(book_ids), corrections.c.state.in_((CorrectionState.PLANNED, *_DONE)))
            .order_by(lines.c.id)
        )
        found: defaultdict[int, list[FieldChange]] = defaultdict(list)
        async with self._connections.reading() as connection:
            for line in await connection.execute(statement):
                found[line.book_id].append(_line(line))
        return {book_id: tuple(changes) for book_id, changes in found.items()}

    async def latest(self, limit: int = 100, *, before: int | None = None) -> tuple[Correction, ...]:
        """Return what was written last (before one, if named), the newest first."""
        return await self._select(*([] if before is None else [corrections.c.id < before]), limit=limit)

    async def by_source(self, since: datetime | None = None) -> dict[str, int]:
        """Return how many fields each source has corrected, the busiest first."""
        return await self._counted(metadata_corrections.c.source, since)

    async def by_field(self, since: datetime | None = None) -> dict[str, int]:
        """Return how often each field was corrected, the most corrected first."""
        return await self._counted(metadata_corrections.c.field, since)

    async def _counted(self, column: ColumnElement[str], since: datetime | None) -> dict[str, int]:
        number = func.count().label("number")
        statement = (
            select(column.label("name"), number)
            .join(corrections, corrections.c.id == metadata_corrections.c.correction_id)
            .where(corrections.c.state == CorrectionState.APPLIED.value)
            .group_by(column)
            .order_by(number.desc(), column)
        )
        if since is not None:
            statement = statement.where(metadata_corrections.c.at >= since)
        async with self._connections.reading() as connection:
            return {row.name: row.number for row in await connection.execute(statement)}

    async def _select(
        self, *conditions: ColumnElement[bool], limit: int | None = None, offset: int = 0
    ) -> tuple[Correction, ...]:
        newest = select(corrections).where(*conditions).order_by(corrections.c.id.desc())
        statement = newest if limit is None else newest.limit(limit).offset(offset)
        async with self._connections.reading() as connection:
            rows = (await connection.execute(statement)).all()
            changes: defaultdict[int, list[FieldChange]] = defaultdict(list)
            for start in range(0, len(rows), _AT_ONCE):
                ids = [row.id for row in rows[start : start + _AT_ONCE]]
                lines = (
                    select(metadata_corrections)
                    .where(metadata_corrections.c.correction_id.in_(ids))
                    .order_by(metadata_corrections.c.id)
                )
                for line in await connection.execute(lines):
                    changes[line.correction_id].append(_line(line))
        return tuple(_correction(row, changes[row.id]) for row in rows)


def _change(one: FieldChange) -> dict[str, object]:
    return {
        "field": one.field,
        "old_value": one.before,
        "new_value": one.after,
        "source": one.source,
        "reason": one.reason,
    }


def _line(row: Row[*tuple[Any, ...]]) -> FieldChange:
    return FieldChange(row.field, row.old_value, row.new_value, row.source, row.reason or "")


def _correction(row: Row[*tuple[Any, ...]], changes: Sequence[FieldChange]) -> Correction:
    return Correction(
        row.id,
        row.book_id,
        row.occasion,
        row.run,
        CorrectionState(row.state),
        row.reason,
        tuple(changes),
        row.before,
        row.after,
        row.at,
        row.undone,
    )
