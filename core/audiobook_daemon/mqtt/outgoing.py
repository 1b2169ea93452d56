"""What waits to be published: the last value of every kept topic, and a bounded row of messages that are sent once."""

from __future__ import annotations

import asyncio
from collections import deque

from audiobook_daemon.mqtt.messages import Message


class Outgoing:
    """Takes messages without ever waiting for the broker.

    Of a kept topic only the newest value waits. Messages that are sent once wait in their order; when more than
    `limit` of them wait, the oldest is given up and counted in `dropped`.
    """

    def __init__(self, limit: int = 1000) -> None:
        self.limit = limit
        self.dropped = 0
        self._kept: dict[str, Message] = {}
        self._due: dict[str, Message] = {}
        self._once: deque[Message] = deque()
        self._filled = asyncio.Event()

    def put(self, message: Message) -> None:
        """Take one message; a kept topic whose value has not changed is left alone, an empty one is forgotten."""
        if not message.retained:
            if len(self._once) >= self.limit:
                self._once.popleft()
                self.dropped += 1
            self._once.append(message)
        elif self._kept.get(message.topic) == message:
            return
        else:
            if message.payload:
                self._kept[message.topic] = message
            else:
                self._kept.pop(message.topic, None)
            self._due[message.topic] = message
        self._filled.set()

    @property
    def crowded(self) -> bool:
        """Whether so many messages wait that one more answer might cost an event its place."""
        return len(self._once) > self.limit // 2

    def repeat(self) -> None:
        """Make every kept topic due again, for a broker that may have forgotten all."""
        self._due |= self._kept
        if self._due:
            self._filled.set()

    def keeps(self, topic: str) -> bool:
        """Tell whether a kept topic has a value of ours."""
        return topic in self._kept

    def first(self, *, kept_only: bool = False) -> Message | None:
        """Return what goes out next (kept topics before the rest), or None; it stays until `done`."""
        for message in self._due.values():
            return message
        return self._once[0] if self._once and not kept_only else None

    async def next(self) -> Message:
        """Wait for a message; it stays until `done`, so that a lost connection loses nothing."""
        while (message := self.first()) is None:
            self._filled.clear()
            await self._filled.wait()
        return message

    def done(self, message: Message) -> None:
        """Strike a message that the broker has taken, unless a newer one stands in its place."""
        if self._due.get(message.topic) is message:
            del self._due[message.topic]
        elif self._once and self._once[0] is message:
            self._once.popleft()
