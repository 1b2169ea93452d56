"""Facts in the past tense, and the bus that carries them; nobody asks questions here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from audiobook_daemon.models import InstanceStatus, Run, Standing, Want, WantState


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened; `at` is aware and in UTC."""

    at: datetime


@dataclass(frozen=True, slots=True)
class WantChanged(Event):
    """A want entered a state, or changed its reason within one."""

    want: Want
    before: WantState | None
    """None for a new want."""


@dataclass(frozen=True, slots=True)
class DownloadsSeen(Event):
    """The download client was asked how the downloads of open wants stand."""


@dataclass(frozen=True, slots=True)
class InstanceChanged(Event):
    """An instance went up, down, or into the hands of a person."""

    status: InstanceStatus


@dataclass(frozen=True, slots=True)
class RunStarted(Event):
    """A job or action began."""

    run: Run


@dataclass(frozen=True, slots=True)
class RunFinished(Event):
    """A job or action ended."""

    run: Run


@dataclass(frozen=True, slots=True)
class GapsFound(Event):
    """Books turned out to be missing from series, of authors, or of what is followed; one event for a whole run."""

    origin: str
    """`series_completion`, `author_completion`, or `follow`."""
    found: int
    """How many are out and not owned that were not known to be missing."""
    announced: int
    """How many were not known and are yet to come."""
    wanted: int
    titles: tuple[str, ...] = ()
    """Some of those found, ten at most, each with its series or author."""


@dataclass(frozen=True, slots=True)
class JobsChanged(Event):
    """A job was paused, resumed, rescheduled, added or removed."""


@dataclass(frozen=True, slots=True)
class RunProgressed(Event):
    """A run that goes on has come further."""

    run: Run
    done: int
    total: int | None
    """None if nobody knows."""
    text: str
    """What is being done."""


@dataclass(frozen=True, slots=True)
class StandingSeen(Event):
    """A tracker was asked how our account stands."""

    instance: str
    standing: Standing
    before: Standing | None
    """What was known until then."""


@dataclass(frozen=True, slots=True)
class SettingsChanged(Event):
    """Somebody has changed a setting of the running daemon, or the configuration was read again."""


@dataclass(frozen=True, slots=True)
class UpdateFound(Event):
    """There is a version newer than the one that runs; told once for each."""

    version: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class InstanceHinted(Event):
    """An instance was told by its service that something has changed there."""

    instance: str
    text: str


@dataclass(frozen=True, slots=True)
class LibraryShrunk(Event):
    """A library has lost so many items at once that nothing was marked as missing; told once until it returns."""

    library: str
    known: int
    """How many it had."""
    lost: int


@dataclass(frozen=True, slots=True)
class LibraryReturned(Event):
    """A library that had shrunk is as it should be."""

    library: str
    books: int


@dataclass(frozen=True, slots=True)
class EventsCondensed(Event):
    """So many events of one kind came at once that notifiers are given this one in their place."""

    count: int
    """How many it stands for."""
    examples: tuple[Event, ...]
    """The first of them, ten at most."""


class Bus:
    """Carries events to everybody who listens, in order, without ever waiting for anybody."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Event], None]] = []

    def publish(self, event: Event) -> None:
        """Tell every listener; a listener that raises is a bug and is reported to the event loop."""
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception as error:  # noqa: BLE001
                asyncio.get_running_loop().call_exception_handler(
                    {"message": f"A listener failed on {type(event).__name__}", "exception": error}
                )

    @contextmanager
    def listening(self, listener: Callable[[Event], None]) -> Iterator[None]:
        """Call `listener` with every event until the block ends."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)
