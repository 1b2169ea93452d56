"""The SQLite file itself: made privately, never touched when damaged or foreign, copied whole."""

from __future__ import annotations

import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import Wish
from audiobook_daemon.store import Database

pytestmark = pytest.mark.usefixtures("empty_at_first")


async def refusal(file: Path) -> str:
    with pytest.raises(DatabaseError) as refused:
        async with Database.open(str(file)):
            pass
    return str(refused.value)


async def filled(file: Path, wish: Wish) -> None:
    async with Database.open(str(file)) as database:
        for number in range(300):
            await database.failed_attempts.record("DOWNLOAD", str(number), "A book " * 20, "It broke. " * 20)
        await database.wants.add("a", wish)


async def test_file_and_folder_belong_to_their_owner_alone(file: Path) -> None:
    async with Database.open(str(file)) as database:
        await database.memory("mam").put("session", "cookie")
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert modes == dict.fromkeys(("state.db", "state.db-wal", "state.db-shm", "state.db.lock"), 0o600)


async def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert await refusal(tmp_path / "file" / "state.db") == (
        f"The database {tmp_path}/file/state.db cannot be created: {tmp_path}/file: File exists. "
        "Choose another place, or give the daemon's user the right to write there."
    )


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert await refusal(tmp_path) == f"{tmp_path} is a folder. Name a file in it, as {tmp_path}/state.db."


@pytest.mark.parametrize("spoiled", [3, 12])
async def test_a_damaged_file_is_refused_and_not_modified(file: Path, wish: Wish, spoiled: int) -> None:
    await filled(file, wish)
    content = bytearray(file.read_bytes())
    content[spoiled * 4096 : spoiled * 4096 + 4096] = b"\xa5" * 4096
    file.write_bytes(content)
    message = await refusal(file)
    assert message.startswith(f"The database {file} is damaged (")
    assert message.endswith("). It has not been touched.")
    assert file.read_bytes() == content
    assert {path.name for path in file.parent.iterdir()} <= {
        f"state.db{tail}" for tail in ("", ".lock", "-wal", "-shm")
    }


async def test_a_file_cut_short_is_refused_and_not_modified(file: Path, wish: Wish) -> None:
    await filled(file, wish)
    content = file.read_bytes()[: 5 * 4096 + 100]
    file.write_bytes(content)
    assert "is damaged" in await refusal(file)
    assert file.read_bytes() == content


async def test_a_file_of_another_kind_is_refused_and_not_modified(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"database: sqlite:///oops\n" * 100)
    said = f"The file {file} is not a SQLite database, or its beginning is damaged. It has not been touched."
    assert await refusal(file) == said
    assert file.read_bytes() == b"database: sqlite:///oops\n" * 100


async def test_the_database_of_another_program_is_refused(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE libraryItems (id TEXT)")
    assert await refusal(file) == (
        f"The file {file} is the database of another program. Give audiobook-daemon one of its own."
    )


async def test_without_a_database_there_is_nothing_to_read(file: Path) -> None:
    with pytest.raises(DatabaseError, match="The daemon creates it when it first starts"):
        async with Database.open(str(file), exclusive=False):
            pass
    assert not file.parent.exists()


async def test_a_transaction_that_died_half_written_is_rolled_back(file: Path, wish: Wish) -> None:
    await filled(file, wish)
    dying = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.executescript("PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN; DELETE FROM failed_attempts")
os.kill(os.getpid(), signal.SIGKILL)
"""
    died = subprocess.run([sys.executable, "-c", dying, str(file)], check=False)
    assert died.returncode == -signal.SIGKILL
    assert (file.parent / "state.db-journal").stat().st_size > 0
    async with Database.open(str(file)) as database:
        assert len(await database.failed_attempts.newest(1000)) == 300


async def test_paths_may_hold_any_character(tmp_path: Path) -> None:
    file = tmp_path / "50% #1 ?büro" / "state.db"
    async with Database.open(str(file)) as database, database.snapshot() as snapshot:
        assert await snapshot.count("wants") == 0
