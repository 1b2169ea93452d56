"""Share limits that end seeding no sooner than a torrent's tracker demands. Pure.

qBittorrent stops a torrent, or removes it, at the first of its limits. To a tracker that demands a time, a ratio that
is reached in an hour means nothing, so a limit of the ratio must not count for its torrents at all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from audiobook_daemon import Release
from audiobook_plugins.qbittorrent.records import CategoryRecord, PreferencesRecord

_NONE = "-1"
_AS_GLOBAL = -2


@dataclass(frozen=True, slots=True)
class ShareLimits:
    """The limits that hold for a new torrent; None is no limit. Times are minutes."""

    ratio: float | None = None
    time: int | None = None
    idle: int | None = None
    """The longest time without anybody who downloads from us."""


def share_limits(preferences: PreferencesRecord, category: CategoryRecord | None) -> ShareLimits:
    """Read the limits: those of the category, which has some since 5.3, before those for all torrents."""
    own = category or CategoryRecord()
    ratio = preferences.max_ratio if preferences.max_ratio_enabled else -1
    time = preferences.max_seeding_time if preferences.max_seeding_time_enabled else -1
    idle = preferences.max_inactive_seeding_time if preferences.max_inactive_seeding_time_enabled else -1
    ratio = ratio if own.ratio_limit == _AS_GLOBAL else own.ratio_limit
    time = time if own.seeding_time_limit == _AS_GLOBAL else own.seeding_time_limit
    idle = idle if own.inactive_seeding_time_limit == _AS_GLOBAL else own.inactive_seeding_time_limit
    return ShareLimits(
        ratio=ratio if ratio >= 0 else None,
        time=time if time >= 0 else None,
        idle=idle if idle >= 0 else None,
    )


def is_demanding(release: Release) -> bool:
    """Whether the tracker demands anything."""
    return bool(release.seed_ratio) or bool(release.seed_time)


def kept_rules(release: Release, limits: ShareLimits) -> Mapping[str, str]:
    """Return the fields of an addition that raise or lift every limit which could end seeding too soon.

    Demanded is all that the release states: with a ratio and a time, both. Limits that suffice stay as they are, so
    that a later change of them by a person counts.
    """
    if not is_demanding(release):
        return {}
    fields = {}
    ratio, minutes = release.seed_ratio or 0.0, math.ceil((release.seed_time or 0) / 60)
    if limits.ratio is not None and minutes:
        fields["ratioLimit"] = _NONE
    elif limits.ratio is not None and limits.ratio < ratio:
        fields["ratioLimit"] = f"{ratio:g}"
    if limits.time is not None and ratio:
        fields["seedingTimeLimit"] = _NONE
    elif limits.time is not None and limits.time < minutes:
        fields["seedingTimeLimit"] = str(minutes)
    if limits.idle is not None:
        fields["inactiveSeedingTimeLimit"] = _NONE
    return fields
