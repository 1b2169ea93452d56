"""Steps with files: announced, then done, or open and findable after a crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from audiobook_daemon.models import Want
from audiobook_daemon.store import Database, FileStep


async def test_a_step_is_open_until_done_or_undone(
    database: Database, want: Want, now: datetime, pass_time: Callable[[timedelta], datetime]
) -> None:
    first = await database.journal.begin(want.id, "link", "/d/a.m4b", "/books/.stage/a.m4b")
    second = await database.journal.begin(want.id, "rename", "/books/.stage", "/books/A")
    other = await database.journal.begin(None, "copy", "/x", "/y")
    step = FileStep(first, want.id, "link", "/d/a.m4b", "/books/.stage/a.m4b", now, None, None)
    assert (await database.journal.open_steps(want.id))[0] == step
    assert [one.id for one in await database.journal.open_steps()] == [first, second, other]
    later = pass_time(timedelta(seconds=1))
    await database.journal.done(first)
    await database.journal.undone(second)
    assert [one.id for one in await database.journal.open_steps()] == [other]
    assert await database.journal.open_steps(want.id) == ()
    assert [(one.id, one.done, one.undone) for one in await database.journal.for_want(want.id)] == [
        (first, later, None),
        (second, None, later),
    ]
