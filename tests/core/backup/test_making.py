"""A backup is of one moment, whole or not there, and shows nobody a secret."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import threading
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

import pytest
from tests.core.backup.conftest import NOW, PASSPHRASE, SECRETS, Home

from audiobook_daemon.backup import BackupError, Backups, actions, export, look, make, writing
from audiobook_daemon.models import Book, Wish
from audiobook_daemon.store import Database, PlainRow, Snapshot


def rows_of(path: Path, table: str) -> list[PlainRow]:
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read(f"tables/{table}.jsonl").splitlines()]


async def test_what_is_written_meanwhile_is_in_none_of_its_tables(
    home: Home, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A want and the event that tells of it are one transaction: a backup has both or neither."""
    written = 0
    rows = Snapshot.rows

    async def with_writers(self: Snapshot, name: str) -> AsyncIterator[list[PlainRow]]:
        nonlocal written
        written += 1
        await database.wants.add(f"meanwhile {written}", Wish(Book("Meanwhile")))
        async for chunk in rows(self, name):
            yield chunk

    monkeypatch.setattr(Snapshot, "rows", with_writers)
    target = home.backups / "one.zip"
    async with database.snapshot() as snapshot:
        await make(snapshot, database.label, target, home.settings(), NOW)
    assert written > 20
    assert await database.wants.by_key(f"meanwhile {written}") is not None
    assert [row["key"] for row in rows_of(target, "wants")] == [f"zola {number}" for number in range(5)]
    assert len(rows_of(target, "events")) == 5


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
async def test_no_secret_can_be_read_in_a_backup(home: Home, database: Database, passphrase: str | None) -> None:
    target = home.backups / "one.zip"
    await Backups(database, home.settings(passphrase=passphrase)).write(target)
    with zipfile.ZipFile(target) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in SECRETS:
        assert secret.encode() not in everything, secret
    assert b"an answer" in everything
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    manifest = look(target)
    assert manifest is not None
    assert (manifest.seal is None) == (passphrase is None)
    lacking = manifest.lacking
    assert (lacking.secrets, lacking.environment, lacking.files) == (("mam_session",), ("ABS_URL",), ("abs.token",))
    assert (lacking.lines, lacking.memory, lacking.torrents) == ((4,), (("mam", "session"),), 1)


async def test_no_secret_is_in_an_export(home: Home, backups: Backups) -> None:
    outcome = await backups.export()
    assert isinstance(outcome.data, dict)
    text = Path(outcome.data["file"]).read_text()
    assert not [secret for secret in SECRETS if secret in text]
    head, *rows = map(json.loads, text.splitlines())
    assert head["export"] == "audiobook-daemon"
    assert len(rows) == outcome.data["rows"]
    assert [row["row"]["title"] for row in rows if row["table"] == "wants"] == [f"Volume {n}" for n in range(5)]


async def test_an_export_is_of_the_tables_that_are_named(backups: Backups) -> None:
    outcome = await backups.export(["wants"])
    assert outcome.processed == 5
    with pytest.raises(BackupError, match="There is no table 'want'; tables are account_hours, adjustments, "):
        await backups.export(["want"])
    assert len(list(backups.settings.folder.iterdir())) == 1


@pytest.mark.parametrize("place", ["write", "finish", "fsync"])
async def test_a_full_disk_leaves_nothing_behind_and_is_said(
    home: Home, backups: Backups, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    where, name = {
        "write": (writing.PartWriter, "write"),
        "finish": (writing.ArchiveWriter, "finish"),
        "fsync": (os, "fsync"),
    }[place]
    monkeypatch.setattr(where, name, full)
    with pytest.raises(
        BackupError, match=r"cannot be written: No space left on device\. Nothing of it was left behind"
    ):
        await backups.backup()
    assert list(home.backups.iterdir()) == []


async def test_an_export_to_a_full_disk_does_not_blame_the_database(database: Database) -> None:
    def full(_: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left on device"):
        async with database.snapshot() as snapshot:
            await export(snapshot, full, [], NOW)


async def test_without_anything_to_encrypt_with_there_is_no_backup(
    home: Home, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(BackupError, match=r"Install audiobook-daemon\[encryption\]"):
        await Backups(database, home.settings(passphrase=PASSPHRASE)).backup()
    assert not home.backups.exists()


async def test_a_file_that_is_there_is_not_overwritten(home: Home, backups: Backups) -> None:
    target = home.folder / "mine.zip"
    target.write_text("precious")
    with pytest.raises(BackupError, match="already"):
        await backups.write(target)
    assert target.read_text() == "precious"


async def test_the_oldest_go_and_only_those_that_are_ours(home: Home, database: Database) -> None:
    backups = Backups(database, home.settings(keep=2))
    first = await backups.backup()
    await backups.export()
    foreign = {
        "audiobook-daemon-20200101T000000Z.zip": b"by our name, but no backup",
        "audiobook-daemon-of-0004-20200101T000000Z.zip": home.configuration.read_bytes(),
        "photos.zip": b"",
        "audiobook-daemon-export-20200101T000000Z.jsonl": b"not an export",
    }
    for name, content in foreign.items():
        (home.backups / name).write_bytes(content)
    other = home.backups / "audiobook-daemon-20200202T000000Z.zip"
    async with database.snapshot() as snapshot:
        await make(snapshot, "/another/state.db", other, home.settings(), NOW)
    last = [await backups.backup() for _ in range(3)][-1]
    assert isinstance(first.data, dict)
    assert isinstance(last.data, dict)
    left = {path.name for path in home.backups.iterdir()}
    assert left >= {*foreign, other.name, Path(last.data["file"]).name}
    assert Path(first.data["file"]).name not in left
    assert len(left) == len(foreign) + 1 + 2 + 1
    assert len(last.data["deleted"]) == 1


async def test_the_newest_stays_though_a_wrong_clock_made_the_others_seem_newer(
    home: Home, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups = Backups(database, home.settings(keep=2))
    moments = [NOW.replace(year=2040, minute=minute) for minute in range(3)] + [NOW]
    for moment in moments:
        monkeypatch.setattr(actions, "utc_now", lambda now=moment: now)
        last = (await backups.backup()).data
        exported = (await backups.export()).data
    assert isinstance(last, dict)
    assert isinstance(exported, dict)
    left = sorted(str(path) for path in home.backups.iterdir())
    assert {last["file"], exported["file"]} <= set(left)
    assert len(left) == 4


async def test_a_disk_that_takes_its_time_holds_nobody_up(
    home: Home, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written and kept on the disk first, by a thread of its own, is not waited for by everybody else."""
    waited: list[bool] = []
    flush = writing.flush

    def look(file: IO[bytes]) -> None:
        waited.append(threading.current_thread() is threading.main_thread())
        flush(file)

    monkeypatch.setattr(writing, "flush", look)
    monkeypatch.setattr(actions, "flush", look)
    await backups.backup()
    await backups.export()
    assert waited == [False, True] * 2, "the second one finds nothing left to do"
