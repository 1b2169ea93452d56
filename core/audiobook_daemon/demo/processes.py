"""Runs a real server program beside the demo: in its own folder, on loopback, ended by its own process id."""

from __future__ import annotations

import asyncio
import shutil
from abc import ABC, abstractmethod
from asyncio.subprocess import DEVNULL, STDOUT, Process
from pathlib import Path
from typing import ClassVar

from audiobook_daemon.errors import AudiobookDaemonError

# Debian keeps servers such as mosquitto where the PATH of an ordinary account does not look.
_SERVER_FOLDERS = "/usr/sbin:/usr/local/sbin"


class ProgramFailed(AudiobookDaemonError):
    """A program is missing, ended at once, or did not answer in time."""


def find_program(name: str) -> str | None:
    """The full path of an installed program, or None."""
    return shutil.which(name) or shutil.which(name, path=_SERVER_FOLDERS)


class LocalProgram(ABC):
    """One server process; `start` and `stop` may be called in turn, and the ports stay the same.

    Everything the program writes lies below `folder`; what it prints goes to `<name>.log` there.
    """

    name: ClassVar[str]
    ready_within: ClassVar[float] = 90.0
    """Seconds it may take to answer."""
    stop_within: ClassVar[float] = 15.0
    """Seconds it may take to end before it is killed."""

    def __init__(self, folder: Path, program: str | None = None) -> None:
        self.folder = folder.absolute()
        self._program = program
        self._process: Process | None = None

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process is not None and self.running else None

    async def start(self) -> None:
        """Start the program and wait until it answers; raises ProgramFailed with a hint where to look."""
        if self.running:
            return
        program = self._program or find_program(self.name)
        if program is None:
            raise ProgramFailed(f"{self.name} is not installed: it was not found on the PATH.")
        self.folder.mkdir(parents=True, exist_ok=True)
        self._prepare()
        try:
            with self._log.open("ab") as output:
                process = await asyncio.create_subprocess_exec(
                    program,
                    *self._arguments(),
                    stdin=DEVNULL,
                    stdout=output,
                    stderr=STDOUT,
                    cwd=self.folder,
                )
        except OSError as error:
            raise ProgramFailed(f"{program} cannot be started: {error.strerror}.") from error
        self._process = process
        try:
            async with asyncio.timeout(self.ready_within):
                while not await self._ready():
                    if process.returncode is not None:
                        raise ProgramFailed(
                            f"{self.name} ended with code {process.returncode} at its start; see {self._log}."
                        )
                    await asyncio.sleep(0.05)
        except TimeoutError as error:
            await self.stop()
            raise ProgramFailed(
                f"{self.name} did not answer within {self.ready_within:.0f} seconds; see {self._log}."
            ) from error
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End the program and wait until it has gone; it is killed if it takes too long."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            async with asyncio.timeout(self.stop_within):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    @property
    def _log(self) -> Path:
        return self.folder / f"{self.name}.log"

    @abstractmethod
    def _prepare(self) -> None:
        """Write the configuration; called before every start."""

    @abstractmethod
    def _arguments(self) -> list[str]:
        """The command line after the program."""

    @abstractmethod
    async def _ready(self) -> bool:
        """Whether it answers; called until it does."""
