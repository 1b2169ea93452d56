"""Books within a torrent, and decisions that can be made again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("wants") as wants:
        wants.add_column(sa.Column("selection", JSON, nullable=False, server_default="[]"))
    with op.batch_alter_table("decisions") as decisions:
        decisions.add_column(sa.Column("wish", JSON))
        decisions.add_column(sa.Column("siblings", JSON, nullable=False, server_default="[]"))
