"""Backups, exports and the examination of the database; all of them beside a running daemon."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from audiobook_daemon import backup
from audiobook_daemon.backup import Backups, BackupSettings, advised, found_in, new_file
from audiobook_daemon.cli.passphrase import ask_twice
from audiobook_daemon.cli.printing import local, print_json, print_table, say
from audiobook_daemon.cli.reading import look, read_file
from audiobook_daemon.daemon import backup_of
from audiobook_daemon.models import Outcome
from audiobook_daemon.store import Database, faults, utc_now

_STDOUT = 1


def back_up(path: Path, output: Path | None, *, encrypt: bool, as_json: bool) -> None:
    """Write a backup, into the folder of backups with the old ones deleted, or to one file."""
    settings = _settings(path)
    if encrypt and settings.passphrase is None:
        settings = replace(settings, passphrase=ask_twice())

    async def write(database: Database) -> Outcome:
        kept = Backups(database, settings)
        if output is None:
            return await kept.backup()
        manifest = await kept.write(output)
        return Outcome(f"backup: {output}", data={"file": str(output), "encrypted": manifest.seal is not None})

    outcome = look(path, write)
    if as_json:
        print_json(outcome.data)
    else:
        say(outcome.summary)


def list_backups(path: Path, *, as_json: bool) -> None:
    """Print the backups there are."""
    settings = _settings(path)
    found = found_in(settings.folder)
    listed = [
        {
            "file": str(one.path),
            "made": one.manifest.made,
            "rows": sum(part.rows or 0 for part in one.manifest.parts),
            "size": one.path.stat().st_size,
            "encrypted": one.manifest.seal is not None,
            "database": one.manifest.database,
        }
        for one in found
    ]
    if as_json:
        print_json(listed)
        return
    secrets = {True: "encrypted", False: "left out"}
    rows = [
        [local(one.manifest.made), str(line["rows"]), secrets[one.manifest.seal is not None], str(one.path)]
        for line, one in zip(listed, found, strict=True)
    ]
    print_table(["made", "rows", "secrets", "file"], rows, empty=f"There is no backup in {settings.folder}.")


def write_export(path: Path, output: Path | None, tables: Sequence[str]) -> None:
    """Write an export to a file, or print it."""

    async def to_file(database: Database) -> int:
        assert output is not None
        with new_file(output) as file:
            async with database.snapshot() as snapshot:
                return await backup.export(snapshot, file.write, tables, utc_now())

    async def to_screen(database: Database) -> int:
        async with database.snapshot() as snapshot:
            return await backup.export(snapshot, sys.stdout.buffer.write, tables, utc_now())

    if output is not None:
        say(f"export: {output} ({look(path, to_file)} rows).")
        return
    try:
        look(path, to_screen)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # `export | head` has seen enough
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), _STDOUT)


def check(path: Path, *, as_json: bool) -> int:
    """Examine the database and print what is wrong; the status is 1 if anything is."""
    configuration, _ = read_file(path)
    settings = backup_of(path, configuration)
    file = configuration.database_path
    with advised(settings):
        found = faults(file) if file is not None else ()
    if as_json:
        print_json({"sound": not found, "faults": found})
    elif file is None:
        say("PostgreSQL looks after its files itself; its tool pg_amcheck examines them.")
    else:
        for fault in found:
            say(fault)
        say(f"{file} is sound." if not found else f"{file} is damaged; see: audiobook-daemon backups")
    return 1 if found else 0


def _settings(path: Path) -> BackupSettings:
    return backup_of(path, read_file(path)[0])
