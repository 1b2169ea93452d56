"""The one shape of every answer."""

from __future__ import annotations

import pytest
from tests.core.web.conftest import Served

from audiobook_daemon.models import Book, Wish


async def test_what_is_asked_for_comes_in_an_envelope(served: Served) -> None:
    want, _ = await served.daemon.database.wants.add("emma", Wish(Book("Emma")))
    status, answer = await served.asks("GET", f"/api/wants/{want.id}")
    assert (status, answer["success"], answer["error"]) == (200, True, None)
    assert answer["data"]["title"] == "Emma"
    assert answer["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/wants/1", 404, "not_found"),
        ("/api/wants/99999999999", 422, "invalid"),
        ("/api/wants/one", 404, "not_found"),
        ("/api/nothing", 404, "not_found"),
        ("/api/wants/1?colour=red", 422, "invalid"),
    ],
)
async def test_what_cannot_be_done_is_told_in_the_same_shape(served: Served, path: str, status: int, code: str) -> None:
    found, answer = await served.asks("GET", path)
    assert (found, answer["success"], answer["data"]) == (status, False, None)
    assert answer["error"]["code"] == code
    assert answer["error"]["message"]
    assert answer["error"]["request_id"]


async def test_another_method_is_refused_and_the_right_ones_are_named(served: Served) -> None:
    async with served.session.delete(f"{served.address}/api/wants/1") as answer:
        assert answer.status == 405
        assert "GET" in answer.headers["Allow"]


async def test_nobody_comes_in_without_a_key(served: Served) -> None:
    status, answer = await served.asks("GET", "/api/wants/1", headers={"Authorization": "Bearer wrong"})
    assert (status, answer["error"]["code"]) == (401, "unauthorised")
