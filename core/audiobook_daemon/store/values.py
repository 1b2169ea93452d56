"""The values that only the store makes; the others are in `audiobook_daemon.models`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from audiobook_daemon.models import Book, Download, Release, Verdict, Wish


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One thing that happened."""

    id: int
    """Grows with time and is never given twice."""
    at: datetime
    kind: str
    """`want_added`, `want_changed` for another state, `want_noted` for another reason or another try in the same one,
    or what `add` was told."""
    want_id: int | None = None
    before: str | None = None
    """The state left, if a want or another thing with states is meant."""
    after: str | None = None
    code: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """One thing that happened, and the book it happened to."""

    event: LoggedEvent
    title: str | None = None
    """None if no book is meant, or its want is gone."""
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A release that was looked at, and what was said of it."""

    release: Release
    verdicts: tuple[Verdict, ...] = ()
    score: float | None = None
    """How sure its identity was, 0 to 1; None when a gate closed before that was asked."""
    lost: str | None = None
    """Why it is not the chosen one, as a sentence; None for the chosen one, and in decisions of older versions."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One look at the market for a want."""

    outcome: str
    """A stable word (`chosen`, `ambiguous`, `no_release`)."""
    reason: str
    queries: tuple[str, ...] = ()
    """What the indexers were asked and how much they found, a line for each question."""
    candidates: tuple[Candidate, ...] = ()
    """The chosen one, else the best first; people name them by their place, from 1."""
    silent: tuple[str, ...] = ()
    """The instances that could not answer."""
    wish: Wish | None = None
    """The wish as it then was; None in decisions of older versions."""
    siblings: tuple[Book, ...] = ()
    """The other books it could have been taken for."""
    at: datetime | None = None
    """The store fills this in when it is None."""
    want_id: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision without its candidates, which are long."""

    id: int
    want_id: int
    title: str
    """Of the wanted book."""
    at: datetime
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """A release that must not be taken again."""

    id: int
    want_id: int | None
    """None when it is blocked for every want."""
    source: str
    key: str
    info_hash: str | None
    code: str
    reason: str
    added: datetime


@dataclass(frozen=True, slots=True)
class DownloadRecord:
    """A download as it was when the client was last asked."""

    download: Download
    want_id: int | None
    added: datetime
    changed: datetime
    """When anything about it last changed."""
    progressed: datetime
    """When bytes last arrived, or it was added."""
    finished: datetime | None
    """When it was first seen READY."""


@dataclass(frozen=True, slots=True)
class DownloadSums:
    """How much has been downloaded to its end."""

    since: int
    """How many since the moment in question."""
    since_size: int
    """Bytes."""
    ever: int
    ever_size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class RunSums:
    """How the last runs of a job or action went."""

    runs: int
    done: int
    """Those that came to their end, with or without warnings."""
    failed: int
    seconds: float | None
    """How long one of those took that came to their end, on the average; None without any."""


@dataclass(frozen=True, slots=True)
class OwedTorrent:
    """A torrent that was complete some time ago, and the sites that offered it and may want it to be seeded."""

    client: str
    id: str
    """Its info-hash."""
    name: str
    finished: datetime
    """When it was first seen complete."""
    sources: tuple[str, ...]
    """The instances that offered it, the one it was taken from first."""
    seed_time: int | None = None
    """Seconds, as demanded with the offer; None if nothing was said or the offer is forgotten."""


@dataclass(frozen=True, slots=True)
class FailedAttempt:
    """Something that failed, once or again and again; kept for ever."""

    task: str
    item_id: str
    item_name: str
    code: str | None
    reason: str
    first_attempt: datetime
    last_attempt: datetime
    attempt_count: int


@dataclass(frozen=True, slots=True)
class FileStep:
    """One reversible step with files: begun before the disk is touched, done after."""

    id: int
    want_id: int | None
    kind: str
    source: str
    target: str
    begun: datetime
    done: datetime | None
    undone: datetime | None
    plan_id: int | None = None
    details: Mapping[str, object] | None = None
    """What it found or did, as far as taking it back needs that."""
