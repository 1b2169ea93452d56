"""What indexers offer, what is thought of it, and how it is downloaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from audiobook_daemon.models.books import SeriesPlace


@dataclass(frozen=True, slots=True)
class Query:
    """A question for an indexer; an indexer uses the members it understands and post-filters nothing."""

    title: str
    """Empty when a series, or everything by an author, is looked for."""
    authors: tuple[str, ...] = ()
    series: SeriesPlace | None = None
    """Looked for when there is no title; its position is for those who can ask for one."""
    text: str | None = None
    """A plain text search, wherever a site can look, instead of fields."""
    languages: tuple[str, ...] = ()
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """Where else the very same torrent is offered."""

    source: str
    """The instance."""
    key: str
    extra: Mapping[str, str] = field(default_factory=dict)
    """What that instance needs to fetch it; never secrets."""


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
    dramatised: bool | None = None
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
    seed_ratio: float | None = None
    """The ratio its tracker demands before seeding may end."""
    seed_time: int | None = None
    """The seeding time its tracker demands, in seconds."""
    also: tuple[Offer, ...] = ()
    """Offers of the same torrent by other instances, merged into this one."""
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
    family: str = ""
    """The kind of evidence it rests on (`title`, `author`, `series`, `narrator`, `id`, ...); empty for a plain rule."""
    weight: float = 0.0
    """How it changes the odds that this is the book, as a decimal logarithm: 2 is a hundredfold, -2 a hundredth."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A release that is put before a person, in a few words."""

    number: int
    """The number it is accepted or rejected by, from 1."""
    title: str
    source: str
    key: str
    narrator: str | None = None
    format: str | None = None
    size: int | None = None
    why: str = ""
    """What speaks for it, or what keeps it from being taken."""


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
    seeding: bool | None = None
    """Whether all of it is offered to others now; None if the client does not say or it is about to change."""
    seeding_time: int | None = None
    """Seconds that it has been offered to others since it was complete, if the client counts them."""
