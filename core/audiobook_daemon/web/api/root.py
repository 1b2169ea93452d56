"""Where programs begin."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations

operations = Operations("root", "")


class RootTold(Answered):
    """Who answers here, and where to read on."""

    service: str
    version: str
    newest: str
    """The newest version that is known of."""
    started: datetime
    caller: str
    """The name of the key that was shown."""
    scope: Scope
    """What that key opens."""
    documentation: dict[str, str]
    """Paths below the address that was asked."""


@operations.add("GET", "")
async def get_root(desk: Desk, _asked: Nothing) -> RootTold:
    """Tell who answers here, what the key opens, and where the description is."""
    info, versions = desk.lent.source.info(), desk.lent.source.versions()
    return RootTold(
        service="audiobook-daemon",
        version=info.version,
        newest=versions.latest,
        started=info.started,
        caller=desk.caller.name,
        scope=desk.caller.scope,
        documentation={"openapi": "/api/openapi.json", "swagger": "/docs", "redoc": "/redoc", "events": "/api/events"},
    )
