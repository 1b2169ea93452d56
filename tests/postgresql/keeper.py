"""Runs one server for all test processes and ends it when the last of them has gone, however they went.

`python -m tests.postgresql.keeper FOLDER`: each test process holds a shared lock on `FOLDER/in-use`, which the kernel
drops with it. What is started here makes the template of all databases, writes the folder of its server to
`FOLDER/server`, and waits for that lock. Asked to end earlier, it removes the server as well: that lies in memory.
"""

from __future__ import annotations

import asyncio
import fcntl
import signal
import sys
from pathlib import Path

from tests.postgresql.databases import TEMPLATE, create
from tests.postgresql.server import PostgresServer

from audiobook_daemon.store import Database


async def migrate(server: PostgresServer) -> None:
    """Make the empty database that those of the tests are copies of."""
    await create(server.folder, TEMPLATE)
    async with Database.open(server.address(TEMPLATE)):
        pass


def main(folder: Path) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The keeper was asked to end."))
    told = folder / "server"
    with PostgresServer() as server, (folder / "in-use").open("a") as users:
        asyncio.run(migrate(server))
        partial = folder / "server.partial"
        partial.write_text(str(server.folder))
        partial.replace(told)
        fcntl.flock(users, fcntl.LOCK_EX)
        told.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
