"""The tables about what is done with files; the other tables stand in `tables` and `catalogue_tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, Table, Text

from audiobook_daemon.models import TorrentFile
from audiobook_daemon.store.shelving_values import PlanState
from audiobook_daemon.store.tables import metadata
from audiobook_daemon.store.types import Moment, PortableJson, Value, Word


def _of_want() -> Column[int | None]:
    # What was done with files outlives the want it was done for.
    return Column("want_id", Integer, ForeignKey("wants.id", ondelete="SET NULL"), index=True)


# What was going to be done with files, in full, before the first of its steps.
plans = Table(
    "plans",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_want(),
    Column("kind", Text, nullable=False),
    Column("state", Word(PlanState), nullable=False, index=True),
    Column("plan", PortableJson, nullable=False),
    Column("result", PortableJson),
    Column("reason", Text),
    Column("made", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
)

# What was taken out of a library, and where it lies until it is deleted for good.
trash = Table(
    "trash",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_want(),
    Column("library", Text),
    Column("item", Text),
    Column("title", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("size", BigInteger),
    Column("reason", Text, nullable=False),
    Column("moved", Moment, nullable=False),
    Column("due", Moment, nullable=False, index=True),
    Column("restored", Moment),
    Column("deleted", Moment),
)

# Torrents that no indexer can be asked for again: people brought them.
torrents = Table(
    "torrents",
    metadata,
    Column("info_hash", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary),
    Column("magnet", Text),
    Column("files", Value(tuple[TorrentFile, ...]), nullable=False),
    Column("private", Boolean, nullable=False),
    Column("added", Moment, nullable=False),
)
