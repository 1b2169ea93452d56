"""One instance of a plugin, and the service behind it."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from audiobook_daemon.models import Health, InstanceStatus
from audiobook_daemon.mqtt.documents.shape import NAME_LENGTH, cut, described, names, readable
from audiobook_daemon.mqtt.payloads import moment, shortened

ServiceState = Literal["up", "down", "unknown"]
_STATES: dict[Health, ServiceState] = {Health.READY: "up", Health.STARTING: "unknown"}


@described
class ServiceDocument(TypedDict):
    """One instance of a plugin."""

    id: str
    """Its name in the configuration."""
    name: str
    """Its name for people."""
    type: str
    """The type of plugin."""
    roles: list[str]
    """What it is good for (`Indexer`, `Library`)."""
    state: ServiceState
    """`unknown` while it starts."""
    health: Health
    """The same in more words: a `resting` one is asked again by itself, `needs_person` waits for a person."""
    since: str | None
    """Since when it is so."""
    until: str | None
    """When a resting one is asked again."""
    version: str | None
    """The version of the service behind it."""
    latency_ms: int | None
    """Milliseconds that its last answer took; a new figure once a minute at most."""
    error: str | None
    """What is wrong, as a sentence."""
    auto_grab: bool | None
    """Whether books of this list are grabbed without a person's consent; null if it is no list."""


def service_document(instance: InstanceStatus, auto_grab: bool | None = None) -> ServiceDocument:
    """Describe one instance; `auto_grab` is None for what is no list of wishes."""
    return {
        "id": shortened(instance.name, NAME_LENGTH),
        "name": readable(instance.name),
        "type": shortened(instance.type, NAME_LENGTH),
        "roles": names(instance.roles),
        "state": service_state(instance.health),
        "health": instance.health,
        "since": moment(instance.since),
        "until": moment(instance.until),
        "version": cut(instance.version, NAME_LENGTH),
        "latency_ms": None if instance.latency is None else round(instance.latency * 1000),
        "error": instance.error,
        "auto_grab": auto_grab,
    }


def service_state(health: Health) -> ServiceState:
    """Return `up`, `down` or `unknown`."""
    return _STATES.get(health, "down")
