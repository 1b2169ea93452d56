"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(32)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "wants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("author", sa.Text()),
        sa.Column("rank", sa.Integer()),
        sa.Column("wish", JSON, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("next_try", MOMENT),
        sa.Column("release", JSON),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("client", sa.Text()),
        sa.Column("download", sa.Text()),
        sa.Column("torrent_files", JSON, nullable=False),
        sa.Column("path", sa.Text()),
        sa.Column("folder", sa.Text()),
        sa.Column("library", sa.Text()),
        sa.Column("item", sa.Text()),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wants")),
        sa.UniqueConstraint("key", name=op.f("uq_wants_key")),
    )
    op.create_index(op.f("ix_wants_changed"), "wants", ["changed"])
    op.create_index(op.f("ix_wants_download"), "wants", ["download"])
    op.create_index(op.f("ix_wants_state_next_try"), "wants", ["state", "next_try"])
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("want_id", sa.Integer()),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.Column("code", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(["want_id"], ["wants.id"], name=op.f("fk_events_want_id_wants"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_events_at"), "events", ["at"])
    op.create_index(op.f("ix_events_want_id"), "events", ["want_id"])
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("want_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("queries", JSON, nullable=False),
        sa.Column("candidates", JSON, nullable=False),
        sa.Column("silent", JSON, nullable=False),
        sa.ForeignKeyConstraint(["want_id"], ["wants.id"], name=op.f("fk_decisions_want_id_wants"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_want_id"), "decisions", ["want_id"])
    op.create_table(
        "blocklist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("want_id", sa.Integer()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("info_hash", sa.Text()),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("added", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["want_id"], ["wants.id"], name=op.f("fk_blocklist_want_id_wants"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocklist")),
    )
    op.create_index(op.f("ix_blocklist_source_key"), "blocklist", ["source", "key"])
    op.create_index(op.f("ix_blocklist_want_id"), "blocklist", ["want_id"])
    op.create_table(
        "downloads",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("want_id", sa.Integer()),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("size", sa.BigInteger()),
        sa.Column("rate", sa.BigInteger()),
        sa.Column("eta", sa.BigInteger()),
        sa.Column("path", sa.Text()),
        sa.Column("root", sa.Text()),
        sa.Column("message", sa.Text()),
        sa.Column("added", MOMENT, nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.Column("progressed", MOMENT, nullable=False),
        sa.Column("finished", MOMENT),
        sa.ForeignKeyConstraint(["want_id"], ["wants.id"], name=op.f("fk_downloads_want_id_wants"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_downloads")),
    )
    op.create_index(op.f("ix_downloads_state"), "downloads", ["state"])
    op.create_index(op.f("ix_downloads_want_id"), "downloads", ["want_id"])
    op.create_table(
        "books",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("library", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("match_key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subtitle", sa.Text()),
        sa.Column("authors", JSON, nullable=False),
        sa.Column("series", JSON, nullable=False),
        sa.Column("narrators", JSON, nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("isbn", sa.Text()),
        sa.Column("asin", sa.Text()),
        sa.Column("runtime", sa.Float()),
        sa.Column("size", sa.BigInteger()),
        sa.Column("path", sa.Text()),
        sa.Column("missing", sa.Boolean(), nullable=False),
        sa.Column("added", MOMENT),
        sa.Column("seen", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_books")),
        sa.UniqueConstraint("library", "item_id", name=op.f("uq_books_library_item_id")),
    )
    op.create_index(op.f("ix_books_added"), "books", ["added"])
    op.create_index(op.f("ix_books_asin"), "books", ["asin"])
    op.create_index(op.f("ix_books_isbn"), "books", ["isbn"])
    op.create_index(op.f("ix_books_match_key"), "books", ["match_key"])
    op.create_table(
        "failed_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("item_name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("first_attempt", MOMENT, nullable=False),
        sa.Column("last_attempt", MOMENT, nullable=False),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_attempts")),
        sa.UniqueConstraint("task", "item_id", "item_name", name=op.f("uq_failed_attempts_task_item_id_item_name")),
    )
    op.create_index(op.f("ix_failed_attempts_last_attempt"), "failed_attempts", ["last_attempt"])
    op.create_table(
        "runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("finished", MOMENT),
        sa.Column("processed", sa.Integer(), nullable=False),
        sa.Column("succeeded", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text()),
        sa.Column("error", sa.Text()),
        sa.Column("log", sa.Text()),
        sa.Column("scheduled", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_name_started"), "runs", ["name", "started"])
    op.create_index(op.f("ix_runs_outcome"), "runs", ["outcome"])
    op.create_index(op.f("ix_runs_started"), "runs", ["started"])
    op.create_table(
        "jobs",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("last_scheduled", MOMENT),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_jobs")),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("want_id", sa.Integer()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("begun", MOMENT, nullable=False),
        sa.Column("done", MOMENT),
        sa.Column("undone", MOMENT),
        sa.ForeignKeyConstraint(["want_id"], ["wants.id"], name=op.f("fk_journal_want_id_wants"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_want_id"), "journal", ["want_id"])
    op.create_table(
        "memory",
        sa.Column("instance", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", JSON),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("instance", "key", name=op.f("pk_memory")),
    )
