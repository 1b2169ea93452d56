"""Everybody may see that the daemon lives and can work; how it does is told with a key, and was really asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.core.web.conftest import Served

from audiobook_daemon.doors import Examination
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import Finding, Health, InstanceStatus, Level

READY = InstanceStatus("shop", "prowlarr", ("Indexer",), Health.READY)


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready"])
async def test_everybody_may_see_that_it_lives(served: Served, path: str) -> None:
    async with served.session.get(f"{served.address}{path}") as answer:
        told = (await answer.json())["data"]
    assert (answer.status, told["status"], told["service"]) == (200, "ok", "audiobook-daemon")
    assert set(told) == {"status", "time", "version", "service"}


@pytest.mark.parametrize("path", ["/health/detailed", "/metrics", "/api", "/api/system/health"])
async def test_nobody_sees_more_without_a_key(served: Served, path: str) -> None:
    async with served.session.get(f"{served.address}{path}") as answer:
        assert answer.status == 401


async def test_without_its_database_it_lives_and_is_not_ready(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away() -> tuple[int, int]:
        raise DatabaseError("The database cannot be reached: see postgresql://me:correct-horse@host/books.")

    monkeypatch.setattr(served.daemon.database.events, "bounds", away)
    assert (await served.asks("GET", "/health/live"))[0] == 200
    async with served.session.get(f"{served.address}/health/ready") as answer:
        assert (answer.status, (await answer.json())["error"]["code"]) == (503, "unavailable")
        assert answer.headers["Retry-After"] == "5"
    told = await served.gets("/health/detailed")
    assert (told["status"], told["database"]["well"]) == ("degraded", False)
    assert "correct-horse" not in told["database"]["error"]


@pytest.mark.parametrize(
    ("examinations", "status"),
    [
        ([], "ok"),
        ([Examination(READY, asked=True)], "ok"),
        ([Examination(READY, asked=True, findings=(Finding(Level.WARNING, "It is slow."),))], "ok"),
        ([Examination(READY, asked=True, findings=(Finding(Level.FAILURE, "It refuses the key."),))], "degraded"),
        ([Examination(InstanceStatus("a", "b", (), Health.RESTING, "It rests."), asked=False)], "degraded"),
    ],
)
async def test_its_health_is_that_of_its_services(
    served: Served, monkeypatch: pytest.MonkeyPatch, examinations: Sequence[Examination], status: str
) -> None:
    asked: list[int] = []

    async def examine(_: object) -> Sequence[Examination]:
        asked.append(1)
        return examinations

    monkeypatch.setattr("audiobook_daemon.daemon.web_doors.HttpDoors.examine_instances", examine)
    for _ in range(3):
        told = await served.gets("/health/detailed")
        assert told["status"] == status
        assert [one["instance"]["name"] for one in told["instances"]] == [one.status.name for one in examinations]
    assert asked == [1]
