"""One torrent of the stand-in's tracker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from audiobook_daemon.demo.mam.tables import CATEGORIES


@dataclass(frozen=True, slots=True, kw_only=True)
class MamTorrent:
    """A release as its uploader described it, in plain text; the stand-in adds the site's encodings.

    Raises ValueError for a category the site does not have or a naive `added`.
    """

    id: int
    title: str
    torrent: bytes
    """The content of the .torrent file."""
    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    series: tuple[tuple[str, str], ...] = ()
    """Pairs of name and number text (`1`, `2.5`, `1-3`, empty)."""
    category: int = 42
    """The sub-category (41 is Audiobooks - Fantasy)."""
    language: int = 1
    """The site's number (1 is English)."""
    filetype: str = "m4b"
    """File types, separated by blanks."""
    size: int = 0
    """Bytes."""
    numfiles: int = 1
    seeders: int = 10
    leechers: int = 0
    times_completed: int = 0
    comments: int = 0
    added: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    tags: str = ""
    vip: bool = False
    vip_until: datetime | None = None
    """When the VIP state ends; None means never, if `vip` is set."""
    free: bool = False
    personal_freeleech: bool = False
    bookmarked: datetime | None = None
    snatched: bool = False
    isbn: str | None = None
    """What the uploader wrote there: an ISBN with or without dashes, `ASIN:B0...`, or nothing."""
    description: str | None = None
    """HTML or BBCode."""
    thumbnail: str | None = None
    """The address of the poster."""
    duration: float | None = None
    """Running time in seconds, as the media info states it."""
    bitrate: int | None = None
    """kbit/s, as the media info states it."""
    chapters: tuple[str, ...] = ()
    browseflags: int = 0
    """Bit field: 2 crude, 4 violence, 8 and 16 explicit, 32 abridged, 64 LGBT."""
    owner: tuple[int, str] = (990001, "squeak")
    """The uploader's number and name."""

    def __post_init__(self) -> None:
        if self.category not in CATEGORIES:
            raise ValueError(f"Torrent {self.id} is in category {self.category}, which the site does not have.")
        if self.added.tzinfo is None:
            raise ValueError(f"Torrent {self.id} was added at {self.added}, which names no time zone.")

    @property
    def main_category(self) -> int:
        """13 AudioBooks, 14 E-Books, 15 Musicology, 16 Radio."""
        return CATEGORIES[self.category].main
