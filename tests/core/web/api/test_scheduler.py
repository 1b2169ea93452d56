"""The schedule over HTTP: told, paused, run now, and looked back on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.core.web.conftest import CONFIGURATION, Served, under_way

from audiobook_daemon.models import Run, RunOutcome

JOBS = """\
jobs:
  sync: {at: "0 6 * * *", do: [sync]}
  weekly: {at: "0 3 * * sun", do: [{gather: {only: [shelf]}}], description: What is read much}
  often: {at: "* * * * *", do: [watch], catch_up: 0}
  never: {at: "0 0 1 1 *", do: [backup], enabled: no}
"""


@pytest.fixture
def configuration() -> str:
    """A schedule with a job that runs every minute, and one that is switched off."""
    return CONFIGURATION.replace("jobs: {}\n", JOBS)


async def test_the_schedule_tells_what_comes_next(served: Served) -> None:
    told = await served.gets("/api/scheduler/status")
    assert (told["enabled"], told["job_count"], told["running"]) == (True, 3, [])
    assert {one["job"] for one in told["next_runs"]} == {"often", "sync", "weekly"}
    times = [one["at"] for one in told["next_runs"]]
    assert times == sorted(times)
    await served.daemon.scheduler.pause_all()
    assert (await served.gets("/api/scheduler/status"))["enabled"] is False


async def test_every_job_is_listed_with_its_steps(served: Served) -> None:
    tasks = {one["name"]: one for one in await served.gets("/api/scheduler/tasks")}
    assert list(tasks) == ["sync", "weekly", "often"]
    assert tasks["weekly"]["trigger"] == "0 3 * * sun"
    assert tasks["weekly"]["steps"] == [{"action": "gather", "arguments": {"only": ["shelf"]}}]


@pytest.mark.parametrize("name", ["weekly", "WEEKLY", "TOP10"])
async def test_a_job_is_found_by_its_name_or_by_what_other_programs_call_it(served: Served, name: str) -> None:
    runs = served.daemon.database.runs
    begun = datetime(2026, 1, 4, 3, tzinfo=UTC)
    for number, outcome in enumerate((RunOutcome.SUCCESS, RunOutcome.WARNING, RunOutcome.FAILED)):
        started = begun + timedelta(days=7 * number)
        run = Run(f"0000000{number}", "weekly", "schedule", started, outcome, started + timedelta(seconds=10))
        await runs.start(run)
    told = await served.gets(f"/api/scheduler/task/{name}")
    assert told["id"] == "weekly"
    assert [one["id"] for one in told["runs"]] == ["00000002", "00000001", "00000000"]
    assert told["statistics"] == {"runs": 3, "done": 2, "failed": 1, "success_rate": 66.7, "seconds": 10.0}
    history, answer = await served.asks("GET", f"/api/scheduler/execution-history/{name}?limit=2")
    assert (history, answer["total"], answer["page_info"]["has_more"]) == (200, 3, True)
    assert [one["seconds"] for one in answer["data"]] == [10.0, 10.0]


async def test_a_job_is_paused_for_a_while_and_resumed(served: Served) -> None:
    status, answer = await served.asks("PUT", "/api/scheduler/task/sync/pause", {"duration": "30d"})
    assert status == 200, answer
    assert (answer["data"]["paused"], answer["data"]["paused_until"] is not None) == (True, True)
    resumed = (await served.asks("PUT", "/api/scheduler/task/sync/resume"))[1]["data"]
    assert (resumed["paused"], resumed["paused_until"]) == (False, None)
    runs = [(run.name, run.trigger) for run in await served.daemon.database.runs.latest()]
    assert sorted(runs) == [("pause", "http"), ("resume", "http")]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "task/nothing", None, 404),
        ("POST", "trigger/never", None, 404),
        ("PUT", "task/nothing/pause", None, 404),
        ("PUT", "task/sync/pause", {"duration": "soon"}, 422),
        ("PUT", "task/sync/pause", {"until": "yesterday"}, 409),
        ("PUT", "task/sync/pause", {"until": "\0"}, 422),
        ("GET", "execution-history/nothing", None, 404),
        ("GET", "upcoming-tasks?hours=169", None, 422),
        ("GET", "execution-history/sync?limit=501", None, 422),
    ],
)
async def test_what_cannot_be_is_refused(served: Served, method: str, path: str, body: object, status: int) -> None:
    found, answer = await served.asks(method, f"/api/scheduler/{path}", body)
    assert found == status, answer


async def test_a_job_is_run_now_and_with_the_same_key_only_once(served: Served) -> None:
    ids = set()
    for _ in range(2):
        status, answer = await served.asks("POST", "/api/scheduler/trigger/sync", headers={"Idempotency-Key": "today"})
        assert status == 202, answer
        ids.add(answer["data"]["run_id"])
    assert answer["data"]["repeated"] is True
    assert len(ids) == 1
    assert (await served.gets(f"/api/runs/{ids.pop()}"))["name"] == "sync"


async def test_all_jobs_are_run_and_one_that_runs_already_keeps_no_other_from_it(served: Served) -> None:
    async with under_way(served.daemon, "weekly"):
        status, answer = await served.asks("POST", "/api/scheduler/trigger-all", headers={"Idempotency-Key": "all"})
        assert status == 202
        told = {one["name"]: one for one in answer["data"]}
        _, again = await served.asks("POST", "/api/scheduler/trigger-all", headers={"Idempotency-Key": "all"})
    same = {one["name"]: one["run_id"] for one in again["data"] if one["repeated"]}
    assert same == {name: one["run_id"] for name, one in told.items() if one["run_id"]}
    assert [name for name, one in told.items() if one["run_id"]] == ["sync", "often"]
    assert "running already" in told["weekly"]["reason"]


async def test_upcoming_times_are_in_order_and_bounded(served: Served) -> None:
    await served.daemon.scheduler.pause("sync")
    upcoming = await served.gets("/api/scheduler/upcoming-tasks?hours=168&limit=500")
    times = [one["at"] for one in upcoming]
    assert len(times) == 500
    assert times == sorted(times)
    assert {one["job"] for one in upcoming} <= {"often", "weekly"}


async def test_schedules_and_switches_are_told_of_jobs_that_are_off_too(served: Served) -> None:
    told = await served.gets("/api/scheduler/configuration")
    assert told["timezone"] == "UTC"
    assert {one["job"]: one["enabled"] for one in told["schedules"]}["never"] is False
    assert told["features"]["dry_run"] is False
    assert (await served.asks("PUT", "/api/settings", {"values": {"dry_run": True}}))[0] == 200
    assert (await served.gets("/api/scheduler/configuration"))["features"]["dry_run"] is True
