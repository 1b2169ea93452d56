"""What can be asked under `/api`, one file for each kind of thing."""

from __future__ import annotations

from audiobook_daemon.web.api import authors, decisions, events, reviews, series, want_commands, wants
from audiobook_daemon.web.operation import Operation

ROOMS = (
    series.operations,
    authors.operations,
    wants.operations,
    want_commands.operations,
    reviews.operations,
    decisions.operations,
    events.operations,
)


def all_operations() -> tuple[Operation, ...]:
    """Return every operation, in the order of the description."""
    return tuple(operation for room in ROOMS for operation in room)
