"""Where the socket lies, and how a path longer than a socket address is still reached."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST = 100


def socket_path(database: Path) -> Path:
    """The socket beside a database file."""
    return database.with_name(f"{database.name}.sock")


@contextmanager
def reachable(path: Path) -> Iterator[str]:
    """Yield an address for the socket; a long path goes through the open folder, as Linux allows."""
    if len(os.fsencode(path)) <= _LONGEST:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
