"""What can be asked under `/api`, one file for each kind of thing."""

from __future__ import annotations

from audiobook_daemon.web.api import (<<<<<<< HEAD
    authors, =======
    actions, >>>>>>> system
    want_commands, books, decisions, events, instances, keys, reviews, runs, scheduler, series, settings, switches, wants,)
from audiobook_daemon.web.operation import Operation

ROOMS = (wants.operations, keys.operations,)


def all_operations() -> tuple[Operation, ...]:
    """Return every operation, in the order of the description."""
    return tuple(operation for room in ROOMS for operation in room)
