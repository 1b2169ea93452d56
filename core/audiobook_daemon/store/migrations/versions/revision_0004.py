"""What is known of the owned books, who said it, what is missing, and what is double."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(32)


def upgrade() -> None:
    """Widen the books, and make the new tables."""
    _widen_books()
    _make_facts()
    _make_corrections()
    _make_series_and_authors()
    _make_gaps()
    _make_records()


def _widen_books() -> None:
    with op.batch_alter_table("books") as books:
        for name in ("publisher", "published", "description", "format", "author_key", "series_keys", "correction"):
            books.add_column(sa.Column(name, sa.Text()))
        for name in ("genres", "tags"):
            books.add_column(sa.Column(name, JSON, nullable=False, server_default="[]"))
        books.add_column(sa.Column("cover", sa.Boolean()))
        for name in ("chapters", "files", "completeness"):
            books.add_column(sa.Column(name, sa.Integer()))
        for name in ("first_seen", "corrected"):
            books.add_column(sa.Column(name, MOMENT))
    for name in ("completeness", "author_key", "first_seen", "corrected"):
        op.create_index(f"ix_books_{name}", "books", [name])
    op.create_table(
        "library_pages",
        sa.Column("library", sa.Text(), primary_key=True),
        sa.Column("cursor", sa.Text(), primary_key=True),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("ids", JSON, nullable=False),
        sa.Column("missing", JSON, nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
    )


def _of_book(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_book_id_books"
    return sa.ForeignKeyConstraint(["book_id"], ["books.id"], name=name, ondelete="CASCADE")


def _make_facts() -> None:
    op.create_table(
        "facts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("value", JSON),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("record", sa.Text()),
        sa.Column("at", MOMENT, nullable=False),
        _of_book("facts"),
        sa.UniqueConstraint("book_id", "field", "source", name="uq_facts_book_id_field_source"),
    )
    op.create_index("ix_facts_book_id", "facts", ["book_id"])
    op.create_table(
        "book_fields",
        sa.Column("book_id", sa.Integer(), primary_key=True),
        sa.Column("field", sa.Text(), primary_key=True),
        sa.Column("value", JSON),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        _of_book("book_fields"),
    )


def _make_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("run", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("undone", MOMENT),
        _of_book("corrections"),
    )
    for name in ("book_id", "run", "state", "at"):
        op.create_index(f"ix_corrections_{name}", "corrections", [name])
    op.create_index("ix_corrections_book_state", "corrections", ["book_id", "state"])
    op.create_table(
        "metadata_corrections",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old_value", JSON),
        sa.Column("new_value", JSON),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["corrections.id"],
            name="fk_metadata_corrections_correction_id_corrections",
            ondelete="CASCADE",
        ),
        _of_book("metadata_corrections"),
    )
    for name in ("correction_id", "book_id", "field", "source", "at"):
        op.create_index(f"ix_metadata_corrections_{name}", "metadata_corrections", [name])


def _counted() -> tuple[sa.Column[object], ...]:
    """The columns that series and authors share."""
    return (
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ids", JSON, nullable=False),
        sa.Column("works", JSON, nullable=False),
        sa.Column("total", sa.Integer()),
        sa.Column("owned", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Float()),
        sa.Column("status", WORD, nullable=False),
        sa.Column("checked", MOMENT),
        sa.Column("reason", sa.Text()),
        sa.Column("changed", MOMENT, nullable=False),
    )


def _make_series_and_authors() -> None:
    op.create_table(
        "series",
        *_counted(),
        sa.Column("authors", JSON, nullable=False),
        sa.Column("finished", sa.Boolean()),
        sa.UniqueConstraint("key", name="uq_series_key"),
    )
    op.create_table(
        "authors",
        *_counted(),
        sa.Column("favourite", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("key", name="uq_authors_key"),
    )
    for table in ("series", "authors"):
        for name in ("status", "checked"):
            op.create_index(f"ix_{table}_{name}", table, [name])


def _make_gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("series_id", sa.Integer()),
        sa.Column("author_id", sa.Integer()),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Text()),
        sa.Column("place", sa.Float()),
        sa.Column("work", JSON, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("released", sa.Text()),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("want_id", sa.Integer()),
        sa.Column("wanted", MOMENT),
        sa.Column("found", MOMENT, nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_gaps_series_id_series", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["authors.id"], name="fk_gaps_author_id_authors", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["want_id"], ["wants.id"], name="fk_gaps_want_id_wants", ondelete="SET NULL"),
        sa.UniqueConstraint("kind", "owner", "key", name="uq_gaps_kind_owner_key"),
    )
    for name in ("series_id", "author_id", "state", "want_id"):
        op.create_index(f"ix_gaps_{name}", "gaps", [name])
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("author", sa.Text()),
        sa.Column("rule", JSON, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("imported", MOMENT),
        sa.Column("created", MOMENT, nullable=False),
        sa.UniqueConstraint("kind", "key", name="uq_follows_kind_key"),
    )


def _make_records() -> None:
    op.create_table(
        "merge_proposals",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("kind", "one", "other", name="uq_merge_proposals_kind_one_other"),
    )
    op.create_table(
        "duplicates",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Text(), nullable=False),
        sa.Column("books", JSON, nullable=False),
        sa.Column("keeper", sa.Integer()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("found", MOMENT, nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.UniqueConstraint("key", name="uq_duplicates_key"),
    )
    op.create_index("ix_duplicates_state", "duplicates", ["state"])
    op.create_table(
        "statistics",
        sa.Column("day", sa.Text(), primary_key=True),
        sa.Column("figures", JSON, nullable=False),
    )
