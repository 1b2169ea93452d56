"""Tells Home Assistant which devices there are, again when it starts, and takes back what is gone."""

from __future__ import annotations

import json
import logging
import random
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from audiobook_daemon.doors import Source
from audiobook_daemon.events import Bus, Event, InstanceChanged, JobsChanged, SettingsChanged
from audiobook_daemon.mqtt.debounce import Debounced
from audiobook_daemon.mqtt.discovery.devices import Allowed, base_in, device_documents, device_ids
from audiobook_daemon.mqtt.messages import Incoming, Message, Subscription
from audiobook_daemon.mqtt.payloads import encoded
from audiobook_daemon.mqtt.presence import Presence

_LOG = logging.getLogger(__name__)

CHANGE_DELAY = 2.0
"""Seconds in which changes gather: of two documents of a new device right after each other the second is lost."""
LONGEST_WAIT = 2.0
"""Seconds after its start in which Home Assistant gets everything again; not from all daemons at the same moment."""
_MOST_REMOVED = 200
_COMPONENT = re.compile(r"[a-z0-9_]{1,100}")
_PLATFORMS = frozenset(
    {"binary_sensor", "button", "device_automation", "event", "image", "notify", "number", "select", "sensor",
     "switch", "text", "update"}
)  # fmt: skip


class Announcer:
    """Keeps Home Assistant's devices true to the daemon; `repeat` publishes every document again.

    Nothing is announced before the broker was looked over once: what it still keeps from the last start says which
    devices and components are gone since. As long as there seems to be another daemon below the same base, nothing is
    taken back: it may be what that one has announced.
    """

    def __init__(
        self, presence: Presence, source: Source, allowed: Allowed, repeat: Callable[[], Awaitable[None]]
    ) -> None:
        self._presence, self._source, self._allowed = presence, source, allowed
        settings = presence.settings
        self._prefix, self._wanted = settings.discovery_prefix, settings.discovery
        self._change = Debounced(CHANGE_DELAY, self._announce)
        self._greeting = Debounced(random.uniform(0, LONGEST_WAIT), repeat)  # noqa: S311
        self._known: dict[str, dict[str, str]] = {}
        """The platforms of the components of each document that the broker keeps, by topic."""
        self._found: dict[str, dict[str, str]] = {}
        """The same, of what was found this time and not looked at yet."""
        self._removed: dict[str, dict[str, str]] = {}
        self._others: set[str] = set()
        """Other bases that make documents of our node id, and were told of."""
        self._begun = False
        presence.subscriptions += [
            Subscription(f"{self._prefix}/status", self._hear_status),
            Subscription(f"{self._prefix}/device/+/config", self._hear_document, passing=True),
        ]
        presence.looked_around.append(self._begin)

    @contextmanager
    def listening(self, bus: Bus) -> Iterator[None]:
        """Follow the bus until the block ends."""
        with bus.listening(self.hear):
            try:
                yield
            finally:
                self._change.cancel()
                self._greeting.cancel()

    def hear(self, event: Event) -> None:
        """Take one event: a device that is gone is taken back before its states are, all else may wait."""
        if isinstance(event, InstanceChanged | JobsChanged | SettingsChanged):
            self.withdraw()
            if self._begun and self._wanted:
                self._change.soon()

    def announce(self) -> None:
        """Publish the documents that have changed, and empty those that are nobody's any more."""
        self.withdraw()
        if not self._wanted:
            return
        for device in device_documents(self._presence.settings, self._source, self._allowed):
            if not self._presence.outgoing.keeps(device.state):
                self._change.soon()
                continue
            topic, platforms = device.topic(self._prefix), device.platforms()
            gone = self._removed.get(topic, {}) | self._known.get(topic, {})
            gone = {key: platform for key, platform in gone.items() if key not in platforms}
            self._removed[topic], self._known[topic] = gone, platforms
            self._put(topic, encoded(device.without(gone), str))

    async def _announce(self) -> None:
        self.announce()

    def withdraw(self) -> None:
        """Empty the documents of devices that are no more; to be done before their states are emptied.

        While another daemon lives below the same base they are most likely its own.
        """
        if not self._begun or self._presence.twin is not None:
            return
        for topic in self._known.keys() - self._topics():
            del self._known[topic]
            self._removed.pop(topic, None)
            self._put(topic, b"")

    def _topics(self) -> set[str]:
        there = device_ids(self._presence.settings, self._source) if self._wanted else set()
        return {f"{self._prefix}/device/{id_}/config" for id_ in there}

    def _put(self, topic: str, payload: bytes) -> None:
        self._presence.outgoing.put(Message(topic, payload, retained=True))

    def _begin(self) -> None:
        self._begun = True
        shared = self._topics() if self._presence.twin is not None else set()
        self._known |= {topic: platforms for topic, platforms in self._found.items() if topic not in shared}
        self._found = {}
        self.announce()

    def _hear_status(self, message: Incoming) -> None:
        if message.payload == b"online" and not message.retained and self._wanted:
            self._greeting.soon()

    def _hear_document(self, message: Incoming) -> None:
        """Remember what the broker keeps of this daemon, though it is not what is to be kept now."""
        if not (message.retained and message.payload) or self._presence.outgoing.keeps(message.topic):
            return
        try:
            document = json.loads(message.payload)
        except (ValueError, RecursionError):
            return
        settings = self._presence.settings
        base = base_in(document, settings.node_id)
        if base == settings.base:
            self._found[message.topic] = _platforms_in(document)
        elif base is not None and base not in self._others:
            self._others.add(base)
            _LOG.warning(
                "Home Assistant cannot tell this daemon (mqtt.base %r) from another one (%r): both are %s there. Give "
                "one of them a base that differs in more than punctuation.",
                settings.base,
                base,
                settings.node_id,
            )


def _platforms_in(document: dict[str, object]) -> dict[str, str]:
    components = document.get("components")
    if not isinstance(components, dict):
        return {}
    return {
        key: platform
        for key, component in list(components.items())[:_MOST_REMOVED]
        if isinstance(component, dict) and len(component) > 1 and _COMPONENT.fullmatch(key)
        if isinstance(platform := component.get("platform"), str) and platform in _PLATFORMS
    }
