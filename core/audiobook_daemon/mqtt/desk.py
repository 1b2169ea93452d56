"""Where requests come in and exactly one answer goes out, whatever was sent."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from weakref import WeakValueDictionary

from audiobook_daemon.actions import BadArguments, UnknownAction
from audiobook_daemon.errors import AudiobookDaemonError, AuthFailed, Unavailable
from audiobook_daemon.mqtt.commands import Command, Commands
from audiobook_daemon.mqtt.doors import CommandRefused
from audiobook_daemon.mqtt.messages import Message, Request
from audiobook_daemon.mqtt.payloads import Document, InvalidJson, InvalidPayload, Redact, decoded, encoded, moment
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.recent import Recent
from audiobook_daemon.mqtt.topics import RESPONSE, is_level

_LOG = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds a command may take before the sender is told that it did not end."""
MOST_PER_SECOND = 20
REMEMBER_SECONDS, REMEMBER_COUNT = 600.0, 200
"""How long, and how many, transactions are remembered."""
LONGEST_TRANSACTION = 64
_DEEPEST_PATH = 6

_transaction: ContextVar[str | None] = ContextVar("transaction", default=None)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request."""

    status: str
    """ok, accepted or error."""
    data: Document | None = None
    code: str | None = None
    message: str | None = None


def _error(code: str, message: str) -> Answer:
    return Answer("error", code=code, message=message)


class Desk:
    """Reads requests, refuses what must not be done, and answers each once.

    A request with the path and transaction of one that went well in the last ten minutes gets the same answer again,
    with `duplicate`, and nothing is done twice. Requests about the same thing are carried out in their order.
    """

    def __init__(self, presence: Presence, commands: Commands, *, redact: Redact) -> None:
        self._presence, self._commands, self._redact = presence, commands, redact
        self._answers: Recent[tuple[str, str], asyncio.Future[Answer]] = Recent(REMEMBER_SECONDS, REMEMBER_COUNT)
        self._runs: Recent[str, str] = Recent(24 * 3600.0, REMEMBER_COUNT)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._arrivals: deque[float] = deque(maxlen=MOST_PER_SECOND)
        self._flooded = False
        self._tasks: set[asyncio.Task[None]] = set()

    def receive(self, request: Request) -> None:
        """Take one request; never waits."""
        if request.retained:
            if request.payload:  # an empty one is somebody's clearing
                self._presence.clear(request.path)
                refusal = _error(
                    "retained", "A request with the retain flag may be old and is not carried out: it was cleared."
                )
                self._reply(request, refusal, None)
            return
        if self._too_many():
            self._reply(
                request, _error("unavailable", f"More than {MOST_PER_SECOND} requests in a second: try later."), None
            )
            return
        task = asyncio.get_running_loop().create_task(self._serve(request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def transaction_of(self, run_id: str) -> str | None:
        """Return the transaction of the request that started a run, if one did."""
        return self._runs.get(run_id) or _transaction.get()

    def close(self) -> None:
        """Drop the requests that are being carried out, and say so to their senders."""
        for task in self._tasks:
            task.cancel()

    def _too_many(self) -> bool:
        now = time.monotonic()
        if len(self._arrivals) == MOST_PER_SECOND and now - self._arrivals[0] < 1.0:
            if not self._flooded:
                self._flooded = True
                _LOG.warning("More than %d MQTT requests in a second: some are refused.", MOST_PER_SECOND)
            return True
        if self._arrivals and now - self._arrivals[-1] > 1.0:
            self._flooded = False
        self._arrivals.append(now)
        return False

    async def _serve(self, request: Request) -> None:
        transaction: str | None = None
        duplicate = False
        try:
            if not self._may_answer_to(request.response_topic):
                refused = request.response_topic
                request = replace(request, response_topic=None)
                raise _Refusal("forbidden", f"Answers are not written to the topic {refused!r}.")
            payload = decoded(request.payload)
            if not isinstance(payload, str):
                transaction = _transaction_in(payload)
                payload = {name: value for name, value in payload.items() if name != "transaction"}
            answer, duplicate = await self._once(request.path, payload, transaction)
        except InvalidJson as error:
            answer = _error("invalid_json", str(error))
        except InvalidPayload as error:
            answer = _error("invalid_payload", str(error))
        except _Refusal as error:
            answer = _error(error.code, str(error))
        except asyncio.CancelledError:
            self._reply(request, _error("unavailable", "The daemon stops."), transaction)
            raise
        self._reply(request, answer, transaction, duplicate=duplicate)

    def _find(self, path: str) -> tuple[Command, Mapping[str, str]]:
        found = self._commands.find(path) if _is_path(path) else None
        if found is None:
            raise _Refusal("unknown_command", "There is no such command; request daemon/commands lists them.")
        if not self._commands.allows(found[0]):
            raise _Refusal("forbidden", "The setting mqtt.commands does not allow this command.")
        return found

    async def _once(
        self, path: str, payload: Mapping[str, object] | str, transaction: str | None
    ) -> tuple[Answer, bool]:
        command, levels = self._find(path)
        if transaction is None:
            return await self._carry_out(command, levels, path, payload, None), False
        known = self._answers.get((path, transaction))
        if known is not None:
            return await asyncio.shield(known), True
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._answers.put((path, transaction), future)
        answer = _error("unavailable", "The daemon stops.")
        try:
            answer = await self._carry_out(command, levels, path, payload, transaction)
        finally:
            future.set_result(answer)
            if answer.status == "error":
                self._answers.forget((path, transaction))
        return answer, False

    async def _carry_out(
        self,
        command: Command,
        levels: Mapping[str, str],
        path: str,
        payload: Mapping[str, object] | str,
        transaction: str | None,
    ) -> Answer:
        _transaction.set(transaction)
        thing = "/".join(path.split("/")[:2])
        turn = self._turns.setdefault(thing, asyncio.Lock())
        try:
            arguments = command.read(payload)
            async with asyncio.timeout(PATIENCE), turn:
                reply = await command.run(levels, arguments)
        except (InvalidPayload, BadArguments) as error:
            return _error("invalid_payload", str(error))
        except UnknownAction as error:
            return _error("not_found", str(error))
        except CommandRefused as error:
            return _error(error.code, str(error))
        except (Unavailable, AuthFailed) as error:
            return _error("unavailable", str(error))
        except TimeoutError:
            return _error("timeout", f"{path} did not end within {PATIENCE:.0f} s.")
        except AudiobookDaemonError as error:
            return _error("conflict", str(error))
        except Exception:  # noqa: BLE001
            _LOG.exception("The MQTT request %s failed", path)
            return _error("internal", "The daemon made a mistake; its log tells more.")
        run_id = reply.data.get("run_id")
        if transaction is not None and isinstance(run_id, str):
            self._runs.put(run_id, transaction)
        return Answer("accepted" if reply.accepted else "ok", reply.data)

    def _may_answer_to(self, topic: str | None) -> bool:
        """Refuse topics where only the daemon, the broker or Home Assistant's discovery may write."""
        if topic is None:
            return True
        settings = self._presence.settings
        ours = any(f"{topic}/".startswith(f"{root}/") for root in (settings.base, settings.discovery_prefix))
        return bool(topic) and len(topic) <= 1000 and not ours and topic[0] != "$" and not set(topic) & set("+#\0")

    def _reply(self, request: Request, answer: Answer, transaction: str | None, *, duplicate: bool = False) -> None:
        usable = _is_path(request.path)
        document = {
            "status": answer.status,
            "command": request.path[:200],
            "at": moment(datetime.now(UTC)),
            "transaction": transaction,
            "data": answer.data,
            "error": None if answer.code is None else {"code": answer.code, "message": answer.message},
            "duplicate": duplicate,
        }
        reply_to = request.response_topic if self._may_answer_to(request.response_topic) else None
        usual = f"{self._presence.settings.base}/response/{request.path if usable else 'invalid'}"
        self._presence.outgoing.put(
            Message(
                reply_to or usual, encoded(document, self._redact), RESPONSE.retained, RESPONSE.qos, request.correlation
            )
        )


class _Refusal(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _is_path(path: str) -> bool:
    levels = path.split("/")
    return len(levels) <= _DEEPEST_PATH and all(is_level(level) for level in levels)


def _transaction_in(payload: Mapping[str, object]) -> str | None:
    transaction = payload.get("transaction")
    if transaction is None or (isinstance(transaction, str) and 0 < len(transaction) <= LONGEST_TRANSACTION):
        return transaction
    raise InvalidPayload(f"transaction: it must be a text of 1 to {LONGEST_TRANSACTION} characters.")
