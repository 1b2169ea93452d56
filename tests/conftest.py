"""The daemon as a program of its own, for every test that needs the whole of it."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable, Generator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
from click.testing import CliRunner
from tests.engines import quick_engines, true_engines
from tests.forked import Forked, fork
from tests.installed import found_once
from tests.migrated import empty_at_first, migrated_once
from tests.postgresql.fixtures import postgresql, postgresql_database

from audiobook_daemon.cli import main
from audiobook_daemon.control import Remote, control_place

__all__ = [
    "empty_at_first",
    "found_once",
    "migrated_once",
    "postgresql",
    "postgresql_database",
    "quick_engines",
    "true_engines",
]

TESTS = Path(__file__).parent
SLOW_ROOMS = {"flow", "real", "foreign"}
START_WITHIN = 90.0
STOP_WITHIN = 60.0
COMMAND_WITHIN = 120.0
PROGRAM = "audiobook_daemon.cli:main"
HIDDEN = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "JOURNAL_STREAM", "AUDIOBOOK_DAEMON_CONFIG")

RunDaemon = Callable[[Path], AbstractAsyncContextManager["DaemonProcess"]]


class Command(Protocol):
    async def __call__(self, *arguments: str | Path, **environment: str) -> Ended: ...


class Ended(NamedTuple):
    """A command that has ended."""

    status: int
    output: str
    errors: str


class DaemonProcess:
    """`audiobook-daemon run` as a process of its own.

    Its state lies in `state.db` beside the configuration, unless that names a server.
    """

    def __init__(self, config: Path) -> None:
        self.config = config
        self.database = config.parent / "state.db"
        self.log: list[str] = []
        """Every line the daemon has logged, of all its lives."""
        self._process: Forked | None = None
        self._reading: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it lives."""
        return self._process is not None and self._process.returncode is None

    async def start(self, until: str = " runs with ") -> None:
        """Start it and wait until it says that it runs, or what else is named."""
        seen = len(self.log)
        self._process = await fork(PROGRAM, "-c", str(self.config), "run", environment=surroundings())
        self._reading = asyncio.create_task(self._read(self._process))
        async with asyncio.timeout(START_WITHIN):
            while not any(until in line for line in self.log[seen:]):
                assert self._process.returncode is None, "\n".join(self.log)
                await asyncio.sleep(0.02)

    async def stop(self) -> int:
        """Ask it to stop, as systemd does, and return its exit status."""
        return await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """End it without any warning."""
        await self._end(signal.SIGKILL)

    async def ended(self) -> int:
        """Wait until it has ended by itself, and return its exit status."""
        return await self._end(None)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    async def ask(self, **question: object) -> Mapping[str, object]:
        """Ask it through its socket, as the command line does."""
        async with asyncio.timeout(COMMAND_WITHIN):
            file = None if "postgresql://" in self.config.read_text() else self.database
            return await Remote(control_place(self.config, file)).ask(question)

    async def said(self, text: str, *, after: int = 0) -> str:
        """Wait until a line of the log holds a text, and return the line."""
        async with asyncio.timeout(START_WITHIN):
            while not (found := [line for line in self.log[after:] if text in line]):
                await asyncio.sleep(0.02)
        return found[0]

    async def _end(self, number: signal.Signals | None) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.close()
        if number is not None and process.returncode is None:
            process.send_signal(number)
        async with asyncio.timeout(STOP_WITHIN):
            status = await process.wait()
            if self._reading is not None:
                await self._reading
        return status

    async def _read(self, process: Forked) -> None:
        while line := await process.stderr.readline():
            self.log.append(line.decode().rstrip("\n"))


def surroundings() -> dict[str, str]:
    """The environment without what would change the daemon's ways."""
    return {name: value for name, value in os.environ.items() if name not in HIDDEN}


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while the tests are found: all of it stays, and is not looked through later either."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the rooms whose tests take seconds, or a worker ends alone; the order within stays a random one."""
    items.sort(key=lambda item: item.path.relative_to(TESTS).parts[0] not in SLOW_ROOMS)


@pytest.fixture
def run_daemon() -> RunDaemon:
    """Run the daemon with a configuration until the block ends, whatever happens in it."""

    @asynccontextmanager
    async def run(config: Path) -> AsyncIterator[DaemonProcess]:
        daemon = DaemonProcess(config)
        try:
            await daemon.start()
            yield daemon
        finally:
            await daemon.kill()

    return run


@pytest.fixture
def command_here() -> Command:
    """The same without a process of its own, for where a start proves nothing: it takes longer than the command."""

    def invoke(environment: Mapping[str, str], *words: str) -> Ended:
        root = logging.getLogger()
        handlers, level = root.handlers[:], root.level
        try:
            ended = CliRunner().invoke(main, words, env=environment, catch_exceptions=False)
        finally:
            root.handlers[:] = handlers
            root.setLevel(level)
            logging.captureWarnings(capture=False)
        return Ended(ended.exit_code, ended.stdout, ended.stderr)

    async def run(*arguments: str | Path, **environment: str) -> Ended:
        async with asyncio.timeout(COMMAND_WITHIN):
            return await asyncio.to_thread(invoke, environment, *map(str, arguments))

    return run


@pytest.fixture
def command() -> Command:
    """Run `audiobook-daemon` with arguments and wait for its end; the output is a pipe."""

    async def run(*arguments: str | Path, **environment: str) -> Ended:
        process = await fork(PROGRAM, *map(str, arguments), environment=surroundings() | environment)
        async with asyncio.timeout(COMMAND_WITHIN):
            output, errors = await process.communicate()
        return Ended(process.returncode or 0, output.decode(), errors.decode())

    return run
