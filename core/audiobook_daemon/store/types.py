"""Column types that keep what SQLite would lose: the zone of a moment, the class of a value."""

from __future__ import annotations

import json
from dataclasses import Field, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, Dialect, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

E = TypeVar("E", bound=StrEnum)

# JSONB, because PostgreSQL cannot compare two values of its plain json type.
PortableJson = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept and given back in UTC; a naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn any zone into UTC, for SQLite stores the clock face and drops the zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Put the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[E], Generic[E]):
    """A member of a StrEnum, stored as its text so that people and other programs can read it."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | None, _dialect: Dialect) -> str | None:
        """Store the text, after making sure it is a member's."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> E | None:
        """Give back the member."""
        return None if value is None else self.kind(value)


class JsonText(TypeDecorator[Any]):
    """Anything JSON can hold, as a text in ASCII: nobody asks the database for parts of it, and NUL is no trouble."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> str | None:
        """Write it down."""
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> object:
        """Read it again."""
        return None if value is None else json.loads(value)


class Value(TypeDecorator[Any]):
    """A frozen dataclass (or a tuple of them) as JSON.

    Old rows lack the newest fields and get their defaults; fields this program does not know are ignored.
    """

    impl = PortableJson
    cache_ok = True

    def __init__(self, kind: type[Any]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: object, _dialect: Dialect) -> object:
        """Turn the value into plain JSON data."""
        return None if value is None else _adapter(self.kind).dump_python(value, mode="json")

    def process_result_value(self, value: object, _dialect: Dialect) -> object:
        """Build the value anew."""
        return None if value is None else _adapter(self.kind).validate_python(value)


_adapters: dict[type[Any], TypeAdapter[Any]] = {}
"""Made on first use: building all of them while importing costs every command-line call. Not kept in the column's type,
of which every engine makes copies."""


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def as_row(value: _Dataclass) -> dict[str, Any]:
    """Return the fields of a dataclass by name, members untouched (`asdict` would take them apart)."""
    return {field.name: getattr(value, field.name) for field in fields(value)}
