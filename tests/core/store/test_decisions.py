"""What was considered and why, for people to read later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from audiobook_daemon.models import Release, Stance, Verdict, Want, Wish
from audiobook_daemon.store import Candidate, Database, Decision


async def test_a_decision_comes_back_whole(database: Database, want: Want, release: Release, now: datetime) -> None:
    verdict = Verdict("too_small", Stance.VETO, "The file is smaller than ten minutes of speech.", "gates")
    decision = Decision(
        "ambiguous",
        "Two editions fit equally well.",
        ("säulen follett",),
        (Candidate(release, (verdict,), 0.875), Candidate(replace(release, key="2"))),
        ("prowlarr",),
    )
    kept = await database.decisions.add(want.id, decision)
    assert kept == replace(decision, at=now, want_id=want.id, id=kept.id)
    assert kept.id is not None
    assert await database.decisions.for_want(want.id) == (kept,)


async def test_the_newest_decision_comes_first_and_others_stay_away(database: Database, want: Want, wish: Wish) -> None:
    other, _ = await database.wants.add("other", wish)
    for outcome in ("one", "two", "three"):
        await database.decisions.add(want.id, Decision(outcome, "r", at=datetime(2020, 1, 1, tzinfo=UTC)))
    await database.decisions.add(other.id, Decision("four", "r"))
    assert [kept.outcome for kept in await database.decisions.for_want(want.id, limit=2)] == ["three", "two"]


async def test_only_the_last_ten_decisions_of_a_want_are_kept(database: Database, want: Want, wish: Wish) -> None:
    other, _ = await database.wants.add("other", wish)
    await database.decisions.add(other.id, Decision("first", "r"))
    for number in range(12):
        await database.decisions.add(want.id, Decision(str(number), "r"))
    kept = [decision.outcome for decision in await database.decisions.for_want(want.id, limit=99)]
    assert kept == ["11", "10", "9", "8", "7", "6", "5", "4", "3", "2"]
    assert len(await database.decisions.for_want(other.id)) == 1


async def test_the_latest_of_each_want_in_pages(
    database: Database, wish: Wish, pass_time: Callable[[timedelta], datetime]
) -> None:
    wants = [(await database.wants.add(key, wish))[0] for key in ("a", "b", "c")]
    await database.decisions.add(wants[0].id, Decision("old", "r"))
    later = pass_time(timedelta(days=1))
    for want in reversed(wants):
        await database.decisions.add(want.id, Decision("outdated", "r"))
        await database.decisions.add(want.id, Decision(want.key, "r"))
    await database.decisions.add(wants[1].id, Decision("long ago", "r", at=later - timedelta(days=9)))

    async def outcomes(since: datetime | None = None, *, after: int = 0, limit: int = 100) -> list[str]:
        return [found.outcome for found in await database.decisions.latest(since, after=after, limit=limit)]

    assert await outcomes() == ["a", "long ago", "c"]
    assert await outcomes(later) == ["a", "c"]
    assert await outcomes(after=wants[0].id, limit=1) == ["long ago"]
    assert await outcomes(after=wants[2].id) == []


async def test_a_decision_belongs_to_a_want(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await database.decisions.add(4711, Decision("chosen", "r"))
