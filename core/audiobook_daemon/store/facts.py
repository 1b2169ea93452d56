"""Keeps what each source states about each field of a book, the chosen values and the locks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import and_, case, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import LIBRARY, PERSON, BookField, FieldValue, Statement
from audiobook_daemon.store.catalogue_tables import book_fields, facts
from audiobook_daemon.store.connections import Connections

_ROWS = 500


class FactRecords:
    """Keeps what each source states about each field of a book, the chosen values and the locks."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def put(self, stated: Mapping[int, Mapping[str, Sequence[Statement]]]) -> None:
        """Write what the sources state about books, by book and source, in one transaction.

        What a named source states no longer is forgotten; sources that are not named keep what they said.
        """
        now = self._connections.clock()
        rows = [
            {"book_id": book_id, **_row(one), "at": one.at or now}
            for book_id, by_source in stated.items()
            for statements in by_source.values()
            for one in statements
        ]
        insert = self._connections.insert(facts)
        upsert = insert.on_conflict_do_update(
            index_elements=["book_id", "field", "source"],
            set_={name: insert.excluded[name] for name in ("value", "weight", "record", "at")},
        )

        async def all_statements(connection: AsyncConnection) -> None:
            for book_id, by_source in stated.items():
                for source, statements in by_source.items():
                    kept = [one.field for one in statements]
                    gone = and_(facts.c.book_id == book_id, facts.c.source == source, facts.c.field.not_in(kept))
                    await connection.execute(delete(facts).where(gone))
            for start in range(0, len(rows), _ROWS):
                await connection.execute(upsert, rows[start : start + _ROWS])

        if stated:
            await self._connections.write(all_statements)

    async def of_book(self, book_id: int) -> tuple[Statement, ...]:
        """Return all statements about a book, field by field, the weightiest first."""
        return (await self.of_books([book_id])).get(book_id, ())

    async def of_books(self, book_ids: Collection[int]) -> dict[int, tuple[Statement, ...]]:
        """Return the statements about several books, by book."""
        statement = (
            select(facts)
            .where(facts.c.book_id.in_(book_ids))
            .order_by(facts.c.field, facts.c.weight.desc(), facts.c.source)
        )
        found: defaultdict[int, list[Statement]] = defaultdict(list)
        async with self._connections.reading() as connection:
            for row in await connection.execute(statement):
                found[row.book_id].append(Statement(row.field, row.source, row.value, row.weight, row.record, row.at))
        return {book_id: tuple(statements) for book_id, statements in found.items()}

    async def keep(self, book_id: int, fields: Iterable[BookField]) -> None:
        """Write down what fields hold now and whence; locks stay as they are, and equal values keep their moment."""
        await self.keep_all({book_id: tuple(fields)})

    async def keep_all(self, fields: Mapping[int, Iterable[BookField]]) -> None:
        """Do the same for several books, in one transaction."""
        now = self._connections.clock()
        rows = [
            {
                "book_id": book_id,
                "field": one.field,
                "value": one.value,
                "source": one.source,
                "locked": one.locked,
                "changed": one.changed or now,
            }
            for book_id, kept in fields.items()
            for one in kept
        ]
        insert = self._connections.insert(book_fields)
        new = insert.excluded
        same = and_(book_fields.c.source == new.source, book_fields.c.value.is_not_distinct_from(new.value))
        upsert = insert.on_conflict_do_update(
            index_elements=["book_id", "field"],
            set_={
                "value": new.value,
                "source": new.source,
                "changed": case((same, book_fields.c.changed), else_=new.changed),
            },
        )
        if rows:
            await self._connections.write(lambda connection: connection.execute(upsert, rows))

    async def set_lock(self, book_id: int, field: str, value: FieldValue | None, *, locked: bool) -> None:
        """Lock or unlock a field; one that was never looked at is noted with the `value` it has in the library.

        An unlocked field belongs to no person any more.
        """
        insert = self._connections.insert(book_fields)
        row = {
            "book_id": book_id,
            "field": field,
            "value": value,
            "source": LIBRARY,
            "locked": locked,
            "changed": self._connections.clock(),
        }
        theirs = and_(book_fields.c.source == PERSON, ~insert.excluded.locked)
        upsert = insert.values(row).on_conflict_do_update(
            index_elements=["book_id", "field"],
            set_={
                "locked": insert.excluded.locked,
                "source": case((theirs, LIBRARY), else_=book_fields.c.source),
            },
        )
        await self._connections.write(lambda connection: connection.execute(upsert))

    async def fields_of(self, book_id: int) -> dict[str, BookField]:
        """Return what is on record of the fields of a book, by field."""
        return (await self.fields_of_books([book_id])).get(book_id, {})

    async def fields_of_books(self, book_ids: Collection[int]) -> dict[int, dict[str, BookField]]:
        """Return the same of several books, by book."""
        statement = select(book_fields).where(book_fields.c.book_id.in_(book_ids)).order_by(book_fields.c.field)
        found: defaultdict[int, dict[str, BookField]] = defaultdict(dict)
        async with self._connections.reading() as connection:
            for row in await connection.execute(statement):
                found[row.book_id][row.field] = BookField(row.field, row.value, row.source, row.locked, row.changed)
        return dict(found)

    async def count(self) -> int:
        """Return how many statements there are."""
        async with self._connections.reading() as connection:
            return (await connection.execute(select(func.count()).select_from(facts))).scalar_one()


def _row(one: Statement) -> dict[str, object]:
    return {
        "field": one.field,
        "source": one.source,
        "value": one.value,
        "weight": one.weight,
        "record": one.record,
    }
