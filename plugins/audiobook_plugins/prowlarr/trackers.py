"""What Prowlarr tells of its indexers. They are called trackers here: an indexer of ours is the whole of Prowlarr.

Its answer holds secrets in clear text (the session of MyAnonamouse among them), so only what is named here is read,
and the answer itself goes no further. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audiobook_daemon import Unavailable
from audiobook_plugins.prowlarr.config import AUDIOBOOKS
from audiobook_plugins.prowlarr.reading import count, number, objects, text, whole

_MAM = "myanonamouse"
_MAM_RATIO, _MAM_SECONDS = 1.0, 72 * 3600
_OWN_CATEGORIES = 100_000
"""From here on a category is the tracker's own."""
_AUDIOBOOK_NAME = re.compile(
    r"audio\W{0,3}(?:b[oö]{1,2}k|boek|libr|livr)|(?:livres?|books?)\W{1,3}audio|h(?:ö|oe)r\W?b[uü]ch|"
    r"(?:lyd|lyt|ljud|luister)\W?b(?:o|ø|ö|oe)[gk]",
    re.IGNORECASE,
)
_SETTINGS = frozenset({
    "torrentBaseSettings.seedRatio",
    "torrentBaseSettings.seedTime",
    "baseSettings.queryLimit",
    "useFreeleechWedge",
    "freeleech",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tracker:
    """One indexer of Prowlarr."""

    id: int
    name: str
    enabled: bool = True
    """Whether Prowlarr searches it at all."""
    torrents: bool = True
    public: bool = False
    mam: bool = False
    redirects: bool = False
    """Downloads are not fetched by Prowlarr: it sends us to the tracker."""
    categories: Mapping[int, str] = field(default_factory=dict)
    """Every category it knows, with its name."""
    seed_ratio: float | None = None
    seed_time: int | None = None
    """Seconds."""
    spends_wedges: bool = False
    query_limit: int | None = None
    """Searches after which Prowlarr finds nothing there for a while, without a word."""

    @property
    def usable(self) -> bool:
        """Whether it can be searched for torrents."""
        return self.enabled and self.torrents

    def asked_for(self, wanted: Sequence[int]) -> tuple[int, ...]:
        """The categories to search: of the wanted ones those it has, and those of its own that are named audiobooks.

        Empty if it has none; one that tells of no categories is asked for all that are wanted.
        """
        if not self.categories:
            return tuple(wanted)
        known = [number for number in wanted if any(_covers(number, own) for own in self.categories)]
        if AUDIOBOOKS in wanted and AUDIOBOOKS not in known:
            known += [
                own for own, name in self.categories.items() if own >= _OWN_CATEGORIES and is_audiobook_name(name)
            ]
        return tuple(known)


def is_audiobook_name(name: str) -> bool:
    """Whether a tracker's own category is called audiobooks."""
    return _AUDIOBOOK_NAME.search(name) is not None


def read_trackers(document: object) -> tuple[Tracker, ...]:
    """Read the list of indexers; raises Unavailable if it is none."""
    if not isinstance(document, list) or not all(isinstance(entry, dict) for entry in document):
        raise Unavailable("Prowlarr answered with something other than the list of its indexers.")
    return tuple(tracker for entry in objects(document) if (tracker := _tracker(entry)) is not None)


def _tracker(entry: Mapping[str, object]) -> Tracker | None:
    own, name = whole(entry.get("id")), text(entry.get("name"))
    if own is None or own <= 0 or name is None:
        return None
    kinds = {str(entry.get(member)).lower() for member in ("implementation", "definitionName")}
    mam = _MAM in kinds
    settings = {str(one.get("name")): one.get("value") for one in objects(entry.get("fields")) if _is_read(one)}
    ratio, seconds = _seed_rules(settings)
    capabilities = entry.get("capabilities")
    tree = capabilities.get("categories") if isinstance(capabilities, dict) else None
    return Tracker(
        id=own,
        name=name,
        enabled=entry.get("enable") is not False and entry.get("supportsSearch") is not False,
        torrents=entry.get("protocol") == "torrent",
        public=entry.get("privacy") == "public",
        mam=mam,
        redirects=entry.get("redirect") is True,
        categories=dict(_categories(tree)),
        seed_ratio=max(ratio or 0.0, _MAM_RATIO) if mam else ratio,
        seed_time=max(seconds or 0, _MAM_SECONDS) if mam else seconds,
        # Versions before 2026 had a box to tick.
        spends_wedges=mam and (bool(count(settings.get("useFreeleechWedge"))) or settings.get("freeleech") is True),
        query_limit=count(settings.get("baseSettings.queryLimit")) or None,
    )


def _is_read(setting: Mapping[str, object]) -> bool:
    return str(setting.get("name")) in _SETTINGS


def _seed_rules(settings: Mapping[str, object]) -> tuple[float | None, int | None]:
    ratio = number(settings.get("torrentBaseSettings.seedRatio"))
    minutes = count(settings.get("torrentBaseSettings.seedTime"))
    return (ratio if ratio and ratio > 0 else None), (minutes * 60 if minutes else None)


def _categories(tree: object) -> Iterator[tuple[int, str]]:
    for entry in objects(tree):
        # The tree has two levels; whatever claims to be deeper is not followed.
        for category in (entry, *objects(entry.get("subCategories"))):
            own = count(category.get("id"))
            if own is not None:
                yield own, text(category.get("name")) or ""


def _covers(wanted: int, own: int) -> bool:
    """Whether searching one category searches another: itself, or all of its thousand."""
    return wanted == own or (wanted % 1000 == 0 and wanted < own < wanted + 1000)
