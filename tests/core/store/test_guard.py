"""One daemon at a time for a PostgreSQL database, however connections end and processes freeze."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from tests.postgresql.databases import Databases, connected

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store import Database, Succession, guard
from audiobook_daemon.store.reign import Overtaken
from audiobook_daemon.store.server_lock import KEY

END_GUARD = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
COUNT_ON = "UPDATE reign SET number = number + 1"


@pytest.fixture
def kind() -> str:
    return "postgresql"


class Server:
    """Does things behind the daemon's back."""

    def __init__(self, databases: Databases, address: str) -> None:
        self._folder = databases.server
        self._name = address.split("?", maxsplit=1)[0].rpartition("/")[2]

    async def do(self, *statements: str) -> None:
        async with connected(self._folder, self._name) as connection:
            for statement in statements:
                await connection.execute(statement)

    @asynccontextmanager
    async def other_daemon(self) -> AsyncIterator[None]:
        """Another daemon takes the place of the one that has it, within one breath."""
        async with connected(self._folder, self._name) as connection:
            await connection.execute(END_GUARD)
            await connection.execute(f"SELECT pg_advisory_lock({KEY})")
            await connection.execute(COUNT_ON)
            yield


@pytest.fixture
def server(postgresql: Databases, address: str) -> Server:
    return Server(postgresql, address)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.01)


def certain(database: Database) -> bool:
    try:
        database.confirm()
    except DatabaseError:
        return False
    return True


async def test_a_second_daemon_is_refused_and_told_by_whom(address: str, database: Database) -> None:
    database.confirm()
    with pytest.raises(DatabaseError, match=r"in use by another audiobook-daemon, process \d+ on .*Stop that one"):
        async with Database.open(address):
            pass


async def test_reading_beside_the_daemon_is_allowed_and_writing_is_not(address: str, database: Database) -> None:
    await database.memory("mam").put("cookie", "first")
    async with Database.open(address, exclusive=False) as command:
        assert await command.memory("mam").get("cookie") == "first"
        with pytest.raises(DatabaseError, match="read-only"):
            await command.memory("mam").put("cookie", "second")


async def test_who_stands_by_begins_when_the_first_has_ended(address: str) -> None:
    told: list[str] = []
    began = asyncio.Event()

    async def stand_by() -> None:
        async with Database.open(address, succession=Succession(stand_by=True, waiting=told.append)) as second:
            await second.memory("mam").put("cookie", "second")
            began.set()

    async with asyncio.timeout(90), asyncio.TaskGroup() as group:
        async with Database.open(address) as first:
            group.create_task(stand_by())
            await until(lambda: bool(told))
            await first.memory("mam").put("cookie", "first")
            await asyncio.sleep(guard.TRY_EVERY * 1.5)
            assert not began.is_set()
        await began.wait()
    assert len(told) == 1, "it is said once"


async def test_a_broken_connection_costs_nothing_while_nobody_else_comes(
    database: Database, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await server.do(END_GUARD)
    await until(lambda: "answers again, and no other daemon has used it meanwhile" in caplog.text)
    assert certain(database)
    await database.memory("mam").put("cookie", "kept")


async def test_an_overtaken_daemon_hears_of_it_and_writes_nothing(address: str, server: Server) -> None:
    told: list[str] = []
    async with Database.open(address, succession=Succession(overtaken=told.append)) as database:
        await database.memory("mam").put("cookie", "mine")
        async with server.other_daemon():
            await until(lambda: bool(told))
            with pytest.raises(Overtaken, match="has taken over the database"):
                database.confirm()
            with pytest.raises(Overtaken):
                await database.memory("mam").put("cookie", "not mine any more")
        assert await database.memory("mam").get("cookie") == "mine"


async def test_a_write_is_refused_even_before_anybody_has_noticed(database: Database, server: Server) -> None:
    await server.do(COUNT_ON)
    database.confirm()
    with pytest.raises(Overtaken):
        await database.memory("mam").put("cookie", "late")
    assert await database.memory("mam").get("cookie") is None


async def test_a_daemon_that_was_frozen_does_nothing_before_its_lock_is_confirmed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = guard._now
    monkeypatch.setattr(guard, "_now", lambda: before() + guard.TRUSTED_FOR + 1)
    assert not certain(database)
    await until(lambda: certain(database))


async def test_a_text_with_nul_is_kept_without_it(database: Database) -> None:
    memory = database.memory("list\0s")
    await memory.put("page\0", {"a\0b": ["c\0", 1, None, "\\u0000"]})
    assert await memory.get("page") == {"ab": ["c", 1, None, "\\u0000"]}
