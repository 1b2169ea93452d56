"""What is newest at a tracker: a search without words, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from audiobook_daemon import Release
from audiobook_plugins.prowlarr.client import PAGE, Client
from audiobook_plugins.prowlarr.parse import read_releases
from audiobook_plugins.prowlarr.trackers import Tracker

_MOST_PAGES = 5
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


async def newest_of(
    client: Client, source: str, tracker: Tracker, categories: Sequence[int], since: datetime | None, limit: int
) -> list[Release]:
    """Read pages until they are older than `since`, or bring nothing new.

    Many trackers answer every page with their first one, and a page from which Prowlarr left something out is short
    without being the last. Without `since` the first page is all that is asked for.
    """
    found: dict[str, Release] = {}
    for page in range(_MOST_PAGES if since else 1):
        document = await client.search(tracker, "", categories, min(limit, PAGE), page * PAGE)
        releases = read_releases(document, source, tracker)
        before = len(found)
        for release in releases:
            found.setdefault(release.key, release)
        if len(found) == before or len(found) >= limit or _reaches(releases, since):
            break
    return list(found.values())


def newest_first(releases: Iterable[Release], since: datetime | None) -> list[Release]:
    """Leave out what is older than `since`; a release without a date comes last."""
    young = [one for one in releases if since is None or one.published is None or one.published >= since]
    return sorted(young, key=lambda release: release.published or _LONG_AGO, reverse=True)


def _reaches(releases: Iterable[Release], since: datetime | None) -> bool:
    """Whether a page goes back to the moment asked for."""
    return any(since and release.published and release.published < since for release in releases)
