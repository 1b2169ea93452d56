"""Events that come in crowds: so many of a kind in a minute, and the rest in numbers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from audiobook_daemon.mqtt.happenings import MANY, Happening, many_happening

MOST_ALIKE = 200
"""Events of one kind in a minute that are told one by one."""
MINUTE = 60.0


class Bursts:
    """Passes events on, and holds back those of books and approvals that are too many of one kind in a minute.

    When the minute is over, one event for each category tells how many were left out. Other events cannot be many.
    """

    def __init__(self, publish: Callable[[Happening], None]) -> None:
        self._publish = publish
        self._passed: Counter[str] = Counter()
        self._left_out: dict[str, Counter[str]] = {}
        self._since: dict[str, datetime] = {}
        self._timer: asyncio.TimerHandle | None = None

    def put(self, happening: Happening, at: datetime) -> None:
        """Take one event that happened `at` this moment."""
        kind = happening.kind
        if kind.category not in MANY:
            self._publish(happening)
            return
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(MINUTE, self.flush)
        self._passed[kind.event_type] += 1
        if self._passed[kind.event_type] <= MOST_ALIKE:
            self._publish(happening)
            return
        self._since.setdefault(kind.category, at)
        self._left_out.setdefault(kind.category, Counter())[kind.action] += 1

    def flush(self) -> None:
        """Tell what was left out, and begin another minute with the next event."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        left_out, since = self._left_out, self._since
        self._left_out, self._since = {}, {}
        self._passed.clear()
        for category, actions in left_out.items():
            self._publish(many_happening(category, since[category], actions))
