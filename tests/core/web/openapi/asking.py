"""Asks an operation for what its example says, as a program would that has read the description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from tests.core.web.conftest import KEY, Served

from audiobook_daemon.web.operation import Operation

FITTING: Mapping[str, Mapping[str, object]] = {
    "add_key": {"name": "phone"},
    "complete_download": {"download_id": 5},
    "retry_download": {"download_id": 7},
    "revive_want": {"want_id": 7},
}
"""Where the thing of the example, the first of its kind, does not stand as the operation needs it."""
NOT_HERE: Mapping[str, int] = {
    "cancel_run": 409,
    "download_backup": 404,
    "restore_from_trash": 409,
}
"""What cannot be done where no files lie and nothing is under way."""


async def asked(served: Served, operation: Operation) -> tuple[int, str, Any]:
    """Return status, kind and text or JSON of the answer."""
    path, query, body = example_of(operation, FITTING.get(operation.name, {}))
    address = f"{served.address}{path}?{query}".rstrip("?")
    headers = {"X-API-Key": KEY}
    async with served.session.request(operation.method, address, json=body, headers=headers) as answer:
        kind = answer.content_type
        return answer.status, kind, await answer.json() if kind == "application/json" else await answer.read()


def example_of(operation: Operation, more: Mapping[str, object]) -> tuple[str, str, dict[str, object] | None]:
    """Return path, query and body of the example, with some values in place of those it has."""
    values = {**operation.example, **more}
    places = {name: quote(str(values.pop(name)), safe="") for name in operation.in_path}
    path = operation.base + operation.path.format_map(places)
    if operation.in_body:
        return path, "", values
    plain = {name: _plain(value) for name, value in values.items()}
    return path, urlencode(plain, doseq=True), None


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
