"""How many requests are let in: so many a second, and never all of them for one command."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

MOST_OF_ONE = 20
MOST_TOGETHER = 30
"""Requests in a second; a sender that floods one command leaves room for the others."""


class Pace:
    """Remembers the requests of the last second, and no more than may be let in."""

    def __init__(
        self,
        most_of_one: int = MOST_OF_ONE,
        most_together: int = MOST_TOGETHER,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most_of_one, self.most_together, self._clock = most_of_one, most_together, clock
        self._let_in: deque[tuple[float, str]] = deque()
        self.flooded = False
        """Whether something was refused, and there was no quiet second since."""

    def lets_in(self, command: str) -> bool:
        """Tell whether one more request may come in, and count it if so."""
        now = self._clock()
        while self._let_in and now - self._let_in[0][0] >= 1.0:
            self._let_in.popleft()
        if not self._let_in:
            self.flooded = False
        same = sum(name == command for _, name in self._let_in)
        if len(self._let_in) >= self.most_together or same >= self.most_of_one:
            return False
        self._let_in.append((now, command))
        return True
