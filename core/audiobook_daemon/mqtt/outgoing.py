"""What waits to be published: the last value of every kept topic, and a bounded row of messages that are sent once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator

from audiobook_daemon.mqtt.messages import Message

MOST_ONCE = 1000
MOST_BYTES = 4 * 1024 * 1024
"""Bounds of what is sent once and waits."""
MOST_CLEARED = 1000


class Outgoing:
    """Takes messages without ever waiting for the broker.

    Of a kept topic only the newest value waits. Messages that are sent once wait in their order; when they are more
    than `limit`, or more than `most_bytes`, the oldest is given up and counted in `dropped`. Of the topics to be
    cleared the oldest are forgotten: the next look around finds them again.
    """

    def __init__(self, limit: int = MOST_ONCE, most_bytes: int = MOST_BYTES) -> None:
        self.limit, self.most_bytes = limit, most_bytes
        self.dropped = 0
        self._kept: dict[str, Message] = {}
        self._due: dict[str, Message] = {}
        self._cleared: dict[str, Message] = {}
        self._once: deque[Message] = deque()
        self._bytes = 0
        self._refused: dict[str, Message] = {}
        self._under_way: dict[int, Message] = {}
        self._withdrawn: list[str] = []
        self._filled, self._taken = asyncio.Event(), asyncio.Event()

    def put(self, message: Message) -> None:
        """Take one message; a kept topic whose value has not changed is left alone, an empty one is forgotten."""
        topic = message.topic
        if message.retained and message.payload and topic.startswith(tuple(self._withdrawn)):
            return
        if not message.retained:
            self._once.append(message)
            self._bytes += _bytes(message)
            while len(self._once) > self.limit or self._bytes > self.most_bytes:
                self._drop_oldest()
        elif self._kept.get(topic) == message:
            return
        elif message.payload:
            self._cleared.pop(topic, None)
            self._kept[topic] = self._due[topic] = message
        else:
            self._kept.pop(topic, None)
            self._due.pop(topic, None)
            self._refused.pop(topic, None)
            self._cleared[topic] = message
            if len(self._cleared) > MOST_CLEARED:
                del self._cleared[next(iter(self._cleared))]
        self._filled.set()

    def withdraw(self, root: str) -> bool:
        """Empty every kept topic below this one for good, and return whether there was any."""
        self._withdrawn.append(f"{root}/")
        found = [topic for topic in self._kept if topic.startswith(f"{root}/")]
        for topic in found:
            for messages in (self._kept, self._due, self._refused):
                messages.pop(topic, None)
        # However many there are: what is given up is not looked after again.
        self._cleared |= {topic: Message(topic, b"", retained=True) for topic in found}
        self._filled.set()
        return bool(found)

    async def drained(self) -> None:
        """Wait until nothing waits."""
        while self.first() is not None:
            self._taken.clear()
            await self._taken.wait()

    @property
    def crowded(self) -> bool:
        """Whether so many messages wait that one more answer might cost an event its place."""
        return len(self._once) > self.limit // 2

    def repeat(self) -> None:
        """Make every kept topic due again, for a broker that may have forgotten all."""
        self._due |= {topic: kept for topic, kept in self._kept.items() if self._refused.get(topic) is not kept}
        if self._due:
            self._filled.set()

    def keeps(self, topic: str) -> bool:
        """Tell whether a kept topic has a value of ours."""
        return topic in self._kept

    def first(self, *, kept_only: bool = False) -> Message | None:
        """Return what goes out next (kept topics before the rest), or None; it stays until `done`."""
        return next(self._waiting(kept_only=kept_only), None)

    async def take(self) -> Message:
        """Wait for a message that is not under way yet; it stays until `done`, or is taken again after `recall`."""
        while (message := next((one for one in self._waiting() if id(one) not in self._under_way), None)) is None:
            self._filled.clear()
            await self._filled.wait()
        self._under_way[id(message)] = message
        return message

    def done(self, message: Message) -> None:
        """Strike a message that the broker has taken, unless a newer one stands in its place."""
        self._under_way.pop(id(message), None)
        self._taken.set()
        if message.retained:
            for waiting in (self._due, self._cleared):
                if waiting.get(message.topic) is message:
                    del waiting[message.topic]
            return
        for place, one in enumerate(self._once):
            if one is message:
                self._remove(place)
                return

    def refuse(self, message: Message) -> None:
        """Strike a message that the broker never takes; a kept one is tried again when its value changes."""
        if message.retained and message.payload:
            self._refused[message.topic] = message
        elif not message.retained:
            self.dropped += 1
        self.done(message)

    def recall(self) -> int:
        """Let everything that is under way wait again, in its old place, and return how much that is."""
        count = len(self._under_way)
        self._under_way.clear()
        return count

    def _waiting(self, *, kept_only: bool = False) -> Iterator[Message]:
        yield from self._due.values()
        yield from self._cleared.values()
        if not kept_only:
            yield from self._once

    def _drop_oldest(self) -> None:
        idle = (place for place, one in enumerate(self._once) if id(one) not in self._under_way)
        self._remove(next(idle, 0))
        self.dropped += 1

    def _remove(self, place: int) -> None:
        self._bytes -= _bytes(self._once[place])
        del self._once[place]


def _bytes(message: Message) -> int:
    return len(message.topic) + len(message.payload) + len(message.correlation or b"")
