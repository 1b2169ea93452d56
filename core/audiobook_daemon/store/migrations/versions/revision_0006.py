"""Settings that are changed while the daemon runs, pauses that end, and keys by which a sender knows what it asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the table of adjustments and widen the runs."""
    op.create_table(
        "adjustments",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", JSON, nullable=False),
        sa.Column("instead_of", JSON, nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
    )
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("paused_until", sa.DateTime(timezone=True)))
    with op.batch_alter_table("runs") as runs:
        runs.add_column(sa.Column("key", sa.Text()))
        runs.add_column(sa.Column("asked", sa.Text()))
        runs.create_unique_constraint("uq_runs_key", ["key"])
