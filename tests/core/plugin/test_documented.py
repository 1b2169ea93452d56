"""What stands below a field describes it, as pydantic would have it, and is read by those who ask only."""

from __future__ import annotations

import inspect
from enum import StrEnum
from types import ModuleType
from typing import Annotated, Generic, TypeVar

import pytest
from pydantic import BaseModel, ConfigDict, Field

from audiobook_daemon.config.sections import Log
from audiobook_daemon.plugin import Documented, documented, field_help

T = TypeVar("T")


class Colour(StrEnum):
    """What it looks like."""

    RED = "red"


class Inner(Documented):
    """A model in another one."""

    depth: int
    """How far
    down it is."""


class Thing(Documented):
    """Each way of saying something, and of saying nothing."""

    said: int
    """Below the field."""
    silent: int
    stated: int = Field(1, description="In the field.")
    """Below it as well."""
    marked: Annotated[int, Field(ge=1, description="In the annotation.")] = 1
    referring: Colour = Colour.RED
    """A reference."""
    inner: Inner | None = None
    """A model."""
    many: tuple[Inner, ...] = ()
    named: int = Field(alias="called")
    """By another name."""
    last: int = 0


class PydanticThing(BaseModel):
    """Each way of saying something, and of saying nothing."""

    model_config = ConfigDict(title="Thing", use_attribute_docstrings=True)
    said: int
    """Below the field."""
    silent: int
    stated: int = Field(1, description="In the field.")
    """Below it as well."""
    marked: Annotated[int, Field(ge=1, description="In the annotation.")] = 1
    referring: Colour = Colour.RED
    """A reference."""
    inner: Inner | None = None
    """A model."""
    many: tuple[Inner, ...] = ()
    named: int = Field(alias="called")
    """By another name."""
    last: int = 0


class Heir(Inner):
    """Has one more."""

    width: int
    """Its own."""


class Denier(Inner):
    """Has the same field, and says nothing of it."""

    depth: int


class Holding(Documented, Generic[T]):
    """A model of something."""

    held: T
    """What it holds."""


class Outer:
    class Within(Documented):
        """A model in a class."""

        deep: int
        """In a class."""


def local_model() -> type[Documented]:
    class Local(Documented):
        """A model of a function."""

        near: int
        """In a function."""

    return Local


def test_the_schema_is_the_one_that_pydantic_makes_of_such_texts() -> None:
    assert Thing.model_json_schema() == PydanticThing.model_json_schema()
    assert Thing.model_json_schema(mode="serialization") == PydanticThing.model_json_schema(mode="serialization")


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (Inner, {"depth": "How far\ndown it is."}),
        (Heir, {"depth": "How far\ndown it is.", "width": "Its own."}),
        (Denier, {}),
        (Holding[int], {"held": "What it holds."}),
        (Outer.Within, {"deep": "In a class."}),
        (local_model(), {"near": "In a function."}),
    ],
)
def test_a_field_is_described_where_it_is_written(model: type[Documented], expected: object) -> None:
    assert field_help(model) == expected


def test_no_source_is_read_before_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[ModuleType] = []
    original = inspect.getsource

    def noting(module: ModuleType) -> str:
        read.append(module)
        return original(module)

    monkeypatch.setattr(inspect, "getsource", noting)
    documented._texts.cache_clear()
    model = local_model()
    model(near=1)
    assert read == []
    assert field_help(model)
    assert len(read) == 1


@pytest.mark.parametrize("error", [OSError("gone"), SyntaxError("changed meanwhile")])
def test_a_model_without_its_source_is_one_without_descriptions(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: object) -> str:
        raise error

    monkeypatch.setattr(inspect, "getsource", failing)
    documented._texts.cache_clear()
    try:
        assert field_help(Log) == {}
        assert "description" not in Log.model_json_schema()["properties"]["format"]
    finally:
        documented._texts.cache_clear()
