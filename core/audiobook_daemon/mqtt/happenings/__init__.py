"""The documents of what has happened, made from the daemon's events; and the table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audiobook_daemon.events import (
    Event,
    GapsFound,
    InstanceChanged,
    LibraryReturned,
    LibraryShrunk,
    RunFinished,
    RunStarted,
    StandingSeen,
    UpdateFound,
    WantChanged,
)
from audiobook_daemon.mqtt.happenings.books import APPROVAL, BOOK, want_happenings
from audiobook_daemon.mqtt.happenings.head import EventKind, Happening
from audiobook_daemon.mqtt.happenings.libraries import (
    GAPS_FOUND,
    RETURNED,
    SHRUNK,
    gaps_happening,
    returned_happening,
    shrunk_happening,
)
from audiobook_daemon.mqtt.happenings.many import MANY, many_happening
from audiobook_daemon.mqtt.happenings.runs import JOB, run_happening
from audiobook_daemon.mqtt.happenings.services import SERVICE, service_happening
from audiobook_daemon.mqtt.happenings.system import (
    STARTED,
    STOPPING,
    UPDATE_AVAILABLE,
    system_happening,
    update_happening,
)
from audiobook_daemon.mqtt.happenings.trackers import DANGER, SAFE, tracker_happening

__all__ = ["KINDS", "MANY", "STARTED", "STOPPING", "EventKind", "Happening", "happenings", "many_happening",
           "system_happening"]  # fmt: skip

KINDS: tuple[EventKind, ...] = (
    *BOOK.values(),
    MANY["book"],
    *APPROVAL.values(),
    MANY["approval"],
    *JOB.values(),
    GAPS_FOUND,
    SHRUNK,
    RETURNED,
    *SERVICE.values(),
    DANGER,
    SAFE,
    STARTED,
    STOPPING,
    UPDATE_AVAILABLE,
)
"""Every kind of event, by category."""


def happenings(event: Event, transaction_of: Callable[[str], str | None]) -> Iterator[Happening]:
    """Translate one event of the daemon; most are worth no message or one, some two.

    `transaction_of` returns the transaction of the request that started a run.
    """
    match event:
        case WantChanged():
            yield from want_happenings(event)
        case RunStarted() | RunFinished():
            yield run_happening(event, transaction_of(event.run.id))
        case GapsFound():
            yield gaps_happening(event)
        case LibraryShrunk():
            yield shrunk_happening(event)
        case LibraryReturned():
            yield returned_happening(event)
        case UpdateFound():
            yield update_happening(event)
        case InstanceChanged():
            yield from _one(service_happening(event))
        case StandingSeen():
            yield from _one(tracker_happening(event))


def _one(happening: Happening | None) -> Iterator[Happening]:
    if happening is not None:
        yield happening
