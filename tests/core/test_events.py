from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from audiobook_daemon.events import Bus, DownloadsSeen, Event, JobsChanged

AT = datetime(2026, 3, 1, tzinfo=UTC)


def test_everybody_hears_everything_in_order() -> None:
    bus, one, two = Bus(), list[Event](), list[Event]()
    events = [JobsChanged(AT), DownloadsSeen(AT), JobsChanged(AT)]
    with bus.listening(one.append), bus.listening(two.append):
        for event in events:
            bus.publish(event)
    assert one == two == events


def test_who_has_left_hears_nothing() -> None:
    bus, heard = Bus(), list[Event]()
    with bus.listening(heard.append):
        pass
    bus.publish(JobsChanged(AT))
    assert heard == []


def test_a_listener_may_leave_while_it_hears() -> None:
    bus, heard, told = Bus(), list[Event](), list[Event]()

    def hear_once(event: Event) -> None:
        heard.append(event)
        stay.__exit__(None, None, None)

    stay = bus.listening(hear_once)
    stay.__enter__()
    with bus.listening(told.append):
        bus.publish(JobsChanged(AT))
        bus.publish(JobsChanged(AT))
    assert (len(heard), len(told)) == (1, 2)


async def test_a_listener_that_fails_is_reported_and_harms_nobody() -> None:
    bus, heard, reported = Bus(), list[Event](), list[dict[str, Any]]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))

    def fail(_: Event) -> None:
        raise ValueError("a mistake")

    with bus.listening(fail), bus.listening(heard.append):
        bus.publish(JobsChanged(AT))
    assert len(heard) == 1
    (report,) = reported
    assert "JobsChanged" in report["message"]
    assert str(report["exception"]) == "a mistake"
