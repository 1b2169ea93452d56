"""Events, and notifiers in a real host that do what a test tells them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from audiobook_daemon import Context, Event, Notifier, Plugin, PluginConfig, WantChanged, hookimpl
from audiobook_daemon.announcing import line
from audiobook_daemon.host import host, instance
from audiobook_daemon.models import Book, Want, WantState, Wish

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
HANG = "hang"


def book(
    state: WantState = WantState.SHELVED,
    before: WantState | None = WantState.VERIFIED,
    code: str | None = None,
    number: int = 1,
) -> WantChanged:
    """A book that has come into a state."""
    want = Want(number, f"book-{number}", Wish(Book(f"Book {number}")), state, 2, code)
    return WantChanged(NOW + timedelta(microseconds=number), want, before)


class Listener(Plugin[PluginConfig], Notifier):
    """Does with each event the next thing it was told: raise, hang, or take it; the last one for ever."""

    def __init__(self, config: PluginConfig, context: Context) -> None:
        super().__init__(config, context)
        self.asked = 0
        self.told: list[Event] = []
        self.orders: deque[BaseException | str] = deque([""])

    @hookimpl
    async def notify(self, event: Event) -> None:
        self.asked += 1
        order = self.orders.popleft() if len(self.orders) > 1 else self.orders[0]
        if order == HANG:
            await asyncio.Event().wait()
        if isinstance(order, BaseException):
            raise order
        self.told.append(event)


async def reach(condition: Callable[[], object]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.002)


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rests be short, and the wait for a plugin that hangs."""
    monkeypatch.setattr(line, "_SHORTEST_REST", 0.005)
    monkeypatch.setattr(instance, "FIRST_REST", 0.01)
    monkeypatch.setattr(instance, "SHORTEST_ASKED", 0.01)
    monkeypatch.setattr(host, "STOP_TIMEOUT", 0.1)
