"""What the keys of a document are and mean, read from its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

Schema = Mapping[str, Any]
_WORDS = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean", "object": "object"}


@dataclass(frozen=True, slots=True)
class Key:
    """One key; those of objects within are written as `last_run.id` and `entries[].title`."""

    path: str
    type: str
    meaning: str
    optional: bool


def keys_of(shape: type) -> list[Key]:
    """List every key of a shape, those of the objects in it included."""
    schema = TypeAdapter(shape).json_schema()
    meanings = {key.path: key.meaning for base in _bases(shape) for key in keys_of(base)}
    return [
        Key(key.path, key.type, key.meaning or meanings.get(key.path, ""), key.optional)
        for key in _keys(schema, schema.get("$defs", {}), "", {})
    ]


def _bases(shape: type) -> tuple[type, ...]:
    return tuple(base for base in getattr(shape, "__orig_bases__", ()) if hasattr(base, "__required_keys__"))


def _keys(schema: Schema, definitions: Mapping[str, Schema], above: str, seen: dict[str, str]) -> Iterator[Key]:
    for name, part in schema.get("properties", {}).items():
        path = f"{above}{name}"
        inner, suffix = _inner(part, definitions)
        known = seen.get(inner) if inner else None
        words = _type(part, definitions)
        text = " ".join(part.get("description", "").split())
        optional = name not in schema.get("required", ())
        yield Key(path, f"{words}, with the keys of `{known}`" if known else words, text, optional)
        if inner and not known:
            seen[inner] = path
            yield from _keys(definitions[inner], definitions, f"{path}{suffix}.", seen)


def _inner(part: Schema, definitions: Mapping[str, Schema]) -> tuple[str | None, str]:
    """Return the name of the shape within, if there is one, and `[]` if there are many of it."""
    for option in part.get("anyOf", [part]):
        many = option.get("type") == "array"
        reference = (option["items"] if many else option).get("$ref", "").rpartition("/")[2]
        if definitions.get(reference, {}).get("type") == "object":
            return reference, "[]" if many else ""
    return None, ""


def _type(part: Schema, definitions: Mapping[str, Schema]) -> str:
    if "anyOf" in part:
        return " or ".join(_type(option, definitions) for option in part["anyOf"])
    if "$ref" in part:
        return _type(definitions[part["$ref"].rpartition("/")[2]], definitions)
    if "enum" in part:
        return ", ".join(f"`{value}`" for value in part["enum"])
    if "const" in part:
        return f"`{part['const']}`"
    if part.get("type") == "array":
        return f"list of {_type(part['items'], definitions)}"
    return _WORDS.get(str(part.get("type")), str(part.get("type", "anything")))
