"""The form of an action, made of the model of its arguments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audiobook_daemon.actions import Action

PREFIX = "argument."
"""Before the names of the fields, so that none is taken for one of the form's own."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One argument as a field."""

    name: str
    kind: str
    """`text`, `number`, `yes`, `choice` or `lines`."""
    needed: bool
    description: str | None = None
    default: object = None
    options: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


def fields_of(action: Action) -> list[FormField]:
    """Return a field for each argument, in their order."""
    schema = action.parameters.model_json_schema()
    definitions: Mapping[str, Mapping[str, Any]] = schema.get("$defs", {})
    needed = set(schema.get("required", ()))
    return [_field(name, one, name in needed, definitions) for name, one in schema.get("properties", {}).items()]


def arguments_of(action: Action, given: Mapping[str, object]) -> dict[str, object]:
    """Return the arguments that a form holds; what was left empty is not given at all."""
    found: dict[str, object] = {}
    for field in fields_of(action):
        value = given.get(PREFIX + field.name)
        if field.kind == "yes":
            if field.needed or (value is not None) != bool(field.default):
                found[field.name] = value is not None
        elif isinstance(value, str):
            found[field.name] = value.split() if field.kind == "lines" else value
    return found


def _field(
    name: str, schema: Mapping[str, Any], needed: bool, definitions: Mapping[str, Mapping[str, Any]]
) -> FormField:
    branches = list(_branches(schema, definitions))
    options = tuple(str(word) for one in branches for word in _words(one))
    kinds = {one.get("type") for one in branches}
    kind = "text"
    if options:
        kind = "choice"
    elif "boolean" in kinds:
        kind = "yes"
    elif "array" in kinds:
        kind = "lines"
    elif kinds & {"integer", "number"} and "string" not in kinds:
        kind = "number"
    numbers = next((one for one in branches if one.get("type") in {"integer", "number"}), {})
    return FormField(
        name,
        kind,
        needed,
        schema.get("description"),
        schema.get("default"),
        options,
        numbers.get("minimum"),
        numbers.get("maximum"),
    )


def _branches(schema: Mapping[str, Any], definitions: Mapping[str, Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    if reference := schema.get("$ref"):
        schema = {**definitions.get(str(reference).rpartition("/")[2], {}), **schema}
    inner = schema.get("anyOf") or schema.get("oneOf")
    if not inner:
        yield schema
    for one in inner or ():
        yield from _branches(one, definitions)


def _words(schema: Mapping[str, Any]) -> Sequence[object]:
    found: Sequence[object] = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return found
