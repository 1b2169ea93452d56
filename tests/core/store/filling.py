"""Rows for every table of a database, by the types of its columns; what they mean does not matter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, Integer, LargeBinary, Table, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from audiobook_daemon.store.address import read_address
from audiobook_daemon.store.engines import postgres_engine, sqlite_engine
from audiobook_daemon.store.plain_rows import portable_tables
from audiobook_daemon.store.types import Moment

ROWS = 3
ODD = 'Ἰλιάς "1"\n\\ \U0001f4da'


def example(column: Column[Any], number: int) -> object:
    """A value of a column's type, another one for each number."""
    if isinstance(column.type, JSON):
        return {"number": number, "text": [ODD, None, 1.5], "ä": {}}
    if isinstance(column.type, Moment):
        return datetime(2026, 10, 25, 0, 59, 59, 999_999, tzinfo=UTC) + timedelta(hours=number)
    if isinstance(column.type, LargeBinary):
        return bytes([0, 255, number])
    if isinstance(column.type, Boolean):
        return bool(number % 2)
    if isinstance(column.type, Integer):
        return number
    if isinstance(column.type, Float):
        return number + 0.1
    return f"{column.name[:8]} {number} {ODD}"


def rows_of(table: Table) -> list[dict[str, object]]:
    """Three rows."""
    return [{column.name: example(column, number) for column in table.c} for number in range(1, ROWS + 1)]


async def fill(url: str) -> None:
    """Put rows into every table."""
    engine = _engine(url)
    async with engine.begin() as connection:
        for table in await connection.run_sync(portable_tables):
            await connection.execute(insert(table), rows_of(table))
    await engine.dispose()


async def fill_table(url: str, name: str, rows: list[dict[str, object]]) -> None:
    """Put rows into one table."""
    engine = _engine(url)
    async with engine.begin() as connection:
        (table,) = (one for one in await connection.run_sync(portable_tables) if one.name == name)
        await connection.execute(insert(table), rows)
    await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    address = read_address(url)
    return postgres_engine(address) if address.path is None else sqlite_engine(address, size=0, begin="BEGIN")
