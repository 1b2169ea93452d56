"""One daemon for one database, proven with real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store import Database

HOLDER = """
import asyncio, sys
from audiobook_daemon.store import Database

async def main():
    async with Database.open(sys.argv[1]):
        print("open", flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


@contextmanager
def another_daemon(file: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        try:
            yield process
        finally:
            process.kill()


async def test_a_second_daemon_is_refused_and_told_by_whom(file: Path) -> None:
    with another_daemon(file) as other, pytest.raises(DatabaseError) as refusal:
        async with Database.open(str(file)):
            pass
    assert str(refusal.value) == (
        f"The database {file} is in use by another audiobook-daemon, process {other.pid}. "
        "Stop that one first, or give this one a database of its own."
    )


async def test_a_killed_daemon_leaves_no_lock_behind(file: Path) -> None:
    with another_daemon(file) as other:
        other.kill()
        other.wait()
        async with Database.open(str(file)) as database:
            assert await database.books.count() == 0


async def test_an_ended_daemon_leaves_no_lock_behind(file: Path) -> None:
    async with Database.open(str(file)):
        pass
    async with Database.open(str(file)) as database:
        assert await database.books.count() == 0


async def test_the_same_process_counts_as_another_daemon_too(file: Path) -> None:
    file.parent.mkdir()
    (file.parent / "state.db.lock").write_text("99999999999999\n")  # left by an earlier life, and longer
    async with Database.open(str(file)):
        with pytest.raises(DatabaseError, match=rf"process {os.getpid()}\."):
            async with Database.open(str(file)):
                pass


async def test_reading_beside_the_daemon_is_allowed(file: Path) -> None:
    async with (
        Database.open(str(file)) as daemon,
        Database.open(str(file), exclusive=False) as command,
    ):
        await daemon.memory("mam").put("cookie", "first")
        assert await command.memory("mam").get("cookie") == "first"


async def test_who_only_reads_cannot_write(file: Path) -> None:
    async with Database.open(str(file)) as daemon, Database.open(str(file), exclusive=False) as command:
        with pytest.raises(DatabaseError, match="readonly"):
            await command.memory("mam").put("cookie", "second")
        assert await daemon.memory("mam").get("cookie") is None


async def test_a_folder_without_the_right_to_lock_is_a_sentence(file: Path) -> None:
    file.parent.mkdir()
    (file.parent / "state.db.lock").mkdir()
    with pytest.raises(DatabaseError, match=r"The lock file .*state\.db\.lock cannot be opened: Is a directory"):
        async with Database.open(str(file)):
            pass
