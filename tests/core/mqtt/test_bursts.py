from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from audiobook_daemon.events import RunStarted, WantChanged
from audiobook_daemon.models import Book, Run, Want, WantState, Wish
from audiobook_daemon.mqtt import bursts
from audiobook_daemon.mqtt.bursts import MOST_ALIKE, Bursts
from audiobook_daemon.mqtt.happenings import Happening, happenings

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def change(state: WantState, before: WantState | None) -> Happening:
    want = Want(1, "dune", Wish(Book("Dune")), state, 2, "ambiguous")
    return next(happenings(WantChanged(NOW, want, before), lambda _: None))


FOUND = change(WantState.WANTED, None)
FAILED = change(WantState.GIVEN_UP, WantState.WANTED)
ASKED = change(WantState.REVIEW, WantState.WANTED)
STARTED = next(happenings(RunStarted(NOW, Run("1", "hunt", "mqtt", NOW)), lambda _: None))


@pytest.fixture
def told() -> list[Happening]:
    return []


@pytest.fixture
async def crowd(told: list[Happening]) -> Bursts:
    return Bursts(told.append)


async def test_a_crowd_of_one_kind_does_not_silence_another(crowd: Bursts, told: list[Happening]) -> None:
    for _ in range(5000):
        crowd.put(FOUND, NOW)
    for other in (FAILED, ASKED):
        crowd.put(other, NOW)
    assert told == [FOUND] * MOST_ALIKE + [FAILED, ASKED]


async def test_what_was_left_out_is_told_in_numbers_by_category(crowd: Bursts, told: list[Happening]) -> None:
    for happening in (FOUND, FAILED, ASKED):
        for _ in range(MOST_ALIKE + 7):
            crowd.put(happening, NOW)
    told.clear()
    crowd.flush()
    assert [one.kind.event_type for one in told] == ["book_many", "approval_many"]
    assert [one.document["actions"] for one in told] == [{"found": 7, "failed": 7}, {"requested": 7}]
    assert [one.document["left_out"] for one in told] == [14, 7]
    assert told[0].document["since"] == "2026-11-22T06:00:00+00:00"
    crowd.flush()
    assert len(told) == 2


async def test_what_cannot_be_many_is_never_left_out(crowd: Bursts, told: list[Happening]) -> None:
    for _ in range(MOST_ALIKE + 5):
        crowd.put(STARTED, NOW)
    crowd.flush()
    assert told == [STARTED] * (MOST_ALIKE + 5)


async def test_a_minute_ends_by_itself_and_the_next_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bursts, "MINUTE", 0.01)
    summaries: asyncio.Queue[Happening] = asyncio.Queue()
    crowd = Bursts(summaries.put_nowait)
    for _ in range(MOST_ALIKE + 1):
        crowd.put(FOUND, NOW)
    async with asyncio.timeout(60):
        told = [await summaries.get() for _ in range(MOST_ALIKE + 1)]
        assert told[-1].kind.event_type == "book_many"
        crowd.put(FOUND, NOW)
        assert await summaries.get() is FOUND
    crowd.flush()
