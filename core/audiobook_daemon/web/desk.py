"""Where one request is worked on."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.models import Outcome
from audiobook_daemon.store import Database
from audiobook_daemon.web.access import Caller
from audiobook_daemon.web.lending import Lent, WebDoors


@dataclass(frozen=True, slots=True)
class Desk:
    """What an operation works with; made anew for each request."""

    lent: Lent
    caller: Caller
    key: str | None = None
    """The Idempotency-Key that was sent: what is asked for with the same one is not done twice."""

    @property
    def database(self) -> Database:
        """Where everything is read from."""
        return self.lent.database

    @property
    def doors(self) -> WebDoors:
        """Where everything is asked for that changes something."""
        return self.lent.doors

    async def act(self, action: str, **arguments: object) -> Outcome:
        """Run a short action of the table to its end; raises what the doors raise."""
        return await self.lent.doors.command(action, arguments, key=self.key)
