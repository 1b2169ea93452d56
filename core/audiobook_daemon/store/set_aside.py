"""Moves a SQLite file out of the way, with everything that belongs to it; nothing is ever overwritten or deleted."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from audiobook_daemon.errors import DatabaseError

PARTS = ("", "-wal", "-shm", "-journal")
"""A file, and what SQLite keeps beside it: with another one in its place these would spoil it."""


def part(path: Path, ending: str) -> Path:
    """Name a part of a database."""
    return path.with_name(path.name + ending)


def set_aside(path: Path, word: str, now: datetime) -> Path | None:
    """Rename a database to `<file>.<word>-<time>`, its parts too; return the new name, None if there was nothing.

    The file goes first: broken off in between, what is left behind cannot be taken for a whole database.
    Raises DatabaseError.
    """
    there = [ending for ending in PARTS if part(path, ending).exists()]
    if not there:
        return None
    target = free_name(path.with_name(f"{path.name}.{word}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"))
    try:
        for ending in there:
            part(path, ending).rename(part(target, ending))
        flush_folder(path.parent)
    except OSError as error:
        raise DatabaseError(f"{path} cannot be renamed to {target.name}: {error.strerror}.") from error
    return target


def free_name(path: Path) -> Path:
    """Return the first of `name`, `name.2`, `name.3` ... that neither a database nor one of its parts has."""
    number = 1
    name = path
    while any(os.path.lexists(part(name, ending)) for ending in PARTS):
        number += 1
        name = path.with_name(f"{path.name}.{number}")
    return name


def flush_folder(folder: Path) -> None:
    """Let the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
