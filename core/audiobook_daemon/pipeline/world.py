"""What a stage may touch: the instances, the database, the clock, and the settings of the day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.events import Bus, WantChanged
from audiobook_daemon.host import Host
from audiobook_daemon.matching import Rules
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.shelving import Method, Naming
from audiobook_daemon.store import BookChange, Database


class Decode(StrEnum):
    """How much of a finished download is decoded by ffmpeg."""

    AUTO = "auto"
    """The beginning and the end of each file, where ffmpeg is installed."""
    ALWAYS = "always"
    """Everything; without ffmpeg a download waits."""
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration says about the way of a book."""

    dry_run: bool = False
    auto_grab: frozenset[str] = frozenset()
    """The import lists whose wishes are grabbed without asking a person."""
    download_client: str | None = None
    library: str | None = None
    rules: Rules = field(default_factory=Rules)
    candidates: int = 50
    """How many releases one indexer is asked for."""
    most_queries: int = 4
    """How many questions one indexer is asked in one search."""
    ladder: tuple[timedelta, ...] = (timedelta(days=1), timedelta(days=3), timedelta(days=7))
    """The waits after searches without an acceptable release; the last one repeats."""
    give_up_after: int = 12
    """Searches without an acceptable release."""
    first_retry: timedelta = timedelta(minutes=1)
    longest_retry: timedelta = timedelta(minutes=30)
    stalled_after: timedelta = timedelta(days=3)
    runtime_tolerance: float = 0.02
    """The share by which a recording may differ from a known running time."""
    runtime_doubtful: float = 0.05
    """The share by which it may differ if its narrator or its ASIN is that of the known edition."""
    decode: Decode = Decode.AUTO
    naming: Naming = field(default_factory=Naming.default)
    """How folders and files are named."""
    methods: tuple[Method, ...] = (Method.HARDLINK, Method.REFLINK, Method.COPY)
    check_content: bool = True
    """Whether a copy is compared with its source byte by byte."""
    sidecars: frozenset[str] = frozenset()
    """What is put beside the audio: `metadata`, `cover`."""
    keep_free: int = 1_000_000_000
    """Bytes that stay free on the disks of downloads and library."""
    upgrade: bool = False
    """Whether a better edition may take the place of an owned one."""
    trash: timedelta = timedelta(days=30)
    """How long what was taken out of a library can be put back."""
    most_lost: float = 0.1
    """The share of a library's items that may go missing between two readings."""
    least_lost: int = 10
    """So many may always go missing."""


async def _nobody_minds(changes: Sequence[BookChange]) -> None:
    del changes


@dataclass(slots=True)
class World:
    """Everything around the stages; `settings` is replaced as a whole when the configuration is read again."""

    host: Host
    database: Database
    bus: Bus
    now: Callable[[], datetime]
    settings: Settings
    since: datetime = field(init=False)
    """When the daemon began to look."""
    folders: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a want chooses its folder in the library, so that no two choose the same."""
    reading: dict[str, asyncio.Lock] = field(default_factory=dict)
    """Held while a library is read, by its name."""
    edited: Callable[[Sequence[BookChange]], Awaitable[None]] = _nobody_minds
    """Awaited with the known items that say something else of their books than before, after they are on disk."""
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while metadata is written to a library: what is under way must not look like what a crash has left."""
    returning: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while books are taken out of a library or put back: what is under way must not look like what a crash has
    left."""
    probing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while it is tried what the disks can do."""
    said: set[str] = field(default_factory=set)
    """What was told once and need not be told again."""
    asking: dict[Path, asyncio.Task[object]] = field(default_factory=dict)
    """The disks that are being asked, by a place on each: one that hangs is not asked again until it answers."""

    def __post_init__(self) -> None:
        self.since = self.now()

    def library(self) -> str:
        """The library new books go to; raises Unavailable if there is none."""
        if self.settings.library is None:
            raise Unavailable("No library is configured; add audiobookshelf under `plugins:`.")
        return self.settings.library

    def download_client(self) -> str:
        """The download client new releases go to; raises Unavailable if there is none."""
        if self.settings.download_client is None:
            raise Unavailable("No download client is configured; add qbittorrent under `plugins:`.")
        return self.settings.download_client

    def tell(self, want: Want, before: WantState | None) -> None:
        """Publish that a want has changed; called after the change is on disk."""
        self.bus.publish(WantChanged(at=self.now(), want=want, before=before))
