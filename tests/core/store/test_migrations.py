"""From every revision to the newest, with a backup; never backwards."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

import audiobook_daemon.store.catalogue_tables
import audiobook_daemon.store.daemon_tables
import audiobook_daemon.store.shelving_tables
import audiobook_daemon.store.web_tables  # noqa: F401 - as does this
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import Book, LibraryItem, Wish
from audiobook_daemon.store import BookKeys, Database, migrations, utc_now
from audiobook_daemon.store.migrations.upgrade import upgrade
from audiobook_daemon.store.tables import metadata
from audiobook_daemon.store.views import VIEWS

pytestmark = pytest.mark.usefixtures("empty_at_first")

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("wants", recreate="always") as wants:
        wants.add_column(sa.Column("mood", sa.Text(), server_default="calm"))
    {more}
"""


def at_revision(file: Path, revision: str) -> None:
    file.parent.mkdir(exist_ok=True)
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        upgrade(connection, revision)
    engine.dispose()


def difference(connection: Connection) -> list[object]:
    """What differs, but for the tables that SQLite makes for searching."""
    options = {
        "version_table": migrations.VERSION_TABLE,
        "compare_server_default": True,
        "include_name": lambda name, kind, _: kind != "table" or not name.startswith("book_words"),
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def test_the_first_start_is_one_line_of_the_log(file: Path) -> None:
    """In a process of its own: much of what Alembic would say it says when it is imported."""
    code = (
        "import asyncio, logging, sys\n"
        "from audiobook_daemon.store import Database\n"
        "logging.basicConfig(level='INFO', format='%(message)s')\n"
        "async def main():\n"
        "    for _ in range(2):\n"
        "        async with Database.open(sys.argv[1]): pass\n"
        "asyncio.run(main())\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code, str(file)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stderr
    assert told == f"The database {file} was brought up to date (revision {migrations.REVISIONS[-1]}).\n"


def query(file: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture
def with_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newer program: one more revision, which rebuilds the table that all others point to."""
    scripts = tmp_path / "scripts"
    shutil.copytree(migrations.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    script = scripts / "versions" / "revision_9999.py"
    script.write_text(NEXT.format(before=migrations.REVISIONS[-1], more=""))
    monkeypatch.setattr(migrations, "SCRIPTS", scripts)
    monkeypatch.setattr(migrations, "REVISIONS", (*migrations.REVISIONS, "9999"))
    return script


def test_the_constant_names_the_scripts_in_order() -> None:
    scripts = ScriptDirectory(str(migrations.SCRIPTS)).walk_revisions()
    assert tuple(reversed([script.revision for script in scripts])) == migrations.REVISIONS


@pytest.mark.parametrize("revision", migrations.REVISIONS)
async def test_every_revision_becomes_the_newest_with_the_tables_as_described(file: Path, revision: str) -> None:
    at_revision(file, revision)
    async with Database.open(str(file)):
        pass
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        assert difference(connection) == []
    engine.dispose()
    assert query(file, "SELECT version_num FROM schema_revision") == [(migrations.REVISIONS[-1],)]


async def test_an_empty_file_gets_tables_views_and_no_backup(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    async with Database.open(str(file)):
        pass
    assert {name for (name,) in query(file, "SELECT name FROM sqlite_master WHERE type = 'view'")} == set(VIEWS)
    assert {name for (name,) in query(file, "SELECT name FROM sqlite_master WHERE type = 'table'")} >= set(
        metadata.tables
    )
    assert [path.name for path in file.parent.glob("*.bak")] == []


async def test_what_was_there_survives_and_is_backed_up_first(file: Path, wish: Wish, with_next: Path) -> None:
    at_revision(file, "0001")
    query_before = "INSERT INTO wants SELECT 1, 'k', 'T', 'A', 3, ?, 'wanted', 1, NULL, NULL, 0, 0, NULL, NULL, 0, "
    with closing(sqlite3.connect(file)) as old:
        columns = "NULL, NULL, '[]', NULL, NULL, NULL, NULL, '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000'"
        old.execute(query_before + columns, ('{"book": {"title": "T"}}',))
        old.execute(
            "INSERT INTO journal (want_id, kind, source, target, begun) VALUES (1, 'link', 'a', 'b', '2026-01-01')"
        )
        old.commit()
    async with Database.open(str(file)) as database:
        want = await database.wants.get(1)
        assert want is not None
        assert want.wish.book.title == "T"
        assert len(await database.journal.for_want(1)) == 1
    assert query(file, "SELECT mood FROM wants") == [("calm",)]
    assert query(file, "SELECT title FROM missing_books") == [("T",)]
    backup = file.parent / "state.db.before-9999.bak"
    assert query(backup, "SELECT version_num FROM schema_revision") == [("0001",)]
    assert query(backup, "SELECT title FROM wants") == [("T",)]


async def test_wants_of_before_are_found_by_their_ids(file: Path) -> None:
    at_revision(file, "0002")
    wish = '{"book": {"title": "Dune", "isbn": "0-441-01359-7", "asin": null, "other_ids": ["B002V1OF70"]}}'
    bare = '{"book": {"title": "Emma"}}'
    with closing(sqlite3.connect(file)) as old:
        for key, value in (("dune", wish), ("emma", bare)):
            old.execute(
                "INSERT INTO wants (key, title, wish, state, version, attempts, faults, approved, torrent_files, "
                "created, changed) VALUES (?, 'T', ?, 'wanted', 1, 0, 0, 0, '[]', '2026-01-01', '2026-01-01')",
                (key, value),
            )
        old.commit()
    async with Database.open(str(file)) as database:
        assert [want.key for want in await database.wants.with_ids(["B002V1OF70", "0441013597"])] == ["dune"]
        emma = await database.wants.by_key("emma")
        assert emma is not None
        assert emma.proposals == ()


async def test_a_migration_that_fails_changes_nothing(file: Path, with_next: Path) -> None:
    at_revision(file, "0001")
    with_next.write_text(NEXT.format(before=migrations.REVISIONS[-2], more='op.execute("SELECT * FROM nowhere")'))
    with pytest.raises(
        DatabaseError, match=f"The database {file} could not be brought up to date and was left as it was"
    ):
        async with Database.open(str(file)):
            pass
    assert query(file, "SELECT version_num FROM schema_revision") == [("0001",)]
    assert "mood" not in {name for _, name, *_ in query(file, "PRAGMA table_info(wants)")}
    assert query(file, "SELECT count(*) FROM recent_failed_downloads") == [(0,)]


@pytest.mark.parametrize("exclusive", [True, False])
async def test_a_newer_database_is_refused_and_not_modified(file: Path, exclusive: bool) -> None:
    at_revision(file, "head")
    with closing(sqlite3.connect(file)) as future:
        future.execute("UPDATE schema_revision SET version_num = '0815'")
        future.commit()
    before = file.read_bytes()
    with pytest.raises(
        DatabaseError, match=r"made by a newer version of audiobook-daemon \(its revision 0815 is unknown"
    ):
        async with Database.open(str(file), exclusive=exclusive):
            pass
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.glob("*.bak")] == []


async def test_who_only_reads_does_not_migrate(file: Path, with_next: Path) -> None:
    at_revision(file, "0001")
    before = file.read_bytes()
    with pytest.raises(DatabaseError, match="Start the daemon once"):
        async with Database.open(str(file), exclusive=False):
            pass
    assert file.read_bytes() == before


async def test_alembic_is_not_imported_when_there_is_nothing_to_migrate(file: Path) -> None:
    async with Database.open(str(file)):
        pass
    program = """
import asyncio, sys
sys.path[:] = sys.argv[2].split(":")
from audiobook_daemon.store import Database

async def main():
    async with Database.open(sys.argv[1]) as database:
        assert await database.books.count() == 0

asyncio.run(main())
assert "sqlalchemy" in sys.modules
assert "alembic" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program, str(file), ":".join(sys.path)], check=True)


async def test_the_books_of_an_older_version_are_neither_new_nor_edited_when_they_are_read_again(file: Path) -> None:
    at_revision(file, "0003")
    columns = "library, item_id, match_key, title, authors, series, narrators, missing, seen"
    with closing(sqlite3.connect(file)) as connection, connection:
        row = (
            "shelf",
            "one",
            "emma|austen|",
            "Emma",
            '["Jane Austen"]',
            "[]",
            "[]",
            False,
            "2026-01-01 00:00:00.000000",
        )
        connection.execute(f"INSERT INTO books ({columns}) VALUES ({', '.join('?' * len(row))})", row)
    item = LibraryItem("shelf", "one", Book("Emma", ("Jane Austen",)), publisher="Quay")
    async with Database.open(f"sqlite://{file}") as database:
        (change,) = await database.books.upsert([(item, BookKeys("emma|austen|", completeness=40))])
        assert (change.is_new, change.fields) == (False, {})
        now = utc_now()
        assert await database.attention.due(now, 9, seen_since=now - timedelta(days=7)) == ()
        assert [book.title for book in await database.attention.due(now, 9)] == ["Emma"]
