"""Looks after the SQLite file itself, before the engine opens it: making, examining, copying."""

from __future__ import annotations

import glob
import logging
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from audiobook_daemon.errors import DamagedDatabase, DatabaseError
from audiobook_daemon.store.migrations import VERSION_TABLE

_log = logging.getLogger(__name__)
_MOST_FAULTS = 20


def expect(path: Path) -> None:
    """Say so when there is no file where there has been one: an empty one knows nothing of what is on its way.

    Raises DatabaseError when parts of the old one are left, which would spoil a new one.
    """
    if path.exists():
        return
    beside = {other.name for other in path.parent.glob(glob.escape(path.name) + "*") if other.stat().st_size}
    if left := sorted(beside & {path.name + ending for ending in ("-wal", "-journal", ".restoring")}):
        raise DatabaseError(
            f"There is no database at {path}, but {left[0]} is there, so one has been lost or half restored. "
            "Put it back, or run: audiobook-daemon restore --set-aside FILE with the backup you want."
        )
    if beside:
        _log.warning(
            "There is no database at %s any more, but %s is there; an empty one is made. If this is not what you "
            "want, stop the daemon and run: audiobook-daemon restore --set-aside FILE with your newest backup.",
            path,
            ", ".join(sorted(beside)),
        )


def make_folder(path: Path) -> None:
    """Create the file's folder when missing, for its owner alone; raises DatabaseError."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _not_made(path, error) from error


def make(path: Path) -> None:
    """Create the file and its folder when missing, both for their owner alone: session cookies live there."""
    make_folder(path)
    try:
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise _not_made(path, error) from error


def _not_made(path: Path, error: OSError) -> DatabaseError:
    return DatabaseError(
        f"The database {path} cannot be created: {error.filename}: {error.strerror}. "
        "Choose another place, or give the daemon's user the right to write there."
    )


def examine(path: Path, *, thorough: bool) -> str | None:
    """Return the revision of the file's tables, None for an empty file; nothing is written to it.

    `thorough` reads every page. Raises DatabaseError for a damaged file, one that is no SQLite database,
    and one that belongs to another program.
    """
    if path.is_dir():
        raise DatabaseError(f"{path} is a folder. Name a file in it, as {path}/state.db.")
    if not path.is_file():
        raise DatabaseError(f"There is no database at {path}. The daemon creates it when it first starts.")
    try:
        return _examine(path, "ro", thorough=thorough)
    except sqlite3.OperationalError as error:
        # A transaction that died half-written must be rolled back first, and that takes a writer.
        if not error.sqlite_errorname.startswith("SQLITE_READONLY"):
            raise DatabaseError(f"The database {path} cannot be opened: {error}.") from error
        return _examine(path, "rw", thorough=thorough)


def _examine(path: Path, mode: str, *, thorough: bool) -> str | None:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True)) as connection:
            if thorough:
                finding = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
                if finding != "ok":
                    raise _damaged(path, finding)
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables:
                return None
            if VERSION_TABLE not in tables:
                raise DatabaseError(
                    f"The file {path} is the database of another program. Give audiobook-daemon one of its own."
                )
            row = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608
            return None if row is None else str(row[0])
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname == "SQLITE_NOTADB":
            raise DamagedDatabase(
                f"The file {path} is not a SQLite database, or its beginning is damaged. It has not been touched."
            ) from error
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, finding: str) -> DamagedDatabase:
    first = " ".join(finding.split())
    return DamagedDatabase(f"The database {path} is damaged ({first}). It has not been touched.")


def faults(path: Path) -> tuple[str, ...]:
    """Read every page and every index, and every reference of one row to another; return what is wrong.

    It takes minutes for a large file. Raises DatabaseError when the file cannot be examined at all.
    """
    examine(path, thorough=False)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            found = [str(text) for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
            if found:
                return tuple(found[:_MOST_FAULTS])
            strays = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_FAULTS)
    except sqlite3.DatabaseError as error:
        raise _damaged(path, str(error)) from error
    return tuple(
        f"row {row} of {table} belongs to a row of {other} that is not there" for table, row, other, _ in strays
    )


def complete(path: Path) -> None:
    """Make a new database one file, complete in itself, and read it once; raises DatabaseError."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    examine(path, thorough=True)


def copy(path: Path, target: Path) -> None:
    """Copy a database in use to `target`, which appears only when complete; an older one is replaced.

    Raises DatabaseError when it cannot be written.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        with (
            closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(partial)) as copied,
        ):
            source.backup(copied)
            # One file, complete in itself, whoever copies it on.
            copied.execute("PRAGMA journal_mode = DELETE")
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        partial.unlink(missing_ok=True)
        raise DatabaseError(f"The database {path} cannot be copied to {target}: {error}.") from error
