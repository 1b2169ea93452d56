"""What can be asked under `/api`, one file for each kind of thing."""

from __future__ import annotations

from audiobook_daemon.web.api import (
    actions,
    authors,
    backups,
    blocklist,
    books,
    bringing,
    decisions,
    download_commands,
    downloads,
    events,
    failures,
    figures,
    health,
    instances,
    maintenance,
    reports,
    reviews,
    root,
    runs,
    scheduler,
    series,
    settings,
    switches,
    system,
    trash,
    want_commands,
    wants,
)
from audiobook_daemon.web.operation import Operation

ROOMS = (
    books.operations,
    series.operations,
    authors.operations,
    wants.operations,
    want_commands.operations,
    reviews.operations,
    decisions.operations,
    downloads.operations,
    blocklist.operations,
    scheduler.operations,
    switches.operations,
    actions.operations,
    runs.operations,
    instances.operations,
    settings.operations,
    system.operations,
    maintenance.operations,
    reports.operations,
    backups.operations,
    events.operations,
    health.operations,
    figures.operations,
    root.operations,
    bringing.operations,
    download_commands.operations,
    failures.operations,
    trash.operations,
)


def all_operations() -> tuple[Operation, ...]:
    """Return every operation, in the order of the description."""
    return tuple(operation for room in ROOMS for operation in room)
