"""A want: in a line for lists, and whole."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.models import Want, WantState
from audiobook_daemon.pipeline import possible
from audiobook_daemon.store import LoggedEvent
from audiobook_daemon.web.answers import Answered
from audiobook_daemon.web.told.books import SeriesPlaceTold, WishTold, wish_told
from audiobook_daemon.web.told.releases import ReleaseTold, release_told


class ProposalTold(Answered):
    """A release that a person may take, in a few words."""

    number: int
    """What it is accepted or rejected by."""
    title: str
    source: str
    narrator: str | None = None
    format: str | None = None
    size: int | None = None
    """Bytes."""
    why: str
    """What speaks for it, or what keeps it from being taken."""


class WantLine(Answered):
    """A book on its way, in a few words."""

    id: int
    title: str
    author: str | None = None
    series: tuple[SeriesPlaceTold, ...] = ()
    state: WantState
    open: bool
    """Whether the daemon or a person still has something to do."""
    code: str | None = None
    """Why it stands or waits where it is, as a stable word."""
    reason: str | None = None
    """The same as a sentence."""
    origin: str | None = None
    """The list that wishes it, or `manual` for a person."""
    rank: int | None = None
    release: str | None = None
    """The title of its release."""
    attempts: int = 0
    """Searches without an acceptable release."""
    next_try: datetime | None = None
    """It waits until then; null if it does not wait."""
    created: datetime
    changed: datetime
    possible: list[str]
    """The actions it takes as it stands (`accept`, `search_again`, `drop`)."""


class WantTold(WantLine):
    """A book on its way, with all that is known of it."""

    wish: WishTold
    offer: ReleaseTold | None = None
    """Its release."""
    proposals: tuple[ProposalTold, ...] = ()
    """What a person may choose among while it stands in `review`, the best first."""
    approved: bool = False
    """Whether a person has accepted the release."""
    faults: int = 0
    """Faults in a row of services, as it stands."""
    client: str | None = None
    """The download client."""
    download: str | None = None
    """The info-hash of its torrent."""
    path: str | None = None
    """Where the finished download lies."""
    library: str | None = None
    item: str | None = None
    """The library's item."""
    folder: str | None = None
    """Its folder in the library."""
    replaces: str | None = None
    """The folder of the edition that leaves, or has left, for it."""


class WantEvent(Answered):
    """Something that happened to a want."""

    id: int
    at: datetime
    kind: str
    before: str | None = None
    """The state it left."""
    after: str | None = None
    code: str | None = None
    reason: str | None = None


def want_line(want: Want) -> WantLine:
    """Tell of a want in a few words."""
    return WantLine.model_validate(_line(want))


def want_told(want: Want) -> WantTold:
    """Tell all of a want."""
    return WantTold.model_validate(
        _line(want)
        | {
            "wish": wish_told(want.wish),
            "offer": release_told(want.release) if want.release else None,
            "proposals": [ProposalTold.model_validate(one) for one in want.proposals],
            "approved": want.approved,
            "faults": want.faults,
            "client": want.client,
            "download": want.download,
            "path": want.path,
            "library": want.library,
            "item": want.item,
            "folder": want.folder,
            "replaces": want.replaces.folder if want.replaces else None,
        }
    )


def event_told(event: LoggedEvent) -> WantEvent:
    """Tell of an event."""
    return WantEvent.model_validate(event)


def _line(want: Want) -> dict[str, object]:
    book = want.wish.book
    return {
        "id": want.id,
        "title": book.title,
        "author": book.authors[0] if book.authors else None,
        "series": list(book.series),
        "state": want.state,
        "open": want.state.open,
        "code": want.code,
        "reason": want.reason,
        "origin": want.wish.origin or None,
        "rank": want.wish.rank,
        "release": want.release.title if want.release else None,
        "attempts": want.attempts,
        "next_try": want.next_try,
        "created": want.created,
        "changed": want.changed,
        "possible": possible(want),
    }
