"""A plugin's memory: its own, atomic, and there after a restart."""

from __future__ import annotations

import asyncio
import math

import pytest

from audiobook_daemon.plugin import Memory as Lent
from audiobook_daemon.store import Database


@pytest.mark.parametrize("value", ["text", 0, 1.5, True, [], {"a": [1, None, {"b": "ü"}]}, 2**40])
async def test_json_values_outlive_the_daemon(address: str, value: object) -> None:
    async with Database.open(address) as database:
        await database.memory("mam").put("key", value)
    async with Database.open(address) as database:
        read = await database.memory("mam").get("key")
    assert read == value
    assert type(read) is type(value)


async def test_no_instance_sees_the_memory_of_another(database: Database) -> None:
    mam: Lent = database.memory("mam")
    other = database.memory("mam-two")
    await mam.put("cookie", "a")
    await other.put("cookie", "b")
    await other.delete("cookie")
    assert await mam.get("cookie") == "a"
    assert await other.get("cookie") is None
    await other.delete("never heard of")


async def test_a_value_is_replaced_whole_or_not_at_all(database: Database) -> None:
    memory = database.memory("mam")
    values = [{"cookie": str(number) * 1000, "number": number} for number in range(20)]
    await memory.put("session", values[0])

    async def read() -> None:
        while not writing.done():
            assert await memory.get("session") in values

    async def write() -> None:
        for value in values:
            await memory.put("session", value)
            assert await memory.get("session") == value

    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(write())
        tasks.create_task(read())


@pytest.mark.parametrize(("value", "error"), [({1, 2}, TypeError), (math.nan, ValueError), (b"x", TypeError)])
async def test_what_json_cannot_hold_is_refused_and_changes_nothing(
    database: Database, value: object, error: type[Exception]
) -> None:
    memory = database.memory("mam")
    await memory.put("key", "before")
    with pytest.raises(error):
        await memory.put("key", value)
    assert await memory.get("key") == "before"


async def test_what_nobody_calls_open_is_secret(database: Database) -> None:
    memory = database.memory("site")
    await memory.put("session", "cookie")
    await memory.put("cache:1", "answer", secret=False)
    await memory.put("moved", "answer", secret=False)
    await memory.put("moved", "cookie")
    async with database.snapshot() as snapshot:
        rows = [row async for chunk in snapshot.rows("memory") for row in chunk]
    assert {row["key"]: row["secret"] for row in rows} == {"session": True, "cache:1": False, "moved": True}
