"""The collection of requests holds every operation, ready to be sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from tests.core.web.openapi.asking import example_of
from tests.reference.api import collection

from audiobook_daemon.web.api import all_operations


def sent(request: dict[str, Any]) -> tuple[str, str, list[tuple[str, str]], object]:
    """Method, path, query and body of a request as a program would send it."""
    url = request["url"]
    path, _, query = url["raw"].removeprefix("{{address}}").partition("?")
    for variable in url.get("variable", ()):
        path = path.replace(f":{variable['key']}", variable["value"])
    body = json.loads(request["body"]["raw"]) if "body" in request else None
    return request["method"], path, sorted(parse_qsl(query)), body


def requests() -> Iterator[dict[str, Any]]:
    for folder in json.loads(collection())["item"]:
        yield from (one["request"] for one in folder["item"])


def test_every_operation_is_asked_for_what_its_example_says() -> None:
    found = {(method, path): (query, body) for method, path, query, body in map(sent, requests())}
    for operation in all_operations():
        path, query, body = example_of(operation, {})
        told = found.pop((operation.method, path))
        assert told == (sorted(parse_qsl(query)), json.loads(json.dumps(body)))
    assert not found


def test_a_request_that_everybody_may_make_shows_no_key() -> None:
    open_to_all = {request["url"]["raw"].removeprefix("{{address}}") for request in requests() if "auth" in request}
    assert open_to_all == {one.base + one.path for one in all_operations() if one.scope is None}
