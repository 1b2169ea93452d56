"""The shapes of qBittorrent's answers; members that 4.5 lacks have defaults."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from audiobook_daemon import HttpAnswer, Unavailable

T = TypeVar("T")


def _readable(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _whole_or_nothing(value: object) -> object:
    return "" if _readable(value) != value else value


# JSON can hold lone surrogates, which no database, file name or MQTT message can.
Text = Annotated[str, BeforeValidator(_readable)]
PathText = Annotated[str, BeforeValidator(_whole_or_nothing)]
Whole = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Fraction = Annotated[float, Field(allow_inf_nan=False)]


class Record(BaseModel):
    """The base of all answers: unknown members are no mistake, and values never show in error texts."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class TorrentRecord(Record):
    """One row of `torrents/info`."""

    hash: str
    name: Text = ""
    state: Text = "unknown"
    progress: Fraction = 0.0
    amount_left: Whole = -1
    size: Whole = -1
    dlspeed: Whole = 0
    eta: Whole = -1
    num_seeds: Whole = 0
    num_leechs: Whole = 0
    content_path: PathText = ""
    save_path: PathText = ""
    seeding_time: Whole = -1


class TrackerRecord(Record):
    """One row of `torrents/trackers`."""

    url: Text = ""
    status: Whole = 0
    msg: Text = ""


class CategoryRecord(Record):
    """One value of `torrents/categories`."""

    savePath: PathText = ""  # noqa: N815 - the service's own spelling
    ratio_limit: Fraction = -2
    seeding_time_limit: Whole = -2
    inactive_seeding_time_limit: Whole = -2


class PreferencesRecord(Record):
    """What is read of `app/preferences`; the rest of it, passwords among it, is not."""

    max_ratio_enabled: bool = False
    max_ratio: Fraction = -1
    max_seeding_time_enabled: bool = False
    max_seeding_time: Whole = -1
    max_inactive_seeding_time_enabled: bool = False
    max_inactive_seeding_time: Whole = -1


class AddedRecord(Record):
    """The answer to `torrents/add` since 5.2."""

    success_count: Whole = 0
    failure_count: Whole = 0
    pending_count: Whole = 0


TORRENTS = TypeAdapter(list[TorrentRecord])
TRACKERS = TypeAdapter(list[TrackerRecord])
CATEGORIES = TypeAdapter(dict[str, CategoryRecord])
PREFERENCES = TypeAdapter(PreferencesRecord)
ADDED = TypeAdapter(AddedRecord)


def read(answer: HttpAnswer, shape: TypeAdapter[T]) -> T:
    """Read an answer as JSON of a shape; raises Unavailable if it is something else."""
    data = answer.json()
    try:
        return shape.validate_python(data)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"]) or "the whole"
        raise Unavailable(f"{answer.url} answered with JSON of another shape ({place}); is this qBittorrent?") from None
