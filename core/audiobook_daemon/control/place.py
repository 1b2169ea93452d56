"""Where the socket lies, and how a path longer than a socket address is still reached."""

from __future__ import annotations

import hashlib
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST = 100
_CREDENTIALS = "3i"
Place = Path | str
"""A file, or a name of the kernel's own, which begins with NUL and needs no folder."""


def socket_path(database: Path) -> Path:
    """The socket beside a database file."""
    return database.with_name(f"{database.name}.sock")


def control_place(configuration: Path, database: Path | None) -> Place:
    """The socket beside the database file; with a database server a name made of the configuration's path."""
    if database is not None:
        return socket_path(database)
    return f"\0audiobook-daemon/control/{hashlib.sha256(bytes(configuration.resolve())).hexdigest()}"


@contextmanager
def reachable(place: Place) -> Iterator[str]:
    """Yield an address for the socket; a long path goes through the open folder, as Linux allows."""
    if isinstance(place, str) or len(os.fsencode(place)) <= _LONGEST:
        yield str(place)
        return
    folder = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{place.name}"
    finally:
        os.close(folder)


def other_end(end: socket.socket) -> int:
    """Return the id of the user at the other end."""
    size = struct.calcsize(_CREDENTIALS)
    _, user, _ = struct.unpack(_CREDENTIALS, end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    return int(user)
