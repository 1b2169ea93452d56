"""The shapes of Audiobookshelf's answers, as far as we read them; minified and expanded items share one shape."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

# Text is free text throughout; nothing keeps ASINs, years or positions in any form.
Id = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Whole = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Seconds = Annotated[float, Meta(ge=0, le=1e12)]


class Record(Struct, frozen=True, gc=False):
    """The base of all answers: unknown members are no mistake."""


class Person(Record, frozen=True):
    """An author of an expanded item."""

    name: str


class Place(Record, frozen=True):
    """A series of an expanded item."""

    name: str
    sequence: str | None = None


class Metadata(Record, frozen=True):
    """What an item says about its book: lists when expanded, joined names when minified."""

    title: str | None = None
    subtitle: str | None = None
    authors: list[Person] | None = None
    authorName: str | None = None  # noqa: N815 - here and below the service's own spelling
    narrators: list[str] | None = None
    narratorName: str | None = None  # noqa: N815
    series: list[Place] | Place | None = None
    seriesName: str | None = None  # noqa: N815
    genres: list[str] | None = None
    publishedYear: str | None = None  # noqa: N815
    publishedDate: str | None = None  # noqa: N815
    publisher: str | None = None
    description: str | None = None
    isbn: str | None = None
    asin: str | None = None
    language: str | None = None
    explicit: bool | None = None
    abridged: bool | None = None


class FileName(Record, frozen=True):
    """What a file is called, and how many bytes it has; `relPath` starts at the item's folder."""

    ext: str | None = None
    relPath: str | None = None  # noqa: N815
    size: Whole | None = None


class AudioFile(Record, frozen=True):
    """One audio file of an expanded item, which the server could read."""

    metadata: FileName | None = None


class LibraryFile(Record, frozen=True):
    """One file of an expanded item, readable or not."""

    metadata: FileName | None = None
    addedAt: Whole | None = None  # noqa: N815


class Media(Record, frozen=True):
    """The book of an item; the duration is in seconds."""

    metadata: Metadata
    tags: list[str] | None = None
    duration: Seconds | None = None
    size: Whole | None = None
    coverPath: str | None = None  # noqa: N815
    numChapters: Whole | None = None  # noqa: N815
    numAudioFiles: Whole | None = None  # noqa: N815
    audioFiles: list[AudioFile] | None = None  # noqa: N815


class Item(Record, frozen=True):
    """A library item; times are milliseconds since the epoch."""

    id: Id
    media: Media
    mediaType: str = "book"  # noqa: N815
    libraryId: str | None = None  # noqa: N815
    path: str | None = None
    isMissing: bool = False  # noqa: N815
    addedAt: Whole | None = None  # noqa: N815
    libraryFiles: list[LibraryFile] | None = None  # noqa: N815


class Named(Record, frozen=True):
    """What is left of an item whose other members make no sense."""

    id: Id


class Found(Record, frozen=True):
    """The answer to a search."""

    book: list[object] = []


class Batch(Record, frozen=True):
    """Several expanded items, in any order; each is read on its own."""

    libraryItems: list[object]  # noqa: N815


class FolderRecord(Record, frozen=True):
    """One folder of a library, as the server names it."""

    fullPath: str  # noqa: N815


class LibraryRecord(Record, frozen=True):
    """One library; `lastScan` is in milliseconds since the epoch."""

    id: Id
    name: str
    mediaType: str  # noqa: N815
    folders: list[FolderRecord] = []
    lastScan: Whole | None = None  # noqa: N815


class Libraries(Record, frozen=True):
    """All libraries the key may see."""

    libraries: list[LibraryRecord]


class TaskData(Record, frozen=True):
    """What a task works on."""

    libraryId: str | None = None  # noqa: N815


class Task(Record, frozen=True):
    """A running task."""

    action: str
    data: TaskData | None = None


class Tasks(Record, frozen=True):
    """All running tasks."""

    tasks: list[Task]


class Status(Record, frozen=True):
    """The answer of `/status`, for which nobody needs a key."""

    app: str
    serverVersion: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.+-]{1,40}$")]  # noqa: N815


class User(Record, frozen=True):
    """The user the key acts for; the token is the only one that opens the socket."""

    type: str
    token: str | None = None


class ServerSettings(Record, frozen=True):
    """The settings that matter to us."""

    storeMetadataWithItem: bool = False  # noqa: N815


class Account(Record, frozen=True):
    """The answer of `/api/authorize`."""

    user: User
    serverSettings: ServerSettings = ServerSettings()  # noqa: N815


class Exists(Record, frozen=True):
    """The answer whether the server sees a path."""

    exists: bool


class Changed(Record, frozen=True):
    """The answer to a change of an item."""

    libraryItem: Item  # noqa: N815
