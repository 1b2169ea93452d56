"""Where a page is made: the desk of the API, with what the pages remember beside it."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.running import Running


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDesk(Desk):
    """What the function of a page works with; made anew for each request."""

    running: Running
    """The runs under way."""
