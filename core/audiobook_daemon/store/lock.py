"""One daemon for one SQLite file: a lock that the kernel drops when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audiobook_daemon.errors import DatabaseError


@contextmanager
def only_daemon(path: Path) -> Iterator[None]:
    """Hold `<file>.lock` until the block ends.

    The lock file stays behind: removing it would let two daemons hold two different files of that name.
    Raises DatabaseError, naming the holder's process id, when another process has it.
    """
    lock = path.with_name(path.name + ".lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DatabaseError(
            f"The lock file {lock} cannot be opened: {error.strerror}. "
            f"Give the daemon's user the right to write in {lock.parent}."
        ) from error
    try:
        _take(descriptor, path, lock)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path, lock: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
        raise DatabaseError(
            f"The database {path} is in use by another audiobook-daemon, process {holder or 'unknown'}. "
            "Stop that one first, or give this one a database of its own."
        ) from None
    except OSError as error:
        raise DatabaseError(
            f"The file {lock} cannot be locked: {error.strerror}. "
            "Keep the database on a local disk; some network file systems have no locks."
        ) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
