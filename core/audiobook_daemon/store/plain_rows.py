"""Rows of any revision as plain JSON data, and back; the shape comes from the database itself, not from our tables.

So a backup that is made before a migration is written by the same lines as every other, and an old one is read by them.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store.tables import metadata
from audiobook_daemon.store.types import Moment, PortableJson

PlainRow = dict[str, object]
"""Column by column: moments in ISO 8601, bytes in base64, everything else as JSON has it."""
PASSING = frozenset({"reign", "sessions"})
"""Tables about who works with the database and who has logged in now, which nobody needs elsewhere or later: out of a
backup, a login that was ended would come back."""


def portable_tables(connection: Connection) -> tuple[Table, ...]:
    """Return our tables as they are in the database, those that others point to first."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in metadata.tables and name not in PASSING)
    own = MetaData()
    return tuple(
        Table(table.name, own, *(Column(one.name, portable(one.type), primary_key=one.primary_key) for one in table.c))
        for table in found.sorted_tables
    )


def plain(row: Sequence[object], table: Table) -> PlainRow:
    """Write a row as JSON data."""
    return {column.name: _written(column, value) for column, value in zip(table.c, row, strict=True)}


def bound(row: Mapping[str, object], table: Table) -> dict[str, object]:
    """Read a row that `plain` wrote; raises DatabaseError when it does not fit the table."""
    if row.keys() != set(table.c.keys()):
        odd = ", ".join(sorted(row.keys() ^ set(table.c.keys())))
        raise DatabaseError(f"A row of {table.name} does not fit its table: {odd}.")
    return {column.name: _read(column, row[column.name]) for column in table.c}


def portable(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the type that both databases share; raises DatabaseError for one that none of our columns has."""
    kind = kind.impl_instance if isinstance(kind, TypeDecorator) and not isinstance(kind, Moment) else kind
    if isinstance(kind, Moment):
        return kind
    for theirs, ours in _KINDS:
        if isinstance(kind, theirs):
            return ours
    raise DatabaseError(f"A column of the type {kind!r} cannot be backed up by this version.")


# The first that fits counts: a BigInteger is an Integer too.
_KINDS: tuple[tuple[type[TypeEngine[Any]], TypeEngine[Any]], ...] = (
    (JSON, PortableJson),
    (DateTime, Moment()),
    (LargeBinary, LargeBinary()),
    (Boolean, Boolean()),
    (BigInteger, BigInteger()),
    (Integer, Integer()),
    (Float, Float()),
    (Numeric, Float()),
    (String, Text()),
)


def _written(column: Column[Any], value: Any) -> object:  # noqa: ANN401
    if isinstance(column.type, JSON) or value is None:
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    return value


def _read(column: Column[Any], value: object) -> object:
    if value is None or isinstance(column.type, JSON):
        return value
    try:
        return next(read for kind, read in _READERS if isinstance(column.type, kind))(value)
    except (TypeError, ValueError, OverflowError, binascii.Error):
        raise DatabaseError(f"A row of {column.table.name} does not fit its table: {column.name}.") from None


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_exactly(str)(value))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _bytes(value: object) -> bytes:
    return base64.b64decode(_exactly(str)(value), validate=True)


def _float(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    return float(value)


def _exactly(kind: type[Any]) -> Callable[[object], Any]:
    def check(value: object) -> Any:  # noqa: ANN401
        if type(value) is not kind:
            raise TypeError
        return value

    return check


_READERS: tuple[tuple[type[TypeEngine[Any]], Callable[[object], object]], ...] = (
    (Moment, _moment),
    (LargeBinary, _bytes),
    (Boolean, _exactly(bool)),
    (Integer, _exactly(int)),
    (Float, _float),
    (Text, _exactly(str)),
)
