"""What happened to our accounts at trackers."""

from __future__ import annotations

from audiobook_daemon.events import StandingSeen
from audiobook_daemon.mqtt.documents.shape import described
from audiobook_daemon.mqtt.documents.tracker import dangers_of, ratio
from audiobook_daemon.mqtt.happenings.head import EventKind, Happening, Head


@described
class TrackerEvent(Head):
    """An account came into danger, or out of it."""

    tracker: str
    """The instance."""
    dangers: list[str]
    """What endangers the account, a sentence each; none if it is safe."""
    ratio: float | None
    """Bytes uploaded for each byte downloaded."""
    free_slots: int | None
    """How many unsatisfied torrents the daemon may still add."""


DANGER = EventKind("tracker", "danger", TrackerEvent, "Our account is in danger, or in more of it than before.")
SAFE = EventKind("tracker", "safe", TrackerEvent, "Our account is out of danger.")


def tracker_happening(event: StandingSeen) -> Happening | None:
    """Tell that an account came into danger, into more of it, or out of it; None if nothing has changed.

    Dangers are counted and not compared: their sentences hold numbers that change each time.
    """
    standing = event.standing
    now, before = len(standing.dangers), len(event.before.dangers) if event.before else 0
    if now > before:
        kind = DANGER
    elif before and not now:
        kind = SAFE
    else:
        return None
    document: TrackerEvent = {
        **kind.head(event.at),
        "tracker": event.instance,
        "dangers": dangers_of(standing),
        "ratio": ratio(standing.ratio),
        "free_slots": standing.free_slots,
    }
    return Happening(kind, document)
