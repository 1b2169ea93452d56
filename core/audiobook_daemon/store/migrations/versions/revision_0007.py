"""Keys and counts of the HTTP API; books that a person archives or writes down; totals that a person states."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables of keys and counts, and widen books, series and authors."""
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True)),
        sa.Column("last_used", sa.DateTime(timezone=True)),
        sa.Column("previous_hash", sa.Text()),
        sa.Column("previous_prefix", sa.Text()),
        sa.Column("previous_until", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("name", name="uq_api_keys_name"),
    )
    op.create_index("ix_api_keys_prefix", "api_keys", ["prefix"])
    op.create_index("ix_api_keys_previous_prefix", "api_keys", ["previous_prefix"])
    _make_sessions()
    _make_account_hours()
    op.create_table(
        "usage",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", "name", name="pk_usage"),
        sqlite_with_rowid=False,
    )
    _widen_books()
    for table in ("series", "authors"):
        op.add_column(table, sa.Column("stated_total", sa.Integer()))


def _make_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sessions_key", "sessions", ["key"])
    op.create_index("ix_sessions_expires", "sessions", ["expires"])


def _make_account_hours() -> None:
    op.create_table(
        "account_hours",
        sa.Column("instance", sa.Text(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ratio", sa.Float()),
        sa.Column("points", sa.BigInteger()),
        sa.Column("wedges", sa.Integer()),
        sa.Column("uploaded", sa.BigInteger()),
        sa.Column("downloaded", sa.BigInteger()),
        sa.Column("unsatisfied", sa.Integer()),
        sa.Column("slots", sa.Integer()),
        sa.PrimaryKeyConstraint("instance", "hour", name="pk_account_hours"),
        sqlite_with_rowid=False,
    )


def _widen_books() -> None:
    op.add_column("books", sa.Column("status", sa.Text(), nullable=False, server_default="active"))
    op.add_column("books", sa.Column("import_source", sa.Text()))
    op.add_column("books", sa.Column("metadata_source", sa.Text()))
