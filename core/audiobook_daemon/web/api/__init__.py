"""What can be asked under `/api`, one file for each kind of thing."""

from __future__ import annotations

from audiobook_daemon.web.api import (
    actions,
    authors,
    blocklist,
    books,
    bringing,
    decisions,
    download_commands,
    downloads,
    events,
    failures,
    instances,
    keys,
    reviews,
    runs,
    scheduler,
    series,
    settings,
    switches,
    trash,
    want_commands,
    wants,
)
from audiobook_daemon.web.operation import Operation

ROOMS = (
    books.operations,
    series.operations,
    authors.operations,
    downloads.operations,
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
    blocklist.operations,
    bringing.operations,
    download_commands.operations,
    failures.operations,
    trash.operations,
)


def all_operations() -> tuple[Operation, ...]:
    """Return every operation, in the order of the description."""
    return tuple(operation for room in ROOMS for operation in room)
