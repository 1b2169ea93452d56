"""Documents that the broker keeps of things which are gone since the last start."""

from __future__ import annotations

import asyncio

from audiobook_daemon.mqtt.messages import Incoming, Message, Subscription
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.topics import JOB, SERVICE, TRACKER

PATIENCE = 2.0
"""Seconds for Home Assistant to let go of a device before its states are emptied, which it would complain about."""


class Sweep:
    """Looks for kept documents of jobs, services and trackers that have none of ours, and clears them."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence
        self._stale: set[str] = set()
        base = presence.settings.base
        for topic in (JOB, SERVICE, TRACKER):
            level = topic.path.partition("/")[0]
            presence.subscriptions.append(Subscription(f"{base}/{level}/+", self._hear, passing=True))
        presence.looked_around.append(self._look_again)

    def _hear(self, message: Incoming) -> None:
        if message.retained and message.payload and not self._presence.outgoing.keeps(message.topic):
            self._stale.add(message.topic)

    def _look_again(self) -> None:
        if self._stale:
            asyncio.get_running_loop().call_later(PATIENCE, self._clear)

    def _clear(self) -> None:
        outgoing = self._presence.outgoing
        if self._presence.twin is not None:  # they are those of another daemon
            self._stale.clear()
        while self._stale:
            topic = self._stale.pop()
            if not outgoing.keeps(topic):
                outgoing.put(Message(topic, b"", retained=True))
