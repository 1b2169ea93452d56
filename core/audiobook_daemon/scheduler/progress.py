"""How far a run has come, told at a bearable pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

Step = tuple[int, int | None, str]
"""How many are done, of how many, and what is being done."""
SECONDS_BETWEEN = 1.0


class Pace:
    """Hands on what it hears once a second at most, always the newest; what is heard last is never lost."""

    def __init__(self, tell: Callable[[int, int | None, str], None]) -> None:
        self._tell = tell
        self._waiting: Step | None = None
        self._timer: asyncio.TimerHandle | None = None

    def hear(self, done: int, total: int | None, text: str) -> None:
        """Take what an action reports; from threads other than the loop's it must not be called."""
        self._waiting = (done, total, text)
        if self._timer is None:
            self._hand_on()
            self._timer = asyncio.get_running_loop().call_later(SECONDS_BETWEEN, self._look)

    def end(self) -> None:
        """Hand on what still waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._hand_on()

    def _look(self) -> None:
        self._timer = None
        if self._waiting is not None:
            self.hear(*self._waiting)

    def _hand_on(self) -> None:
        if self._waiting is not None:
            step, self._waiting = self._waiting, None
            self._tell(*step)
