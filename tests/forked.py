"""Starts processes that have the daemon's imports already: they take most of the time of every start.

Each comes from one server of forks for each test process, which has imported what the daemon needs and nothing else.
How the program starts from nothing is tried in `tests/flow/test_service_life.py`, and with an installed wheel in
`tests/foreign`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import warnings
from collections.abc import Mapping
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pkgutil import resolve_name
from threading import Lock
from typing import NoReturn

_ROOMS = (
    *("cli.running", "daemon.covers", "daemon.serving_mqtt", "daemon.serving_web", "daemon.web_telling"),
    *("store.migrations.upgrade", "upkeep", "web.app"),
)
_PLUGINS = (
    *("audiobookshelf", "audnexus", "book_list", "goodreads", "google_books", "hardcover", "mam", "notify"),
    *("open_library", "prowlarr", "qbittorrent", "top10"),
)
IMPORTED = (
    *(f"audiobook_daemon.{room}" for room in _ROOMS),
    *(f"audiobook_plugins.{plugin}" for plugin in _PLUGINS),
    *(f"sqlalchemy.dialects.{driver}" for driver in ("sqlite.aiosqlite", "postgresql.asyncpg")),
    *("_strptime", "aiosqlite", "alembic.command", "asyncpg", "bs4"),
)
"""What the server of forks imports at its start; a fork imports the rest by itself."""
_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload([*IMPORTED])
_ASKING = Lock()
"""An exit status can be read once, and whoever starts a process reads that of all that have ended, in a thread."""


class Forked:
    """One such process, with what tests need of asyncio's own kind of process."""

    def __init__(
        self, process: BaseProcess, stdin: Connection, stdout: asyncio.StreamReader, stderr: asyncio.StreamReader
    ) -> None:
        self.stdout = stdout
        self.stderr = stderr
        self._stdin = stdin
        self._process = process
        self._ended = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(process.sentinel, self._note_end)

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """Its exit status, the negative number of the signal that killed it, or None while it lives."""
        with _ASKING:
            return self._process.exitcode

    def write(self, text: str) -> None:
        """Write to its standard input, which ends with `close`."""
        os.write(self._stdin.fileno(), text.encode())

    def close(self) -> None:
        """Let it read no more."""
        self._stdin.close()

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    async def wait(self) -> int:
        """Wait for its end and return its exit status."""
        await self._ended.wait()
        assert self.returncode is not None
        return self.returncode

    async def communicate(self) -> tuple[bytes, bytes]:
        """Give it nothing to read, and read all that it says until its end."""
        self.close()
        told = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return told[0], told[1]

    def _note_end(self) -> None:
        self._loop.remove_reader(self._process.sentinel)
        self._ended.set()


async def fork(program: str, *words: str, environment: Mapping[str, str] | None = None) -> Forked:
    """Start a function as a program called with these words; it is named as entry points are: `package.module:main`.

    The environment is that of the tests, unless another one is given.
    """
    pipes = [_CONTEXT.Pipe(duplex=False) for _ in range(3)]
    (stdin, asking), (told, stdout), (complained, stderr) = pipes
    theirs = (stdin, stdout, stderr)
    surroundings = dict(os.environ if environment is None else environment)
    process = _CONTEXT.Process(target=_begin, args=(program, words, surroundings, theirs), daemon=True)
    await asyncio.to_thread(_start, process)
    for connection in theirs:
        connection.close()
    return Forked(process, asking, await _reading(told), await _reading(complained))


def _start(process: BaseProcess) -> None:
    with _ASKING:
        process.start()


async def _reading(connection: Connection) -> asyncio.StreamReader:
    """Read the bytes of a pipe as a stream."""
    with closing(connection):
        pipe = os.fdopen(os.dup(connection.fileno()), "rb", buffering=0)
    reader = asyncio.StreamReader(limit=1024 * 1024)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return reader


def _begin(
    program: str, words: tuple[str, ...], environment: Mapping[str, str], streams: tuple[Connection, ...]
) -> NoReturn:
    """Make the forked process what a new one would be, with every warning an error, and run the program."""
    for number, connection in enumerate(streams):
        os.dup2(connection.fileno(), number)
        connection.close()
    sys.stdin = os.fdopen(0, closefd=False)
    os.environ.clear()
    os.environ.update(environment)
    warnings.simplefilter("error")
    sys.argv[1:] = words
    sys.exit(resolve_name(program)())
