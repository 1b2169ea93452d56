"""`run`: the daemon in the foreground, as systemd starts it."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from audiobook_daemon.config import Configuration
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.scheduler import RunLog
from audiobook_daemon.service import Redaction, ServiceManager, handling_signals, set_level, set_up_logging
from audiobook_daemon.store import Succession
from audiobook_daemon.version import __version__

_log = logging.getLogger(__name__)
_USUAL_THRESHOLD = (2000, 10, 10)
"""When Python looks for garbage by itself; the start is over, and what it made is frozen."""


def run(path: Path) -> NoReturn:
    """Run until told to stop, and end the process; raises AudiobookDaemonError when the daemon cannot start.

    By then everything is on the disk, and every thread has ended that writes. Python's own end would take apart what
    a great library has left in memory, which takes half a second, and stumble over threads that still think.
    """
    _vanish(asyncio.run(_Running(path).run()))


class _Running:
    """One life of the daemon: starting, perhaps standing by, serving, stopping."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._manager = ServiceManager()
        self._redaction = Redaction()
        self._first = set_up_logging(self._redaction)
        self._stop = asyncio.Event()
        self._waiting: asyncio.Task[int] | None = None
        self._daemon: Daemon | None = None
        self._watchdog: asyncio.Task[None] | None = None
        self._reloads: set[asyncio.Task[None]] = set()

    async def run(self) -> int:
        """Run until told to stop."""
        main = asyncio.create_task(self._live())
        self._waiting = main
        with handling_signals(self._end, self._begin_reload):
            try:
                return await main
            except asyncio.CancelledError:
                if self._stop.is_set():  # nothing had begun that would have to be ended
                    return 0
                raise
            finally:
                self._rest()

    async def _live(self) -> int:
        succession = Succession(waiting=self._stand_by, overtaken=_leave)
        async with Daemon.assembled(
            self._path,
            os.environ,
            redaction=self._redaction,
            configured=self._configured,
            set_level=set_level,
            succession=succession,
        ) as daemon:
            self._daemon, self._waiting = daemon, None
            for warning in daemon.configuration.warnings:
                _log.warning("%s", warning)
            try:
                await daemon.serve(self._ready, self._stop)
            finally:
                self._rest()
                self._manager.stopping()
                _log.info("audiobook-daemon stops.")
        return 0

    def _configured(self, configuration: Configuration) -> None:
        root = logging.getLogger()
        root.removeHandler(self._first)
        set_up_logging(self._redaction, level=configuration.log.level, style=configuration.log.format)
        root.addHandler(RunLog())

    def _stand_by(self, reason: str) -> None:
        _log.info("audiobook-daemon %s stands by with %s. %s", __version__, self._path, reason)
        self._watch()
        self._manager.ready(f"standing by: {reason}")

    def _ready(self) -> None:
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_USUAL_THRESHOLD)
        _log.info("audiobook-daemon %s runs with %s.", __version__, self._path)
        self._watch()
        self._manager.ready(self._status())

    def _watch(self) -> None:
        """Show signs of life from now on; before it is ready nobody wants them, and while it stops."""
        if self._watchdog is None:
            self._watchdog = asyncio.create_task(self._manager.keep_watchdog())

    def _rest(self) -> None:
        if self._watchdog is not None:
            self._watchdog.cancel()

    def _status(self) -> str:
        assert self._daemon is not None
        return f"{len(self._daemon.host.instances)} instances, {len(self._daemon.configuration.jobs)} jobs"

    def _end(self) -> None:
        self._stop.set()
        if self._waiting is not None:
            self._waiting.cancel()

    def _begin_reload(self) -> None:
        if self._daemon is None:
            _log.info("The configuration is read when the daemon takes over.")
            return
        task = asyncio.create_task(self._reload(self._daemon))
        self._reloads.add(task)
        task.add_done_callback(self._reloads.discard)

    async def _reload(self, daemon: Daemon) -> None:
        self._manager.reloading()
        try:
            await daemon.reload_or_complain()
        finally:
            self._manager.ready(self._status())


def _leave(reason: str) -> NoReturn:
    """End at once: whatever is still said or done could cross what the successor does.

    The world is left as by a loss of power, which every step allows for. systemd starts the daemon anew.
    """
    _log.critical("%s This daemon ends at once.", reason)
    _vanish(os.EX_TEMPFAIL)


def _vanish(status: int) -> NoReturn:
    """End the process with all its threads, after what has been said is written."""
    with suppress(OSError, ValueError):
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)
