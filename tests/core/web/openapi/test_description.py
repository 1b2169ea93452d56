"""The description is sound, says what the operations say, and is served with all that shows it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from openapi_spec_validator import validate
from pydantic import Field
from tests.core.web.conftest import Served

from audiobook_daemon.web import openapi
from audiobook_daemon.web.answers import Answered, Asked, Id, Page, Paging, Raw
from audiobook_daemon.web.api import all_operations
from audiobook_daemon.web.openapi import description
from audiobook_daemon.web.openapi.reference import ASSETS, PAGES
from audiobook_daemon.web.operation import Operation, Operations

VENDOR = Path(openapi.__file__).parent.parent / "static" / "vendor"


class Thing(Answered):
    """Something."""

    name: str
    colour: str | None = None


class Which(Asked):
    """Which thing."""

    thing_id: Id


class Many(Paging):
    """Which things."""

    name: Annotated[str, Field(max_length=50)] | None = None
    """Part of the name."""


class Change(Which):
    """What is new about a thing."""

    name: Annotated[str, Field(max_length=50)]
    colour: Annotated[str, Field(max_length=50)] | None = None


class Picture(Raw):
    """The picture of a thing."""

    content_type = "image/*"


things = Operations("things", "/things")


@things.add("GET", "", example={"name": "box"})
async def list_things(desk: object, asked: Many) -> Page[Thing]:
    """List things.

    Those that are near come first.
    """
    raise NotImplementedError


@things.add("PUT", "/{thing_id}", errors=(409,), example={"thing_id": 3, "name": "chest"})
async def put_thing(desk: object, asked: Change) -> Thing:
    """Change a thing."""
    raise NotImplementedError


@things.add("GET", "/{thing_id}/picture", scope=None, example={"thing_id": 3})
async def get_picture(desk: object, asked: Which) -> Picture:
    """Show a thing."""
    raise NotImplementedError


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return description(tuple(things), "/books")


def test_a_list_has_its_parameters_in_the_query(described: dict[str, Any]) -> None:
    told = described["paths"]["/api/things"]["get"]
    assert (told["operationId"], told["summary"]) == ("list_things", "List things.")
    assert told["description"] == "Those that are near come first."
    found = {one["name"]: one for one in told["parameters"]}
    assert found.keys() == {"limit", "offset", "name"}
    assert found["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 500, "default": 100}
    assert found["name"] == {
        "name": "name",
        "in": "query",
        "required": False,
        "description": "Part of the name.",
        "schema": {"type": "string", "maxLength": 50, "pattern": r"^[^\u0000]*$"},
        "example": "box",
    }
    assert "requestBody" not in told


def test_what_is_sent_lacks_what_stands_in_the_path(described: dict[str, Any]) -> None:
    told = described["paths"]["/api/things/{thing_id}"]["put"]
    place, key = told["parameters"]
    assert (place["name"], place["in"], place["required"], place["example"]) == ("thing_id", "path", True, 3)
    assert key == {"$ref": "#/components/parameters/idempotency_key"}
    content = told["requestBody"]["content"]["application/json"]
    assert content["schema"]["properties"].keys() == {"name", "colour"}
    assert content["schema"]["required"] == ["name"]
    assert content["schema"]["additionalProperties"] is False
    assert content["example"] == {"name": "chest"}


def test_every_answer_is_described_and_refusals_are_of_one_shape(described: dict[str, Any]) -> None:
    answers = described["paths"]["/api/things/{thing_id}"]["put"]["responses"]
    assert answers.keys() == {"200", "400", "401", "403", "404", "409", "413", "422", "429"}
    shape = answers["200"]["content"]["application/json"]["schema"]
    assert set(shape["required"]) == {"success", "data", "error", "timestamp"}
    assert shape["properties"]["data"] == {"$ref": "#/components/schemas/Thing"}
    assert described["components"]["schemas"]["Thing"]["required"] == ["name", "colour"]
    refusals = described["components"]["responses"]
    shapes = {str(one["content"]["application/json"]["schema"]) for one in refusals.values()}
    assert shapes == {"{'$ref': '#/components/schemas/Failure'}"}
    assert "Retry-After" in refusals["429"]["headers"]


def test_what_everybody_may_ask_and_what_is_no_json_is_told(described: dict[str, Any]) -> None:
    told = described["paths"]["/api/things/{thing_id}/picture"]["get"]
    assert told["security"] == []
    assert told["responses"].keys() == {"200", "400", "404", "422", "429"}
    assert told["responses"]["200"]["content"] == {"image/*": {}}
    assert described["paths"]["/api/things"]["get"]["x-required-scope"] == "read"


def test_nothing_is_described_that_nobody_needs(described: dict[str, Any]) -> None:
    assert described["components"]["schemas"].keys() == {"Thing", "PageInfo", "Failure", "Problem", "MistakeTold"}
    assert described["servers"] == [{"url": "/books"}]


async def test_the_served_description_is_sound_and_complete(served: Served) -> None:
    async with served.session.get(f"{served.address}/api/openapi.json") as answer:
        assert answer.status == 401
    status, document = await served.asks("GET", "/api/openapi.json")
    assert status == 200
    validate(document)
    paths = {(path, method) for path, methods in document["paths"].items() for method in methods}
    known = {(one.base + one.path, one.method.lower()) for one in all_operations()}
    assert paths >= known
    names = [told["operationId"] for methods in document["paths"].values() for told in methods.values()]
    assert len(names) == len(set(names))
    assert not [name for name in document["components"]["schemas"] if "__" in name], "two shapes have one name"
    for action in served.daemon.actions:
        told = document["paths"][f"/api/actions/{action.name}"]["post"]
        sent = told["requestBody"]["content"]["application/json"]["schema"]["properties"]["arguments"]
        assert sent.get("properties", {}).keys() == action.parameters.model_fields.keys()
        assert told["summary"] == action.description.partition("\n")[0]
        assert not [one for one in told["parameters"] if one.get("in") == "path"]


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    return description(all_operations())


@pytest.mark.parametrize("operation", all_operations(), ids=lambda one: one.name)
def test_every_operation_is_bounded_and_has_an_example(operation: Operation, whole: dict[str, Any]) -> None:
    told = whole["paths"][operation.base + operation.path][operation.method.lower()]
    assert not [place for place, shape in _asked(told, whole) if not _bounded(shape)]
    assert operation.example or not operation.asked.model_fields, "an example of what is asked is missing"
    operation.asked.model_validate_json(json.dumps(operation.example), strict=True)
    assert re.fullmatch(r"[A-Z].*\.", operation.summary), "the first sentence says what it does"


def _asked(method: dict[str, Any], whole: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every piece of a schema of what is asked, with the way to it."""
    named = whole["components"]["schemas"]
    for parameter in method["parameters"]:
        if "schema" in parameter:
            yield from _pieces(parameter["name"], parameter["schema"], named)
    if body := method.get("requestBody"):
        yield from _pieces("body", body["content"]["application/json"]["schema"], named)


def _pieces(place: str, part: object, named: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield from _pieces(place, named[part["$ref"].rpartition("/")[2]], named)
        if isinstance(part.get("type"), str):
            yield place, part
        for name, inner in part.items():
            if name not in {"default", "example", "enum", "const"}:
                yield from _pieces(f"{place}.{name}", inner, named)
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _pieces(f"{place}.{number}", inner, named)


def _bounded(shape: dict[str, Any]) -> bool:
    if shape.keys() & {"enum", "const", "format"}:
        return True
    match shape["type"]:
        case "integer" | "number":
            return bool(
                shape.keys() & {"minimum", "exclusiveMinimum"} and shape.keys() & {"maximum", "exclusiveMaximum"}
            )
        case "string":
            return "maxLength" in shape or not re.search(r"[*+]|,}|^$", shape.get("pattern", ""))
        case "array":
            return "maxItems" in shape
        case _:
            return True


async def test_the_pages_that_show_it_load_nothing_from_elsewhere(served: Served) -> None:
    for page in PAGES:
        headers = {"X-API-Key": "a-key-for-the-tests-only"}
        async with served.session.get(f"{served.address}{page.path}", headers=headers) as answer:
            text, policy = await answer.text(), answer.headers["Content-Security-Policy"]
            assert answer.status == 200
        assert "unsafe" not in policy
        assert "http" not in policy
        addresses = re.findall(r'(?:src|href)="([^"]+)"', text)
        assert addresses
        for address in set(addresses) - {"data:,"}:
            assert address.startswith("/docs/assets/")
            async with served.session.get(f"{served.address}{address}") as answer:
                assert answer.status == 200
        assert not re.search(r"<script(?![^>]*src)|\son[a-z]+=|style=", text)


@pytest.mark.parametrize("name", ["..%2f..%2fapp.py", "swagger.js%00", "LICENSE", "..", "%2e%2e/%2e%2e/app.py"])
async def test_no_other_file_is_handed_out(served: Served, name: str) -> None:
    async with served.session.get(f"{served.address}/docs/assets/{name}") as answer:
        assert answer.status in {404, 401}


def test_the_vendored_files_are_those_that_were_released_and_name_their_licence() -> None:
    for file in ASSETS.values():
        if VENDOR not in file.parents:
            continue
        lines = (file.parent / "SHA256SUMS").read_text().splitlines()
        sums = {name: total for total, name in (line.split() for line in lines)}
        assert hashlib.sha256(file.read_bytes()).hexdigest() == sums[file.name]
        assert (file.parent / "LICENSE").read_text()
        assert file.name in (file.parent / "VERSION").read_text()
