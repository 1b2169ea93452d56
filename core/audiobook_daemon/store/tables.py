"""The tables, as the newest migration leaves them; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from audiobook_daemon.models import (
    Book,
    DownloadState,
    Proposal,
    Release,
    Replaced,
    RunOutcome,
    SeriesPlace,
    TorrentFile,
    WantState,
    Wish,
)
from audiobook_daemon.store.types import JsonText, Moment, PortableJson, Value, Word
from audiobook_daemon.store.values import Candidate

# Text without a length throughout: PostgreSQL would refuse a whole sync for one long word out of a library.
# Every constraint has a name, or Alembic could not alter it on SQLite later.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    }
)


def _of_want(*, needed: bool = False) -> Column[int | None]:
    return Column("want_id", Integer, ForeignKey("wants.id", ondelete="CASCADE"), index=True, nullable=not needed)


wants = Table(
    "wants",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    # Copies out of the wish, for sorting, for the views, and for looking up (`|B002V1OF70|9780441013593|`).
    Column("title", Text, nullable=False),
    Column("author", Text),
    Column("rank", Integer),
    Column("ids", Text),
    Column("wish", Value(Wish), nullable=False),
    Column("state", Word(WantState), nullable=False),
    Column("version", Integer, nullable=False),
    Column("code", Text),
    Column("reason", Text),
    Column("attempts", Integer, nullable=False),
    Column("faults", Integer, nullable=False),
    Column("next_try", Moment),
    Column("release", Value(Release)),
    Column("proposals", Value(tuple[Proposal, ...]), nullable=False, server_default="[]"),
    Column("approved", Boolean, nullable=False),
    Column("client", Text),
    Column("download", Text, index=True),
    Column("torrent_files", Value(tuple[TorrentFile, ...]), nullable=False),
    Column("selection", Value(tuple[str, ...]), nullable=False, server_default="[]"),
    Column("path", Text),
    Column("folder", Text),
    Column("library", Text),
    Column("item", Text),
    Column("replaces", Value(Replaced)),
    Column("created", Moment, nullable=False),
    Column("changed", Moment, nullable=False, index=True),
    Index(None, "state", "next_try"),
    Index(None, "state", "changed"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    _of_want(),
    Column("before", Text),
    Column("after", Text),
    Column("code", Text),
    Column("reason", Text),
    # A number is never given twice, even after pruning: the live page asks for what came after one.
    sqlite_autoincrement=True,
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_want(needed=True),
    Column("at", Moment, nullable=False),
    Column("outcome", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("queries", Value(tuple[str, ...]), nullable=False),
    Column("candidates", Value(tuple[Candidate, ...]), nullable=False),
    Column("silent", Value(tuple[str, ...]), nullable=False),
    # What the rules were given, so that other rules can be tried on it; None in rows of older versions.
    Column("wish", Value(Wish)),
    Column("siblings", Value(tuple[Book, ...]), nullable=False, server_default="[]"),
)

blocklist = Table(
    "blocklist",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_want(),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("info_hash", Text),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("added", Moment, nullable=False),
    Index(None, "source", "key"),
)

downloads = Table(
    "downloads",
    metadata,
    Column("id", Text, primary_key=True),
    _of_want(),
    Column("client", Text, nullable=False),
    Column("state", Word(DownloadState), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("progress", Float, nullable=False),
    Column("size", BigInteger),
    Column("rate", BigInteger),
    Column("eta", BigInteger),
    Column("path", Text),
    Column("root", Text),
    Column("message", Text),
    Column("added", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("progressed", Moment, nullable=False),
    Column("finished", Moment),
)

books = Table(
    "books",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("library", Text, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("match_key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("subtitle", Text),
    Column("authors", Value(tuple[str, ...]), nullable=False),
    Column("series", Value(tuple[SeriesPlace, ...]), nullable=False),
    Column("narrators", Value(tuple[str, ...]), nullable=False),
    Column("language", Text),
    Column("year", Integer),
    Column("isbn", Text, index=True),
    Column("asin", Text, index=True),
    Column("runtime", Float),
    Column("size", BigInteger),
    Column("path", Text),
    Column("missing", Boolean, nullable=False),
    Column("added", Moment),
    Column("abridged", Boolean),
    Column("seen", Moment, nullable=False),
    Column("publisher", Text),
    Column("published", Text),
    Column("description", Text),
    Column("genres", Value(tuple[str, ...]), nullable=False, server_default="[]"),
    Column("tags", Value(tuple[str, ...]), nullable=False, server_default="[]"),
    Column("cover", Boolean),
    Column("chapters", Integer),
    Column("files", Integer),
    Column("format", Text),
    # Copies out of the row, for lists and for finding the books of a series: completeness in percent, the key of the
    # first author, the keys of the series between bars (`|wheel of time|`).
    Column("completeness", Integer),
    Column("author_key", Text, index=True),
    Column("series_keys", Text),
    Column("first_seen", Moment, index=True),
    # `active`, `duplicate` or `archived`, as a person set it.
    Column("status", Text, nullable=False, server_default="active"),
    # What a person said of where a book comes from that was written down by hand; its `library` is empty.
    Column("import_source", Text),
    Column("metadata_source", Text),
    # When its metadata was last looked after, and what came of it (`corrected`, `unchanged`, `unknown`, `doubtful`).
    Column("corrected", Moment, index=True),
    Column("correction", Text),
    UniqueConstraint("library", "item_id"),
    # Each holds all that a list of its order asks, however deep in it a page lies; `match_key` begins with the title.
    Index(None, "match_key", "status"),
    Index(None, "status", "added"),
    Index(None, "status", "completeness", "missing"),
)
# Beside them stands what is searched: the table `book_words` in SQLite, kept by triggers on `books`, and an index of
# words in PostgreSQL; see the migration 0007. A migration that makes `books` anew has to make the triggers anew.

# What an item can be found by beside its key: its authors and ids in the form in which equal ones are equal. Rows are
# only ever added: whoever finds an item by a mark compares the item itself.
book_marks = Table(
    "book_marks",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("library", Text, primary_key=True),
    Column("item_id", Text, primary_key=True),
    sqlite_with_rowid=False,
)

failed_attempts = Table(
    "failed_attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("task", Text, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("item_name", Text, nullable=False),
    Column("code", Text),
    Column("reason", Text, nullable=False),
    Column("first_attempt", Moment, nullable=False),
    Column("last_attempt", Moment, nullable=False, index=True),
    Column("attempt_count", Integer, nullable=False),
    UniqueConstraint("task", "item_id", "item_name"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("started", Moment, nullable=False, index=True),
    Column("outcome", Word(RunOutcome), nullable=False, index=True),
    Column("finished", Moment),
    Column("processed", Integer, nullable=False),
    Column("succeeded", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("summary", Text),
    Column("error", Text),
    Column("log", Text),
    Column("scheduled", Moment),
    # What its sender knows it by: asked for again with the same key, it is not done a second time.
    Column("key", Text, unique=True),
    Column("asked", Text),
    Column("data", JsonText),
    Index(None, "name", "started"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("name", Text, primary_key=True),
    Column("paused", Boolean, nullable=False),
    Column("last_scheduled", Moment),
    # Until when its times pass, or did so: what was missed in a pause is not made up for. None: for good, or never.
    Column("paused_until", Moment),
)

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_want(),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("begun", Moment, nullable=False),
    Column("done", Moment),
    Column("undone", Moment),
    Column("plan_id", Integer, index=True),
    # What a step found or did, as far as taking it back needs that.
    Column("details", PortableJson),
)
