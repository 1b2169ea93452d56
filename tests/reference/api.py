"""The operations of the HTTP API as text for people, and as a collection for programs that send requests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.reference.asking import fields_page
from tests.reference.pages import table

from audiobook_daemon.web.api import all_operations
from audiobook_daemon.web.openapi.responses import MEANINGS
from audiobook_daemon.web.operation import Operation

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
_PACKAGE = "audiobook_daemon."


def statuses_page() -> str:
    """List the statuses of what is not done, as rows of a table."""
    return "".join(f"| {status} | {meaning} |\n" for status, meaning in MEANINGS.items())


def promised_page() -> str:
    """List the operations that other programs were promised, each with what answers it and what tries it."""
    promised = sorted((one for one in all_operations() if one.number), key=lambda one: one.number or 0)
    rows = [
        (
            str(one.number),
            f"`{one.method} {one.base}{one.path}`",
            one.summary,
            f"`{one.function.__module__.removeprefix(_PACKAGE)}.{one.name}`",
            f"`test_what_is_{'read_is_told' if one.method == 'GET' else 'asked_for_is_done'}[{one.name}]`",
        )
        for one in promised
    ]
    return table(("", "operation", "what it does", "function", "test"), rows)


def operations_page() -> str:
    """List every operation, one table for each kind of thing."""
    tags = dict.fromkeys(one.tag for one in all_operations())
    return "\n".join(f"### {tag.capitalize()}\n\n{_of_tag(tag)}" for tag in tags)


def _of_tag(tag: str) -> str:
    rows = [
        (
            f"`{one.method} {one.base}{one.path}`",
            " ".join([one.summary, *one.description.split()]),
            fields_page(one.asked),
            one.scope or "none",
        )
        for one in all_operations()
        if one.tag == tag
    ]
    return table(("operation", "what it does", "what it takes", "key"), rows)


def collection() -> str:
    """Return every operation with its example, in Postman's words, which Bruno and Insomnia read as well."""
    tags = dict.fromkeys(one.tag for one in all_operations())
    document = {
        "info": {
            "name": "audiobook-daemon",
            "description": "Set the variables `address` and `key` first.",
            "schema": SCHEMA,
        },
        "auth": {
            "type": "apikey",
            "apikey": [
                {"key": "in", "value": "header", "type": "string"},
                {"key": "key", "value": "X-API-Key", "type": "string"},
                {"key": "value", "value": "{{key}}", "type": "string"},
            ],
        },
        "variable": [{"key": "address", "value": "http://127.0.0.1:8723"}, {"key": "key", "value": ""}],
        "item": [{"name": tag, "item": [_request(one) for one in all_operations() if one.tag == tag]} for tag in tags],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _request(operation: Operation) -> dict[str, Any]:
    path = [f":{part[1:-1]}" if part.startswith("{") else part for part in _parts(operation)]
    query = [] if operation.in_body else list(_query(operation))
    raw = "{{address}}/" + "/".join(path)
    sent = "&".join(f"{one['key']}={one['value']}" for one in query if not one["disabled"])
    url: dict[str, Any] = {"raw": f"{raw}?{sent}" if sent else raw, "host": ["{{address}}"], "path": path}
    if operation.in_path:
        url["variable"] = [{"key": name, "value": str(operation.example[name])} for name in operation.in_path]
    if query:
        url["query"] = query
    request: dict[str, Any] = {"method": operation.method, "header": [], "url": url, "description": _said(operation)}
    if operation.in_body:
        values = {name: value for name, value in operation.example.items() if name not in operation.in_path}
        text = json.dumps(values, ensure_ascii=False, indent=2)
        request["body"] = {"mode": "raw", "raw": text, "options": {"raw": {"language": "json"}}}
    if operation.scope is None:
        request["auth"] = {"type": "noauth"}
    return {"name": operation.summary, "request": request}


def _parts(operation: Operation) -> list[str]:
    return [part for part in f"{operation.base}{operation.path}".split("/") if part]


def _query(operation: Operation) -> Iterator[dict[str, Any]]:
    """Yield every parameter; those without an example are switched off."""
    properties = operation.asked.model_json_schema()["properties"] if operation.asked.model_fields else {}
    for name, part in properties.items():
        if name in operation.in_path:
            continue
        values = operation.example.get(name, "")
        for value in values if isinstance(values, list | tuple) else [values]:
            told = " ".join(str(part.get("description", "")).split())
            text = str(value).lower() if isinstance(value, bool) else str(value)
            yield {"key": name, "value": text, "description": told, "disabled": name not in operation.example}


def _said(operation: Operation) -> str:
    needs = f"Needs a key of the scope `{operation.scope}`." if operation.scope else "Needs no key."
    return "\n\n".join(filter(None, (operation.summary, operation.description, needs)))
