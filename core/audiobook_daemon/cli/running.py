"""`run`: the daemon in the foreground, as systemd starts it."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from pathlib import Path

from audiobook_daemon.config import Configuration
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.scheduler import RunLog
from audiobook_daemon.service import Redaction, ServiceManager, handling_signals, set_up_logging
from audiobook_daemon.version import __version__

_log = logging.getLogger(__name__)
_USUAL_THRESHOLD = (2000, 10, 10)
"""When Python looks for garbage by itself; the start is over, and what it made is frozen."""


def run(path: Path) -> int:
    """Run until told to stop; raises AudiobookDaemonError when the daemon cannot start."""
    return asyncio.run(_run(path))


async def _run(path: Path) -> int:
    redaction = Redaction()
    manager = ServiceManager()
    stop = asyncio.Event()
    reloads: set[asyncio.Task[None]] = set()
    root = logging.getLogger()
    first = set_up_logging(redaction)

    def configured(configuration: Configuration) -> None:
        root.removeHandler(first)
        set_up_logging(redaction, level=configuration.log.level, style=configuration.log.format)
        root.addHandler(RunLog())

    async with Daemon.assembled(path, os.environ, redaction=redaction, configured=configured) as daemon:
        for warning in daemon.configuration.warnings:
            _log.warning("%s", warning)

        def status() -> str:
            return f"{len(daemon.host.instances)} instances, {len(daemon.configuration.jobs)} jobs"

        def ready() -> None:
            gc.collect()
            gc.freeze()
            gc.set_threshold(*_USUAL_THRESHOLD)
            _log.info("audiobook-daemon %s runs with %s.", __version__, path)
            manager.ready(status())

        async def reload() -> None:
            manager.reloading()
            try:
                await daemon.reload_or_complain()
            finally:
                manager.ready(status())

        def begin_reload() -> None:
            task = asyncio.create_task(reload())
            reloads.add(task)
            task.add_done_callback(reloads.discard)

        with handling_signals(stop.set, begin_reload):
            watchdog = asyncio.create_task(manager.keep_watchdog())
            try:
                await daemon.serve(ready, stop)
            finally:
                watchdog.cancel()
                manager.stopping()
                _log.info("audiobook-daemon stops.")
    return 0
