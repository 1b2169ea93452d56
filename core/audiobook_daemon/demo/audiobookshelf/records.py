"""What the stand-in for Audiobookshelf remembers: one library with its items, authors and series.

Files and audio files are kept in the words of the real server, because it stores them as JSON as well. Times are
milliseconds since the epoch.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypedDict

TEXT_KEYS = (
    "title", "subtitle", "publishedYear", "publishedDate", "publisher", "description", "isbn", "asin", "language",
)  # fmt: skip


def now() -> int:
    """Give the present time in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """Invent an id as the server does."""
    return str(uuid.uuid4())


class FileMetadata(TypedDict):
    """A file on disk; `relPath` is relative to the item's folder, `size` in bytes."""

    filename: str
    ext: str
    path: str
    relPath: str
    size: int
    mtimeMs: int
    ctimeMs: int
    birthtimeMs: int


class LibraryFile(TypedDict):
    """Any file of an item; `fileType` is audio, ebook, image, text, metadata or unknown."""

    ino: str
    metadata: FileMetadata
    isSupplementary: bool | None
    addedAt: int
    updatedAt: int
    fileType: str


class Chapter(TypedDict):
    """One chapter; start and end in seconds from the beginning of the book."""

    id: int
    start: float
    end: float
    title: str


class AudioFile(TypedDict):
    """One audio file; `duration` in seconds, `bitRate` in bit/s."""

    index: int
    ino: str
    metadata: FileMetadata
    addedAt: int
    updatedAt: int
    trackNumFromMeta: int | None
    discNumFromMeta: int | None
    trackNumFromFilename: int | None
    discNumFromFilename: int | None
    manuallyVerified: bool
    exclude: bool
    error: str | None
    format: str
    duration: float
    bitRate: int | None
    language: str | None
    codec: str
    timeBase: str
    channels: int | None
    channelLayout: str | None
    chapters: list[Chapter]
    embeddedCoverArt: str | None
    metaTags: dict[str, str]
    mimeType: str


@dataclass(slots=True)
class Author:
    """An author of the library; the name is unique whatever its case."""

    id: str
    name: str
    added_at: int
    updated_at: int


@dataclass(slots=True)
class Series:
    """A series of the library; the name is unique whatever its case."""

    id: str
    name: str
    added_at: int
    updated_at: int


@dataclass(slots=True)
class SeriesPlace:
    """The place of a book in a series: the series' id and a free text such as `2.5`."""

    id: str
    sequence: str | None


@dataclass(slots=True)
class Item:
    """One library item: a folder (or a single file in the library's root) with one book in it.

    `cover` is the path the server reports. A picture that does not lie in the folder is kept in `cover_image` (base64).
    """

    id: str
    media_id: str
    ino: str
    rel_path: str
    is_file: bool
    mtime_ms: int
    ctime_ms: int
    birthtime_ms: int
    added_at: int
    updated_at: int
    last_scan: int
    is_missing: bool = False
    texts: dict[str, str | None] = field(default_factory=lambda: dict.fromkeys(TEXT_KEYS))
    authors: list[str] = field(default_factory=list)
    narrators: list[str] = field(default_factory=list)
    series: list[SeriesPlace] = field(default_factory=list)
    genres: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    explicit: bool = False
    abridged: bool = False
    chapters: list[Chapter] = field(default_factory=list)
    library_files: list[LibraryFile] = field(default_factory=list)
    audio_files: list[AudioFile] = field(default_factory=list)
    cover: str | None = None
    cover_image: str | None = None

    def touch(self) -> None:
        """Note a change; two changes within one millisecond still get two different times."""
        self.updated_at = max(now(), self.updated_at + 1)

    def size(self) -> int:
        """Give the size of all files in bytes."""
        return sum(file["metadata"]["size"] for file in self.library_files)

    def duration(self) -> float:
        """Give the playing time of all audio files in seconds."""
        return sum(file["duration"] for file in self.audio_files)


@dataclass(slots=True)
class Shelf:
    """The one library of the stand-in and everything in it."""

    name: str
    library_id: str = field(default_factory=new_id)
    folder_id: str = field(default_factory=new_id)
    created_at: int = field(default_factory=now)
    last_update: int = field(default_factory=now)
    last_scan: int | None = None
    items: dict[str, Item] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)

    def author_known(self, name: str) -> Author | None:
        """Find an author by name, whatever its case."""
        return next((author for author in self.authors.values() if author.name.lower() == name.lower()), None)

    def author_named(self, name: str) -> Author:
        """Find an author by name or create one."""
        if known := self.author_known(name):
            return known
        author = Author(new_id(), name, now(), now())
        self.authors[author.id] = author
        return author

    def series_named(self, name: str) -> Series:
        """Find a series by name, whatever its case, or create one."""
        for series in self.series.values():
            if series.name.lower() == name.lower():
                return series
        series = Series(new_id(), name, now(), now())
        self.series[series.id] = series
        return series

    def drop_emptied(self) -> None:
        """Forget authors and series without a book, as the server does; they come back with another id."""
        written = {author for item in self.items.values() for author in item.authors}
        placed = {place.id for item in self.items.values() for place in item.series}
        self.authors = {key: author for key, author in self.authors.items() if key in written}
        self.series = {key: series for key, series in self.series.items() if key in placed}

    def author_names(self, item: Item) -> list[str]:
        """Give the names of the item's authors in their order."""
        return [self.authors[author].name for author in item.authors]

    def items_by(self, author: str) -> Iterable[Item]:
        """Give the items of the author with this id."""
        return [item for item in self.items.values() if author in item.authors]

    def items_in(self, series: str) -> Iterable[Item]:
        """Give the items of the series with this id."""
        return [item for item in self.items.values() if any(place.id == series for place in item.series)]


def number(value: float) -> float:
    """Give a whole number without a decimal point, as JavaScript writes it."""
    return int(value) if float(value).is_integer() else value
