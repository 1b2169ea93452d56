"""The command line's end of the socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

from audiobook_daemon.actions import Progress
from audiobook_daemon.control.place import reachable
from audiobook_daemon.errors import AudiobookDaemonError

_LONGEST_LINE = 64 * 1024 * 1024


class NotRunning(AudiobookDaemonError):
    """No daemon listens there."""


class Remote:
    """A running daemon."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def ask(self, question: Mapping[str, object], progress: Progress | None = None) -> Mapping[str, object]:
        """Ask one question and wait for the answer; raises NotRunning, or AudiobookDaemonError with its error."""
        try:
            with reachable(self._path) as address:
                reader, writer = await asyncio.open_unix_connection(address, limit=_LONGEST_LINE)
        except (FileNotFoundError, ConnectionRefusedError) as error:
            raise NotRunning("The daemon is not running.") from error
        except PermissionError as error:
            raise AudiobookDaemonError(f"{self._path}: only the user the daemon runs as may command it.") from error
        try:
            writer.write(json.dumps(question).encode() + b"\n")
            await writer.drain()
            while (line := await reader.readline()).endswith(b"\n"):
                message = json.loads(line)
                if "progress" in message:
                    if progress:
                        progress(*message["progress"])
                elif "error" in message:
                    raise AudiobookDaemonError(message["error"])
                else:
                    return dict(message)
        except ConnectionError as error:
            raise AudiobookDaemonError("The daemon stopped before it had answered.") from error
        finally:
            writer.close()
        raise AudiobookDaemonError("The daemon stopped before it had answered.")
