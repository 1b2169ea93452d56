"""How our account at a tracker stands."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from typing_extensions import TypedDict

from audiobook_daemon.models import Standing
from audiobook_daemon.mqtt.documents.shape import NAME_LENGTH, SENTENCE_LENGTH, cut, described, readable
from audiobook_daemon.mqtt.payloads import moment, shortened

_MOST_DANGERS = 10
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@described
class TrackerDocument(TypedDict):
    """The account at a tracker, as the site saw it when it was asked; all is null until then."""

    id: str
    """The instance's name in the configuration."""
    name: str
    """Its name for people."""
    at: str | None
    """When the site was asked."""
    rank: str | None
    """The class of the account (`Power User`)."""
    ratio: float | None
    """Bytes uploaded for each byte downloaded."""
    least_ratio: float | None
    """What the rules of the site ask for."""
    uploaded_bytes: int | None
    """Bytes."""
    downloaded_bytes: int | None
    """Bytes."""
    points: int | None
    """Bonus points."""
    wedges: int | None
    """Tokens that make a torrent free."""
    vip_until: str | None
    """When the VIP status ends."""
    unsatisfied: int | None
    """Torrents that have not been seeded for as long as the site wants."""
    slots: int | None
    """How many unsatisfied torrents there may be."""
    free_slots: int | None
    """How many of the slots the daemon may still use."""
    hit_and_runs: int | None
    """Torrents that were not seeded as they should have been."""
    connectable: bool | None
    """Whether others can connect to our download client."""
    in_danger: bool
    """Whether there is any danger below."""
    dangers: list[str]
    """What will cost the account its rights unless somebody acts, a sentence each; ten at most."""


def tracker_document(name: str, standing: Standing | None) -> TrackerDocument:
    """Describe the account at one tracker; None if it has not been asked yet."""
    seen = standing or Standing(at=_NEVER)
    return {
        "id": shortened(name, NAME_LENGTH),
        "name": readable(name),
        "at": None if standing is None else moment(standing.at),
        "rank": cut(seen.rank, NAME_LENGTH),
        "ratio": ratio(seen.ratio),
        "least_ratio": ratio(seen.least_ratio),
        "uploaded_bytes": seen.uploaded,
        "downloaded_bytes": seen.downloaded,
        "points": seen.points,
        "wedges": seen.wedges,
        "vip_until": moment(seen.vip_until),
        "unsatisfied": seen.unsatisfied,
        "slots": seen.slots,
        "free_slots": seen.free_slots,
        "hit_and_runs": seen.hit_and_runs,
        "connectable": seen.connectable,
        "in_danger": bool(seen.dangers),
        "dangers": dangers_of(seen),
    }


def dangers_of(standing: Standing) -> list[str]:
    """Return what endangers an account, as it is published."""
    return [shortened(danger, SENTENCE_LENGTH) for danger in standing.dangers[:_MOST_DANGERS]]


def ratio(value: float | None) -> float | None:
    """Round a ratio; one without end (nothing was ever downloaded) is no number in JSON."""
    return None if value is None or not math.isfinite(value) else round(value, 3)
