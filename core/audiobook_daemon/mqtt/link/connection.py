"""One connection to the broker, from opening to closing, in terms of our own messages.

Two more traps of aiomqtt: a client object must not be used for a second connection (it holds old messages and does
not wait for the broker's answer), and a cancellation can get lost in it under Python 3.11.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import aiomqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from audiobook_daemon.mqtt.link.client import LOG, QuietClient
from audiobook_daemon.mqtt.link.sockets import open_socket
from audiobook_daemon.mqtt.messages import KEY, Incoming, Message
from audiobook_daemon.mqtt.settings import MqttSettings

ANSWER_TIMEOUT = 10.0
"""Seconds the broker has to answer one packet."""
FIRST_ANSWER_TIMEOUT = 3.0
"""The same for the first packet of all: some brokers fall silent when they are spoken to in MQTT 5."""
WILL_DELAY = 5
"""Seconds until the broker tells of our death, so that a short gap of the network passes unseen (MQTT 5)."""
_UNSUPPORTED_PROTOCOL = frozenset({1, 132})
_UNSPECIFIED = 128
_SILENT = frozenset({"Operation timed out", "it hung up"})

_T = TypeVar("_T")


class LinkError(Exception):
    """The connection could not be made, or is no more; `code` is the broker's MQTT 5 reason, if it gave one."""

    def __init__(self, text: str, code: int | None = None) -> None:
        super().__init__(text)
        self.code = code

    @property
    def wrong_version(self) -> bool:
        """Whether the broker says that it does not speak this version of MQTT."""
        return self.code in _UNSUPPORTED_PROTOCOL

    @property
    def mute(self) -> bool:
        """Whether the broker said nothing at all, as some do that do not know MQTT 5."""
        return str(self) in _SILENT


class MqttLink:
    """One connection, from `open` to `close`; every method raises LinkError when it is no more."""

    def __init__(self, client: QuietClient, *, modern: bool) -> None:
        self._client, self.modern = client, modern

    @classmethod
    async def open(
        cls,
        settings: MqttSettings,
        identifier: str,
        will: Message | None,
        *,
        modern: bool,
        patience: float = ANSWER_TIMEOUT,
    ) -> MqttLink:
        """Connect with MQTT 5 (`modern`) or 3.1.1; raises LinkError, or OSError for unreadable certificates."""
        delay = Properties(PacketTypes.WILLMESSAGE)  # type: ignore[no-untyped-call]
        delay.WillDelayInterval = WILL_DELAY
        last_will = None
        if will is not None:
            last_will = aiomqtt.Will(will.topic, will.payload, will.qos, will.retained, delay if modern else None)
        client = QuietClient(
            settings.host,
            settings.port,
            username=settings.username,
            password=settings.password,
            identifier=identifier,
            protocol=aiomqtt.ProtocolVersion.V5 if modern else aiomqtt.ProtocolVersion.V311,
            will=last_will,
            keepalive=settings.keepalive,
            timeout=patience,
            logger=LOG,
            max_queued_incoming_messages=1000,
        )
        opened = await open_socket(settings)
        try:
            with _translated(client):
                await _unless_cancelled(client.connect(opened))
        except BaseException:
            client.hang_up()
            raise
        client.timeout = ANSWER_TIMEOUT
        return cls(client, modern=modern)

    @classmethod
    async def negotiated(
        cls, settings: MqttSettings, identifier: str, will: Message | None, *, modern: bool | None
    ) -> MqttLink:
        """Connect with the version of the settings, else with the one that worked last time (`modern`), if any.

        As long as nothing is known, MQTT 5 is tried first, and 3.1.1 with a broker that refuses it or says nothing.
        """
        if settings.protocol != "auto":
            return await cls.open(settings, identifier, will, modern=settings.protocol == "5")
        if modern is False:
            return await cls.open(settings, identifier, will, modern=False)
        try:
            patience = FIRST_ANSWER_TIMEOUT if modern is None else ANSWER_TIMEOUT
            return await cls.open(settings, identifier, will, modern=True, patience=patience)
        except LinkError as error:
            if not (error.wrong_version or (error.mute and modern is None)):
                raise
        return await cls.open(settings, identifier, will, modern=False)

    async def publish(self, message: Message, patience: float = ANSWER_TIMEOUT) -> None:
        """Publish and wait until the broker has the message; even while the task is being cancelled."""
        properties = None
        if self.modern and message.correlation is not None:
            properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
            properties.CorrelationData = message.correlation
        topic, payload, qos = message.topic, message.payload, message.qos
        with _translated(self._client):
            await self._client.publish(topic, payload, qos, message.retained, properties=properties, timeout=patience)

    async def send(self, message: Message) -> None:
        """Publish from a task that may be cancelled at any moment."""
        await _unless_cancelled(self.publish(message))

    async def subscribe(self, topic: str, *, live_only: bool = False, marked: bool = False) -> None:
        """Subscribe; an MQTT 5 broker then tells, if `marked`, which messages their sender wanted kept.

        So it does with `live_only`, and sends nothing that it keeps from before.
        """
        options = SubscribeOptions(qos=1, retainAsPublished=live_only or marked, retainHandling=2 if live_only else 0)
        call = self._client.subscribe(topic, options=options) if self.modern else self._client.subscribe(topic, qos=1)
        with _translated(self._client):
            await _unless_cancelled(call)

    async def unsubscribe(self, topics: list[str]) -> None:
        """Take subscriptions back."""
        with _translated(self._client):
            await _unless_cancelled(self._client.unsubscribe(topics))

    async def unless_broken(self, work: Coroutine[Any, Any, None]) -> None:
        """Await work that needs the connection; raises LinkError as soon as that breaks, which the library would not.

        It waits for the answer to a packet as long as ever, also when nobody is left to give one.
        """
        task = asyncio.create_task(work)
        try:
            await asyncio.wait({task, self._client.ended}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                with _translated(self._client):
                    raise aiomqtt.MqttError("it hung up")
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        task.result()

    async def incoming(self) -> AsyncIterator[Incoming]:
        """Yield what comes in until the connection breaks, which raises LinkError."""
        with _translated(self._client):
            async for message in self._client.messages:
                reply_to = getattr(message.properties, "ResponseTopic", None)
                correlation = getattr(message.properties, "CorrelationData", None)
                key = dict(getattr(message.properties, "UserProperty", ())).get(KEY)
                yield Incoming(message.topic.value, bytes(message.payload), message.retain, reply_to, correlation, key)

    async def close(self, patience: float) -> None:
        """Disconnect cleanly, which makes the broker forget the last will; a broken connection is no error."""
        self._client.timeout = patience
        with suppress(aiomqtt.MqttError):
            await self._client.__aexit__(None, None, None)
        self._client.hang_up()


@contextmanager
def _translated(client: QuietClient) -> Iterator[None]:
    """Turn the library's errors into ours, and tell why the connection broke rather than what noticed it first."""
    try:
        yield
    except (aiomqtt.MqttError, ValueError) as error:
        cause: BaseException = client.fate() or error
        reason = cause.rc if isinstance(cause, aiomqtt.MqttCodeError) else None
        if isinstance(reason, ReasonCode) and reason.value == _UNSPECIFIED:
            raise LinkError("the connection was lost") from error
        if isinstance(reason, ReasonCode):
            raise LinkError(str(reason), reason.value) from error
        raise LinkError(str(cause) or type(cause).__name__) from error


async def _unless_cancelled(call: Coroutine[Any, Any, _T]) -> _T:
    """Await a call of the library; raises the cancellation that `asyncio.wait_for` of Python 3.11 can lose.

    It loses it if the call ends at the very moment of the cancellation, be it well or with an error.
    """
    try:
        return await call
    finally:
        if (task := asyncio.current_task()) and task.cancelling():
            raise asyncio.CancelledError
