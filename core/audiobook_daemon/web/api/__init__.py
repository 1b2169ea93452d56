"""What can be asked under `/api`, one file for each kind of thing."""

from __future__ import annotations

from audiobook_daemon.web.api import (
    blocklist,
    bringing,
    decisions,
    download_commands,
    downloads,
    failures,
    reviews,
    trash,
    want_commands,
    wants,
)
from audiobook_daemon.web.operation import Operation

ROOMS = (
    wants.operations,
    want_commands.operations,
    reviews.operations,
    decisions.operations,
    downloads.operations,
    bringing.operations,
    download_commands.operations,
    failures.operations,
    blocklist.operations,
    trash.operations,
)


def all_operations() -> tuple[Operation, ...]:
    """Return every operation, in the order of the description."""
    return tuple(operation for room in ROOMS for operation in room)
