"""What happened to instances of plugins."""

from __future__ import annotations

from audiobook_daemon.events import InstanceChanged
from audiobook_daemon.models import Health
from audiobook_daemon.mqtt.documents.service import ServiceState, service_state
from audiobook_daemon.mqtt.documents.shape import described
from audiobook_daemon.mqtt.happenings.head import EventKind, Happening, Head
from audiobook_daemon.mqtt.payloads import moment


@described
class ServiceEvent(Head):
    """An instance fell, or came back."""

    service: str
    """The instance."""
    state: ServiceState
    """`up` or `down`."""
    health: Health
    """The same in more words."""
    since: str | None
    """Since when it is so."""
    error: str | None
    """What is wrong, as a sentence."""


SERVICE = {
    "up": EventKind("service", "up", ServiceEvent, "An instance that was down is up again."),
    "down": EventKind("service", "down", ServiceEvent, "An instance does not do its work; `error` tells why."),
}


def service_happening(event: InstanceChanged) -> Happening | None:
    """Tell that an instance is up or down; None while nobody knows."""
    status = event.status
    kind = SERVICE.get(service_state(status.health))
    if kind is None:
        return None
    document: ServiceEvent = {
        **kind.head(event.at),
        "service": status.name,
        "state": service_state(status.health),
        "health": status.health,
        "since": moment(status.since),
        "error": status.error,
    }
    return Happening(kind, document)
