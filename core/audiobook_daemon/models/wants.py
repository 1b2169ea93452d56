"""A book on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audiobook_daemon.models.books import Wish
from audiobook_daemon.models.releases import Proposal, Release, TorrentFile


class WantState(StrEnum):
    """The states of a book on its way; see core/README.md for the picture."""

    WANTED = "wanted"
    REVIEW = "review"
    CHOSEN = "chosen"
    DOWNLOADING = "downloading"
    DOWNLOADED = "downloaded"
    VERIFIED = "verified"
    SHELVED = "shelved"
    OWNED = "owned"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"

    @property
    def open(self) -> bool:
        """Whether the daemon or a person still has something to do."""
        return self not in CLOSED_STATES


CLOSED_STATES = frozenset({WantState.SHELVED, WantState.OWNED, WantState.GIVEN_UP, WantState.DROPPED})


@dataclass(frozen=True, slots=True)
class Replaced:
    """The edition in a library that a better one is to take the place of."""

    library: str
    item: str
    folder: str
    """Its folder on this machine."""
    state: WantState = WantState.OWNED
    """How the want stood: SHELVED for what was shelved for it, OWNED for what was there before."""
    release: Release | None = None
    """What was shelved, with all that is known of its download; the torrent goes on seeding."""
    client: str | None = None
    download: str | None = None
    torrent_files: tuple[TorrentFile, ...] = ()
    selection: tuple[str, ...] = ()
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Want:
    """A book on its way, as it stands in the database; stages return changes, the store alone writes."""

    id: int
    key: str
    """What makes two wishes one book: normalised title, first author and position."""
    wish: Wish
    state: WantState
    version: int
    """Grows with every change; a change based on an older version is refused."""
    code: str | None = None
    """Why it stands or waits where it is, as a stable word (`no_release`, `ambiguous`, `auto_grab_off`)."""
    reason: str | None = None
    """The same as a sentence for people."""
    attempts: int = 0
    """Searches that ended without an acceptable release."""
    faults: int = 0
    """Transport faults in a row in the present state."""
    next_try: datetime | None = None
    """Not before; None means at once."""
    release: Release | None = None
    proposals: tuple[Proposal, ...] = ()
    """What a person may choose among while it stands in REVIEW, the best first."""
    approved: bool = False
    """A person has accepted the release."""
    client: str | None = None
    download: str | None = None
    """The info-hash, written before the download client is asked."""
    torrent_files: tuple[TorrentFile, ...] = ()
    selection: tuple[str, ...] = ()
    """The paths among `torrent_files` that are this book, in reading order, if the torrent holds others too, or if the
    names do not tell the order; empty for all its audio in the order of the names."""
    path: str | None = None
    """Where the finished download lies."""
    folder: str | None = None
    """The folder in the library."""
    library: str | None = None
    item: str | None = None
    """The library item's id."""
    replaces: Replaced | None = None
    """The edition that leaves, or has left, for the trash when this one stands in the library; None for a book nobody
    had before."""
    created: datetime | None = None
    changed: datetime | None = None
