"""The tables about who may come in over HTTP, and how much is asked of whom."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Integer, Table, Text

from audiobook_daemon.store.tables import metadata
from audiobook_daemon.store.types import Moment

# Keys that were made while the daemon ran; those of the configuration stand there.
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    # Algorithm, parameters, salt and hash between `$`; the key itself is kept by whoever was given it.
    Column("hash", Text, nullable=False),
    # The first letters of the key, by which a person knows it and by which it is looked up.
    Column("prefix", Text, nullable=False, index=True),
    # `read`, `act` or `admin`.
    Column("scope", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("expires", Moment),
    Column("last_used", Moment),
    # After a rotation the key before opens as well, for a while.
    Column("previous_hash", Text),
    Column("previous_prefix", Text, index=True),
    Column("previous_until", Moment),
)

# Those who have logged in to the pages. Neither the cookie nor the key can be made of what stands here.
sessions = Table(
    "sessions",
    metadata,
    # SHA-256 of the cookie, which is 256 random bits.
    Column("digest", Text, primary_key=True),
    # The name of the key they came with, and SHA-256 of the cookie together with that key (or with its hash): with
    # the key the session ends.
    Column("key", Text, nullable=False, index=True),
    Column("proof", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("expires", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
)

# How often was asked: with each key, and by us of each service, day by day.
usage = Table(
    "usage",
    metadata,
    # ISO 8601, in UTC.
    Column("day", Text, primary_key=True),
    # `key` or `service`.
    Column("kind", Text, primary_key=True),
    # The key's name, or the instance's.
    Column("name", Text, primary_key=True),
    Column("calls", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# How each account at a tracker stood in the course of time, the last word of each hour; the charts are drawn of it.
account_hours = Table(
    "account_hours",
    metadata,
    Column("instance", Text, primary_key=True),
    Column("hour", Moment, primary_key=True),
    Column("ratio", Float),
    Column("points", BigInteger),
    Column("wedges", Integer),
    Column("uploaded", BigInteger),
    Column("downloaded", BigInteger),
    Column("unsatisfied", Integer),
    Column("slots", Integer),
    sqlite_with_rowid=False,
)
