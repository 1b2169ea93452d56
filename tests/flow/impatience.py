"""Gives a site that drips its answers little time, so that a test need not wait as long as the daemon would."""

from __future__ import annotations

from typing import Any

import pytest

from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.standin import StandIn
from audiobook_daemon.http import PoliteSession, session
from audiobook_daemon.plugin import HttpAnswer

_SOON = 0.3
"""Seconds a dripping site has for a whole answer."""


class Impatience:
    """Decides how long each site is waited for: those that answer have as long as ever, however busy the machine is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._dripping: set[str] = set()
        request = PoliteSession.request

        async def ask(asking: PoliteSession, method: str, url: str, **more: Any) -> HttpAnswer:  # noqa: ANN401
            if url.startswith(tuple(self._dripping)):
                more["timeout"] = _SOON
            return await request(asking, method, url, **more)

        monkeypatch.setattr(PoliteSession, "request", ask)
        monkeypatch.setattr(session, "_FIRST_PAUSE", 0.01)

    def spoil(self, site: StandIn, fault: Fault, path: str = "/", *, retry_after: int = 30) -> None:
        """Let a site answer wrongly until it is mended."""
        site.faults.always(fault, path, retry_after=retry_after)
        if fault is Fault.DRIP:
            self._dripping.add(site.url)

    def mend(self, site: StandIn) -> None:
        """Let a site answer well again."""
        site.faults.clear()
        self._dripping.discard(site.url)
