"""The schema for editors says what the reader accepts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audiobook_daemon.config import PluginCatalogue, render_schema

Schema = dict[str, Any]


@pytest.fixture
def schema(catalogue: PluginCatalogue) -> Schema:
    found: Schema = json.loads(render_schema(catalogue))
    return found


def resolved(schema: Schema, node: Schema) -> Schema:
    while "$ref" in node:
        node = schema["$defs"][node["$ref"].removeprefix("#/$defs/")]
    return node


def test_every_reference_leads_somewhere(schema: Schema) -> None:
    text = json.dumps(schema)
    names = {part.split('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]}
    assert names
    assert names <= set(schema["$defs"])


def test_the_whole_file_is_described(schema: Schema) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert {"database", "timezone", "mqtt", "choose", "route", "plugins", "jobs", "dry_run"} <= set(
        schema["properties"]
    )
    choose = resolved(schema, schema["properties"]["choose"])
    assert choose["properties"]["min_seeders"]["minimum"] == 0
    assert "languages" in choose["properties"]
    assert choose["properties"]["languages"]["description"]


def test_every_plugin_has_its_section_with_the_common_keys(schema: Schema, catalogue: PluginCatalogue) -> None:
    for name, kind in catalogue.items():
        section = resolved(schema, schema["properties"]["plugins"]["properties"][name]["else"])
        assert set(section["properties"]) == {*kind.config_type.model_fields, "type", "enabled", "auto_grab"}
        assert section["additionalProperties"] is False
        assert section["type"] == ["object", "null"]


def test_a_section_with_a_type_is_that_plugins(schema: Schema, catalogue: PluginCatalogue) -> None:
    typed = schema["properties"]["plugins"]["additionalProperties"]
    assert typed["required"] == ["type"]
    chosen = {one["if"]["properties"]["type"]["const"]: one["then"]["$ref"] for one in typed["allOf"]}
    assert chosen == {name: f"#/$defs/plugin:{name}" for name in catalogue}
    assert schema["properties"]["plugins"]["properties"]["site"]["then"] == typed


def test_a_tag_may_stand_for_any_plain_value(schema: Schema) -> None:
    site = schema["$defs"]["plugin:site"]["properties"]
    assert "string" in site["session"]["type"]
    assert set(site["pace"]["type"]) == {"number", "string"}
    assert set(site["slots"]["type"]) == {"integer", "string"}
    assert set(site["enabled"]["type"]) == {"boolean", "string"}
    assert "format" not in site["session"]


def test_jobs(schema: Schema) -> None:
    job = resolved(schema, schema["properties"]["jobs"]["additionalProperties"])
    assert job["required"] == ["at", "do"]
    step = job["properties"]["do"]["items"]
    assert [one.get("type") for one in step["oneOf"]] == [["string", "number", "boolean"], "object"]


def test_it_is_the_same_every_time(catalogue: PluginCatalogue) -> None:
    assert render_schema(catalogue) == render_schema(dict(catalogue))
