"""What is forgotten after its time, and what never is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, insert, select

from audiobook_daemon.config import Retention
from audiobook_daemon.models import Book, LibraryItem, Run, RunOutcome, Wish, Work
from audiobook_daemon.shelving.trash import TRASH
from audiobook_daemon.store import Decision
from audiobook_daemon.store.catalogue_tables import corrections, facts, gaps, metadata_corrections
from audiobook_daemon.store.daemon_tables import memory
from audiobook_daemon.store.tables import events

if TYPE_CHECKING:
    from tests.core.upkeep.audit.conftest import Audited

KINDS = ("runs", "events", "corrections", "decisions", "facts", "statistics", "gaps", "answers")


async def fill(audited: Audited) -> None:
    """One row of every kind that may be forgotten, and beside it all that must not be."""
    database, now = audited.database, audited.now
    await audited.shelve(LibraryItem("shelf", "1", Book("The Salt Road")))
    want, _ = await database.wants.add("salt", Wish(Book("The Salt Road")))
    for number, outcome in enumerate((RunOutcome.SUCCESS, RunOutcome.SUCCESS)):
        await database.runs.start(Run(f"r{number}", "sync", "schedule", now + timedelta(minutes=number), outcome))
    await database.runs.start(Run("stuck", "sync", "schedule", now, RunOutcome.RUNNING))
    for reason in ("First.", "Then."):
        await database.decisions.add(want.id, Decision("none", reason))
    await database.failed_attempts.record("download", "1", "The Salt Road", "It stalled.")
    await database.blocklist.add(want.id, "mam", "1", None, "stalled", "It stalled.")
    await database.statistics.put(now.date(), {"books": 1})
    await database.memory("mam").put("cache:describe:1", {"at": "then"})
    await database.memory("mam").put("session", "kept")
    common = {"book_id": 1, "at": now}
    done = [{"occasion": "full", "state": state, "before": {}} | common for state in ("applied", "planned")]
    await audited.write(insert(corrections), done)
    await audited.write(insert(metadata_corrections), [{"correction_id": 1, "field": "title", "source": "x"} | common])
    await audited.write(insert(facts), [{"field": "title", "source": "x", "weight": 1.0, "value": "T"} | common])
    gap = {"kind": "series_gap", "owner": "salt", "title": "T", "work": Work(Book("T")), "priority": 1}
    states = ("filled", "found", "ignored", "wanted")
    await audited.write(
        insert(gaps), [gap | {"key": state, "state": state, "found": now, "changed": now} for state in states]
    )


async def count(audited: Audited, table: Any) -> int:  # noqa: ANN401
    async with audited.database._connections.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_is_forgotten_after_its_own_time(audited: Audited, kind: str) -> None:
    await fill(audited)
    days = getattr(Retention(), kind)
    audited.pass_by(days=days)
    early: Any = (await audited.auditing.cleanup(dry_run=True)).data
    audited.pass_by(days=2)
    late: Any = (await audited.auditing.cleanup(dry_run=True)).data
    assert (early[kind], late[kind]) == (0, 1)


async def test_what_a_rehearsal_counts_is_what_is_forgotten(audited: Audited) -> None:
    await fill(audited)
    audited.pass_by(days=4000)
    rehearsed = await audited.auditing.cleanup(dry_run=True)
    assert rehearsed.succeeded == 0
    done = await audited.auditing.cleanup()
    assert done.data == rehearsed.data == dict.fromkeys(KINDS, 1)
    assert (done.processed, done.succeeded) == (len(KINDS), len(KINDS))
    again = await audited.auditing.cleanup()
    assert (again.summary, again.processed) == ("cleanup: forgot nothing.", 0)


async def test_what_must_stay_stays_for_ever(audited: Audited) -> None:
    await fill(audited)
    audited.pass_by(days=40_000)
    await audited.auditing.cleanup()
    database = audited.database
    assert {run.id for run in await database.runs.latest()} == {"r1", "stuck"}
    assert [one.reason for one in await database.decisions.for_want(1)] == ["Then."]
    assert len(await database.failed_attempts.newest(9)) == 1
    assert len(await database.blocklist.for_want(1)) == 1
    assert await database.memory("mam").get("session") == "kept"
    assert await database.books.count() == 1
    assert await count(audited, gaps) == 3
    assert await count(audited, corrections) == 1, "a planned one is still to be finished"
    assert await count(audited, metadata_corrections) == 0


async def test_days_override_what_is_kept_of_runs_and_events_only(audited: Audited) -> None:
    await fill(audited)
    audited.pass_by(days=3)
    told: Any = (await audited.auditing.cleanup(days=2)).data
    assert {kind for kind, gone in told.items() if gone} == {"runs", "events"}


async def test_much_is_forgotten_in_short_transactions(audited: Audited, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"at": audited.now, "kind": "told", "reason": str(number)} for number in range(1_234)]
    await audited.write(insert(events), rows)
    await audited.write(
        insert(memory),
        [
            {"instance": "mam", "key": f"cache:{number}", "value": 1, "version": 1, "changed": audited.now}
            for number in range(501)
        ],
    )
    sizes: list[int] = []
    write = audited.database._connections.write

    async def counted(work: Any) -> Any:  # noqa: ANN401
        found = await write(work)
        sizes.append(getattr(found, "rowcount", 0) if found is not None else 0)
        return found

    monkeypatch.setattr(audited.database._connections, "write", counted)
    audited.pass_by(days=400)
    outcome = await audited.auditing.cleanup()
    assert outcome.processed == 1_735
    assert max(sizes) == 500
    assert await count(audited, events) == await count(audited, memory) == 0


async def test_failures_are_no_kind_that_could_be_forgotten(audited: Audited) -> None:
    assert audited.database.retention.kinds == KINDS


async def test_what_has_lain_in_the_trash_past_its_time_is_deleted_with_it(audited: Audited, tmp_path: Path) -> None:
    for title, due in (("old", audited.now), ("young", audited.now + timedelta(days=1))):
        place = tmp_path / TRASH / title
        place.mkdir(parents=True)
        await audited.database.trash.add(
            None,
            library="shelf",
            item=title,
            title=title,
            origin=str(tmp_path / title),
            place=str(place),
            size=1,
            reason="A person undid it.",
            due=due,
        )
    rehearsed = await audited.auditing.cleanup(dry_run=True)
    assert rehearsed.summary.endswith("1 book in the trash would be deleted for good.")
    assert len(list((tmp_path / TRASH).iterdir())) == 2
    assert (await audited.auditing.cleanup()).summary.endswith("1 book in the trash was deleted for good.")
    assert [place.name for place in (tmp_path / TRASH).iterdir()] == ["young"]
