"""Brings what waits to the broker."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter

from audiobook_daemon.mqtt.link import MqttLink
from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.outgoing import Outgoing

_LOG = logging.getLogger(__name__)

MOST_UNDER_WAY = 20
"""Messages that may wait for the broker's word at once: awaiting each would make a far broker slow."""
MOST_ATTEMPTS = 3
"""Connections that may break while one message is being sent, before that message is given up."""


class Sender:
    """Sends the messages of a queue in their order, each until the broker says that it has it.

    After a broken connection what was under way goes one by one, so that a message the broker hangs up on is found.
    """

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing = outgoing
        self._suspects = 0
        self._attempts = Counter[str | int]()

    async def send_kept(self, link: MqttLink) -> None:
        """Send every kept topic that waits; raises LinkError."""
        while message := self._outgoing.first(kept_only=True):
            await self._carefully(link, message)

    async def run(self, link: MqttLink) -> None:
        """Send whatever comes until cancelled; raises LinkError."""
        try:
            while self._suspects:
                await self._carefully(link, await self._outgoing.take())
                self._suspects -= 1
            await self._several(link)
        finally:
            self._suspects = max(self._suspects, self._outgoing.recall())

    async def _several(self, link: MqttLink) -> None:
        room = asyncio.Semaphore(MOST_UNDER_WAY)

        async def deliver(message: Message) -> None:
            await link.send(message)
            self._outgoing.done(message)
            room.release()

        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    await room.acquire()
                    group.create_task(deliver(await self._outgoing.take()))
        except BaseExceptionGroup as broken:
            raise broken.exceptions[0] from None

    async def _carefully(self, link: MqttLink, message: Message) -> None:
        which = message.topic if message.retained else id(message)
        self._attempts[which] += 1
        if self._attempts[which] > MOST_ATTEMPTS:
            _LOG.warning("The MQTT broker does not take the message on %s: given up.", message.topic)
            self._outgoing.refuse(message)
        else:
            await link.send(message)
            self._outgoing.done(message)
        del self._attempts[which]
