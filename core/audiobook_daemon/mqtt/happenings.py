"""The documents of what has happened, made from the daemon's events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audiobook_daemon.events import (
    Event,
    GapsFound,
    InstanceChanged,
    LibraryReturned,
    LibraryShrunk,
    RunFinished,
    RunStarted,
    WantChanged,
)
from audiobook_daemon.models import InstanceStatus, Run, RunOutcome, Want, WantState
from audiobook_daemon.mqtt.documents import approval_entry, seconds_of, service_state
from audiobook_daemon.mqtt.payloads import Document, Json, moment
from audiobook_daemon.pipeline.returning.standing import KEPT, RESTORED, UNDONE

_REACHED = {
    WantState.DOWNLOADING: "grabbed",
    WantState.DOWNLOADED: "downloaded",
    WantState.SHELVED: "imported",
    WantState.GIVEN_UP: "failed",
}
_STAGES = {
    WantState.CHOSEN: "grab",
    WantState.DOWNLOADING: "download",
    WantState.DOWNLOADED: "verify",
    WantState.VERIFIED: "shelve",
}
_NO_ARRIVAL = frozenset({KEPT, RESTORED, UNDONE})
"""Codes of wants that stand on the shelf once more, though nothing new has come."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as it is published on `event/<category>/<action>`."""

    category: str
    action: str
    data: Document

    def document(self, id_: str, event: Event) -> Document:
        """Return the payload; `event_type` repeats the topic, for it often stands alone."""
        return {"event_type": f"{self.category}_{self.action}", "id": id_, "at": moment(event.at), **self.data}


def happenings(event: Event) -> Iterator[Happening]:
    """Translate one event of the daemon; most are worth no message or one, some two."""
    match event:
        case WantChanged(want=want, before=before):
            if action := _book_action(want, before):
                yield Happening("book", action, _book(want, _stage(before) if action == "failed" else None))
            if action := _approval_action(want, before):
                yield Happening("approval", action, approval_entry(want))
        case RunStarted(run=run):
            yield Happening("job", "started", _run(run))
        case RunFinished(run=run):
            well = run.outcome in {RunOutcome.SUCCESS, RunOutcome.WARNING}
            yield Happening("job", "succeeded" if well else "failed", _run(run))
        case GapsFound():
            yield Happening("library", "gaps_found", _gaps(event))
        case InstanceChanged(status=status) if (state := service_state(status.health)) != "unknown":
            yield Happening("service", state, _service(status))
        case LibraryShrunk(library=library, known=known, lost=lost):
            yield Happening("library", "shrunk", {"library": library, "books": known, "lost": lost})
        case LibraryReturned(library=library, books=books):
            yield Happening("library", "returned", {"library": library, "books": books})


def _book_action(want: Want, before: WantState | None) -> str | None:
    if before is None:
        return "found" if want.state.open else None
    if want.state is before:
        return None
    if want.state is WantState.SHELVED and want.code in _NO_ARRIVAL:
        return None
    if want.state is WantState.WANTED and before in _STAGES and want.code:
        return "failed"
    return _REACHED.get(want.state)


def _approval_action(want: Want, before: WantState | None) -> str | None:
    if want.state is before:
        return None
    if want.state is WantState.REVIEW:
        return "requested"
    if before is not WantState.REVIEW:
        return None
    if want.state in {WantState.WANTED, WantState.GIVEN_UP, WantState.DROPPED}:
        return "rejected"
    return "approved" if want.approved else None


def _stage(before: WantState | None) -> str:
    return _STAGES.get(before, "choose") if before else "choose"


def _book(want: Want, stage: str | None) -> Document:
    book, release = want.wish.book, want.release
    place = book.series[0] if book.series else None
    runtime = release.runtime if release else None
    error: Json = None if stage is None else {"code": want.code, "message": want.reason}
    return {
        "want_id": want.id,
        "title": book.title,
        "author": book.authors[0] if book.authors else None,
        "series": f"{place.name} #{place.position}" if place and place.position else place.name if place else None,
        "source": want.wish.origin or None,
        "indexer": release.source if release else None,
        "duration_h": None if runtime is None else round(runtime / 3600, 1),
        "size_bytes": release.size if release else None,
        "stage": stage,
        "error": error,
        "retry_at": moment(want.next_try) if stage else None,
    }


def _run(run: Run) -> Document:
    bad = run.outcome not in {RunOutcome.RUNNING, RunOutcome.SUCCESS, RunOutcome.WARNING}
    return {
        "job": run.name,
        "run_id": run.id,
        "trigger": run.trigger,
        "status": run.outcome.value,
        "duration_s": seconds_of(run),
        "summary": run.summary,
        "error": {"code": run.outcome.value, "message": run.error or run.summary} if bad else None,
    }


def _gaps(event: GapsFound) -> Document:
    return {
        "origin": event.origin,
        "found": event.found,
        "announced": event.announced,
        "wanted": event.wanted,
        "titles": list(event.titles),
    }


def _service(status: InstanceStatus) -> Document:
    return {
        "service": status.name,
        "state": service_state(status.health),
        "health": status.health.value,
        "since": moment(status.since),
        "error": status.error,
    }
