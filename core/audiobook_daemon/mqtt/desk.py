"""Where requests come in and exactly one answer goes out, whatever was sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import cast
from weakref import WeakValueDictionary

from audiobook_daemon.actions import Mistake
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.mqtt import refusals
from audiobook_daemon.mqtt.answers import Answer
from audiobook_daemon.mqtt.command import Asked, Command, Mistaken
from audiobook_daemon.mqtt.commands import Commands
from audiobook_daemon.mqtt.messages import KEY, Message, Request
from audiobook_daemon.mqtt.pace import Pace
from audiobook_daemon.mqtt.payloads import Document, InvalidJson, InvalidPayload, Redact, decoded, encoded
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.recent import Recent
from audiobook_daemon.mqtt.topics import RESPONSE, is_level

_LOG = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds a command may take before the sender is told that it did not end."""
REMEMBER_SECONDS, REMEMBER_COUNT = 600.0, 200
"""How long, and how many, transactions are remembered."""
LONGEST_TRANSACTION, LONGEST_KEY = 64, 128
SHORTER_TEXT = 250
"""Characters that each text of an answer may have which would be too large otherwise."""
TRANSACTION = "transaction"
_DEEPEST_PATH = 6

_transaction: ContextVar[str | None] = ContextVar("transaction", default=None)


@dataclass(slots=True)
class _Opened:
    """A request that could be read: its payload without what is about the request itself."""

    path: str
    payload: Mapping[str, object] | str
    transaction: str | None = None
    key: str | None = None


class Desk:
    """Reads requests, refuses what must not be done, and answers each once.

    A request with the path and transaction of one that went well in the last ten minutes gets the same answer again,
    with `duplicate`, and nothing is done twice. Requests about the same thing are carried out in their order.
    """

    def __init__(self, presence: Presence, commands: Commands, *, redact: Redact) -> None:
        self._presence, self._commands, self._redact = presence, commands, redact
        self.pace = Pace()
        self._answers: Recent[tuple[str, str], asyncio.Future[Answer]] = Recent(REMEMBER_SECONDS, REMEMBER_COUNT)
        self._runs: Recent[str, str] = Recent(24 * 3600.0, REMEMBER_COUNT)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()

    def receive(self, request: Request) -> None:
        """Take one request; never waits."""
        if request.retained:
            if request.payload:  # an empty one is somebody's clearing
                self._presence.clear(request.path)
                self._reply_if_room(request, refusals.RETAINED)
            return
        found = self._commands.find(request.path)
        if not self.pace.lets_in(found[0].pattern if found else ""):
            self._refuse_flood(request)
            return
        task = asyncio.get_running_loop().create_task(self._serve(request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def transaction_of(self, run_id: str) -> str | None:
        """Return the transaction of the request that started a run, if one did."""
        return self._runs.get(run_id) or _transaction.get()

    async def answered(self, patience: float) -> None:
        """Wait until every request so far has its answer, so many seconds at the most."""
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=patience)

    def close(self) -> None:
        """Drop the requests that are being carried out, and say so to their senders."""
        for task in self._tasks:
            task.cancel()

    def _refuse_flood(self, request: Request) -> None:
        if not self.pace.flooded:
            self.pace.flooded = True
            _LOG.warning("More than %d MQTT requests in a second: some are refused.", self.pace.most_of_one)
        self._reply_if_room(request, refusals.too_many(self.pace.most_of_one))

    def _reply_if_room(self, request: Request, answer: Answer) -> None:
        """Answer, unless so many answers wait already that they would push out what has happened."""
        if not self._presence.outgoing.crowded:
            self._reply(request, answer, None)

    async def _serve(self, request: Request) -> None:
        opened = _Opened(request.path, {})
        duplicate = False
        try:
            if not self._may_answer_to(request.response_topic):
                refused = request.response_topic
                request = replace(request, response_topic=None)
                answer = Answer.error("forbidden", f"Answers are not written to the topic {refused!r}.")
            else:
                _open(opened, request)
                answer, duplicate = await self._answered(opened)
        except InvalidJson as error:
            answer = Answer.error("invalid_json", str(error))
        except InvalidPayload as error:
            answer = refusals.of_payload(error)
        except asyncio.CancelledError:
            self._reply(request, refusals.STOPPING, opened.transaction)
            raise
        self._reply(request, answer, opened.transaction, duplicate=duplicate)

    async def _answered(self, opened: _Opened) -> tuple[Answer, bool]:
        found = self._commands.find(opened.path) if _is_path(opened.path) else None
        if found is None:
            near = self._commands.nearest(opened.path) if _is_path(opened.path) else None
            return refusals.unknown(near), False
        command, levels = found
        if restriction := self._commands.restriction(command, opened.path):
            return refusals.forbidden(restriction), False
        return await self._once(command, levels, opened)

    async def _once(self, command: Command, levels: Mapping[str, str], opened: _Opened) -> tuple[Answer, bool]:
        if opened.transaction is None:
            return await self._carry_out(command, levels, opened), False
        same = (opened.path, opened.transaction)
        known = self._answers.get(same)
        if known is not None:
            return await asyncio.shield(known), True
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._answers.put(same, future)
        answer = refusals.STOPPING
        try:
            answer = await self._carry_out(command, levels, opened)
        finally:
            future.set_result(answer)
            if answer.status == "error":
                self._answers.forget(same)
        return answer, False

    async def _carry_out(self, command: Command, levels: Mapping[str, str], opened: _Opened) -> Answer:
        _transaction.set(opened.transaction)
        path = opened.path
        turn = self._turns.setdefault("/".join(path.split("/")[:2]), asyncio.Lock())
        try:
            asked = Asked(levels, command.read(opened.payload, opened.key), opened.key)
            async with asyncio.timeout(PATIENCE), turn:
                reply = await command.run(asked)
        except InvalidPayload as error:
            return refusals.of_payload(error)
        except AudiobookDaemonError as error:
            return refusals.of_daemon(error)
        except TimeoutError:
            return refusals.timed_out(path, PATIENCE)
        except Exception:  # noqa: BLE001
            _LOG.exception("The MQTT request %s failed", path)
            return refusals.MISTAKE_OF_OURS
        run_id = reply.data.get("run_id")
        if opened.transaction is not None and reply.accepted and isinstance(run_id, str):
            self._runs.put(run_id, opened.transaction)
        return Answer("accepted" if reply.accepted else "ok", reply.data)

    def _may_answer_to(self, topic: str | None) -> bool:
        """Refuse topics where only the daemon, the broker or Home Assistant's discovery may write."""
        if topic is None:
            return True
        settings = self._presence.settings
        ours = any(f"{topic}/".startswith(f"{root}/") for root in (settings.base, settings.discovery_prefix))
        return bool(topic) and len(topic) <= 1000 and not ours and topic[0] != "$" and not set(topic) & set("+#\0")

    def _reply(self, request: Request, answer: Answer, transaction: str | None, *, duplicate: bool = False) -> None:
        path = request.path if _is_path(request.path) else "invalid"
        document = answer.document(request.path[:200], transaction, duplicate=duplicate)
        payload = encoded(cast("Document", document), self._redact)
        if len(payload) > RESPONSE.limit:
            payload = encoded(cast("Document", document), self._redact, SHORTER_TEXT)
        reply_to = request.response_topic if self._may_answer_to(request.response_topic) else None
        topic = reply_to or f"{self._presence.settings.base}/response/{path}"
        message = Message(topic, payload, RESPONSE.retained, RESPONSE.qos, request.correlation)
        self._presence.outgoing.put(message)


def _is_path(path: str) -> bool:
    levels = path.split("/")
    return len(levels) <= _DEEPEST_PATH and all(is_level(level) for level in levels)


def _open(opened: _Opened, request: Request) -> None:
    """Read a request; raises InvalidJson or InvalidPayload, and has what could be read until then."""
    payload = decoded(request.payload)
    opened.payload = payload
    opened.key = _short_text({KEY: request.key}, KEY, LONGEST_KEY)
    if not isinstance(payload, str):
        opened.transaction = _short_text(payload, TRANSACTION, LONGEST_TRANSACTION)
        opened.key = _short_text(payload, KEY, LONGEST_KEY) or opened.key
        opened.payload = {name: value for name, value in payload.items() if name not in {TRANSACTION, KEY}}


def _short_text(payload: Mapping[str, object], name: str, longest: int) -> str | None:
    text = payload.get(name)
    if text is None or (isinstance(text, str) and 0 < len(text) <= longest):
        return text
    wrong = f"it must be a text of 1 to {longest} characters"
    raise Mistaken(f"{name}: {wrong}.", Mistake(name, wrong))
