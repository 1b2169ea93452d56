"""What is told instead of events that would be too many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from audiobook_daemon.mqtt.documents.shape import described
from audiobook_daemon.mqtt.happenings.head import EventKind, Happening, Head
from audiobook_daemon.mqtt.payloads import moment


@described
class ManyEvent(Head):
    """More happened in a minute than is told one by one."""

    since: str | None
    """When the first of those happened that were not told."""
    left_out: int
    """How many were not told."""
    actions: dict[str, int]
    """How many of each action, by its name."""


MANY = {
    "book": EventKind("book", "many", ManyEvent, "Events about books that were left out, in numbers."),
    "approval": EventKind("approval", "many", ManyEvent, "Events about approvals that were left out, in numbers."),
}


def many_happening(category: str, since: datetime, actions: Mapping[str, int]) -> Happening:
    """Tell how many events of a category were left out."""
    kind = MANY[category]
    document: ManyEvent = {
        **kind.head(datetime.now(UTC)),
        "since": moment(since),
        "left_out": sum(actions.values()),
        "actions": dict(actions),
    }
    return Happening(kind, document)
