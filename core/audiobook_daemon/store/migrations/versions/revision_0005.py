"""Plans and trash, torrents that people bring, editions that take the place of others, and daemons that do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(32)


def upgrade() -> None:
    """Widen the journal and the wants, and make the new tables."""
    with op.batch_alter_table("journal") as journal:
        journal.add_column(sa.Column("plan_id", sa.Integer()))
        journal.add_column(sa.Column("details", JSON))
    op.create_index("ix_journal_plan_id", "journal", ["plan_id"])
    with op.batch_alter_table("wants") as wants:
        wants.add_column(sa.Column("replaces", JSON))
    with op.batch_alter_table("memory") as memory:
        memory.add_column(sa.Column("secret", sa.Boolean(), nullable=False, server_default=sa.true()))
    # Answers of sites, and what the daemon itself remembers.
    op.execute("UPDATE memory SET secret = false WHERE key LIKE 'cache:%' OR instance IN ('(news)', 'daemon:sync')")
    _make_plans()
    _make_trash()
    op.create_table(
        "torrents",
        sa.Column("info_hash", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("magnet", sa.Text()),
        sa.Column("files", JSON, nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("added", MOMENT, nullable=False),
    )
    op.create_table(
        "reign",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
    )


def _of_want(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["want_id"], ["wants.id"], name=f"fk_{table}_want_id_wants", ondelete="SET NULL")


def _make_plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("want_id", sa.Integer()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("plan", JSON, nullable=False),
        sa.Column("result", JSON),
        sa.Column("reason", sa.Text()),
        sa.Column("made", MOMENT, nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        _of_want("plans"),
    )
    op.create_index("ix_plans_want_id", "plans", ["want_id"])
    op.create_index("ix_plans_state", "plans", ["state"])


def _make_trash() -> None:
    op.create_table(
        "trash",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("want_id", sa.Integer()),
        sa.Column("library", sa.Text()),
        sa.Column("item", sa.Text()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("restored", MOMENT),
        sa.Column("deleted", MOMENT),
        _of_want("trash"),
    )
    op.create_index("ix_trash_want_id", "trash", ["want_id"])
    op.create_index("ix_trash_due", "trash", ["due"])
