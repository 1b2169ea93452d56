"""The tables of what the daemon remembers of itself; those of books and files stand elsewhere."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, Table, Text, true

from audiobook_daemon.store.tables import metadata
from audiobook_daemon.store.types import Moment, PortableJson

# Settings that somebody has changed while the daemon ran, and what the file said then: when the file says something
# else later, the file counts again.
adjustments = Table(
    "adjustments",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", PortableJson, nullable=False),
    Column("instead_of", PortableJson, nullable=False),
    Column("changed", Moment, nullable=False),
)

memory = Table(
    "memory",
    metadata,
    Column("instance", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", PortableJson),
    Column("version", Integer, nullable=False),
    Column("changed", Moment, nullable=False),
    # Whether it stays out of what others may read; so is all that nobody has said otherwise of.
    Column("secret", Boolean, nullable=False, server_default=true()),
)

# With a database server several daemons may take turns; each counts on, and what an earlier one would write is refused.
reign = Table(
    "reign",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    Column("holder", Text, nullable=False),
)
