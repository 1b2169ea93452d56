"""Messages on their way to and from the broker, free of any MQTT library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

KEY = "idempotency_key"
"""The field, or MQTT 5 user property, of a request that must not be carried out twice."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to publish; `topic` is complete, with the base."""

    topic: str
    payload: bytes
    retained: bool = False
    qos: int = 1
    correlation: bytes | None = None
    """MQTT 5 correlation data, handed back unchanged to whoever asked."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as the broker delivers it."""

    topic: str
    payload: bytes
    retained: bool = False
    response_topic: str | None = None
    correlation: bytes | None = None
    key: str | None = None
    """The MQTT 5 user property `idempotency_key`."""


@dataclass(frozen=True, slots=True)
class Request:
    """One message that came in below `<base>/request/`."""

    path: str
    """What follows `request/`; empty for the topic `request` itself."""
    payload: bytes
    retained: bool = False
    """The sender asked the broker to keep it, so it may be old."""
    response_topic: str | None = None
    """Where an MQTT 5 client wants its answer."""
    correlation: bytes | None = None
    key: str | None = None
    """What an MQTT 5 client says beside the payload for `idempotency_key`."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """The topics that somebody wants to hear of, and who hears."""

    filter: str
    hear: Callable[[Incoming], None]
    live_only: bool = False
    """Nothing that the broker keeps is wanted, and who wants something kept is told."""
    marked: bool = False
    """What the broker keeps is wanted too, and who wants something kept is told."""
    passing: bool = False
    """Wanted only for a moment after each connect."""

    def matches(self, topic: str) -> bool:
        """Tell whether the filter, with `+` for one level and `#` for the end, means this topic."""
        wanted, given = self.filter.split("/"), topic.split("/")
        if wanted[-1] == "#":
            wanted, given = wanted[:-1], given[: len(wanted) - 1]
        return len(wanted) == len(given) and all(want in {"+", have} for want, have in zip(wanted, given, strict=True))
