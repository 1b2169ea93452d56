"""What happened to books on their way, and to those that wait for a person."""

from __future__ import annotations

from collections.abc import Iterator

from typing_extensions import TypedDict

from audiobook_daemon.events import WantChanged
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.mqtt.documents.approvals import Approval, approval_entry
from audiobook_daemon.mqtt.documents.library import hours
from audiobook_daemon.mqtt.documents.shape import NAME_LENGTH, SENTENCE_LENGTH, TITLE_LENGTH, cut, described
from audiobook_daemon.mqtt.happenings.head import EventKind, Happening, Head, Opening
from audiobook_daemon.mqtt.payloads import moment, shortened
from audiobook_daemon.pipeline.returning.standing import KEPT, RESTORED, UNDONE


@described
class Reason(TypedDict):
    """Why something did not go well."""

    code: str | None
    """The reason as a stable word."""
    message: str | None
    """The same as a sentence."""


@described
class BookEvent(Head):
    """Something happened to a book on its way."""

    want_id: int
    """The id of the want."""
    title: str
    """The book."""
    author: str | None
    """Its first author."""
    series: str | None
    """Its series, with its place (`Dune #1`)."""
    source: str | None
    """Where the wish comes from: a list, `series_completion`, a person."""
    indexer: str | None
    """The indexer of the release."""
    duration_h: float | None
    """Hours of listening, as the release says."""
    size_bytes: int | None
    """Bytes of the release."""
    stage: str | None
    """Where it failed: choose, grab, download, verify or shelve; null if it did not."""
    error: Reason | None
    """Why it failed."""
    retry_at: str | None
    """When it is tried again after a failure."""


@described
class ApprovalEvent(Opening, Approval):
    """A release waits for a person, or does so no longer; `id` is the want's, as in `approvals`."""

    want_id: int
    """The same once more, by the name it has in the events of books."""


_BOOK = {
    "found": "A book is wanted that was not before.",
    "grabbed": "A release was handed to the download client.",
    "downloaded": "The download is complete.",
    "imported": "The book stands in the library.",
    "failed": "A stage failed, or the book was given up; `stage`, `error` and `retry_at` tell more.",
}
_APPROVAL = {
    "requested": "A release waits for a person's decision.",
    "approved": "A person has accepted a release.",
    "rejected": "A person has refused a release, or the book is no longer looked for.",
}
BOOK = {action: EventKind("book", action, BookEvent, text) for action, text in _BOOK.items()}
APPROVAL = {action: EventKind("approval", action, ApprovalEvent, text) for action, text in _APPROVAL.items()}

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


def want_happenings(event: WantChanged) -> Iterator[Happening]:
    """Tell what a changed want means for the book, and for the person who is asked."""
    want, before = event.want, event.before
    if action := _book_action(want, before):
        kind = BOOK[action]
        yield Happening(kind, _book(kind.head(event.at), want, _stage(before) if action == "failed" else None))
    if action := _approval_action(want, before):
        kind = APPROVAL[action]
        yield Happening(kind, _approval(kind.opening(event.at), want))


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


def _book(head: Head, want: Want, stage: str | None) -> BookEvent:
    book, release = want.wish.book, want.release
    place = book.series[0] if book.series else None
    series = f"{place.name} #{place.position}" if place and place.position else place.name if place else None
    return {
        **head,
        "want_id": want.id,
        "title": shortened(book.title, TITLE_LENGTH),
        "author": cut(book.authors[0], TITLE_LENGTH) if book.authors else None,
        "series": cut(series, TITLE_LENGTH),
        "source": cut(want.wish.origin, NAME_LENGTH) or None,
        "indexer": cut(release.source, NAME_LENGTH) if release else None,
        "duration_h": hours(release.runtime) if release else None,
        "size_bytes": release.size if release else None,
        "stage": stage,
        "error": None if stage is None else {"code": want.code, "message": cut(want.reason, SENTENCE_LENGTH)},
        "retry_at": moment(want.next_try) if stage else None,
    }


def _approval(opening: Opening, want: Want) -> ApprovalEvent:
    return {**opening, **approval_entry(want), "want_id": want.id}
