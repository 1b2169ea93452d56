"""How often was asked is added up day by day, on both databases; so are the few figures of what is on its way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from audiobook_daemon.models import Book, Release, Want, WantState, Wish
from audiobook_daemon.store import CallsOfDay, Database, QueueState


async def test_calls_of_one_day_are_added_up_and_those_of_last_year_forgotten(
    database: Database, now: datetime, pass_time: Callable[[timedelta], datetime]
) -> None:
    await database.usage.add([CallsOfDay("key", "phone", 3, 1), CallsOfDay("service", "mam", 5, 0)])
    await database.usage.add([CallsOfDay("key", "phone", 4, 0)])
    await database.usage.add([])
    assert await database.usage.since(now.date()) == (
        CallsOfDay("key", "phone", 7, 1),
        CallsOfDay("service", "mam", 5, 0),
    )
    tomorrow = pass_time(timedelta(days=1)).date()
    await database.usage.add([CallsOfDay("service", "mam", 1, 1)])
    assert await database.usage.since(tomorrow) == (CallsOfDay("service", "mam", 1, 1),)
    assert (await database.usage.since(now.date()))[1] == CallsOfDay("service", "mam", 6, 1)
    pass_time(timedelta(days=400))
    await database.usage.add([CallsOfDay("key", "phone", 1, 0)])
    kept = {line.name: line.calls for line in await database.usage.since(date(2000, 1, 1))}
    assert kept == {"phone": 1, "mam": 1}


async def test_downloads_are_counted_by_the_source_of_their_release(
    database: Database, want: Want, release: Release, now: datetime
) -> None:
    await database.wants.change(want, state=WantState.DOWNLOADING, release=release)
    other, _ = await database.wants.add("emma", Wish(Book("Emma")))
    await database.wants.change(other, state=WantState.CHOSEN, release=release, next_try=now)
    await database.wants.add("persuasion", Wish(Book("Persuasion")))
    assert await database.download_lists.counts() == {"mam": {QueueState.DOWNLOADING: 1, QueueState.QUEUED: 1}}
    assert await database.download_lists.due(now) == 1
    assert await database.download_lists.due(now - timedelta(seconds=1)) == 0
    assert await database.figures.size() > 10_000
