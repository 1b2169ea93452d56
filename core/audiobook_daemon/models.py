"""The values that flow between the rooms and the plugins: frozen, small, without behaviour of their own.

Unknown is None (or an empty tuple), never a guess. Sizes are bytes, times seconds, bitrates kbit/s;
moments are aware datetimes in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """A book's place in one series; `position` stays text, for `2.5` and `1-3` are positions too."""

    name: str
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A work, independent of any recording of it."""

    title: str
    authors: tuple[str, ...] = ()
    subtitle: str | None = None
    series: tuple[SeriesPlace, ...] = ()
    language: str | None = None
    """ISO 639-1, lower case (`en`)."""
    year: int | None = None
    isbn: str | None = None
    asin: str | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """The share of one list: of all wishes under this name, take the first `count` books nobody owns yet."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A book somebody wants, and which recordings of it would do."""

    book: Book
    origin: str = ""
    """The instance that wished, or `manual`."""
    narrators: tuple[str, ...] = ()
    """Preferred readers, the dearest first; empty means any."""
    languages: tuple[str, ...] = ()
    """Accepted languages, ISO 639-1; empty means the configured default."""
    abridged: bool = False
    """Whether an abridged recording is welcome too."""
    runtimes: tuple[float, ...] = ()
    """Known running times of good recordings, in seconds."""
    quota: Quota | None = None
    rank: int | None = None
    """The place in the list it comes from, from 1."""
    note: str | None = None
    """Why it is wished, for people: `most snatched in Fantasy, last 7 days, rank 3`."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one source states about one book; also the changes asked of a library item (None leaves a field)."""

    source: str
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] | None = None
    narrators: tuple[str, ...] | None = None
    series: tuple[SeriesPlace, ...] | None = None
    publisher: str | None = None
    year: int | None = None
    published: str | None = None
    """The date as the source wrote it, ISO 8601, year, month or day."""
    description: str | None = None
    language: str | None = None
    isbn: str | None = None
    asin: str | None = None
    genres: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    runtime: float | None = None
    """Seconds."""
    abridged: bool | None = None
    cover: str | None = None
    """Address of a picture."""
    key: str | None = None
    """The record's id at the source."""
    score: float | None = None
    """How well the record answers the question, 0 to 1; None when an exact id was asked for."""


@dataclass(frozen=True, slots=True)
class ChartRequest:
    """A question for a ranking: the most snatched new audiobooks of one genre."""

    genre: str
    """The genre's English name in lower case with hyphens, as in `science-fiction`."""
    days: int | None = 7
    """How far back an upload may lie to count as new; None for all time."""
    limit: int = 100
    languages: tuple[str, ...] = ()
    """Wanted languages, ISO 639-1; empty means any."""


@dataclass(frozen=True, slots=True)
class ChartEntry:
    """One line of a ranking, the best at rank 1."""

    rank: int
    book: Book
    narrators: tuple[str, ...] = ()
    runtime: float | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question for an indexer; an indexer uses the members it understands and post-filters nothing."""

    title: str
    authors: tuple[str, ...] = ()
    series: SeriesPlace | None = None
    text: str | None = None
    """A plain text search instead of fields."""
    languages: tuple[str, ...] = ()
    limit: int = 50


class Price(StrEnum):
    """What a release costs on its tracker, for this account, now."""

    FREE = "free"
    PAID = "paid"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Release:
    """One offer of an indexer: a torrent that claims to hold some recording."""

    source: str
    """The instance that offers it."""
    key: str
    """Its id there; `source` and `key` together name it."""
    title: str
    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    series: tuple[SeriesPlace, ...] = ()
    language: str | None = None
    formats: tuple[str, ...] = ()
    """File types in lower case (`m4b`, `mp3`)."""
    size: int | None = None
    files: int | None = None
    bitrate: int | None = None
    runtime: float | None = None
    abridged: bool | None = None
    audio: bool | None = None
    """Whether its category is an audiobook's; None if the indexer does not say."""
    categories: tuple[str, ...] = ()
    tags: str | None = None
    isbn: str | None = None
    asin: str | None = None
    seeders: int | None = None
    leechers: int | None = None
    snatches: int | None = None
    price: Price = Price.UNKNOWN
    vip_only: bool = False
    published: datetime | None = None
    page: str | None = None
    """A page for people, without any secret in its address."""
    info_hash: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    """What the instance needs to fetch it again; never secrets."""


class Stance(StrEnum):
    """What a verdict does to a release."""

    VETO = "veto"
    DOUBT = "doubt"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement of one release, with a stable code and a sentence for people."""

    code: str
    stance: Stance
    reason: str
    source: str = "daemon"


@dataclass(frozen=True, slots=True)
class TorrentFile:
    """One file of a torrent; `path` is relative, with `/`, the torrent's top folder included."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Torrent:
    """A .torrent file or a magnet link, ready for a download client."""

    info_hash: str
    """The id download clients use: v1 in 40 hex digits, else the first 40 of v2."""
    name: str
    content: bytes | None = None
    magnet: str | None = None
    files: tuple[TorrentFile, ...] = ()
    """Empty when only a magnet link is known."""
    private: bool = False


class DownloadState(StrEnum):
    """Where a download stands; READY alone means that every byte is there and in its final place."""

    QUEUED = "queued"
    DOWNLOADING = "downloading"
    STALLED = "stalled"
    CHECKING = "checking"
    MOVING = "moving"
    STOPPED = "stopped"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Download:
    """A torrent in a download client, as seen at one moment."""

    client: str
    id: str
    """The info-hash, as the client uses it."""
    state: DownloadState
    name: str = ""
    progress: float = 0.0
    """0 to 1."""
    size: int | None = None
    rate: int | None = None
    """Bytes per second coming in."""
    eta: int | None = None
    """Seconds."""
    path: str | None = None
    """Where its content lies on this machine (path mapping applied): the folder or single file; None until known."""
    root: str | None = None
    """The folder that the torrent's own relative paths start from, on this machine."""
    message: str | None = None
    """What the client says about a fault, in its words."""


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """A book as a library server holds it."""

    library: str
    """The instance."""
    id: str
    book: Book
    narrators: tuple[str, ...] = ()
    runtime: float | None = None
    size: int | None = None
    path: str | None = None
    """Its folder on this machine (path mapping applied)."""
    missing: bool = False
    """The server no longer finds its files."""
    added: datetime | None = None


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
    approved: bool = False
    """A person has accepted the release."""
    client: str | None = None
    download: str | None = None
    """The info-hash, written before the download client is asked."""
    torrent_files: tuple[TorrentFile, ...] = ()
    path: str | None = None
    """Where the finished download lies."""
    folder: str | None = None
    """The folder in the library."""
    library: str | None = None
    item: str | None = None
    """The library item's id."""
    created: datetime | None = None
    changed: datetime | None = None


class Health(StrEnum):
    """How an instance is doing, as shown to people."""

    STARTING = "starting"
    READY = "ready"
    RESTING = "resting"
    NEEDS_PERSON = "needs_person"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class InstanceStatus:
    """One instance as people see it."""

    name: str
    type: str
    roles: tuple[str, ...]
    health: Health
    error: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    """When a resting instance is asked again."""
    version: str | None = None
    """The version of the service behind it, once known."""


class RunOutcome(StrEnum):
    """How a run of a job or action ended."""

    RUNNING = "running"
    SUCCESS = "success"
    WARNING = "warning"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """The daemon ended while it ran."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job or action, as it stands in the history."""

    id: str
    name: str
    trigger: str
    """schedule, catch_up, mqtt, cli, api or start."""
    started: datetime
    outcome: RunOutcome = RunOutcome.RUNNING
    finished: datetime | None = None
    processed: int = 0
    succeeded: int = 0
    failed: int = 0
    summary: str | None = None
    error: str | None = None
    log: str | None = None
    scheduled: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action did, in numbers and one sentence for people."""

    summary: str
    processed: int = 0
    succeeded: int = 0
    failed: int = 0
    data: object = None
    """Anything JSON can hold, for those who asked for more than the sentence."""


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor saw, and how to mend it."""

    level: Level
    text: str
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class JobStatus:
    """A job of the schedule as people see it."""

    name: str
    at: str
    """The cron expression."""
    actions: tuple[str, ...]
    paused: bool = False
    running: bool = False
    next_run: datetime | None = None
    last_run: Run | None = None
    description: str | None = None
