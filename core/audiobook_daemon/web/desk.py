"""Where one request is worked on."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.doors import Conflict, Repeated
from audiobook_daemon.models import Outcome, RunOutcome
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

    def key_for(self, part: str) -> str | None:
        """Return the key of one of several things that are asked for together; no caller can send it."""
        return self.key and f"{self.key} {part}"

    async def act(self, action: str, **arguments: object) -> Outcome:
        """Run a short action of the table to its end; raises what the doors raise.

        Asked for again with the same key, what came of it then is returned or raised; Repeated while it goes on.
        """
        try:
            return await self.lent.doors.command(action, arguments, key=self.key)
        except Repeated as again:
            run = again.run
            if run.outcome in {RunOutcome.SUCCESS, RunOutcome.WARNING}:
                return Outcome(run.summary or "", run.processed, run.succeeded, run.failed, run.data)
            if run.outcome is RunOutcome.FAILED:
                raise Conflict(run.error or f"{action} failed.") from again
            raise
