"""A daemon that waits until another one that works with the same database is gone, and then takes its place."""

# ruff: noqa: ARG002 - whatever is asked, the answer is the same

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from audiobook_daemon.backup import advised, keeping
from audiobook_daemon.config import Configuration, held_back
from audiobook_daemon.control import ControlServer, control_place
from audiobook_daemon.daemon.plugins import read_configuration
from audiobook_daemon.daemon.settings import backup_of
from audiobook_daemon.errors import AudiobookDaemonError, ConfigurationError
from audiobook_daemon.host import PluginTypes
from audiobook_daemon.store import Database, Succession

_log = logging.getLogger(__name__)


class StandingBy:
    """Answers the command line while the daemon waits: everything is refused, with the reason."""

    def __init__(self) -> None:
        self.reason: str | None = None

    async def do(self, action: str, arguments: Mapping[str, object], trigger: str) -> NoReturn:
        """Refuse an action."""
        self._refuse()

    async def do_job(self, job: str, trigger: str) -> NoReturn:
        """Refuse a job."""
        self._refuse()

    async def retry(self, instance: str) -> NoReturn:
        """Refuse to try an instance again: none is started."""
        self._refuse()

    async def keys(self, asked: Mapping[str, object]) -> NoReturn:
        """Refuse to speak of keys: they are in the database."""
        self._refuse()

    async def cancel_run(self, run_id: str) -> NoReturn:
        """Refuse to call a run off: there is none."""
        self._refuse()

    async def tell(self, asked: Mapping[str, object]) -> NoReturn:
        """Refuse to tell of what is not there yet."""
        self._refuse()

    async def reload(self) -> str:
        """Say when the configuration is read."""
        return "The daemon stands by. It reads the configuration again when it takes over."

    def _refuse(self) -> NoReturn:
        why = self.reason or "It has not opened its database yet."
        raise AudiobookDaemonError(f"This daemon stands by and does nothing. {why}")


@asynccontextmanager
async def opened(
    path: Path, configuration: Configuration, now: Callable[[], datetime], succession: Succession
) -> AsyncIterator[tuple[Database, bool]]:
    """Open the database as soon as no other daemon has it; yields it, and whether that had to be waited for."""
    doors = StandingBy()

    def waiting(reason: str) -> None:
        doors.reason = reason
        succession.waiting(reason)

    async with AsyncExitStack() as stack:
        async with AsyncExitStack() as meanwhile:
            if succession.stand_by:
                place = control_place(path, configuration.database_path)
                await meanwhile.enter_async_context(ControlServer(place, doors).serving())
            own = replace(succession, waiting=waiting)
            kept = backup_of(path, configuration)
            keep = keeping(kept, configuration.database)
            opening = Database.open(configuration.database, clock=now, succession=own, keep=keep)
            with advised(kept):
                database = await stack.enter_async_context(opening)
        yield database, doors.reason is not None


def as_it_is_now(path: Path, types: PluginTypes, environ: Mapping[str, str], before: Configuration) -> Configuration:
    """Read the configuration again after weeks of waiting; a bad one is told of and changes nothing."""
    try:
        new = read_configuration(path, types, environ)
    except ConfigurationError as error:
        _log.error("The configuration has changed and cannot be used; the daemon goes on with the old one.\n%s", error)
        return before
    return held_back(before, new)
