"""Knows a release again that failed before, under whatever name it is offered now; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from audiobook_daemon.models import Release
from audiobook_daemon.store import Blocked


def blocked_among(releases: Iterable[Release], blocked: Collection[Blocked]) -> dict[tuple[str, str], Blocked]:
    """The releases among these that are blocked, by source and key, with what was said of them then."""
    by_name = {(item.source, item.key): item for item in blocked}
    by_hash = {item.info_hash: item for item in blocked if item.info_hash}
    found = {}
    for release in releases:
        names = ((release.source, release.key), *((offer.source, offer.key) for offer in release.also))
        known = next((by_name[name] for name in names if name in by_name), by_hash.get(release.info_hash or ""))
        if known is not None:
            found[names[0]] = known
    return found
