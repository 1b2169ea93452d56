"""What can be asked under `/api`, one file for each kind of thing."""

from __future__ import annotations

from audiobook_daemon.web.api import (
    author_changes,
    authors,
    follows,
    gaps,
    merges,
    series,
    series_changes,
    wants,
)
from audiobook_daemon.web.operation import Operation

ROOMS = (
    series.operations,
    series_changes.operations,
    authors.operations,
    author_changes.operations,
    gaps.operations,
    follows.operations,
    merges.operations,
    wants.operations,
)


def all_operations() -> tuple[Operation, ...]:
    """Return every operation, in the order of the description."""
    return tuple(operation for room in ROOMS for operation in room)
