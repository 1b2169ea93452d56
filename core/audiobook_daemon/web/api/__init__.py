"""What can be asked under `/api`, one file for each kind of thing."""

from __future__ import annotations

from audiobook_daemon.web.api import (
    actions,
    author_changes,
    authors,
    books,
    decisions,
    events,
    follows,
    gaps,
    instances,
    keys,
    merges,
    reviews,
    runs,
    scheduler,
    series,
    series_changes,
    settings,
    switches,
    want_commands,
    wants,
)
from audiobook_daemon.web.operation import Operation

ROOMS = (
    books.operations,
    series.operations,
    series_changes.operations,
    authors.operations,
    author_changes.operations,
    gaps.operations,
    follows.operations,
    merges.operations,
    wants.operations,
    want_commands.operations,
    reviews.operations,
    decisions.operations,
    scheduler.operations,
    switches.operations,
    actions.operations,
    runs.operations,
    instances.operations,
    settings.operations,
    events.operations,
    keys.operations,
)


def all_operations() -> tuple[Operation, ...]:
    """Return every operation, in the order of the description."""
    return tuple(operation for room in ROOMS for operation in room)
