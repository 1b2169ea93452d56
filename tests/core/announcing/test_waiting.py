"""A flood becomes a few events that stand for many; nothing waits without bound."""

from __future__ import annotations

import pytest
from tests.core.announcing.conftest import NOW, book

from audiobook_daemon.announcing.waiting import Waiting
from audiobook_daemon.events import Event, EventsCondensed, GapsFound, UpdateFound
from audiobook_daemon.models import WantState


def taken(waiting: Waiting) -> list[Event]:
    """Take all that is to be told now."""
    events: list[Event] = []
    while (event := waiting.first()) is not None:
        events.append(event)
        waiting.done(event)
    return events


def stood_for(events: list[Event]) -> int:
    return sum(event.count if isinstance(event, EventsCondensed) else 1 for event in events)


def test_single_events_pass_at_once_and_in_order() -> None:
    waiting = Waiting(window=60)
    events = [book(), GapsFound(NOW, "follow", 1, 0, 0), UpdateFound(NOW, "9.9"), book(WantState.REVIEW)]
    for event in events:
        waiting.put(event, 0)
    assert taken(waiting) == events
    assert waiting.due() is None
    assert len(waiting) == 0


@pytest.mark.parametrize("seconds", [0.0, 600.0, 7200.0])
def test_ten_thousand_events_are_told_in_a_few(seconds: float) -> None:
    waiting = Waiting(window=60)
    told: list[Event] = []
    moment = 0.0
    for number in range(10_000):
        moment = seconds * number / 10_000
        waiting.put(book(WantState.DOWNLOADING, WantState.CHOSEN, number=number), moment)
        told += taken(waiting)
    while (due := waiting.due()) is not None:
        waiting.gather(due)
        told += taken(waiting)
    assert stood_for(told) == 10_000
    assert len(told) <= 20
    assert all(len(event.examples) <= 10 for event in told if isinstance(event, EventsCondensed))


def test_a_flood_of_one_kind_delays_no_other() -> None:
    waiting = Waiting(window=60)
    for number in range(100):
        waiting.put(book(WantState.DOWNLOADING, WantState.CHOSEN, number=number), 0)
    taken(waiting)
    waiting.put(review := book(WantState.REVIEW), 1)
    assert taken(waiting) == [review]


def test_after_a_calm_window_events_pass_one_by_one_again() -> None:
    waiting = Waiting(window=60)
    for number in range(100):
        waiting.put(book(number=number), 0)
    assert len(taken(waiting)) == 5
    waiting.gather(60)
    (flood,) = taken(waiting)
    assert isinstance(flood, EventsCondensed)
    assert (flood.count, flood.examples[0]) == (95, book(number=5))
    waiting.put(later := book(number=100), 1000)
    assert taken(waiting) == [later]


def test_a_flood_of_one_event_too_many_ends_with_that_event_itself() -> None:
    waiting = Waiting(window=60)
    for number in range(6):
        waiting.put(book(number=number), 0)
    taken(waiting)
    waiting.gather(60)
    assert taken(waiting) == [book(number=5)]


def test_the_oldest_is_given_up_when_too_many_wait() -> None:
    waiting = Waiting(limit=3, window=0)
    events = [book(number=number) for number in range(5)]
    for moment, event in enumerate(events):
        waiting.put(event, float(moment))
    assert waiting.dropped == 2
    assert taken(waiting) == events[2:]


def test_what_was_given_up_meanwhile_strikes_nothing_else() -> None:
    waiting = Waiting(limit=1, window=0)
    waiting.put(first := book(number=1), 0)
    waiting.put(second := book(number=2), 1)
    waiting.done(first)
    assert waiting.first() is second
