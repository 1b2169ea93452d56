"""Lets the daemon live again and again, each life in a process of its own and with the faults it is told of.

As a program with the words CONFIG RECORD LOG it reads a script from each line of its standard input, forks, and
answers with a line of JSON when that life has ended: `killed`, `settled` (nothing is left to do), `unsettled` or
`refused` (the daemon did not start and said why). Everything that is logged goes to the end of the file LOG.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.clock import JumpingClock
from tests.faults.disk import Disk
from tests.faults.dying import Death
from tests.faults.script import Record, Script

from audiobook_daemon.daemon import Daemon, find_plugins, read_configuration
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.http import session
from audiobook_daemon.models import WantState
from audiobook_daemon.service import Redaction, set_up_logging
from audiobook_daemon.store import engines

VERBS = ("choose", "grab", "watch", "verify", "shelve")
ENDED = frozenset({WantState.SHELVED, WantState.OWNED, WantState.REVIEW, WantState.GIVEN_UP, WantState.DROPPED})
SETTLED, UNSETTLED, REFUSED, MISTAKE = 0, 3, 4, 5
_PAUSE = 0.02
_SHORT = 0.01
_MOST_SECONDS = 1800.0
"""Nothing but a daemon that hangs needs so long, however busy the machine is."""
_WORDS = {SETTLED: "settled", UNSETTLED: "unsettled", REFUSED: "refused", MISTAKE: "mistake"}


def main() -> None:
    """Be the program."""
    config, record, log = map(Path, sys.argv[1:])
    with log.open("ab") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
    logging.captureWarnings(capture=True)
    live_on(config, record)


def live_on(config: Path, record: Path) -> None:
    """Live once for each script."""
    read_configuration(config, find_plugins(config, os.environ), os.environ)  # imports the plugins
    origin, ahead = time.time(), config.with_name("ahead")
    start = datetime.fromtimestamp(origin, UTC)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            shifted = float(ahead.read_text()) if ahead.exists() else 0.0
            os._exit(_begin(config, Script.from_line(line), Record(record), JumpingClock(origin, start, shifted)))
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        code = MISTAKE if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        print(json.dumps({"ended": "killed" if killed else _WORDS[code]}), flush=True)


def _begin(config: Path, script: Script, record: Record, clock: JumpingClock) -> int:
    redaction = Redaction()
    set_up_logging(redaction, level="info")
    session._FIRST_PAUSE = _SHORT  # seconds before a site is asked again; the daemon's clock runs faster than ours
    if script.patience:
        engines._WAIT = script.patience
    if script.starts:
        clock.jump((datetime.fromisoformat(script.starts) - clock()).total_seconds())
        config.with_name("ahead").write_text(str(clock.ahead))
    death = Death(script.kill, script.rooms, record)
    if script.kill:
        death.arm()
    world = config.parent.parent
    if script.calls:
        Disk(script.calls, (world / "library", world / "downloads"), record).install()
    try:
        return asyncio.run(_live(config, script, clock, redaction))
    except TimeoutError:
        logging.getLogger("audiobook_daemon").error("The daemon hangs.")
        return MISTAKE
    except AudiobookDaemonError as error:
        logging.getLogger("audiobook_daemon").error("The daemon ends: %s", error)
        return REFUSED


async def _live(config: Path, script: Script, clock: JumpingClock, redaction: Redaction) -> int:
    async with asyncio.timeout(_MOST_SECONDS), Daemon.assembled(config, now=clock, redaction=redaction) as daemon:
        if not script.serve:
            return await _work(config, daemon, script, clock)
        ready, stop = asyncio.Event(), asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(daemon.serve(ready.set, stop))
            await ready.wait()
            code = await _work(config, daemon, script, clock)
            stop.set()
        return code


async def _work(config: Path, daemon: Daemon, script: Script, clock: JumpingClock) -> int:
    books = int(config.with_name("books").read_text())
    for number in range(1, script.rounds + 1):
        if jump := (script.jumps or {}).get(number):
            clock.jump(jump)
            config.with_name("ahead").write_text(str(clock.ahead))
        if sum((await daemon.database.wants.counts()).values()) < books:
            await daemon.doors.do("gather", {}, "faults")
        if script.accept:
            for want in await daemon.database.wants.list([WantState.REVIEW]):
                await daemon.doors.do("accept", {"want": want.id}, "faults")
        for verb in VERBS if script.shelves else VERBS[:-1]:
            await daemon.doors.do(verb, {"limit": script.limit}, "faults")
        counts = await daemon.database.wants.counts()
        if sum(counts.values()) >= books and not any(counts[state] for state in counts if state not in ENDED):
            return SETTLED
        await asyncio.sleep(_PAUSE)
    return UNSETTLED
