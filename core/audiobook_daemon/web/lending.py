"""What the daemon lends to the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audiobook_daemon.actions import Actions, Mistake
from audiobook_daemon.backup import BackupSettings
from audiobook_daemon.config import Configuration
from audiobook_daemon.doors import Doors, Examination, KeyDoors, Source
from audiobook_daemon.events import Bus
from audiobook_daemon.http import Tally
from audiobook_daemon.models import InstanceStatus, Outcome
from audiobook_daemon.store import Database
from audiobook_daemon.web.live import Live

if TYPE_CHECKING:
    from audiobook_daemon.web.figures import Figures
    from audiobook_daemon.web.requests import Requests


@dataclass(frozen=True, slots=True)
class Planned:
    """A time at which a job runs if nothing changes."""

    at: datetime
    job: str


class WebDoors(Doors, KeyDoors, Protocol):
    """What may be asked for by HTTP beside what every door knows."""

    async def command(self, action: str, arguments: Mapping[str, object], *, key: str | None = None) -> Outcome:
        """Run a short action to its end and return what came of it; raises BadArguments, Conflict if it failed."""

    async def test_instance(self, name: str) -> Examination:
        """Forget the faults of an instance and ask its service whether all is well; raises NotFound."""

    async def retry_instance(self, name: str) -> InstanceStatus:
        """Forget the faults of an instance and start it if needed; raises NotFound."""

    async def examine_instances(self) -> Sequence[Examination]:
        """Ask every service that is not left alone whether all is well; changes nothing, not even a rest."""

    async def check_file(self) -> Sequence[Mistake]:
        """Read the configuration file as a reload would, and name what is wrong with it; takes nothing over."""


class WebSource(Source, Protocol):
    """What is told by HTTP beside what every door tells."""

    def paused_until(self) -> datetime | None:
        """Return when the pause of the whole schedule ends by itself; None without one, and without an end."""

    def upcoming(self, until: datetime, limit: int) -> Sequence[Planned]:
        """Return the times up to a moment at which jobs run, the next first; not those of paused jobs."""

    def backups(self) -> BackupSettings:
        """Return where backups go."""

    def log_lines(self, limit: int) -> Sequence[str]:
        """Return the newest lines of the log, without secrets, the oldest first."""


@dataclass(frozen=True, slots=True)
class Lent:
    """What is read from, and what is asked to act: whatever changes something goes through `doors`."""

    database: Database
    doors: WebDoors
    source: WebSource
    bus: Bus
    live: Live
    """Where one looks on while something happens."""
    figures: Figures
    """What is dear to find out, and may be some seconds old."""
    requests: Requests
    """How much is asked of us."""
    tally: Tally
    """How often was asked with each key, and by us of each service."""
    actions: Actions
    configuration: Callable[[], Configuration]
    """What holds at this moment: it changes when the file is read again."""
    path: Path
    """The file it was read from."""
    now: Callable[[], datetime]
    redact: Callable[[str], str]
    """Takes every known secret out of a text."""
