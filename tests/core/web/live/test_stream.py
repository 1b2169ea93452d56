"""What happens is told as it happens: complete and in order after any break, and never at the daemon's cost."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from tests.core.web.conftest import KEY, Served
from tests.core.web.live.reading import following

from audiobook_daemon.daemon.serving_web import web_server
from audiobook_daemon.events import Event, JobsChanged, RunFinished, RunProgressed, RunStarted
from audiobook_daemon.models import Book, Run, RunOutcome, WantState, Wish
from audiobook_daemon.web.live.live import MOST, Live
from audiobook_daemon.web.refusals import TooMany

_PATIENCE = 60.0
"""Seconds; for what would never come."""


async def _want(served: Served, title: str) -> int:
    want, _ = await served.daemon.database.wants.add(title.casefold(), Wish(Book(title)))
    served.daemon.world.bus.publish(Event(at=served.daemon.world.now()))
    return want.id


def _run(served: Served) -> Run:
    return Run("0a1b2c3d", "hunt", "cli", served.daemon.world.now())


async def test_what_is_written_down_comes_with_its_number_as_it_happens(served: Served) -> None:
    async with following(served) as stream:
        assert stream.response.content_type == "text/event-stream"
        hello = await stream.next()
        assert (hello.kind, hello.id) == ("hello", 0)
        want = await _want(served, "Emma")
        told = await stream.next()
        assert (told.kind, told.data["kind"], told.data["want_id"]) == ("want", "want_added", want)
        await served.daemon.database.events.add("library_shrunk", "shelf: 9 of 10 books are gone.")
        served.daemon.bus.publish(Event(at=served.daemon.world.now()))
        news = await stream.next()
        assert (news.kind, news.data["reason"]) == ("news", "shelf: 9 of 10 books are gone.")
        assert news.id is not None
        assert told.id is not None
        assert news.id > told.id


@pytest.mark.parametrize("by_header", [True, False])
async def test_after_a_break_it_goes_on_where_it_was_and_nothing_is_told_twice(
    served: Served, *, by_header: bool
) -> None:
    wants = [await _want(served, f"Volume {number}") for number in range(205)]
    headers = {"Last-Event-ID": "1"} if by_header else {}
    async with following(served, "/api/events?last_event_id=" + ("204" if by_header else "1"), headers) as stream:
        assert (await stream.next()).data == {"last": 1}
        told = [await stream.next("want") for _ in wants[1:]]
        assert [one.data["want_id"] for one in told] == wants[1:]
        assert [one.id for one in told] == list(range(2, 206))
        assert await _want(served, "One more") == (await stream.next()).data["want_id"]


@pytest.mark.parametrize("last", ["99", "1"], ids=["of another database", "forgotten meanwhile"])
async def test_whoever_has_missed_something_is_told_to_look_at_everything_anew(served: Served, last: str) -> None:
    for number in range(5):
        await _want(served, f"Volume {number}")
    await served.daemon.database.retention.forget("events", served.daemon.world.now())
    await _want(served, "Emma")
    async with following(served, headers={"Last-Event-ID": last}) as stream:
        assert [(await stream.next()).kind for _ in range(2)] == ["hello", "resync"]


async def test_of_what_passes_only_the_last_word_about_each_thing_is_told(served: Served) -> None:
    run, now, bus = _run(served), served.daemon.world.now(), served.daemon.bus
    async with following(served) as stream:
        await stream.next("hello")
        bus.publish(RunStarted(now, run))
        for done in range(1000):
            bus.publish(RunProgressed(now, run, done, 1000, f"book {done}"))
        bus.publish(JobsChanged(now))
        told = await stream.next()
        assert (told.kind, told.id, told.data["progress"]) == (
            "run",
            None,
            {"done": 999, "total": 1000, "text": "book 999"},
        )
        assert (await stream.next()).kind == "jobs"
        bus.publish(RunFinished(now, replace(run, outcome=RunOutcome.SUCCESS)))
        ended = await stream.next()
        assert (ended.data["outcome"], ended.data["progress"]) == ("success", None)


async def test_no_secret_and_no_line_break_of_others_gets_into_the_stream(served: Served) -> None:
    served.daemon.redaction.add("correct horse")
    error = "It said:\n\nevent: hello\ndata: correct horse"
    async with following(served) as stream:
        await stream.next("hello")
        served.daemon.bus.publish(RunFinished(served.daemon.world.now(), replace(_run(served), error=error)))
        assert (await stream.next()).data["error"] == "It said:\n\nevent: hello\ndata: ***"
        step = RunProgressed(served.daemon.world.now(), _run(served), 1, 2, "Asking correct horse")
        served.daemon.bus.publish(step)
        assert (await stream.next()).data["progress"] == {"done": 1, "total": 2, "text": "Asking ***"}


async def test_a_stop_does_not_wait_for_those_who_look_on(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiobook_daemon.web.reception._LAST_SECONDS", 10 * _PATIENCE)
    assert served.daemon.configuration.web
    async with AsyncExitStack() as clients:
        other = web_server(served.daemon, served.daemon.configuration.web, port=0).serving()
        there = replace(served, address=await other.__aenter__())
        streams = [await clients.enter_async_context(following(there)) for _ in range(3)]
        for stream in streams:
            await stream.next("hello")
        async with asyncio.timeout(_PATIENCE):
            await other.__aexit__(None, None, None)
        assert [await stream.ended() for stream in streams] == [True] * 3


async def test_a_stream_ends_after_a_while_so_that_a_key_that_holds_no_longer_is_noticed(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiobook_daemon.web.live.stream._LONGEST", 0.0)
    async with following(served) as stream:
        assert await stream.ended()


async def test_whoever_does_not_read_is_let_go(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiobook_daemon.web.live.stream._PATIENCE", 0.1)
    for _ in range(12):
        await served.daemon.database.events.add("library_shrunk", "x" * 1_000_000)
    reader, writer = await asyncio.open_connection(*served.address.removeprefix("http://").split(":"), limit=1024)
    writer.write(f"GET /api/events?last_event_id=0 HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {KEY}\r\n\r\n".encode())
    await reader.readexactly(100)
    async with asyncio.timeout(_PATIENCE):
        while await _onlookers(served):
            await asyncio.sleep(0.02)
    writer.close()


async def _onlookers(served: Served) -> int:
    async with served.session.get(f"{served.address}/metrics", headers={"X-API-Key": KEY}) as answer:
        (line,) = [
            line for line in (await answer.text()).splitlines() if line.startswith("audiobook_daemon_onlookers ")
        ]
    return int(float(line.split()[1]))


async def test_there_is_room_for_so_many_and_whoever_goes_makes_room(served: Served) -> None:
    live = Live(served.daemon.database, served.daemon.bus)
    async with AsyncExitStack() as others:
        for _ in range(MOST - 1):
            await others.enter_async_context(live.subscribe())
        async with live.subscribe():
            with pytest.raises(TooMany):
                await live.subscribe().__aenter__()
        async with live.subscribe() as subscription:
            assert [one.kind for one in await subscription.take(1.0) or ()] == ["hello"]


async def test_whoever_reads_nothing_costs_no_memory(served: Served) -> None:
    bus, now = served.daemon.bus, served.daemon.world.now()
    live = Live(served.daemon.database, bus)
    with live.listening():
        async with live.subscribe() as subscription:
            for number in range(5000):
                bus.publish(RunStarted(now, replace(_run(served), id=f"{number:08x}")))
            told = await subscription.take(1.0) or ()
    assert len(told) <= 257
    assert "resync" in [one.kind for one in told]
    assert told[-1].data["id"] == f"{4999:08x}"


async def test_the_log_can_be_read_page_by_page(served: Served) -> None:
    wants = [await _want(served, f"Volume {number}") for number in range(3)]
    newest = await served.gets("/api/events/log?limit=2")
    assert [one["want_id"] for one in newest] == [wants[2], wants[1]]
    assert [one["id"] for one in await served.gets("/api/events/log?after=1")] == [2, 3]
    of_one = await served.gets(f"/api/events/log?want_id={wants[0]}")
    assert [(one["kind"], one["after"]) for one in of_one] == [("want_added", WantState.WANTED)]
