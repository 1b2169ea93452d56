"""How far the runs have come that are under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from audiobook_daemon.events import Event, RunFinished, RunProgressed


@dataclass(frozen=True, slots=True)
class Step:
    """What a run said last of itself."""

    done: int
    total: int | None
    """None if nobody knows."""
    text: str
    """What is being done."""
    at: datetime


class Progress:
    """Remembers the last step of each run that goes on; the runner lets few go on at a time."""

    def __init__(self) -> None:
        self._steps: dict[str, Step] = {}

    @property
    def steps(self) -> Mapping[str, Step]:
        """The last step of each run under way that has told one, by the run's id."""
        return self._steps

    def hear(self, event: Event) -> None:
        """Take what the bus carries."""
        match event:
            case RunProgressed():
                self._steps[event.run.id] = Step(event.done, event.total, event.text, event.at)
            case RunFinished():
                self._steps.pop(event.run.id, None)
