"""A database for each test: a copy of one that was migrated before, which takes a fraction of the time."""

from __future__ import annotations

import fcntl
import secrets
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
from tests.postgresql.programs import USER
from tests.postgresql.server import READY_WITHIN, address

TEMPLATE = "books"


class Databases:
    """Lends databases of the one server of a test run."""

    def __init__(self, server: Path) -> None:
        self.server = server
        """The folder of the server's socket."""

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[str]:
        """Lend the address of a migrated, empty database until the block ends."""
        async with self._lent(TEMPLATE) as lent:
            yield lent

    @asynccontextmanager
    async def blank(self) -> AsyncIterator[str]:
        """The same without any table."""
        async with self._lent("template0") as lent:
            yield lent

    @asynccontextmanager
    async def _lent(self, template: str) -> AsyncIterator[str]:
        name = f"test_{secrets.token_hex(6)}"
        await create(self.server, name, template)
        try:
            yield address(self.server, name)
        finally:
            await execute(self.server, f"DROP DATABASE {name} WITH (FORCE)")


async def create(server: Path, name: str, template: str = "template0") -> None:
    """Make a database by copying the files of another; where there is a choice, that is the cheaper way."""
    async with connected(server) as connection:
        how = "STRATEGY file_copy" if connection.get_server_version().major >= 15 else ""
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} {how}")


async def execute(server: Path, statement: str) -> None:
    """Let the server do something."""
    async with connected(server) as connection:
        await connection.execute(statement)


@asynccontextmanager
async def connected(server: Path, database: str = "postgres") -> AsyncIterator[asyncpg.Connection]:
    """Lend a connection that nobody else uses."""
    connection = await asyncpg.connect(host=str(server), user=USER, database=database)
    try:
        yield connection
    finally:
        await connection.close()


@contextmanager
def shared_server(folder: Path) -> Iterator[Databases]:
    """Use the one server of all processes that name this folder, started by whoever comes first."""
    with (folder / "in-use").open("a") as use:
        with (folder / "starting").open("a") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            fcntl.flock(use, fcntl.LOCK_SH)
            server = _running(folder) or _started(folder)
        yield Databases(server)


def _running(folder: Path) -> Path | None:
    told = folder / "server"
    return Path(told.read_text()) if told.exists() else None


def _started(folder: Path) -> Path:
    """Start the keeper on its own, out of reach of what interrupts the tests."""
    log = folder / "keeper.log"
    with log.open("ab") as output:
        keeper = (sys.executable, "-m", "tests.postgresql.keeper", str(folder))
        subprocess.run(
            ["setsid", "--fork", *keeper], stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=True
        )
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        if server := _running(folder):
            return server
        time.sleep(0.05)
    raise AssertionError(f"PostgreSQL does not start:\n{log.read_text()}")
