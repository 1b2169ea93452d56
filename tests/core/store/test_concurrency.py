"""Many tasks at once: nobody waits in vain, nothing is lost, a cancelled one does no harm."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, select

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import Book, LibraryItem, Wish
from audiobook_daemon.store import BookQuery, Database
from audiobook_daemon.store.tables import books


async def test_fifty_writers_at_once(database: Database, wish: Wish) -> None:
    async def write(number: int) -> None:
        want, created = await database.wants.add(str(number), wish)
        assert created
        for attempts in range(1, 6):
            want = await database.wants.change(want, attempts=attempts)
            await database.failed_attempts.record("task", "one", "for all", "because")
            assert await database.wants.get(want.id) == want

    async with asyncio.TaskGroup() as tasks:
        for number in range(50):
            tasks.create_task(write(number))
    assert [want.attempts for want in await database.wants.list(limit=1000)] == [5] * 50
    (tally,) = await database.failed_attempts.newest(10)
    assert tally.attempt_count == 250
    assert len(await database.events.newest(1000)) == 50 + 250


async def test_readers_go_on_while_much_is_written(database: Database) -> None:
    items = [(LibraryItem("shelf", str(number), Book(f"Book {number}")), str(number)) for number in range(5000)]
    writing = asyncio.create_task(database.books.upsert(items))
    seen = set()
    while not writing.done():
        seen.add(await database.books.count())
    await writing
    assert seen <= {0, 5000}
    assert 0 in seen
    assert await database.books.count() == 5000


async def test_a_cancelled_writer_leaves_the_database_usable(database: Database, wish: Wish) -> None:
    for steps in range(60):
        task = asyncio.create_task(database.wants.add(str(steps), wish))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        outcome, *_ = await asyncio.gather(task, return_exceptions=True)
        again, created = await database.wants.add(str(steps), wish)
        if not isinstance(outcome, BaseException):
            assert (again, created) == (outcome[0], False)
    wants = await database.wants.list(limit=100)
    assert len(await database.events.newest(1000)) == len(wants) == 60


async def test_a_write_cancelled_before_its_turn_is_not_done(database: Database, wish: Wish) -> None:
    items = [(LibraryItem("shelf", str(number), Book(f"Book {number}")), str(number)) for number in range(2000)]
    writing = asyncio.create_task(database.books.upsert(items))
    waiting = asyncio.create_task(database.wants.add("key", wish))
    await asyncio.wait({waiting}, timeout=0.01)
    assert not writing.done()
    waiting.cancel()
    await writing
    assert waiting.cancelled()
    assert await database.wants.by_key("key") is None


async def test_a_write_cancelled_in_its_midst_is_ended_all_the_same(address: str) -> None:
    items = [(LibraryItem("shelf", str(number), Book(f"Book {number}")), str(number)) for number in range(2000)]
    async with Database.open(address) as database:
        writing = asyncio.create_task(database.books.upsert(items))
        await asyncio.wait({writing}, timeout=0.01)
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
    async with Database.open(address) as database:
        assert await database.books.count() == 2000


async def test_cancelled_readers_leave_the_database_usable(database: Database) -> None:
    for steps in range(30):
        tasks = [asyncio.create_task(database.books.count()) for _ in range(5)]
        for _ in range(steps):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert await database.books.count() == 0


async def test_what_a_thread_reads_is_of_one_moment_and_it_writes_nothing(file: Path) -> None:
    counted = select(func.count()).select_from(books)
    begun, go_on = threading.Event(), threading.Event()

    def look(connection: Connection) -> tuple[int, int]:
        before = connection.execute(counted).scalar_one()
        begun.set()
        assert go_on.wait(20)
        return before, connection.execute(counted).scalar_one()

    async with Database.open(str(file)) as database:
        looking = asyncio.create_task(database._connections.read(look))
        assert await asyncio.to_thread(begun.wait, 20)
        await database.books.upsert([(LibraryItem("shelf", "1", Book("Emma")), "emma")])
        go_on.set()
        assert await looking == (0, 0)
        with pytest.raises(DatabaseError, match="readonly"):
            await database._connections.read(lambda connection: connection.execute(delete(books)))
        assert await database.books.count() == 1


async def test_cancelled_looks_at_lists_leave_the_database_usable(database: Database) -> None:
    for steps in range(30):
        tasks = [asyncio.create_task(database.book_lists.page(BookQuery())) for _ in range(5)]
        for _ in range(steps):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert await database.book_lists.page(BookQuery()) == ((), 0)


async def test_a_look_at_a_list_after_the_end_is_refused_in_a_sentence(file: Path) -> None:
    async with Database.open(str(file)) as database:
        pass
    with pytest.raises(DatabaseError, match=r"^The database is closed\.$"):
        await database.book_lists.page(BookQuery())


async def test_a_foreign_writer_is_waited_for(file: Path, wish: Wish) -> None:
    async with Database.open(str(file)) as database:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            task = asyncio.create_task(database.wants.add("key", wish))
            done, _ = await asyncio.wait({task}, timeout=0.2)
            assert not done
            other.execute("COMMIT")
            _, created = await task
    assert created


async def test_what_the_disk_does_wrong_is_told_as_a_sentence(file: Path, wish: Wish) -> None:
    async with Database.open(str(file)) as database:
        with closing(sqlite3.connect(file)) as other:
            other.execute("DROP TABLE events")
        with pytest.raises(DatabaseError, match=f"The database {file} cannot be used: no such table: events"):
            await database.wants.add("key", wish)


async def test_error_texts_do_not_show_what_is_stored(file: Path) -> None:
    async with Database.open(str(file)) as database:
        with closing(sqlite3.connect(file)) as other:
            other.execute("DROP TABLE memory")
        with pytest.raises(DatabaseError) as failure:
            await database.memory("mam").put("session", "a-secret-cookie")
    assert failure.value.__cause__ is not None
    assert "a-secret-cookie" not in f"{failure.value} {failure.value.__cause__}"
