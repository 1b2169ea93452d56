"""Speaks to Prowlarr's own interface, with the key in a header: addresses end up in logs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from audiobook_daemon import Context, HttpAnswer, Unavailable
from audiobook_plugins.prowlarr.answers import read_json
from audiobook_plugins.prowlarr.config import ProwlarrConfig
from audiobook_plugins.prowlarr.failures import Failure, read_failures
from audiobook_plugins.prowlarr.reading import objects, text
from audiobook_plugins.prowlarr.trackers import Tracker, read_trackers

PAGE = 100
"""The most releases one call may ask for."""

_API = "/api/v1"
_TRACKERS_AGE = timedelta(minutes=10)
_SECONDS = 20.0
_VERSION = re.compile(r"\d{1,5}(?:\.\d{1,6}){1,4}")


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something Prowlarr's own health check says."""

    check: str
    """The name of the check, the same in every language."""
    level: str
    """ok, notice, warning or error."""
    message: str


class Client:
    """The calls the plugin needs; every one of them may raise AuthFailed or Unavailable."""

    def __init__(self, config: ProwlarrConfig, context: Context) -> None:
        self._config = config
        self._context = context
        self._trackers: tuple[datetime, tuple[Tracker, ...]] | None = None

    def forget(self) -> None:
        """Read the trackers anew with the next question."""
        self._trackers = None

    async def version(self) -> str:
        """Return the version; raises Unavailable if it is another program."""
        document = await self._api("/system/status")
        status = document if isinstance(document, dict) else {}
        program, version = text(status.get("appName")), text(status.get("version"))
        if program != "Prowlarr" or version is None or not _VERSION.fullmatch(version):
            raise Unavailable(f"{self._config.url} is {program or 'some program'} and not Prowlarr; check `url`.")
        return version

    async def trackers(self, *, fresh: bool = False) -> tuple[Tracker, ...]:
        """List what Prowlarr calls its indexers; kept for ten minutes unless they must be `fresh`."""
        now = self._context.now()
        if self._trackers is None or fresh or not timedelta() <= now - self._trackers[0] < _TRACKERS_AGE:
            self._trackers = (now, read_trackers(await self._api("/indexer")))
        return self._trackers[1]

    async def failures(self) -> Mapping[int, Failure]:
        """Tell which trackers have failed, by their numbers."""
        return read_failures(await self._api("/indexerstatus"))

    async def complaints(self) -> Sequence[Complaint]:
        """Return what Prowlarr's own health check says."""
        return [
            Complaint(text(entry.get("source")) or "", text(entry.get("type")) or "", message)
            for entry in objects(await self._api("/health"))
            if (message := text(entry.get("message")))
        ]

    async def search(
        self, tracker: Tracker, words: str, categories: Sequence[int], limit: int, offset: int = 0
    ) -> object:
        """Ask one tracker and return the document as it came; without words it tells its newest releases."""
        # Without a limit Prowlarr asks the tracker for 0 releases.
        params = [("query", words), ("type", "search"), ("limit", str(min(limit, PAGE))), ("offset", str(offset))]
        params += [("indexerIds", str(tracker.id)), *(("categories", str(number)) for number in categories)]
        return await self._api("/search", params, timeout=self._config.timeout)

    async def download(self, link: Mapping[str, str], *, timeout: float) -> HttpAnswer:  # noqa: ASYNC109
        """Follow a link of `addresses.download_link`, whatever host it once named; the answer is not judged here."""
        params = [(name, link[name]) for name in ("link", "file")]
        return await self.get(f"{self._config.url}/{link['indexer']}/download", params, timeout=timeout)

    async def get(
        self,
        url: str,
        params: Sequence[tuple[str, str]] = (),
        *,
        timeout: float = _SECONDS,  # noqa: ASYNC109
    ) -> HttpAnswer:
        """Ask an address of Prowlarr's, with the key."""
        headers = {"X-Api-Key": self._config.key.get_secret_value(), "Accept": "application/json, */*"}
        return await self._context.http.request("GET", url, params=params or None, headers=headers, timeout=timeout)

    async def _api(
        self,
        path: str,
        params: Sequence[tuple[str, str]] = (),
        *,
        timeout: float = _SECONDS,  # noqa: ASYNC109
    ) -> object:
        return read_json(await self.get(f"{self._config.url}{_API}{path}", params, timeout=timeout))
