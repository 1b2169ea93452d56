"""Tells the doctor which trackers are asked, which cannot answer, and what Prowlarr does that costs something. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from audiobook_daemon import Finding, Level
from audiobook_plugins.prowlarr.client import Complaint
from audiobook_plugins.prowlarr.config import ProwlarrConfig
from audiobook_plugins.prowlarr.failures import Failure, blocked
from audiobook_plugins.prowlarr.search import chosen
from audiobook_plugins.prowlarr.trackers import Tracker

_SERIOUS = frozenset({"warning", "error"})
_TOLD_HERE = frozenset({"IndexerStatusCheck", "IndexerLongTermStatusCheck"})


def findings(
    config: ProwlarrConfig,
    trackers: Sequence[Tracker],
    failures: Mapping[int, Failure],
    complaints: Sequence[Complaint],
    silent: Mapping[str, str],
    now: datetime,
) -> list[Finding]:
    """Say all there is to say; `silent` are the trackers that did not answer the last search, and why."""
    usable = chosen(trackers, config)
    asked = [tracker for tracker in usable if tracker.asked_for(config.categories)]
    found = [_asked(asked)]
    found += _missing(config, trackers)
    for tracker in usable:
        found += _of(tracker, config, failures.get(tracker.id, Failure()), silent.get(tracker.name), now)
    found += [
        Finding(Level.WARNING, f"Prowlarr says: {complaint.message}", "See System, Status in Prowlarr.")
        for complaint in complaints
        if complaint.level in _SERIOUS and complaint.check not in _TOLD_HERE
    ]
    return found


def _asked(asked: Sequence[Tracker]) -> Finding:
    if asked:
        return Finding(Level.OK, f"Asked for audiobooks: {', '.join(tracker.name for tracker in asked)}.")
    text = "None of Prowlarr's indexers can be asked for audiobooks."
    return Finding(Level.FAILURE, text, "Add a torrent indexer in Prowlarr, or more `categories` here, such as 3000.")


def _missing(config: ProwlarrConfig, trackers: Sequence[Tracker]) -> Iterator[Finding]:
    names = {name for one in trackers for name in (one.name.casefold(), str(one.id))}
    for wanted in config.indexers:
        if str(wanted).casefold() not in names:
            known = ", ".join(tracker.name for tracker in trackers) or "none"
            text = f"Prowlarr has no indexer {wanted!r}."
            yield Finding(Level.WARNING, text, f"Correct `indexers`; Prowlarr has: {known}.")


def _of(
    tracker: Tracker, config: ProwlarrConfig, failure: Failure, silence: str | None, now: datetime
) -> Iterator[Finding]:
    name = tracker.name
    if not tracker.asked_for(config.categories):
        text = f"{name} has none of the categories {', '.join(map(str, config.categories))} and is not asked."
        yield Finding(Level.WARNING, text, "Add 3000, all of Audio, to `categories`, or leave it out of `indexers`.")
    if reason := blocked(failure, now):
        without = " Until then it is left out." if failure.for_long(now) else ""
        yield Finding(Level.WARNING, f"{name} cannot be asked: {reason}.{without}", f"Test {name} in Prowlarr.")
    elif silence:
        yield Finding(Level.WARNING, f"{name} did not answer the last search: {silence}.", f"Test {name} in Prowlarr.")
    if tracker.spends_wedges:
        text = f"Downloading from {name} through Prowlarr spends freeleech wedges, which the daemon does not control."
        yield Finding(Level.WARNING, text, "Set `Use Freeleech Wedges` of this indexer to never in Prowlarr.")
    if tracker.redirects and not tracker.public:
        text = f"Prowlarr sends us to {name} instead of fetching its torrents, and the tracker wants a login."
        yield Finding(Level.WARNING, text, "Switch `Redirect` off for this indexer in Prowlarr.")
    if tracker.query_limit:
        text = f"{name} is searched at most {tracker.query_limit} times; after that Prowlarr finds nothing there."
        yield Finding(Level.OK, text)
