"""Puts the newest uploads in order. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from audiobook_daemon import Release

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def newest_first(releases: Iterable[Release], since: datetime | None) -> list[Release]:
    """Leave out what is older than `since`, for the site's bound may be a day; an upload without a date comes last."""
    young = [one for one in releases if since is None or one.published is None or one.published >= since]
    return sorted(young, key=lambda release: release.published or _LONG_AGO, reverse=True)
