"""The JSON Schema of the whole file, for completion and checks in editors."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from audiobook_daemon.config.catalogue import PluginCatalogue
from audiobook_daemon.config.instances import Common
from audiobook_daemon.config.jobs import JobSection
from audiobook_daemon.config.model import General

_NAME = {"pattern": "^[a-z0-9_-]+$"}
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def render_schema(catalogue: PluginCatalogue) -> str:
    """Write the schema with every plugin's section; it does not object to a file that `load` accepts.

    Where the daemon reads text as a number, and for `!secret` and `!env`, any plain value is allowed; only where one of
    a few words is expected, a tag is not.
    """
    types = dict(catalogue)
    models: list[type[BaseModel]] = [General, JobSection, Common, *(one.config_type for one in types.values())]
    references, whole = models_json_schema([(model, "validation") for model in dict.fromkeys(models)])
    definitions: dict[str, object] = {
        name: _tolerant(value, top=True) for name, value in sorted(whole.get("$defs", {}).items())
    }

    def definition(model: type[BaseModel]) -> Mapping[str, object]:
        reference = next(value["$ref"] for (known, _), value in references.items() if known is model)
        found = definitions[str(reference).rpartition("/")[2]]
        return found if isinstance(found, Mapping) else {}

    common = _properties(definition(Common))
    for name, one in types.items():
        own = definition(one.config_type)
        definitions[f"plugin:{name}"] = {
            **own,
            "type": ["object", "null"],
            "title": name,
            "properties": {**common, **_properties(own)},
        }
    general = definition(General)
    root = {
        "$schema": _DRAFT,
        "title": "audiobook-daemon",
        **{key: value for key, value in general.items() if key not in {"description", "properties", "title"}},
        "properties": {
            **_properties(general),
            "plugins": _plugins(catalogue),
            "jobs": {
                "description": "Actions that are run at given times, by name.",
                "type": ["object", "null"],
                "propertyNames": _NAME,
                "additionalProperties": {"$ref": "#/$defs/JobSection"},
            },
        },
        "$defs": definitions,
    }
    return json.dumps(root, indent=2, ensure_ascii=False) + "\n"


def _plugins(catalogue: PluginCatalogue) -> dict[str, object]:
    typed = {
        "required": ["type"],
        "properties": {"type": {"enum": sorted(catalogue)}},
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/plugin:{name}"},
            }
            for name in sorted(catalogue)
        ],
    }
    return {
        "description": "The instances of plugins, by name; the name is the type unless `type` is given.",
        "type": ["object", "null"],
        "propertyNames": _NAME,
        "properties": {
            name: {"if": {"required": ["type"]}, "then": typed, "else": {"$ref": f"#/$defs/plugin:{name}"}}
            for name in sorted(catalogue)
        },
        "additionalProperties": typed,
    }


def _properties(schema: Mapping[str, object]) -> Mapping[str, object]:
    found = schema.get("properties", {})
    return found if isinstance(found, Mapping) else {}


def _tolerant(schema: object, *, top: bool = False) -> object:
    """Let every plain value be text as well, and text be a plain value; sections and lists stay what they are."""
    if isinstance(schema, list):
        return [_tolerant(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    found = {
        key: (
            {name: _tolerant(item) for name, item in value.items()}
            if key == "properties" and isinstance(value, Mapping)
            else value
            if key in {"default", "examples", "enum", "const"}
            else _tolerant(value)
        )
        for key, value in schema.items()
        if key not in {"format", "pattern", "writeOnly"} and not (key == "title" and not top)
    }
    kind = found.get("type")
    if not isinstance(kind, str):
        return found
    if kind == "string" and "enum" not in found and "const" not in found:
        found["type"] = ["string", "number", "boolean"]
    elif kind in {"integer", "number", "boolean"}:
        found["type"] = [kind, "string"]
    elif kind == "object" and top:
        found["type"] = ["object", "null"]
    return found
