"""A server of PostgreSQL on a socket of its own folder, without a port: it cannot meet any other."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.postgresql.programs import USER, identity, initialise, own, program

READY_WITHIN = 120.0
IN_MEMORY = Path("/dev/shm")
ROOM = 1024**3
"""Bytes that must be free in memory: each of the databases that are there at the same time takes ten megabytes."""
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "16MB",
    "dynamic_shared_memory_type": "mmap",  # below its folder, and removed with it
    "max_connections": "200",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "timezone": "Pacific/Chatham",  # far from UTC, so that nobody leans on it
}


class PostgresServer:
    """One server; `start` and `stop` may be called in turn. Used as a context manager it goes with all it held."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="books-pg-", dir=_quickest_place()))
        """Below a folder for all, for that of the tests is closed to other accounts."""
        self._data = self.folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        own(self.folder)

    def address(self, name: str) -> str:
        """The address of one of its databases, as the configuration takes it."""
        return address(self.folder, name)

    @property
    def pid(self) -> int:
        """The process id while it runs."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it answers."""
        if not self._data.exists():
            initialise(self._data)
        settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [program("postgres"), "-D", str(self._data), "-k", str(self.folder), *settings],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **identity(),
            )
        self._wait()

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """End it; SIGINT breaks the connections and shuts down, SIGQUIT is a crash without any of that."""
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(READY_WITHIN)
            self._process = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._remove()

    def _remove(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)

    def _wait(self) -> None:
        """Wait until the server has written that it lets people in."""
        assert self._process is not None
        status = self._data / "postmaster.pid"
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            if status.exists() and status.read_text().splitlines()[7:8] == ["ready   "]:
                return
            time.sleep(0.02)
        raise AssertionError(f"PostgreSQL does not start:\n{(self.folder / 'server.log').read_text()}")


def _quickest_place() -> Path | None:
    """Where a database is copied in a sixth of the time a disk takes, if there is room; None for the usual place."""
    if not os.access(IN_MEMORY, os.W_OK) or shutil.disk_usage(IN_MEMORY).free < ROOM:
        return None
    return IN_MEMORY


def address(folder: Path, name: str) -> str:
    """The address of a database of the server in a folder."""
    return f"postgresql://{USER}@/{name}?host={folder}"
