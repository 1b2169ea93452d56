"""What happened to the daemon itself."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.events import UpdateFound
from audiobook_daemon.mqtt.documents.shape import NAME_LENGTH, described
from audiobook_daemon.mqtt.happenings.head import EventKind, Happening, Head
from audiobook_daemon.mqtt.payloads import shortened


@described
class SystemEvent(Head):
    """The daemon started, or is about to stop."""

    version: str
    """The version of the program."""


@described
class UpdateEvent(Head):
    """There is a newer version; told once for each."""

    latest_version: str
    """The newer version."""
    release_url: str | None
    """Where to read on."""


STARTED = EventKind("system", "started", SystemEvent, "The daemon has started; not told again when it reconnects.")
STOPPING = EventKind("system", "stopping", SystemEvent, "The daemon stops of its own will.")
UPDATE_AVAILABLE = EventKind("system", "update_available", UpdateEvent, "There is a newer version of the program.")


def system_happening(kind: EventKind, at: datetime, version: str) -> Happening:
    """Tell that the daemon started or stops."""
    document: SystemEvent = {**kind.head(at), "version": shortened(version, NAME_LENGTH)}
    return Happening(kind, document)


def update_happening(event: UpdateFound) -> Happening:
    """Tell of a newer version."""
    document: UpdateEvent = {
        **UPDATE_AVAILABLE.head(event.at),
        "latest_version": shortened(event.version, NAME_LENGTH),
        "release_url": event.url,
    }
    return Happening(UPDATE_AVAILABLE, document)
