"""Whatever is published, held to the table of topics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from audiobook_daemon.mqtt import topics
from audiobook_daemon.mqtt.happenings import KINDS, EventKind
from audiobook_daemon.mqtt.topics import TOPICS, Topic

_FIXED = {topics.AVAILABILITY: re.compile(rb"online|offline"), topics.COVER: re.compile(rb"\xff\xd8\xff.*", re.DOTALL)}
_KINDS: Mapping[str, EventKind] = {kind.event_type: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Published:
    """One message as a client sees it that asked for retain flags as they were sent."""

    topic: str
    payload: bytes
    retained: bool
    qos: int


@dataclass(slots=True)
class Table:
    """Finds what does not stand in the table, and remembers which of its lines were seen."""

    base: str
    seen: set[Topic] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def hold(self, message: Published) -> None:
        """Compare one message with its line."""
        path = message.topic.removeprefix(f"{self.base}/")
        found = sorted((topic for topic in TOPICS if _pattern(topic).fullmatch(path)), key=lambda one: "<" in one.path)
        if not found:
            self._fault(message, "stands in no line of the table")
            return
        topic = found[0]
        self.seen.add(topic)
        if topic is topics.REQUEST:  # from others
            return
        if (message.retained, message.qos) != (topic.retained, topic.qos):
            self._fault(message, f"has retain {message.retained} and QoS {message.qos}")
        if len(message.payload) > topic.limit:
            self._fault(message, f"has {len(message.payload)} bytes, more than {topic.limit}")
        if topic.retained and not message.payload:
            return  # cleared
        self._hold_payload(topic, path, message)

    def _hold_payload(self, topic: Topic, path: str, message: Published) -> None:
        shape = topic.shape
        if topic is topics.EVENT:
            kind = _KINDS.get(path.removeprefix("event/").replace("/", "_", 1))
            if kind is None:
                self._fault(message, "is an event of no known kind")
                return
            self.events.add(kind.event_type)
            shape = kind.shape
        if pattern := _FIXED.get(topic):
            if not pattern.fullmatch(message.payload):
                self._fault(message, "holds something else than it should")
        elif shape:
            try:
                _adapter(shape).validate_json(message.payload, strict=True)
            except ValidationError as error:
                self._fault(message, str(error))

    def _fault(self, message: Published, text: str) -> None:
        self.faults.append(f"{message.topic} {text}: {message.payload[:500]!r}")


@cache
def _adapter(shape: type) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


@cache
def _pattern(topic: Topic) -> re.Pattern[str]:
    path = re.escape(topic.path).replace("<path>", ".+")
    return re.compile(re.sub(r"<[a-z]+>", "[a-z0-9_-]+", path))
