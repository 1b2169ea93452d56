"""Listens on the socket: one JSON line asks, JSON lines answer (progress, then the outcome or an error)."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

from audiobook_daemon.actions import reporting
from audiobook_daemon.control.place import Place, other_end, reachable
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Outcome, Run

_log = logging.getLogger(__name__)
_LONGEST_LINE = 64 * 1024


class Doors(Protocol):
    """What the daemon lets be asked through the socket."""

    async def do(self, action: str, arguments: Mapping[str, object], trigger: str) -> tuple[Run, Outcome | None]:
        """Run an action by name and wait for its end."""

    async def do_job(self, job: str, trigger: str) -> tuple[Run, Outcome | None]:
        """Run a job by name and wait for its end."""

    async def retry(self, instance: str) -> None:
        """Forget the faults of an instance and try it again."""

    async def reload(self) -> str:
        """Read the configuration again and say what changed."""

    async def keys(self, asked: Mapping[str, object]) -> Mapping[str, object]:
        """List, make, exchange or remove keys of the HTTP server."""

    async def cancel_run(self, run_id: str) -> object:
        """Call a run off."""

    async def tell(self, asked: Mapping[str, object]) -> Mapping[str, object]:
        """Tell what only a running daemon knows: how instances do, what one says when asked, the end of the log."""


class ControlServer:
    """Answers one question per connection."""

    def __init__(self, place: Place, doors: Doors) -> None:
        self._place = place
        self._doors = doors
        self._open: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[None, None]:
        """Listen until the block ends; only root and the user the daemon runs as are heard."""
        server = await asyncio.start_unix_server(self._answer, sock=self._bound(), limit=_LONGEST_LINE)
        try:
            yield
        finally:
            server.close()
            for task in tuple(self._open):
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)
            if isinstance(self._place, Path):
                self._place.unlink(missing_ok=True)

    def _bound(self) -> socket.socket:
        door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        if isinstance(self._place, Path):
            self._place.unlink(missing_ok=True)
        try:
            with reachable(self._place) as address:
                door.bind(address)
            if isinstance(self._place, Path):
                self._place.chmod(0o600)  # before anybody can connect, which takes a listening socket
        except OSError:
            door.close()
            raise
        return door

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        try:
            if other_end(writer.get_extra_info("socket")) in {0, os.geteuid()}:
                _say(writer, await self._reply(reader, writer))
            else:
                _say(writer, {"error": "Only the user the daemon runs as may command it."})
            await writer.drain()
        except ConnectionError:
            _log.debug("The command line went away before its answer.")
        except asyncio.CancelledError:  # by the end of `serving`; let out, Python 3.11 would log it as a mistake
            _log.debug("The daemon stops before its answer.")
        finally:
            writer.close()

    async def _reply(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> object:
        try:
            question = json.loads(await reader.readline())
        except (ValueError, RecursionError):
            return {"error": "The question is no JSON line."}
        if not isinstance(question, Mapping):
            return {"error": "The question is no JSON object."}
        try:
            answer = await self._ask(question, _progress(writer))
        except AudiobookDaemonError as error:
            return {"error": str(error)}
        except Exception as error:  # noqa: BLE001 - a bug ends the question, not the daemon
            _log.exception("A question of the command line ended in a mistake in the program.")
            return {"error": f"The daemon made a mistake ({type(error).__name__}); its log tells more."}
        return answer

    async def _ask(self, question: Mapping[str, object], progress: Callable[[int, int | None, str], None]) -> object:
        if "retry" in question:
            await self._doors.retry(str(question["retry"]))
            return {"summary": f"{question['retry']} is tried again."}
        if "reload" in question:
            return {"summary": await self._doors.reload()}
        if isinstance(keys := question.get("keys"), Mapping):
            return await self._doors.keys(keys)
        if "cancel" in question:
            await self._doors.cancel_run(str(question["cancel"]))
            return {"summary": f"The run {question['cancel']} is called off."}
        if "tell" in question:
            return await self._doors.tell(question)
        with reporting(progress):
            if "job" in question:
                run, outcome = await self._doors.do_job(str(question["job"]), "cli")
            elif verb := next((verb for verb in ("pause", "resume") if verb in question), None):
                run, outcome = await self._doors.do(verb, {"job": str(question[verb])}, "cli")
            else:
                arguments = question.get("arguments", {})
                if "action" not in question or not isinstance(arguments, Mapping):
                    raise AudiobookDaemonError("The question names nothing that could be done.")
                run, outcome = await self._doors.do(str(question["action"]), arguments, "cli")
        if run.error:
            return {"error": run.error}
        return {
            "summary": run.summary,
            "outcome": run.outcome.value,
            "processed": run.processed,
            "succeeded": run.succeeded,
            "failed": run.failed,
            "data": outcome.data if outcome else None,
        }


def _progress(writer: asyncio.StreamWriter) -> Callable[[int, int | None, str], None]:
    def tell(done: int, total: int | None, text: str) -> None:
        with suppress(ConnectionError):
            _say(writer, {"progress": [done, total, text]})

    return tell


def _say(writer: asyncio.StreamWriter, message: object) -> None:
    if not writer.is_closing():
        writer.write(json.dumps(message, default=str).encode() + b"\n")
