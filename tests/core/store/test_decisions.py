"""What was considered and why, for people to read later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

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


async def test_a_decision_belongs_to_a_want(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await database.decisions.add(4711, Decision("chosen", "r"))
