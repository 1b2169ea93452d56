"""Looks on the disk and asks the feed; the feed once a day at most, and briefly if nothing is new there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.plugin import Http
from audiobook_daemon.upkeep.versions.feed import NewVersion, names_releases, newest_of
from audiobook_daemon.upkeep.versions.known import KnownVersions

DISTRIBUTION = "audiobook-daemon"
_PAUSE = timedelta(hours=20)
"""A daily job comes a little earlier on some days."""
_MOST_BYTES = 2 * 1024 * 1024
_NOT_MODIFIED = 304


def installed_here(running: str) -> NewVersion | None:
    """Return the version on the disk, if it is newer than the one that runs; reads files."""
    try:
        found = version(DISTRIBUTION)
    except PackageNotFoundError:
        return None
    there = newest_of({"version": found}, found)
    if there is None or there.number <= NewVersion(running).number:
        return None
    return NewVersion(there.version, summary="It is installed already; restart the daemon to use it.")


@dataclass(frozen=True, slots=True)
class Feed:
    """A document at an address that names the newest release."""

    url: str
    http: Http

    async def ask(self, known: KnownVersions, running: str, now: datetime, *, force: bool) -> None:
        """Ask what is new, unless that was done today, and write it down; raises Unavailable."""
        kept = known.kept
        same = kept.feed == self.url
        if same and not force and kept.asked is not None and timedelta() <= now - kept.asked < _PAUSE:
            return
        mark = kept.mark if same else None
        headers = {"Accept": "application/json"} | ({"If-None-Match": mark} if mark else {})
        answer = await self.http.request("GET", self.url, headers=headers, max_bytes=_MOST_BYTES, attempts=1)
        if mark and answer.status == _NOT_MODIFIED:
            await known.keep(asked=now)
            return
        document = answer.check().json()
        if not names_releases(document):
            raise Unavailable(f"{answer.url} names no release; see that `updates.url` is right.")
        await known.keep(
            released=newest_of(document, running), feed=self.url, mark=answer.headers.get("etag"), asked=now
        )
