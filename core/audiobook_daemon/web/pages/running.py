"""The runs under way, with how far they have come."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.models import Run
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.live import Step


@dataclass(frozen=True, slots=True)
class Progress:
    """A run under way, and what it said last of itself."""

    run: Run
    step: Step | None

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None if nobody knows."""
        return min(self.step.done / self.step.total, 1.0) if self.step and self.step.total else None


async def running(desk: Desk) -> tuple[Progress, ...]:
    """Return the runs under way, the oldest first; one that found nothing to do within a second is not told of."""
    steps = desk.lent.live.steps
    return tuple(Progress(run, steps.get(run.id)) for run in await desk.database.runs.under_way())
