"""What only the command line may ask of the daemon, through its socket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from audiobook_daemon.daemon.web_doors import HttpDoors
from audiobook_daemon.errors import AudiobookDaemonError

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon
_MOST_LINES = 2000


class CommandLineDoors(HttpDoors):
    """The doors of everybody, and what else only a running daemon knows."""

    def __init__(self, daemon: Daemon) -> None:
        super().__init__(daemon)
        self._trigger = "cli"

    async def tell(self, asked: Mapping[str, object]) -> Mapping[str, object]:
        """Tell how instances do, what a service says when it is asked now, or the last lines of the log."""
        redact = self._daemon.redaction.clean
        match asked:
            case {"tell": "instances"}:
                found = [asdict(one.status()) for one in self._daemon.host.instances.values()]
                return {"data": [{**one, "error": one["error"] and redact(one["error"])} for one in found]}
            case {"tell": "test", "instance": str(name)}:
                examined = await self.test_instance(name)
                findings = [{**asdict(one), "text": redact(one.text)} for one in examined.findings]
                status = asdict(examined.status)
                status["error"] = status["error"] and redact(status["error"])
                return {"data": {**status, "asked": examined.asked, "findings": findings}}
            case {"tell": "log", "limit": int(limit)}:
                return {"data": list(self._daemon.recent_lines.newest(max(1, min(limit, _MOST_LINES))))}
            case _:
                raise AudiobookDaemonError("The question names nothing that could be told.")
