"""Whatever can be run by name can be run over HTTP, followed, and called off."""

from __future__ import annotations

import asyncio

import pytest
from tests.core.web.conftest import Served
from tests.core.web.live.reading import following

from audiobook_daemon.actions import report_progress
from audiobook_daemon.models import Outcome
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.api.actions import FORGETTING, OF_THE_DAEMON, scope_of


async def _count(books: int, until: int = 3) -> Outcome:
    """Count books for ever, or until somebody calls it off."""
    for done in range(until):
        report_progress(done, books, f"book {done}")
    await asyncio.Event().wait()
    return Outcome("counted")


async def test_every_action_is_listed_with_the_schema_of_its_arguments(served: Served) -> None:
    served.daemon.actions.add("count_books", _count)
    told = {one["name"]: one for one in await served.gets("/api/actions")}
    assert set(told) == {action.name for action in served.daemon.actions}
    assert told["count_books"]["summary"] == "Count books for ever, or until somebody calls it off."
    assert told["count_books"]["parameters"]["properties"]["books"]["type"] == "integer"
    assert (await served.gets("/api/actions/backup"))["scope"] == "admin"


async def test_an_action_is_begun_followed_and_called_off(served: Served) -> None:
    served.daemon.actions.add("count_books", _count)
    async with following(served) as stream:
        await stream.next("hello")
        status, answer = await served.asks("POST", "/api/actions/count_books", {"arguments": {"books": 9}})
        assert status == 202, answer
        run_id = answer["data"]["run_id"]
        await stream.next("run")
        run = await served.gets(f"/api/runs/{run_id}")
        assert (run["outcome"], run["trigger"], run["progress"]["total"]) == ("running", "http", 9)
        again, refused = await served.asks("POST", "/api/actions/count_books", {"arguments": {"books": 9}})
        assert (again, refused["error"]["code"]) == (409, "conflict")
        assert (await served.asks("POST", f"/api/runs/{run_id}/cancel"))[0] == 200
        while (ended := await stream.next("run")).data["outcome"] == "running":
            pass
    assert ended.data["outcome"] == "cancelled"
    assert (await served.gets(f"/api/runs/{run_id}"))["progress"] is None
    assert (await served.asks("POST", f"/api/runs/{run_id}/cancel"))[0] == 409


@pytest.mark.parametrize(
    ("name", "body", "status", "code"),
    [
        ("nothing", {}, 404, "not_found"),
        ("count_books", {}, 422, "invalid"),
        ("count_books", {"arguments": {"books": "many"}}, 422, "invalid"),
        ("count_books", {"arguments": {"books": 1, "colour": "red"}}, 422, "invalid"),
        ("count_books", {"arguments": {"books": "\ud800"}}, 422, "invalid"),
        ("count_books", {"arguments": {"a\0b": 1}}, 422, "invalid"),
        ("count_books", {"arguments": [1]}, 422, "invalid"),
    ],
)
async def test_an_action_that_cannot_be_begun_leaves_no_run(
    served: Served, name: str, body: object, status: int, code: str
) -> None:
    served.daemon.actions.add("count_books", _count)
    found, answer = await served.asks("POST", f"/api/actions/{name}", body)
    assert (found, answer["error"]["code"]) == (status, code), answer
    assert (await served.asks("GET", "/api/runs"))[1]["total"] == 0


@pytest.mark.parametrize("text", ["{", "[]", '{"arguments": {"books": NaN}}', b"\xff"])
async def test_what_is_no_json_object_is_refused_as_such(served: Served, text: str | bytes) -> None:
    sent = {"X-API-Key": "a-key-for-the-tests-only"}
    async with served.session.post(f"{served.address}/api/actions/backup", data=text, headers=sent) as answer:
        assert (answer.status, (await answer.json())["error"]["code"]) == (400, "bad_request")


def test_what_concerns_the_daemon_itself_or_forgets_needs_more_than_what_moves_books(served: Served) -> None:
    needed = {action.name: scope_of(action.name) for action in served.daemon.actions}
    admin = {name for name, scope in needed.items() if scope is Scope.ADMIN}
    assert admin >= {"adjust", "unadjust", "backup", "export", "cleanup"}
    assert admin >= {name for name in needed if name.startswith("forget_")}
    assert admin == OF_THE_DAEMON | FORGETTING
    assert not admin & {"want", "accept", "undo", "trash", "pause", "sync"}


async def test_runs_are_listed_by_name_and_outcome_without_their_logs(served: Served) -> None:
    await served.daemon.doors.do("doctor", {}, "cli")
    await served.daemon.doors.do("failures", {}, "cli")
    status, answer = await served.asks("GET", "/api/runs?name=failures")
    assert (status, answer["total"], [one["name"] for one in answer["data"]]) == (200, 1, ["failures"])
    assert "log" not in answer["data"][0]
    assert (await served.asks("GET", "/api/runs?outcome=cancelled"))[1]["total"] == 0
    assert (await served.asks("GET", "/api/runs/00000000"))[0] == 404
    assert (await served.asks("GET", "/api/runs/nothing"))[0] == 422
