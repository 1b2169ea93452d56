"""Every action as an operation of its own, for each takes other arguments."""

from __future__ import annotations

from collections.abc import Iterable

from audiobook_daemon.actions import Action
from audiobook_daemon.web.api.actions import run_action, scope_of
from audiobook_daemon.web.openapi.shapes import Schema, Shapes
from audiobook_daemon.web.operation import Operation


def action_paths(actions: Iterable[Action], operations: Iterable[Operation], paths: Schema, found: Shapes) -> Schema:
    """Return a path for each action, after that on which any action can be run."""
    for operation in operations:
        if operation.function is run_action:
            told = paths[operation.base + operation.path][operation.method.lower()]
            beginning = operation.base + operation.path.partition("{")[0]
            return {f"{beginning}{one.name}": {operation.method.lower(): _told(one, told, found)} for one in actions}
    return {}


def _told(action: Action, told: Schema, found: Shapes) -> Schema:
    first, _, rest = action.description.partition("\n")
    arguments = found.asked[action.parameters]
    shape: Schema = {"type": "object", "properties": {"arguments": arguments}, "additionalProperties": False}
    if needed := bool(arguments.get("required")):
        shape["required"] = ["arguments"]
    return {
        **told,
        "operationId": f"{told['operationId']}_{action.name.replace('.', '_')}",
        "summary": first,
        "description": rest.strip() or first,
        "parameters": [one for one in told["parameters"] if one.get("in") != "path"],
        "requestBody": {"required": needed, "content": {"application/json": {"schema": shape}}},
        "x-required-scope": scope_of(action.name).value,
    }
