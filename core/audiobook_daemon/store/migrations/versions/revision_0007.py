"""Keys and counts of the HTTP API; books a person archives or writes down; what one states of series and authors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
_JSON = sa.JSON().with_variant(JSONB(), "postgresql")


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
        sa.UniqueConstraint("name", name="uq_api_keys_name"),
    )
    op.create_index("ix_api_keys_prefix", "api_keys", ["prefix"])
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
    _widen_standings()


def _widen_standings() -> None:
    for table in ("series", "authors"):
        op.add_column(table, sa.Column("stated", _JSON, nullable=False, server_default="{}"))
        op.create_index(f"ix_{table}_list", table, ["percent", "owned", "name", "status", "missing"])
        op.drop_index(f"ix_{table}_status", table)
        op.create_index(f"ix_{table}_status", table, ["status", "percent", "owned", "name"])
    op.create_index("ix_authors_owned", "authors", ["owned", "name"])
    op.create_index("ix_gaps_key", "gaps", ["key"])
    op.create_index("ix_gaps_list", "gaps", ["priority", "owner", "place", "state", "kind"])


def _widen_books() -> None:
    op.add_column("books", sa.Column("status", sa.Text(), nullable=False, server_default="active"))
    op.add_column("books", sa.Column("import_source", sa.Text()))
    op.add_column("books", sa.Column("metadata_source", sa.Text()))
