"""Puts restored files where none is, and beside those that are there: nothing is overwritten."""

from __future__ import annotations

import os
from pathlib import Path

from audiobook_daemon.backup.errors import BackupError
from audiobook_daemon.backup.writing import new_file


def put(path: Path, content: bytes) -> Path:
    """Write a file for its owner alone and return its name: the one wished for, else `<name>.restored`, `.restored-2`.

    The same content needs no second file. Raises BackupError.
    """
    number = 0
    place = path
    while os.path.lexists(place):
        if _same(place, content):
            return place
        number += 1
        place = path.with_name(f"{path.name}.restored" + (f"-{number}" if number > 1 else ""))
    with new_file(place) as file:
        file.write(content)
    return place


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
