"""What is paused and until when: single jobs, and the whole schedule, neither of which touches the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

WHOLE = "*"
"""Stands for the whole schedule where pauses are kept; no job can be called so."""


class JobMemory(Protocol):
    """Which jobs are paused; survives restarts."""

    async def pauses(self) -> Mapping[str, datetime | None]:
        """Until when the times of each job pass, or last passed; None is for good."""

    async def pause(self, name: str, until: datetime | None) -> None:
        """Let a job's times pass, until a moment or for good."""

    async def resume(self, name: str, now: datetime) -> None:
        """Let a job's times count from now on."""


class Pauses:
    """Tells for every moment whether a job's time counts; of a pause that is over its end is remembered.

    What was due in a pause is never made up for, so it must be known afterwards when there was one.
    """

    def __init__(self, memory: JobMemory) -> None:
        self._memory = memory
        self._until: Mapping[str, datetime | None] = {}
        self._on: frozenset[str] = frozenset()

    async def load(self, now: datetime) -> None:
        """Read them anew."""
        self._until = await self._memory.pauses()
        self._on = self._holding(now)

    async def begin(self, name: str, until: datetime | None, now: datetime) -> None:
        """Pause a job, or the WHOLE schedule."""
        await self._memory.pause(name, until)
        await self.load(now)

    async def end(self, name: str, now: datetime) -> None:
        """Let it go on."""
        if self.hold(name, now):
            await self._memory.resume(name, now)
            await self.load(now)

    def hold(self, name: str, moment: datetime) -> bool:
        """Tell whether what is due at this moment passes because of the pause of this name."""
        if name not in self._until:
            return False
        until = self._until[name]
        return until is None or moment < until

    def until(self, name: str, now: datetime) -> datetime | None:
        """Return when a pause that is on now ends by itself."""
        return self._until.get(name) if self.hold(name, now) else None

    def ended(self, now: datetime) -> frozenset[str]:
        """Return which pauses have ended by themselves since this was last asked."""
        before, self._on = self._on, self._holding(now)
        return before - self._on

    def next_end(self, now: datetime) -> datetime | None:
        """Return when the next pause ends by itself."""
        return min((until for until in self._until.values() if until is not None and until > now), default=None)

    def _holding(self, now: datetime) -> frozenset[str]:
        return frozenset(name for name in self._until if self.hold(name, now))
