"""The tables about what is owned, said, missing and double; the other tables stand in `tables`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from audiobook_daemon.models import FieldValue, Work
from audiobook_daemon.store.catalogue_values import Completion, GapKind, GapState, ProposalState, Stated
from audiobook_daemon.store.tables import metadata
from audiobook_daemon.store.types import Moment, PortableJson, Value, Word

_FIELD_VALUE: Any = FieldValue
"""A union is no class, yet it can be read and written like one."""


def _of_book() -> Column[int]:
    return Column("book_id", Integer, ForeignKey("books.id", ondelete="CASCADE"), nullable=False, index=True)


# What each page of a library held when it was last read: a page with the same mark need not be read again.
library_pages = Table(
    "library_pages",
    metadata,
    Column("library", Text, primary_key=True),
    Column("cursor", Text, primary_key=True),
    Column("mark", Text, nullable=False),
    Column("ids", Value(tuple[str, ...]), nullable=False),
    # Those of the ids whose files the library does not find.
    Column("missing", Value(tuple[str, ...]), nullable=False),
    Column("seen", Moment, nullable=False),
)

# What every source states about a field of a book; one row for each source, the newest statement.
facts = Table(
    "facts",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_book(),
    Column("field", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("value", Value(_FIELD_VALUE)),
    # How surely the record is about this book, times how much the source is worth for this field; 0 to 1.
    Column("weight", Float, nullable=False),
    Column("record", Text),
    Column("at", Moment, nullable=False),
    UniqueConstraint("book_id", "field", "source"),
)

# Whence the present value of a field comes, and whether it may be changed.
book_fields = Table(
    "book_fields",
    metadata,
    Column("book_id", Integer, ForeignKey("books.id", ondelete="CASCADE"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Value(_FIELD_VALUE)),
    # The instance that stated it, `library`, or `person`.
    Column("source", Text, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("changed", Moment, nullable=False),
)

# One writing of metadata to one item: planned before the library is told, applied after, undone perhaps.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_book(),
    # `shelve`, `full`, `new`, `import`, `book`, or `person`.
    Column("occasion", Text, nullable=False),
    # The run it belongs to, so that a whole run can be undone.
    Column("run", Text, index=True),
    # `planned`, `applied`, `failed`, `undone`, `partly_undone`.
    Column("state", Text, nullable=False, index=True),
    Column("reason", Text),
    Column("before", PortableJson, nullable=False),
    Column("after", PortableJson),
    Column("at", Moment, nullable=False, index=True),
    Column("undone", Moment),
)

metadata_corrections = Table(
    "metadata_corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("correction_id", Integer, ForeignKey("corrections.id", ondelete="CASCADE"), nullable=False, index=True),
    _of_book(),
    Column("field", Text, nullable=False, index=True),
    Column("old_value", Value(_FIELD_VALUE)),
    Column("new_value", Value(_FIELD_VALUE)),
    Column("source", Text, nullable=False, index=True),
    Column("reason", Text),
    Column("at", Moment, nullable=False, index=True),
)


def _standing() -> tuple[Column[Any], ...]:
    """What is known of a series as of an author: who it is at each source, its works, and how many are owned."""
    return (
        Column("id", Integer, primary_key=True),
        # Of a series its name's key and, for namesakes, the author's (`foundation|isaac asimov`).
        Column("key", Text, nullable=False, unique=True),
        Column("name", Text, nullable=False),
        # Its id at each source: {"hardcover": "123"}.
        Column("ids", PortableJson, nullable=False),
        Column("works", Value(tuple[Work, ...]), nullable=False),
        # None until a bibliography has been found.
        Column("total", Integer),
        # What a person says of it; it counts for more than what books and sources say.
        Column("stated", Value(Stated), nullable=False, server_default="{}"),
        Column("owned", Integer, nullable=False),
        Column("missing", Integer, nullable=False),
        Column("percent", Float),
        Column("status", Word(Completion), nullable=False),
        Column("checked", Moment, index=True),
        Column("reason", Text),
        Column("changed", Moment, nullable=False),
    )


series = Table(
    "series",
    metadata,
    *_standing(),
    Column("authors", Value(tuple[str, ...]), nullable=False),
    Column("finished", Boolean),
)

authors = Table("authors", metadata, *_standing(), Column("favourite", Boolean, nullable=False))

gaps = Table(
    "gaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Word(GapKind), nullable=False),
    Column("series_id", Integer, ForeignKey("series.id", ondelete="CASCADE"), index=True),
    Column("author_id", Integer, ForeignKey("authors.id", ondelete="CASCADE"), index=True),
    # The series' or author's key, and the book's: one row for each missing book of each.
    Column("owner", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("position", Text),
    # The number in the position, for sorting.
    Column("place", Float),
    Column("work", Value(Work), nullable=False),
    Column("state", Word(GapState), nullable=False, index=True),
    Column("released", Text),
    # 1 high, 2 medium, 3 low.
    Column("priority", Integer, nullable=False),
    Column("reason", Text),
    Column("want_id", Integer, ForeignKey("wants.id", ondelete="SET NULL"), index=True),
    # When it became a want: the weekly pace of what is followed is counted by it.
    Column("wanted", Moment),
    Column("found", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    UniqueConstraint("kind", "owner", "key"),
)

follows = Table(
    "follows",
    metadata,
    Column("id", Integer, primary_key=True),
    # `series` or `author`.
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("author", Text),
    # The rule as a person gave it: editions, narrators, languages, pace.
    Column("rule", PortableJson, nullable=False),
    # `configuration` or `person`.
    Column("origin", Text, nullable=False),
    # When the catalogue was first taken in; what it held then was no news.
    Column("imported", Moment),
    Column("created", Moment, nullable=False),
    UniqueConstraint("kind", "key"),
)

# Two names that are probably one series; a person decides.
merge_proposals = Table(
    "merge_proposals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("one", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Word(ProposalState), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("kind", "one", "other"),
)

duplicates = Table(
    "duplicates",
    metadata,
    Column("id", Integer, primary_key=True),
    # The ids of the books in order, between bars.
    Column("key", Text, nullable=False, unique=True),
    # `exact`, `likely`, or `contained`.
    Column("likeness", Text, nullable=False),
    Column("books", Value(tuple[int, ...]), nullable=False),
    Column("keeper", Integer),
    Column("reason", Text, nullable=False),
    # `open`, `ignored`, `gone`.
    Column("state", Text, nullable=False, index=True),
    Column("found", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
)

# The size of the library day by day, for charts.
statistics = Table(
    "statistics",
    metadata,
    Column("day", Text, primary_key=True),
    Column("figures", PortableJson, nullable=False),
)

# Lists, sums and searches of names are answered out of these alone: the rows themselves are long.
_OF_LISTS = ("percent", "owned", "name", "id", "status", "missing", "key")
_OF_STATUSES = ("status", "percent", "owned", "name", "id")
for _table in (series, authors):
    Index(f"ix_{_table.name}_list", *(_table.c[name] for name in _OF_LISTS))
    Index(f"ix_{_table.name}_status", *(_table.c[name] for name in _OF_STATUSES))
Index("ix_authors_owned", authors.c.owned, authors.c.name, authors.c.id)
Index("ix_gaps_key", gaps.c.key)
Index("ix_gaps_list", *(gaps.c[name] for name in ("priority", "owner", "place", "id", "state", "kind")))

Index("ix_corrections_book_state", corrections.c.book_id, corrections.c.state)
