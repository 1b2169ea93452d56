"""Backup, restore, export and examination from the command line."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from tests.core.cli.conftest import Invoke

from audiobook_daemon.backup import sealing


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "COST", (2, 8, 1))


def test_a_backup_is_made_listed_and_restored(invoke: Invoke, filled: Path, tmp_path: Path) -> None:
    made = invoke("backup")
    assert (made.exit_code, made.output.startswith("backup: ")) == (0, True)
    (listed,) = json.loads(invoke("backups", "--json").output)
    assert (listed["encrypted"], listed["database"]) == (False, str(filled.with_name("state.db")))
    assert listed["file"] in invoke("backups").output
    new = tmp_path / "new" / "daemon.yaml"
    new.parent.mkdir()
    restored = invoke("restore", listed["file"], file=new)
    assert restored.exit_code == 0
    assert "Set in the environment: MAM_SESSION" in restored.output
    assert new.read_text() == filled.read_text()
    assert invoke("wants", "--json", file=new).output == invoke("wants", "--json").output


def test_what_is_there_is_kept_only_when_told(invoke: Invoke, filled: Path) -> None:
    file = filled.with_name("one.zip")
    assert invoke("backup", "--output", file).output == f"backup: {file}\n"
    refused = invoke("restore", file)
    assert refused.exit_code == 1
    assert "With --set-aside it is kept beside under another name" in refused.stderr
    assert invoke("restore", "--set-aside", file).exit_code == 0
    assert len(list(filled.parent.glob("state.db.set-aside-*Z"))) == 1


def test_secrets_are_encrypted_with_a_passphrase_that_is_on_no_command_line(
    invoke: Invoke, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "one.zip"
    refused = invoke("backup", "--encrypt", "--output", file)
    assert refused.stderr == (
        "A passphrase is needed. Put it into $AUDIOBOOK_DAEMON_PASSPHRASE, or run the command in a terminal.\n"
    )
    monkeypatch.setenv("AUDIOBOOK_DAEMON_PASSPHRASE", "correct horse")
    assert invoke("backup", "--encrypt", "--output", file).exit_code == 0
    with zipfile.ZipFile(file) as archive:
        assert "secrets.bin" in archive.namelist()
    new = tmp_path / "new" / "daemon.yaml"
    new.parent.mkdir()
    monkeypatch.setenv("AUDIOBOOK_DAEMON_PASSPHRASE", "wrong")
    assert invoke("restore", file, file=new).stderr == "The passphrase is another one.\n"
    assert list(new.parent.iterdir()) == []
    monkeypatch.delenv("AUDIOBOOK_DAEMON_PASSPHRASE")
    without = invoke("restore", "--without-secrets", file, file=new)
    assert (without.exit_code, "secrets of the backup were left out" in without.output) == (0, True)


def test_an_export_is_lines_of_json(invoke: Invoke, filled: Path, tmp_path: Path) -> None:
    printed = invoke("export", "--table", "wants").output
    rows = [json.loads(line) for line in printed.splitlines()]
    assert [row["row"]["id"] for row in rows[1:]] == [1, 2, 3, 4]
    file = tmp_path / "all.jsonl"
    assert invoke("export", "--output", file).output.endswith("rows).\n")
    assert set(printed.splitlines()[1:]) <= set(file.read_text().splitlines())
    assert "There is no table 'nothing'" in invoke("export", "--table", "nothing").stderr
    assert "already" in invoke("export", "--output", file).stderr


def test_a_damaged_database_is_told_of_with_the_command_that_helps(invoke: Invoke, filled: Path) -> None:
    assert invoke("check-database").output == f"{filled.with_name('state.db')} is sound.\n"
    invoke("backup")
    (backup,) = filled.with_name("backups").iterdir()
    file = filled.with_name("state.db")
    whole = file.read_bytes()
    file.write_bytes(whole[: 20 * 4096] + b"\xa5" * 4096 + whole[21 * 4096 :])
    assert invoke("check-database").exit_code == 1
    file.write_bytes(b"\0" * len(whole))
    for words in (("check-database",), ("wants",), ("do", "doctor")):
        refused = invoke(*words)
        assert refused.exit_code == 1
        assert f"restore --set-aside {backup}" in refused.stderr
    assert invoke("restore", "--set-aside", backup).exit_code == 0
    assert invoke("check-database").exit_code == 0
    (kept,) = filled.parent.glob("state.db.damaged-*Z")
    assert kept.read_bytes() == b"\0" * len(whole)
    shutil.rmtree(backup.parent)
    assert invoke("backups").output == f"There is no backup in {backup.parent}.\n"


def test_rows_of_nobody_are_found(invoke: Invoke, filled: Path) -> None:
    with closing(sqlite3.connect(filled.with_name("state.db"))) as connection, connection:
        connection.execute("DELETE FROM wants WHERE id = 1")
    found = invoke("check-database", "--json")
    assert found.exit_code == 1
    told = json.loads(found.output)
    assert told["sound"] is False
    assert "row 1 of decisions belongs to a row of wants that is not there" in told["faults"]


@pytest.mark.parametrize("words", [("backup",), ("export",), ("check-database",)])
def test_without_a_database_there_is_nothing_to_keep(invoke: Invoke, config: Path, words: tuple[str, ...]) -> None:
    refused = invoke(*words)
    assert refused.exit_code == 1
    assert "There is no database at" in refused.stderr
    assert not config.with_name("backups").exists()


def test_whoever_has_seen_enough_of_an_export_may_go(filled: Path) -> None:
    program = [sys.executable, "-W", "error", "-m", "audiobook_daemon", "-c", str(filled), "export"]
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(program, check=False, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, "")
