"""What the daemon lends to the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from audiobook_daemon.actions import Actions
from audiobook_daemon.config import Configuration
from audiobook_daemon.doors import Doors, Source
from audiobook_daemon.events import Bus
from audiobook_daemon.models import Outcome
from audiobook_daemon.store import Database
from audiobook_daemon.web.live import Live


class WebDoors(Doors, Protocol):
    """What may be asked for by HTTP beside what every door knows."""

    async def command(self, action: str, arguments: Mapping[str, object], *, key: str | None = None) -> Outcome:
        """Run a short action to its end and return what came of it; raises BadArguments, Conflict if it failed."""


@dataclass(frozen=True, slots=True)
class Lent:
    """What is read from, and what is asked to act: whatever changes something goes through `doors`."""

    database: Database
    doors: WebDoors
    source: Source
    bus: Bus
    live: Live
    """Where one looks on while something happens."""
    actions: Actions
    configuration: Callable[[], Configuration]
    """What holds at this moment: it changes when the file is read again."""
    path: Path
    """The file it was read from."""
    now: Callable[[], datetime]
    redact: Callable[[str], str]
    """Takes every known secret out of a text."""
