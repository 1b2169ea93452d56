"""The daemon's clock in a hurry: it runs fast, goes on from one life to the next, and jumps when told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

FASTER = 600
"""Ten minutes of waiting pass in a second."""


class JumpingClock:
    """Shows `start` at `origin` (seconds since the epoch) and runs on from there."""

    def __init__(self, origin: float, start: datetime, ahead: float = 0.0) -> None:
        self._origin = origin
        self._start = start
        self.ahead = ahead
        """Seconds by which it was set forward, all in all."""

    def __call__(self) -> datetime:
        passed = datetime.now(UTC).timestamp() - self._origin
        return self._start + timedelta(seconds=passed * FASTER + self.ahead)

    def jump(self, seconds: float) -> None:
        """Set the clock forward or back."""
        self.ahead += seconds
