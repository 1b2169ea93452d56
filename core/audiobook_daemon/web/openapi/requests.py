"""How an operation is asked, in the words of OpenAPI."""

from __future__ import annotations

from typing import Any

from audiobook_daemon.web.openapi.shapes import Schema
from audiobook_daemon.web.operation import Operation

IDEMPOTENCY = "idempotency_key"
"""The name under which the header is described that keeps a request from being carried out twice."""

KEYS = "keys"
"""The tag of what is told only once, and so cannot be asked for again in this way."""


def parameters(operation: Operation, asked: Schema) -> list[Schema]:
    """Return what stands in the path, in the query and in headers."""
    needed = asked.get("required", ())
    found = [
        _parameter(operation, name, shape, needed=name in needed or name in operation.in_path)
        for name, shape in asked.get("properties", {}).items()
        if name in operation.in_path or not operation.in_body
    ]
    if operation.method in {"POST", "PUT", "PATCH", "DELETE"} and operation.tag != KEYS:
        found.append({"$ref": f"#/components/parameters/{IDEMPOTENCY}"})
    return found


def _parameter(operation: Operation, name: str, shape: Schema, *, needed: bool) -> Schema:
    place = "path" if name in operation.in_path else "query"
    kept = {key: value for key, value in shape.items() if key not in {"description", "title"}}
    found: dict[str, Any] = {"name": name, "in": place, "required": needed, "schema": given_or_absent(kept)}
    if "description" in shape:
        found["description"] = shape["description"]
    if name in operation.example:
        found["example"] = operation.example[name]
    return found


def given_or_absent(shape: Schema) -> Schema:
    """Return a shape without null: in a query there is a value or there is none."""
    options = [one for one in shape.get("anyOf", ()) if one.get("type") != "null"]
    if not options:
        return shape
    rest = {name: value for name, value in shape.items() if name != "anyOf" and (name, value) != ("default", None)}
    return {**rest, **options[0]} if len(options) == 1 else {**rest, "anyOf": options}


def body(operation: Operation, asked: Schema) -> Schema | None:
    """Return what is sent as JSON, or None if nothing is."""
    if not operation.in_body:
        return None
    shape = without(asked, operation.in_path)
    content: Schema = {"schema": shape}
    if values := {name: value for name, value in operation.example.items() if name not in operation.in_path}:
        content["example"] = values
    return {"required": bool(shape.get("required")), "content": {"application/json": content}}


def without(shape: Schema, names: tuple[str, ...]) -> Schema:
    """Return the shape of an object that lacks these fields."""
    fields = {name: value for name, value in shape.get("properties", {}).items() if name not in names}
    kept: Schema = {**shape, "properties": fields}
    if required := [name for name in shape.get("required", ()) if name not in names]:
        kept["required"] = required
    else:
        kept.pop("required", None)
    return kept
