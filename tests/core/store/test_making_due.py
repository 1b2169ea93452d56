"""Waiting is ended for many wants at once, and only for those that wait to be searched."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import Book, Want, WantState, Wish
from audiobook_daemon.store import Conflict, Database, WantFields
from audiobook_daemon.store.tables import wants

WEEK = timedelta(days=7)


async def add(database: Database, title: str, **more: object) -> Want:
    fields = WantFields()
    fields.update(more)  # type: ignore[typeddict-item]
    return (await database.wants.add(title, Wish(Book(title)), **fields))[0]


async def many_like(database: Database, want: Want, count: int) -> frozenset[int]:
    """Put in so many wants like this one, all at once; returns the ids of all there are."""

    async def put(connection: AsyncConnection) -> frozenset[int]:
        row = (await connection.execute(select(wants).where(wants.c.id == want.id))).one()._asdict()
        del row["id"]
        await connection.execute(insert(wants), [row | {"key": f"book {number}"} for number in range(count)])
        return frozenset((await connection.execute(select(wants.c.id))).scalars())

    return await database._connections.write(put)


async def test_many_are_made_due_in_one_go_and_without_events(database: Database, now: datetime) -> None:
    ids = await many_like(database, await add(database, "book", next_try=now + WEEK, attempts=1), 1_100)
    before = (await database.events.newest(1))[0].id
    assert await database.wants.make_due(ids) == ids
    assert await database.events.after(before, 10) == ()
    due = await database.wants.due(WantState.WANTED, now, 2_000)
    assert len(due) == len(ids) == 1_101
    assert {(want.attempts, want.version) for want in due} == {(1, 2)}


@pytest.mark.parametrize("state", [state for state in WantState if state is not WantState.WANTED])
async def test_who_is_past_searching_is_left_alone(database: Database, now: datetime, state: WantState) -> None:
    want = await add(database, "book", state=state, next_try=now + WEEK)
    assert await database.wants.make_due([want.id]) == frozenset()
    assert await database.wants.get(want.id) == want


async def test_who_waits_no_longer_is_left_alone(database: Database, now: datetime) -> None:
    added = [await add(database, "one"), await add(database, "two", next_try=now)]
    assert await database.wants.make_due([*(want.id for want in added), 4711]) == frozenset()
    assert [await database.wants.get(want.id) for want in added] == added


async def test_what_was_thought_before_is_void(database: Database, now: datetime) -> None:
    want = await add(database, "book", next_try=now + WEEK)
    await database.wants.make_due([want.id])
    with pytest.raises(Conflict):
        await database.wants.change(want, next_try=now + 2 * WEEK)
