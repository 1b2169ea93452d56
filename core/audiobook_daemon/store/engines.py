"""Connections to SQLite and PostgreSQL as the daemon wants them: safe, patient, and never telling a bound value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store.address import Address

_WAIT = 30.0
"""Seconds a connection waits for its turn before the database counts as stuck."""
_CONNECT = 10.0
_SYNCHRONOUS = "FULL"
"""It waits for the disk at each commit. NORMAL would survive kill -9, but a power cut could forget a rotated session
cookie or a journalled file step; at a few commits a minute the wait costs nothing."""
_SERVER_SETTINGS = {
    "application_name": "audiobook-daemon",
    "jit": "off",  # our statements are small; compiling them takes longer than they do
    "idle_in_transaction_session_timeout": "5s",  # of a frozen daemon nothing stays half written, and locked
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
}
_CACHE = 4096
"""KiB of each: an index of 100,000 books stays in it beside the rows of a page."""
_READ_ONLY = "query_only = 1"
_TERMS = "CREATE VIRTUAL TABLE temp.book_terms USING fts5vocab(main, book_words, instance)"
_NUL, _NUL_IN_JSON = "\0", "\\u0000"


def sqlite_engine(
    address: Address, *, size: int, begin: str, read_only: bool = False, foreign_keys: bool = True
) -> AsyncEngine:
    """Make an engine of `size` connections (0: a fresh one each time) that starts transactions by `begin`."""
    pool = {"pool_size": size, "max_overflow": 0, "pool_timeout": _WAIT} if size else {"poolclass": NullPool}
    engine = create_async_engine(
        address.url,
        # Bound values hold session cookies; they must not come out in error texts.
        hide_parameters=True,
        # The driver's own implicit BEGIN spares DDL and SELECT; without it a transaction holds everything.
        connect_args={"isolation_level": None},
        **pool,
    )
    pragmas = [f"busy_timeout = {int(_WAIT * 1000)}", f"foreign_keys = {int(foreign_keys)}"]
    if read_only:
        pragmas.append(_READ_ONLY)
    else:
        pragmas += ["journal_mode = WAL", f"synchronous = {_SYNCHRONOUS}"]
    _prepare(engine.sync_engine, [f"PRAGMA {pragma}" for pragma in pragmas], begin)
    return engine


def reading_engine(address: Address, *, size: int) -> Engine:
    """Make an engine on SQLite for threads that read; `book_terms` are the words that `book_words` has."""
    engine = create_engine(
        address.url.set(drivername="sqlite"),
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False},
        poolclass=QueuePool,
        pool_use_lifo=True,  # who comes next finds in memory what the last one has read
        pool_size=size,
        max_overflow=0,
        pool_timeout=_WAIT,
    )
    pragmas = (f"busy_timeout = {int(_WAIT * 1000)}", f"cache_size = -{_CACHE}", _READ_ONLY)
    _prepare(engine, [_TERMS, *(f"PRAGMA {pragma}" for pragma in pragmas)], "BEGIN")
    return engine


def _prepare(engine: Engine, statements: Sequence[str], begin: str) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def postgres_engine(
    address: Address, *, lasting: bool = True, patient: bool = False, read_only: bool = False
) -> AsyncEngine:
    """Make an engine for PostgreSQL; raises DatabaseError when its driver is not installed.

    `lasting` keeps connections for the next one who asks. A `patient` one lets a statement and a transaction take
    their time, as a migration may.
    """
    settings = {name: value for name, value in _SERVER_SETTINGS.items() if not (patient and name.startswith("idle"))}
    if read_only:
        settings["default_transaction_read_only"] = "on"
    pool = {"pool_pre_ping": True, "pool_timeout": _WAIT} if lasting else {"poolclass": NullPool}
    try:
        engine = create_async_engine(
            address.url,
            hide_parameters=True,
            json_serializer=_json,
            connect_args={
                "timeout": _CONNECT,
                "command_timeout": None if patient else _WAIT,
                "server_settings": settings,
            },
            **pool,
        )
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"The database {address.label} needs the Python package {error.name}. Install it beside the daemon, "
            "for example with: pip install 'audiobook-daemon[postgresql]'"
        ) from error
    event.listen(engine.sync_engine, "before_cursor_execute", _without_nul, retval=True)
    return engine


def _without_nul(
    _connection: Connection,
    _cursor: object,
    statement: str,
    parameters: Any,  # noqa: ANN401 - as the driver takes them
    *_: object,
) -> tuple[str, Any]:
    """Leave out what PostgreSQL has no place for in a text; strangers may send it."""
    if isinstance(parameters, list):
        return statement, [_clean(row) for row in parameters]
    return statement, _clean(parameters)


def _clean(row: tuple[object, ...]) -> tuple[object, ...]:
    if not any(isinstance(value, str) and _NUL in value for value in row):
        return row
    return tuple(value.replace(_NUL, "") if isinstance(value, str) else value for value in row)


def _json(value: object) -> str:
    written = json.dumps(value)
    return json.dumps(_stripped(value)) if _NUL_IN_JSON in written else written


def _stripped(value: object) -> object:
    if isinstance(value, str):
        return value.replace(_NUL, "")
    if isinstance(value, dict):
        return {_stripped(key): _stripped(one) for key, one in value.items()}
    return [_stripped(one) for one in value] if isinstance(value, list | tuple) else value
