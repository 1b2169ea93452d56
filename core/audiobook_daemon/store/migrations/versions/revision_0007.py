"""Keys and counts of the HTTP API; books in lists, searched, archived, by hand; what a person states of series."""

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
    _order_books()
    if op.get_bind().dialect.name == "sqlite":
        _search_file()
    else:
        _search_server()
    _widen_standings()
    op.create_index("ix_wants_state_changed", "wants", ["state", "changed"])
    op.create_index("ix_decisions_outcome", "decisions", ["outcome"])
    op.add_column("runs", sa.Column("data", sa.Text()))


def _widen_standings() -> None:
    for table in ("series", "authors"):
        op.add_column(table, sa.Column("stated", _JSON, nullable=False, server_default="{}"))
        op.drop_index(f"ix_{table}_status", table)
        op.create_index(f"ix_{table}_status", table, ["status", "percent", "owned", "name", "id"])
        if op.get_bind().dialect.name == "sqlite":
            op.create_index(f"ix_{table}_list", table, ["percent", "owned", "name", "id", "status", "missing", "key"])
        else:
            # Read backwards it would begin with those of which nobody knows how complete they are.
            order = "percent DESC NULLS LAST, owned DESC, name, id, status, missing, key"
            op.execute(f"CREATE INDEX ix_{table}_list ON {table} ({order})")
    op.create_index("ix_authors_owned", "authors", ["owned", "name", "id"])
    op.create_index("ix_gaps_key", "gaps", ["key"])
    op.create_index("ix_gaps_list", "gaps", ["priority", "owner", "place", "id", "state", "kind"])


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


def _order_books() -> None:
    for name in ("added", "completeness", "match_key"):
        op.drop_index(f"ix_books_{name}", "books")
    op.create_index("ix_books_match_key_status", "books", ["match_key", "status"])
    op.create_index("ix_books_status_completeness_missing", "books", ["status", "completeness", "missing"])
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_books_status_added", "books", ["status", "added"])
    else:
        # Read backwards it would begin with the books of which nobody knows when they came.
        op.execute("CREATE INDEX ix_books_status_added ON books (status, added DESC NULLS LAST, id DESC)")


def _search_file() -> None:
    """Keep the words of every active book, by the number of its row.

    Whoever adds rows adds their words as well, some hundreds at a time: within a trigger each row costs four times as
    much. What becomes of a row later the triggers see to. Beginnings of three letters, of which many common
    words are, have lists of their own. Lists are merged late: that spares the disk much.
    """
    op.execute(
        "CREATE VIRTUAL TABLE book_words USING fts5(words, columnsize=0, detail=none, prefix='3', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute("INSERT INTO book_words (book_words, rank) VALUES ('automerge', 16)")
    remove = "DELETE FROM book_words WHERE rowid = old.id;"
    op.execute(f"CREATE TRIGGER book_words_deleted AFTER DELETE ON books BEGIN {remove} END")
    said = ("title", "subtitle", "authors", "status")
    differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in said)
    words = _words_of("new.")
    add = f"INSERT INTO book_words (rowid, words) SELECT new.id, {words} WHERE new.status = 'active';"
    op.execute(
        f"CREATE TRIGGER book_words_changed AFTER UPDATE OF {', '.join(said)} ON books "
        f"WHEN {differs} BEGIN {remove} {add} END"
    )
    op.execute(f"INSERT INTO book_words (rowid, words) SELECT id, {_words_of('')} FROM books")  # noqa: S608


def _words_of(row: str) -> str:
    authors = f"(SELECT group_concat(value, ' ') FROM json_each({row}authors))"  # noqa: S608 - names of our own
    return f"{row}title || ' ' || coalesce({row}subtitle, '') || ' ' || coalesce({authors}, '')"


def _search_server() -> None:
    # As SQLite reads words: without accents, and divided by whatever is no letter and no digit.
    text = "title || ' ' || coalesce(subtitle, '') || ' ' || (authors #>> '{}')"
    folded = f"normalize(regexp_replace(normalize(lower({text}), NFKD), '[\\u0300-\\u036f]', '', 'g'), NFC)"
    signs = "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"
    words = f"translate({folded}, '{signs}', '{' ' * 32}')"
    op.execute(f"CREATE INDEX ix_books_words ON books USING gin (to_tsvector('simple', {words}))")
