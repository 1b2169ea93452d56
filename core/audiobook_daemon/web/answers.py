"""The shape of every answer: whether it went well, what was asked for or what went wrong, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, ClassVar, Generic, Literal, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from audiobook_daemon.plugin import Documented

T = TypeVar("T")
MOST = 500
"""Entries of one page at most."""
Id = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""The number of a row."""
_COMPLETE = ConfigDict(json_schema_serialization_defaults_required=True)
"""What is told always has all its keys."""


class Asked(Documented):
    """The base of what a request holds: its path's, its query's and its body's values together."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


class Nothing(Asked):
    """Nothing is asked for but the thing itself."""


class Paging(Asked):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=MOST)] = 100
    """So many at most."""
    offset: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Leave out so many at the beginning."""


class Answered(Documented):
    """The base of what is told; read from values by their attributes."""

    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True, defer_build=True)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a list, and how long the whole is."""

    items: Sequence[T]
    total: int
    limit: int
    offset: int = 0


class Raw:
    """The base of answers that are no JSON in an envelope: files, streams, figures for other programs."""

    content_type: ClassVar[str] = "application/octet-stream"

    async def send(self, request: web.Request) -> web.StreamResponse:
        """Answer a request; what it raises before it has begun to answer is told as ever."""
        raise NotImplementedError


class PageInfo(Answered):
    """Where a page stands in its list."""

    limit: int
    offset: int
    has_more: bool


class Envelope(BaseModel, Generic[T]):
    """What was asked for."""

    model_config = _COMPLETE

    success: Literal[True] = True
    data: T
    error: None = None
    timestamp: datetime


class ListEnvelope(BaseModel, Generic[T]):
    """A part of what was asked for."""

    model_config = _COMPLETE

    success: Literal[True] = True
    data: list[T]
    error: None = None
    timestamp: datetime
    total: int
    page_info: PageInfo


class Problem(Answered):
    """What went wrong."""

    code: str
    """A short stable word, such as `not_found`."""
    message: str
    """A sentence for people."""
    hint: str | None = None
    mistakes: tuple[MistakeTold, ...] = ()
    """Each thing that is wrong in what was sent."""
    retry_after: int | None = None
    """Seconds."""
    request_id: str | None = None
    """Stands in the log as well."""


class MistakeTold(Answered):
    """One thing that is wrong in what was sent."""

    path: str
    message: str
    hint: str | None = None


class Failure(BaseModel):
    """What was asked for was not done."""

    model_config = _COMPLETE

    success: Literal[False] = False
    data: None = None
    error: Problem
    timestamp: datetime


def moment() -> datetime:
    """Return now, as it stands in answers."""
    return datetime.now(UTC).replace(microsecond=0)
