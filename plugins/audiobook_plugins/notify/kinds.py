"""What people can be told of, and what kind an event is; pure."""

from __future__ import annotations

from enum import StrEnum

from audiobook_daemon import (
    Event,
    EventsCondensed,
    GapsFound,
    InstanceChanged,
    LibraryReturned,
    LibraryShrunk,
    RunFinished,
    StandingSeen,
    UpdateFound,
    WantChanged,
    WantState,
)


class Kind(StrEnum):
    """The kinds of messages, as they stand in the configuration."""

    SHELVED = "shelved"
    GRABBED = "grabbed"
    REVIEW = "review"
    FAILED = "failed"
    GAPS = "gaps"
    SERVICE = "service"
    JOB = "job"
    LIBRARY = "library"
    TRACKER = "tracker"
    UPDATE = "update"


HEADINGS = {
    Kind.SHELVED: "On the shelf",
    Kind.GRABBED: "Being downloaded",
    Kind.REVIEW: "For you to decide",
    Kind.FAILED: "Gone wrong",
    Kind.GAPS: "Missing books",
    Kind.SERVICE: "Services",
    Kind.JOB: "Jobs",
    Kind.LIBRARY: "Library",
    Kind.TRACKER: "Trackers",
    Kind.UPDATE: "New version",
}
_OF_STATES = {
    WantState.SHELVED: Kind.SHELVED,
    WantState.DOWNLOADING: Kind.GRABBED,
    WantState.REVIEW: Kind.REVIEW,
    WantState.GIVEN_UP: Kind.FAILED,
    WantState.WANTED: Kind.FAILED,
}


def kind_of(event: Event) -> Kind | None:
    """Say what an event is about; None for one that nobody is told of."""
    match event:
        case WantChanged(want=want):
            return _OF_STATES.get(want.state)
        case GapsFound():
            return Kind.GAPS
        case InstanceChanged():
            return Kind.SERVICE
        case RunFinished():
            return Kind.JOB
        case LibraryShrunk() | LibraryReturned():
            return Kind.LIBRARY
        case StandingSeen():
            return Kind.TRACKER
        case UpdateFound():
            return Kind.UPDATE
        case EventsCondensed(examples=examples) if examples:
            return kind_of(examples[0])
        case _:
            return None
