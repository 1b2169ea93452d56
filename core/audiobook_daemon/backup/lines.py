"""JSON lines: one value a line, in UTF-8."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from audiobook_daemon.backup.errors import BackupError

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes; no row of ours comes near it."""


def line(value: object) -> bytes:
    """Write a JSON value as a line."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair, as some file names have it
        return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def lines(stream: IO[bytes]) -> Iterator[dict[str, object]]:
    """Read the objects that `line` wrote; raises BackupError for anything else."""
    while read := _next(stream):
        if len(read) > LONGEST_LINE:
            raise BackupError("The backup has a line longer than any of ours.")
        try:
            value = json.loads(read)
        except (ValueError, RecursionError):
            raise BackupError("The backup has a line that cannot be read.") from None
        if not isinstance(value, dict):
            raise BackupError("The backup has a line that cannot be read.")
        yield value


def _next(stream: IO[bytes]) -> bytes:
    try:
        return stream.readline(LONGEST_LINE + 1)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise BackupError(f"The backup cannot be read to its end: {error}.") from error
