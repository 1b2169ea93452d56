"""The shapes of Audiobookshelf's answers, as far as we read them; minified and expanded items share one shape."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from audiobook_daemon import HttpAnswer, Unavailable

T = TypeVar("T")
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


def _readable(value: object) -> object:
    return value.encode("utf-8", "replace").decode().translate(_CONTROL) if isinstance(value, str) else value


def _whole_or_nothing(value: object) -> object:
    return None if _readable(value) != value else value


def _none_as_empty(value: object) -> object:
    return [] if value is None else value


# JSON can hold lone surrogates and control signs, which no database, file name or MQTT message can.
Text = Annotated[str, BeforeValidator(_readable)]
Texts = Annotated[list[Text], BeforeValidator(_none_as_empty)]
PathText = Annotated[str | None, BeforeValidator(_whole_or_nothing)]
# Written out, for a repeated \w of all scripts takes pydantic 7 MiB each.
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Whole = Annotated[int, Field(ge=0, lt=2**63)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Record(BaseModel):
    """The base of all answers: unknown members are no mistake, and values never show in error texts."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class Person(Record):
    """An author of an expanded item."""

    name: Text


class Place(Record):
    """A series of an expanded item."""

    name: Text
    sequence: Text | None = None


class Metadata(Record):
    """What an item says about its book: lists when expanded, joined names when minified. All text is free text."""

    title: Text | None = None
    subtitle: Text | None = None
    authors: list[Person] | None = None
    authorName: Text | None = None  # noqa: N815 - here and below the service's own spelling
    narrators: list[Text] | None = None
    narratorName: Text | None = None  # noqa: N815
    series: list[Place] | Place | None = None
    seriesName: Text | None = None  # noqa: N815
    genres: Texts = []
    publishedYear: Text | None = None  # noqa: N815
    publishedDate: Text | None = None  # noqa: N815
    publisher: Text | None = None
    description: Text | None = None
    isbn: Text | None = None
    asin: Text | None = None
    language: Text | None = None
    abridged: bool | None = None


class Media(Record):
    """The book of an item; the duration is in seconds."""

    metadata: Metadata
    tags: Texts = []
    duration: Seconds | None = None
    size: Whole | None = None


class Item(Record):
    """A library item; times are milliseconds since the epoch."""

    id: Id
    mediaType: str = "book"  # noqa: N815
    path: PathText = None
    isMissing: bool = False  # noqa: N815
    addedAt: Whole | None = None  # noqa: N815
    media: Media


class Page(Record):
    """One page of the items; each row is read on its own."""

    results: list[object]
    total: Whole


class Found(Record):
    """The answer to a search."""

    book: list[object] = []


class FolderRecord(Record):
    """One folder of a library, as the server names it."""

    fullPath: Text  # noqa: N815


class LibraryRecord(Record):
    """One library; `lastScan` is in milliseconds since the epoch."""

    id: Id
    name: Text
    mediaType: str  # noqa: N815
    folders: list[FolderRecord] = []
    lastScan: Whole | None = None  # noqa: N815


class Libraries(Record):
    """All libraries the key may see."""

    libraries: list[LibraryRecord]


class TaskData(Record):
    """What a task works on."""

    libraryId: str | None = None  # noqa: N815


class Task(Record):
    """A running task."""

    action: str
    data: TaskData | None = None


class Tasks(Record):
    """All running tasks."""

    tasks: list[Task]


class Status(Record):
    """The answer of `/status`, for which nobody needs a key."""

    app: str
    serverVersion: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.+-]{1,40}$")]  # noqa: N815


class User(Record):
    """The user the key acts for."""

    type: str


class ServerSettings(Record):
    """The settings that matter to us."""

    storeMetadataWithItem: bool = False  # noqa: N815


class Account(Record):
    """The answer of `/api/authorize`."""

    user: User
    serverSettings: ServerSettings = ServerSettings()  # noqa: N815


class Changed(Record):
    """The answer to a change of an item."""

    libraryItem: Item  # noqa: N815


def read(answer: HttpAnswer, shape: type[T]) -> T:
    """Read an answer as JSON of a shape; raises Unavailable if it is something else."""
    data = answer.json()
    try:
        return TypeAdapter(shape).validate_python(data)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"]) or "the whole"
        raise Unavailable(
            f"{answer.url} answered with JSON of another shape ({place}); is this Audiobookshelf?"
        ) from None


def read_item(row: object) -> Item | None:
    """Read one row of a list; None if it is no sound item."""
    try:
        return Item.model_validate(row)
    except ValidationError:
        return None
