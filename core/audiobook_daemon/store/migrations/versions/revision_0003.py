"""What a person is asked to decide between, and books found by their authors and ids."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Add the columns and the table; the ids of the wants that exist are written out."""
    with op.batch_alter_table("wants") as wants:
        wants.add_column(sa.Column("ids", sa.Text()))
        wants.add_column(sa.Column("proposals", JSON, nullable=False, server_default="[]"))
    with op.batch_alter_table("books") as books:
        books.add_column(sa.Column("abridged", sa.Boolean()))
    op.create_table(
        "book_marks",
        sa.Column("mark", sa.Text(), primary_key=True),
        sa.Column("library", sa.Text(), primary_key=True),
        sa.Column("item_id", sa.Text(), primary_key=True),
        sqlite_with_rowid=False,
    )
    _write_ids()


def _write_ids() -> None:
    wants = sa.table("wants", sa.column("id", sa.Integer), sa.column("ids", sa.Text), sa.column("wish", JSON))
    connection = op.get_bind()
    for row in connection.execute(sa.select(wants.c.id, wants.c.wish)).all():
        book = row.wish.get("book") or {}
        known = [book.get("asin"), book.get("isbn"), *(book.get("other_ids") or ())]
        ids = dict.fromkeys("".join(filter(str.isalnum, one)).upper() for one in known if one)
        if ids:
            statement = sa.update(wants).where(wants.c.id == row.id)
            connection.execute(statement.values(ids=f"|{'|'.join(ids)}|"))
