"""A backup becomes a database again, on an empty machine or beside what is left of the old one."""

from __future__ import annotations

import logging
import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from tests.core.backup.conftest import CONFIGURATION, NOW, PASSPHRASE, SECRETS, Home
from tests.postgresql.databases import Databases

from audiobook_daemon.backup import (
    BackupError,
    Backups,
    BackupSettings,
    Restored,
    Wanted,
    advised,
    examined,
    keeping,
    look,
    restore,
    told,
)
from audiobook_daemon.errors import DamagedDatabase, DatabaseError
from audiobook_daemon.models import Level
from audiobook_daemon.store import Database, migrations
from audiobook_daemon.store.address import read_address
from audiobook_daemon.store.engines import postgres_engine
from audiobook_daemon.store.migrations.upgrade import upgrade


async def restored(backup: Path, place: Home, *, passphrase: str | None = None, aside: bool = False) -> Restored:
    return await restore(Wanted(backup, place.configuration, aside, passphrase), os.environ, NOW)


def sentences(done: Restored, place: Home) -> str:
    return "\n".join(told(done, Wanted(Path("one.zip"), place.configuration)))


async def test_an_empty_machine_goes_on_where_the_other_one_was(backup: Path, elsewhere: Home) -> None:
    done = await restored(backup, elsewhere, passphrase=PASSPHRASE)
    assert sorted(path.name for path in elsewhere.folder.iterdir()) == [
        "audiobook-daemon.yaml",
        "secrets.yaml",
        "state.db",
        "state.db.lock",
    ]
    assert elsewhere.configuration.read_text() == CONFIGURATION
    assert elsewhere.configuration.with_name("secrets.yaml").read_text() == "mam_session: COOKIE-OF-MAM\n"
    assert {stat.S_IMODE(path.stat().st_mode) for path in elsewhere.folder.iterdir()} == {0o600}
    async with Database.open(done.database) as database:
        assert {want.wish.book.title for want in await database.wants.list()} == {f"Volume {n}" for n in range(5)}
        assert await database.memory("mam").get("session") == {"value": "ROTATED-COOKIE"}
        assert await database.memory("mam").get("cache:1") == "an answer"
        async with database.snapshot() as snapshot:
            (torrent,) = [row async for chunk in snapshot.rows("torrents") for row in chunk]
    assert torrent["magnet"] == "magnet:?tr=PASSKEY"
    assert "Enter again" not in sentences(done, elsewhere)


async def test_what_has_to_be_entered_again_is_said(home: Home, backups: Backups, elsewhere: Home) -> None:
    target = home.folder / "one.zip"
    await backups.write(target)
    done = await restored(target, elsewhere, passphrase="not needed")
    said = sentences(done, elsewhere)
    assert f"Enter again in {elsewhere.configuration.with_name('secrets.yaml')}: mam_session" in said
    assert "(line 4)" in said
    assert "mam kept secrets of its own (session)" in said
    assert "1 torrents that people brought were left out" in said
    assert "Set in the environment: ABS_URL" in said
    assert "the files that the configuration names: abs.token" in said
    assert "key: SECRET-LEFT-OUT" in elsewhere.configuration.read_text()
    assert not elsewhere.configuration.with_name("secrets.yaml").exists()
    async with Database.open(done.database) as database:
        assert await database.memory("mam").get("session") is None


async def test_files_that_are_there_are_not_overwritten(backup: Path, elsewhere: Home) -> None:
    elsewhere.configuration.write_text("database: sqlite://other.db\n")
    secrets = elsewhere.configuration.with_name("secrets.yaml")
    secrets.write_text("mine: precious\n")
    done = await restored(backup, elsewhere, passphrase=PASSPHRASE)
    assert done.database == f"sqlite://{elsewhere.folder / 'other.db'}"
    assert elsewhere.configuration.read_text() == "database: sqlite://other.db\n"
    assert secrets.read_text() == "mine: precious\n"
    assert [path.name for path in done.files] == ["audiobook-daemon.yaml.restored", "secrets.yaml.restored"]
    again = await restored(backup, elsewhere, passphrase=PASSPHRASE, aside=True)
    assert again.files == done.files
    assert "is kept" in sentences(again, elsewhere)


async def test_a_database_that_is_there_stays_in_its_place_unless_told(home: Home, backup: Path) -> None:
    before = home.contents()
    with pytest.raises(DatabaseError, match=r"There is a database at .*state.db already\. With --set-aside"):
        await restored(backup, home, passphrase=PASSPHRASE)
    assert home.contents() == before


async def test_a_damaged_database_is_kept_with_all_its_parts(home: Home, backup: Path) -> None:
    damaged = {"state.db": b"not SQLite" * 999, "state.db-wal": b"wal", "state.db-shm": b"shm"}
    for name, content in damaged.items():
        (home.folder / name).write_bytes(content)
    done = await restored(backup, home, aside=True)
    name = "state.db.damaged-20261126T183000Z"
    assert done.aside == str(home.folder / name)
    assert {path.name for path in home.folder.glob(f"{name}*")} == {name, f"{name}-wal", f"{name}-shm"}
    assert (home.folder / name).read_bytes() == damaged["state.db"]
    assert (home.folder / f"{name}-wal").read_bytes() == b"wal"
    async with Database.open(done.database) as database:
        assert len(await database.wants.list()) == 5
    assert (await restored(backup, home, aside=True)).aside == str(home.folder / "state.db.set-aside-20261126T183000Z")


async def test_parts_of_a_lost_database_do_not_get_into_the_new_one(home: Home, backup: Path) -> None:
    home.file.rename(home.file.with_name("lost"))
    home.file.with_name("state.db-wal").write_bytes(b"of the lost one")
    done = await restored(backup, home, aside=True)
    assert done.aside == str(home.folder / "state.db.set-aside-20261126T183000Z")
    assert not home.file.with_name("state.db-wal").exists()


async def test_a_daemon_that_runs_is_not_disturbed(home: Home, database: Database, backup: Path) -> None:
    with pytest.raises(DatabaseError, match="is in use by another audiobook-daemon"):
        await restored(backup, home, aside=True)
    assert len(await database.wants.list()) == 5


async def test_without_any_configuration_nobody_knows_where_to(home: Home, elsewhere: Home, database: Database) -> None:
    settings = replace(home.settings(), configuration=home.folder / "nowhere.yaml")
    target = home.folder / "one.zip"
    await Backups(database, settings).write(target)
    with pytest.raises(BackupError, match=r"There is no configuration .* and the backup has none"):
        await restored(target, elsewhere)
    assert elsewhere.contents() == {}


async def test_an_address_that_is_a_secret_has_to_be_written_first(
    home: Home, elsewhere: Home, database: Database
) -> None:
    home.configuration.write_text("database: postgresql://me:PASSKEY@host/books\n")
    target = home.folder / "one.zip"
    await Backups(database, home.settings()).write(target)
    with pytest.raises(BackupError, match="does not say which database to restore to"):
        await restored(target, elsewhere)
    assert elsewhere.contents() == {}


@pytest.mark.usefixtures("empty_at_first")
async def test_a_server_is_backed_up_before_its_tables_change_and_restored_to_a_file(
    postgresql: Databases, home: Home, elsewhere: Home
) -> None:
    async with postgresql.blank() as url:
        engine = postgres_engine(read_address(url))
        async with engine.begin() as connection:
            await connection.run_sync(upgrade, "0004", views=False)
            insert = "INSERT INTO memory (instance, key, value, version, changed) VALUES ('mam', :key, '1', 1, now())"
            for key in ("session", "cache:1"):
                await connection.exec_driver_sql(insert.replace(":key", f"'{key}'"))
        await engine.dispose()
        settings = home.settings()
        for _ in range(2):
            async with Database.open(url, keep=keeping(settings, url)):
                pass
    (kept,) = home.backups.iterdir()
    assert kept.name.startswith("audiobook-daemon-of-0004-")
    manifest = look(kept)
    assert manifest is not None
    assert (manifest.revision, manifest.lacking.memory) == ("0004", (("mam", "session"),))
    done = await restored(kept, elsewhere)
    async with Database.open(done.database) as database:
        assert await database.memory("mam").get("cache:1") == 1
    assert migrations.REVISIONS[-1] > "0004"


@pytest.fixture
def damaged(home: Home) -> BackupSettings:
    home.file.write_bytes(home.file.read_bytes()[: 8 * 4096 + 5])
    return home.settings()


async def test_a_damaged_database_is_told_of_with_the_way_back(
    home: Home, backup: Path, damaged: BackupSettings
) -> None:
    before = home.contents()
    with pytest.raises(DamagedDatabase) as refusal, advised(damaged):
        async with Database.open(f"sqlite://{home.file}"):
            pass
    assert "It has not been touched. There is no backup in " in str(refusal.value)
    assert home.contents().items() >= before.items()
    home.backups.mkdir()
    newest = home.backups / "audiobook-daemon-20261126T183000Z.zip"
    shutil.copy(backup, newest)
    (home.backups / "audiobook-daemon-20991126T183000Z.zip").write_bytes(b"damaged too")
    with pytest.raises(DamagedDatabase) as refusal, advised(damaged):
        async with Database.open(f"sqlite://{home.file}"):
            pass
    assert str(refusal.value).endswith(f"run: audiobook-daemon -c {home.configuration} restore --set-aside {newest}")


async def test_an_empty_database_in_the_place_of_a_lost_one_is_told_of(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite://{home.file}"
    async with Database.open(url):
        pass
    assert caplog.records == []
    home.file.unlink()
    with caplog.at_level(logging.WARNING):
        async with Database.open(url):
            pass
    (record,) = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert "There is no database at" in record.getMessage()
    assert "state.db.lock is there" in record.getMessage()


@pytest.mark.parametrize("left", ["state.db-wal", "state.db.restoring"])
async def test_no_empty_database_is_made_beside_parts_of_a_lost_one(home: Home, left: str) -> None:
    home.file.unlink()
    home.file.with_name(left).write_bytes(b"part")
    with pytest.raises(DatabaseError, match="one has been lost or half restored"):
        async with Database.open(f"sqlite://{home.file}"):
            pass
    assert not home.file.exists()


def test_the_doctor_knows_how_old_the_newest_backup_is(home: Home, backup: Path) -> None:
    assert examined(home.settings(), NOW).text == f"There is no backup in {home.backups} yet."
    home.backups.mkdir()
    shutil.copy(backup, home.backups / "audiobook-daemon-20261126T183000Z.zip")
    manifest = look(backup)
    assert manifest is not None
    assert examined(home.settings(), manifest.made).level is Level.OK
    later = manifest.made.replace(year=manifest.made.year + 1)
    assert examined(home.settings(), later).level is Level.WARNING
    assert not [secret for secret in SECRETS if secret in repr(home.settings())]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
async def test_what_root_restores_belongs_to_the_user_of_the_folder(backup: Path, elsewhere: Home) -> None:
    os.chown(elsewhere.folder, 1234, 1235)
    done = await restored(backup, elsewhere, passphrase=PASSPHRASE)
    assert {(path.stat().st_uid, path.stat().st_gid) for path in elsewhere.folder.iterdir()} == {(1234, 1235)}
    assert "chmod 640" in sentences(done, elsewhere)
