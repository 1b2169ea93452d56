"""Looks for a newer version of the daemon; installs nothing."""

from __future__ import annotations

import asyncio
import logging
from typing import ClassVar

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.events import UpdateFound
from audiobook_daemon.models import Outcome
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.versions import Feed, installed_here
from audiobook_daemon.version import __version__

_log = logging.getLogger(__name__)


class Updating:
    """Looks for a newer version of the daemon."""

    names: ClassVar[tuple[str, ...]] = ("check_update",)
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._turn = asyncio.Lock()

    async def check_update(self, force: bool = False) -> Outcome:
        """Look whether a newer version is installed here or, if `updates` names a feed, is out; nothing is installed.

        The feed is asked once a day, or when it is forced.
        """
        async with self._turn:
            versions = self._house.versions
            await versions.keep(installed=await asyncio.to_thread(installed_here, __version__))
            trouble = await self._ask_feed(force=force)
            found = versions.newer_than(__version__)
            if found and found.version != versions.kept.told:
                await versions.keep(told=found.version)
                _log.info("Version %s is there; %s runs.", found.version, __version__)
                self._house.world.bus.publish(UpdateFound(self._house.world.now(), found.version, found.url))
        told = (
            f"version {found.version} is there; {__version__} runs" if found else f"{__version__} is the newest known"
        )
        data = {
            "running": __version__,
            "newest": found.version if found else __version__,
            "url": found.url if found else None,
            "summary": found.summary if found else None,
        }
        return Outcome(f"check_update: {told}.{trouble}", 1, 0 if trouble else 1, 1 if trouble else 0, data)

    async def _ask_feed(self, *, force: bool) -> str:
        """Ask the feed, if there is one; returns a sentence about what went wrong, or nothing."""
        url, http = self._house.settings.updates.url, self._house.http
        if url is None or http is None:
            await self._house.versions.keep(released=None, feed=None, mark=None)
            return ""
        try:
            await Feed(url, http).ask(self._house.versions, __version__, self._house.world.now(), force=force)
        except AudiobookDaemonError as error:
            return f" {error}"
        return ""
