"""Counts a day's questions, so that the account is never shut out of its own site."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from audiobook_daemon import Unavailable

_DAY = timedelta(days=1)
_RESERVE = 50
"""One of so many questions of the day is left for the person and their other programs."""
_DAILY = re.compile(r'"daily"\s*;\s*r=(\d+)\s*;\s*t=(\d+)')


class Budget:
    """What is left of the day; the window begins with the first question, or as the site says."""

    def __init__(self, daily: int, now: Callable[[], datetime]) -> None:
        self._daily = daily
        self._now = now
        self._left = daily
        self._ends: datetime | None = None
        self._closed_until: datetime | None = None

    @property
    def left(self) -> int:
        """How many questions are left in this window."""
        return self._left

    def spend(self) -> None:
        """Take one question; raises Unavailable, with the seconds until there are more."""
        now = self._now()
        if self._closed_until is not None and now < self._closed_until:
            raise Unavailable("Hardcover asks for fewer questions.", (self._closed_until - now).total_seconds())
        if self._ends is None or now >= self._ends:
            self._left, self._ends = self._daily, now + _DAY
        if self._left <= self._daily // _RESERVE:
            text = f"The {self._daily} questions a day that Hardcover allows are nearly used up."
            raise Unavailable(text, (self._ends - now).total_seconds())
        self._left -= 1

    def heed(self, headers: Mapping[str, str]) -> None:
        """Believe the site when it says that less is left: others may use the same account."""
        found = _DAILY.search(headers.get("ratelimit", ""))
        if found and int(found[1]) < self._left:
            self._left = int(found[1])
            self._ends = self._now() + min(_DAY, timedelta(seconds=int(found[2])))

    def close(self, seconds: float) -> None:
        """Ask nothing for so long."""
        self._closed_until = self._now() + timedelta(seconds=seconds)
