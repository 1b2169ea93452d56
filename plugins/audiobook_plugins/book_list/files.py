"""Reads a file that people keep; whatever is wrong with it is a sentence."""

from __future__ import annotations

import stat
from pathlib import Path

from audiobook_daemon import Unavailable


def read_file(path: Path, largest: int) -> bytes:
    """Return the content; raises Unavailable if it is no file, too large, or not to be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or device would be waited for without end
            raise Unavailable(f"The list {path} is no file.")
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise Unavailable(f"The list {path} cannot be read: {error.strerror or error}.") from error
    if len(content) > largest:
        raise Unavailable(f"The list {path} has more than {largest} bytes; that is no list of books.")
    return content
