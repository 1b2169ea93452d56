"""Puts the description together: OpenAPI 3.1, for programs and for the pages that show it."""

from __future__ import annotations

from collections.abc import Iterable

from audiobook_daemon.actions import Action
from audiobook_daemon.version import __version__
from audiobook_daemon.web.answers import Failure
from audiobook_daemon.web.openapi.actions import action_paths
from audiobook_daemon.web.openapi.requests import IDEMPOTENCY, body, parameters
from audiobook_daemon.web.openapi.responses import refusals, responses
from audiobook_daemon.web.openapi.shapes import PLACE, Schema, Shapes, needed, shapes
from audiobook_daemon.web.operation import Operation
from audiobook_daemon.web.reading import LONGEST_KEY

_ABOUT = """\
Everything the daemon knows, and everything it can be asked to do.

Send your key as `Authorization: Bearer KEY` or as `X-API-Key: KEY`. Every answer is an object with `success`, `data`,
`error` and `timestamp`; a list also has its `total` and `page_info`. A request that is not carried out answers with a
status of 400 or more, and `error` says why in a sentence.
"""


def description(operations: Iterable[Operation], prefix: str = "", actions: Iterable[Action] = ()) -> Schema:
    """Return the description of these operations and actions; `prefix` is what a proxy puts before every path."""
    operations, actions = tuple(operations), tuple(actions)
    found = shapes(operations, [one.parameters for one in actions])
    paths = _paths(operations, found)
    paths |= action_paths(actions, operations, paths, found)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "audiobook-daemon",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": prefix or "/"}],
        "security": [{"bearer": []}, {"key": []}],
        "tags": [{"name": tag} for tag in dict.fromkeys(one.tag for one in operations)],
        "paths": paths,
        "components": _components(paths, found),
    }


def _paths(operations: tuple[Operation, ...], found: Shapes) -> Schema:
    paths: Schema = {}
    for one in operations:
        paths.setdefault(one.base + one.path, {})[one.method.lower()] = _operation(one, found)
    return paths


def _operation(operation: Operation, found: Shapes) -> Schema:
    asked = found.asked[operation.asked]
    told: Schema = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.summary,
        "parameters": parameters(operation, asked),
        "responses": responses(operation, found.answers),
    }
    if operation.scope is None:
        told["security"] = []
    else:
        told["x-required-scope"] = operation.scope.value
    if operation.description:
        told["description"] = operation.description
    if sent := body(operation, asked):
        told["requestBody"] = sent
    return told


def _components(paths: Schema, found: Shapes) -> Schema:
    failures = refusals({"$ref": PLACE + Failure.__name__})
    named = {**found.named, Failure.__name__: found.failure}
    return {
        "schemas": needed([paths, failures], named),
        "responses": failures,
        "headers": _HEADERS,
        "parameters": {IDEMPOTENCY: _IDEMPOTENCY},
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer"},
            "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        },
    }


_HEADERS: Schema = {
    "request_id": {"description": "Stands in the log as well.", "schema": {"type": "string"}},
    "retry_after": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 0}},
}
_IDEMPOTENCY: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "What is asked for again with the same key is not done twice, not even after a restart.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
}
