"""The JSON Schemas of everything that is asked and answered, each shape named once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from audiobook_daemon.web.answers import Failure
from audiobook_daemon.web.operation import Operation
from audiobook_daemon.web.routing import enveloped

Schema = dict[str, Any]
PLACE = "#/components/schemas/"
WITHOUT_NUL = r"^[^\u0000]*$"
"""No text may hold the character NUL: PostgreSQL takes it in no text either."""
_VALUES = {"default", "enum", "const", "examples", "example", "title", "description"}
"""Keys of a schema that hold no schema."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Schemas by what they describe; they refer to one another by name."""

    asked: Mapping[type[BaseModel], Schema]
    """Whole objects, with the fields that stand in the path or in the query."""
    answers: Mapping[str, Schema]
    """By the name of the operation; those that answer with something else than JSON are left out."""
    failure: Schema
    named: Mapping[str, Schema]
    """What the others refer to."""


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles of fields, which say their names again."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False


def shapes(operations: Iterable[Operation], arguments: Iterable[type[BaseModel]] = ()) -> Shapes:
    """Return the shapes of these operations, and of what the actions take as `arguments`."""
    operations = tuple(operations)
    models = dict.fromkeys((*(one.asked for one in operations), *arguments))
    inputs: list[tuple[object, Literal["validation", "serialization"], TypeAdapter[Any]]] = [
        *((model, "validation", TypeAdapter(model)) for model in models),
        *((one.name, "serialization", TypeAdapter(enveloped(one.answer))) for one in operations if one.raw is None),
        (Failure, "serialization", TypeAdapter(Failure)),
    ]
    found, rest = TypeAdapter.json_schemas(
        cast("Any", inputs), ref_template=PLACE + "{model}", schema_generator=_Untitled
    )
    named: dict[str, Schema] = {name: dict(schema) for name, schema in rest.get("$defs", {}).items()}
    schemas = {key: _resolved(schema, named) for (key, _), schema in cast("Any", found).items()}
    named |= {name: without_nul(shape) for name, shape in needed([schemas[model] for model in models], named).items()}
    return Shapes(
        {model: without_nul(schemas[model]) for model in models},
        {one.name: schemas[one.name] for one in operations if one.raw is None},
        schemas[Failure],
        named,
    )


def referred(part: object) -> set[str]:
    """Return the names of all shapes that a part of the description refers to itself."""
    if isinstance(part, Mapping):
        place = part.get("$ref")
        own = {place.removeprefix(PLACE)} if isinstance(place, str) and place.startswith(PLACE) else set()
        return own.union(*map(referred, part.values()))
    return set().union(*map(referred, part)) if isinstance(part, list | tuple) else set()


def needed(part: object, named: Mapping[str, Schema]) -> dict[str, Schema]:
    """Return the named shapes that a part of the description cannot do without, in the order of their names."""
    found: set[str] = set()
    fresh = referred(part)
    while fresh:
        found |= fresh
        fresh = {name for one in fresh for name in referred(named[one])} - found
    return {name: named[name] for name in sorted(found)}


def _resolved(schema: Schema, named: Mapping[str, Schema]) -> Schema:
    """Return what a bare reference refers to."""
    place = schema.get("$ref")
    return dict(named[place.removeprefix(PLACE)]) if isinstance(place, str) else schema


def without_nul(part: Any) -> Any:  # noqa: ANN401 - a piece of JSON
    """Return a schema in which every text that may be anything may be anything but NUL."""
    if isinstance(part, list):
        return [without_nul(one) for one in part]
    if not isinstance(part, dict):
        return part
    inner = {name: without_nul(value) for name, value in part.items() if name not in _VALUES}
    kept = {name: value for name, value in part.items() if name in _VALUES}
    free = part.get("type") == "string" and not part.keys() & {"enum", "const", "format", "pattern"}
    return {**inner, **kept, **({"pattern": WITHOUT_NUL} if free else {})}
