"""Which trackers do not answer Prowlarr: a failed search there looks like one that found nothing. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from audiobook_daemon import Unavailable
from audiobook_plugins.prowlarr.reading import moment, objects, whole

_LONG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Failure:
    """What Prowlarr remembers of a tracker's failures; it goes on remembering when the tracker answers again."""

    blocked_until: datetime | None = None
    latest: datetime | None = None
    first: datetime | None = None

    def blocks(self, now: datetime) -> bool:
        """Whether Prowlarr leaves the tracker alone now."""
        return self.blocked_until is not None and self.blocked_until > now

    def for_long(self, now: datetime) -> bool:
        """Whether it is blocked and has not been well for a day: then it is as good as not there."""
        return self.blocks(now) and self.first is not None and now - self.first >= _LONG


_NONE = Failure()


def read_failures(document: object) -> Mapping[int, Failure]:
    """Read the failures by the tracker's number; raises Unavailable if the answer is something else."""
    if not isinstance(document, list) or not all(isinstance(entry, dict) for entry in document):
        raise Unavailable("Prowlarr answered with something other than the state of its indexers.")
    found = {}
    for entry in objects(document):
        tracker = whole(entry.get("indexerId"))
        if tracker is not None:
            found[tracker] = Failure(
                blocked_until=moment(entry.get("disabledTill")),
                latest=moment(entry.get("mostRecentFailure")),
                first=moment(entry.get("initialFailure")),
            )
    return found


def failure_since(
    tracker: int, before: Mapping[int, Failure], after: Mapping[int, Failure], now: datetime
) -> str | None:
    """Say why a tracker that gave nothing between two looks has not really answered; None if it has.

    The moments of failures are compared with each other only, for Prowlarr's clock is not ours.
    """
    then, since = before.get(tracker, _NONE), after.get(tracker, _NONE)
    if since.latest is not None and since.latest != then.latest:
        return "its search failed"
    return blocked(since, now)


def blocked(failure: Failure, now: datetime) -> str | None:
    """Say until when Prowlarr leaves a tracker alone; None if it does not."""
    if failure.blocked_until is None or not failure.blocks(now):
        return None
    return f"it has failed, and Prowlarr leaves it alone until {failure.blocked_until:%Y-%m-%d %H:%M} UTC"
