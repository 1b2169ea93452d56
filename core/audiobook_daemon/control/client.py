"""The command line's end of the socket."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from pathlib import Path

from audiobook_daemon.actions import Progress
from audiobook_daemon.control.place import Place, other_end, reachable
from audiobook_daemon.errors import AudiobookDaemonError

_LONGEST_LINE = 64 * 1024 * 1024


class NotRunning(AudiobookDaemonError):
    """No daemon listens there."""


class Remote:
    """A running daemon."""

    def __init__(self, place: Place) -> None:
        self._place = place

    async def ask(self, question: Mapping[str, object], progress: Progress | None = None) -> Mapping[str, object]:
        """Ask one question and wait for the answer; raises NotRunning, or AudiobookDaemonError with its error."""
        try:
            with reachable(self._place) as address:
                reader, writer = await asyncio.open_unix_connection(address, limit=_LONGEST_LINE)
        except (FileNotFoundError, ConnectionRefusedError) as error:
            raise NotRunning("The daemon is not running.") from error
        except PermissionError as error:
            raise self._not_ours() from error
        try:
            # Anybody may take a hidden name; a file lies in a folder of the daemon's.
            if isinstance(self._place, str) and _is_strange(other_end(writer.get_extra_info("socket"))):
                raise self._not_ours()
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

    def _not_ours(self) -> AudiobookDaemonError:
        where = f"{self._place}: only" if isinstance(self._place, Path) else "Only"
        return AudiobookDaemonError(f"{where} the user the daemon runs as may command it.")


def _is_strange(user: int) -> bool:
    """Whether we have no business with a daemon of this user; root looks after everybody's."""
    return os.geteuid() not in {0, user} and user != 0
