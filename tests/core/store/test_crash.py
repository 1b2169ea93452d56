"""`kill -9` at any instruction costs nothing that was said to be done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from audiobook_daemon.models import WantState
from audiobook_daemon.store import Database

WRITER = """
import asyncio, sys
from audiobook_daemon.models import Book, WantState, Wish
from audiobook_daemon.store import Database

async def main():
    async with Database.open(sys.argv[1]) as database:
        cookies = database.memory("mam")
        for number in range(1_000_000):
            want, _ = await database.wants.add(str(number), Wish(Book(f"Book {number}")))
            await database.wants.change(want, state=WantState.CHOSEN)
            await cookies.put("session", number)
            print(number, flush=True)

asyncio.run(main())
"""


async def test_what_was_committed_survives_and_nothing_is_half_done(file: Path) -> None:
    last = -1
    for round_ in range(3):
        target = file.with_name(f"state-{round_}.db")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE, env=environment
        ) as process:
            assert process.stdout is not None
            for _ in range(10 + 7 * round_):
                last = int(process.stdout.readline())
            process.kill()
            rest = process.stdout.read().split()
            last = int(rest[-1]) if rest else last
        assert process.returncode == -signal.SIGKILL
        async with Database.open(str(target)) as database:
            for number in range(last + 1):
                want = await database.wants.by_key(str(number))
                assert want is not None
                assert want.state is WantState.CHOSEN
            remembered = await database.memory("mam").get("session")
            assert remembered in {last, last + 1}
            wants = await database.wants.list(limit=10_000)
            events = await database.events.newest(10_000)
            assert len(events) == sum(want.version for want in wants)
            await database.wants.change(wants[0], state=WantState.DROPPED)
