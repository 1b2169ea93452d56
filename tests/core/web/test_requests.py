"""Every request that changes something or fails leaves a line with its number; nobody writes lines of his own."""

from __future__ import annotations

import asyncio
import logging

import pytest
from aiohttp import web
from tests.core.web.conftest import KEY, Served
from yarl import URL

from audiobook_daemon.web.live.stream import EventStream
from audiobook_daemon.web.requests import BOUNDS, Durations

_LOGGER = "audiobook_daemon.web.requests"


async def test_what_changes_something_is_logged_with_the_number_of_the_answer(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, _LOGGER)
    await served.gets("/api/actions")
    assert not caplog.records
    headers = {"X-API-Key": KEY}
    async with served.session.post(f"{served.address}/api/settings/reset?x=secret", json={}, headers=headers) as answer:
        number = answer.headers["X-Request-Id"]
    (line,) = [record.getMessage() for record in caplog.records if record.name == _LOGGER]
    assert line.startswith("POST /api/settings/reset: 422, ")
    assert number in line
    assert KEY not in line
    assert "secret" not in line


async def test_a_mere_look_is_logged_for_those_who_want_every_detail(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, _LOGGER)
    await served.gets("/api/actions")
    assert [record.levelname for record in caplog.records if record.name == _LOGGER] == ["DEBUG"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/api/wants/%0d%0aGET%20/fake:%20200", "/api/wants/%0d%0aGET%20/fake:%20200: 404"),
        ("/api/" + "a" * 5000, "/api/" + "a" * 195 + ": 404"),
    ],
)
async def test_a_path_is_logged_on_one_short_line(
    served: Served, caplog: pytest.LogCaptureFixture, path: str, told: str
) -> None:
    caplog.set_level(logging.INFO, _LOGGER)
    async with served.session.get(URL(f"{served.address}{path}", encoded=True), headers={"X-API-Key": KEY}) as answer:
        assert answer.status == 404
    (line,) = [record.getMessage() for record in caplog.records if record.name == _LOGGER]
    assert told in line
    assert "\n" not in line


async def test_whoever_leaves_in_the_middle_is_no_mistake_of_the_program(
    served: Served, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG, _LOGGER)
    send, begun = EventStream.send, asyncio.Event()

    async def send_when_nobody_is_left(stream: EventStream, request: web.Request) -> web.StreamResponse:
        begun.set()
        while request.transport is not None and not request.transport.is_closing():
            await asyncio.sleep(0.01)
        return await send(stream, request)

    monkeypatch.setattr(EventStream, "send", send_when_nobody_is_left)
    for path, sent in (
        ("/api/events", "GET {} HTTP/1.1\r\n{}\r\n"),
        ("/api/wants", "POST {} HTTP/1.1\r\nContent-Length: 500\r\n{}\r\n["),
    ):
        async with asyncio.timeout(60):
            _, writer = await asyncio.open_connection(*served.address.removeprefix("http://").split(":"))
            writer.write(sent.format(path, f"Host: localhost\r\nX-API-Key: {KEY}\r\n").encode())
            await begun.wait()
            writer.transport.abort()
            while not any(f"{path}: 499, " in line for line in caplog.messages):
                await asyncio.sleep(0.01)
    assert not [record for record in caplog.records if record.exc_info]


def test_durations_are_counted_between_their_bounds() -> None:
    durations = Durations()
    for seconds in (0.0, BOUNDS[0], BOUNDS[0] + 0.0001, BOUNDS[-1], BOUNDS[-1] + 1):
        durations.add(seconds)
    assert (durations.buckets[0], durations.buckets[1]) == (2, 1)
    assert durations.buckets[-2:] == [1, 1]
    assert durations.seconds == pytest.approx(sum((BOUNDS[0], BOUNDS[0] + 0.0001, BOUNDS[-1], BOUNDS[-1] + 1)))
