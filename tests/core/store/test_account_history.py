"""The accounts at the trackers over time, and histories that are read part by part."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from audiobook_daemon.models import Book, Run, RunOutcome, Standing, Wish
from audiobook_daemon.store import Database
from audiobook_daemon.store.account_history import KEPT

HOUR = timedelta(hours=1)


async def test_the_last_word_of_each_hour_is_kept_for_each_account(database: Database, now: datetime) -> None:
    begin = now.replace(minute=0, second=0, microsecond=0)
    for minutes, ratio in ((0, 1.0), (59, 1.5), (60, 2.0)):
        standing = Standing(begin + timedelta(minutes=minutes), ratio=ratio, uploaded=2**40, points=7)
        await database.accounts.note("mam", standing)
    await database.accounts.note("other", Standing(begin))
    found = await database.accounts.since("mam", begin - HOUR)
    assert [(one.hour, one.ratio) for one in found] == [(begin, 1.5), (begin + HOUR, 2.0)]
    assert (found[0].uploaded, found[0].points, found[0].slots) == (2**40, 7, None)
    assert [one.ratio for one in await database.accounts.since("other", begin - HOUR)] == [None]
    assert [one.hour for one in await database.accounts.since("mam", begin)] == [begin + HOUR]


async def test_what_is_older_than_a_year_and_a_little_is_forgotten(database: Database, now: datetime) -> None:
    for at in (now - KEPT - 2 * HOUR, now - KEPT + 2 * HOUR, now):
        await database.accounts.note("mam", Standing(at, ratio=1.0))
    await database.accounts.note("other", Standing(now - KEPT - 2 * HOUR))
    assert len(await database.accounts.since("mam", now - 2 * KEPT)) == 2
    assert len(await database.accounts.since("other", now - 2 * KEPT)) == 1


async def test_events_are_told_with_the_book_they_happened_to(database: Database) -> None:
    want, _ = await database.wants.add("dune|herbert|", Wish(Book("Dune", ("Frank Herbert",)), "a list"))
    await database.events.add("library_shrunk", "Half of it is gone.")
    newest, first = await database.events.told(10)
    assert (newest.title, newest.author, newest.event.kind) == (None, None, "library_shrunk")
    assert (first.title, first.author, first.event.want_id) == ("Dune", "Frank Herbert", want.id)
    assert await database.events.told(10, before=newest.event.id) == (first,)
    assert await database.events.told(1) == (newest,)


async def test_runs_are_read_by_their_time_and_by_whether_they_go_on(database: Database, now: datetime) -> None:
    for number in range(4):
        run = Run(f"r{number}", "hunt", "cli", now + number * HOUR, log="many lines")
        await database.runs.start(run)
        if number != 2:
            await database.runs.finish(replace(run, outcome=RunOutcome.SUCCESS, finished=now + 5 * HOUR))
    assert [run.id for run in await database.runs.since(now + HOUR, 10)] == ["r3", "r2"]
    assert [run.log for run in await database.runs.since(now - HOUR, 1)] == [None]
    assert [run.id for run in await database.runs.under_way()] == ["r2"]
    assert [run.id for run in await database.runs.latest("hunt", before=now + 2 * HOUR)] == ["r1", "r0"]
