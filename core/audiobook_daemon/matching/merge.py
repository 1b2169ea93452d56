"""Makes one release of one torrent that several indexers offer, each knowing something else of it.

Two offers are the same torrent if they have the same info-hash or the same page at its tracker. A title is no proof.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlsplit

from audiobook_daemon.models import Offer, Price, Release

_PAGE = re.compile(r"/(t|torrents?|details)/([0-9]{1,12})(?:/[^/]*)?/?")
_PORTS = {"http": ":80", "https": ":443"}
_RECORDING = (
    *("authors", "narrators", "series", "language", "formats", "bitrate", "runtime", "abridged", "dramatised"),
    *("tags", "isbn", "asin"),
)
"""What only the tracker itself tells, field by field."""
_OWN = frozenset({"source", "key", "title", "also", "extra", "price", "vip_only", "seed_ratio", "seed_time"})
_FILLED = tuple(field.name for field in fields(Release) if field.name not in _OWN)


def merge(releases: Sequence[Release]) -> tuple[Release, ...]:
    """Keep one release of each torrent, in the place of its first.

    The one that tells most of the recording stays; what it leaves open is filled in from the others, the stricter
    seed rules hold, and the others become its `also`. Which releases come out does not depend on the order of the
    releases that go in, and merging again changes nothing.
    """
    while len(merged := _once(releases)) < len(releases):
        releases = merged  # what two offers know together may name a third
    return merged


def tracker_page(address: str | None) -> str | None:
    """Write the page of one torrent the same way whoever links to it; None for every other page."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    found = _PAGE.fullmatch(parts.path)
    if found is None or not parts.netloc or parts.query:
        return None
    host = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, "")).removeprefix("www.")
    return f"{host}/{found[1]}/{found[2]}"


def _once(releases: Sequence[Release]) -> tuple[Release, ...]:
    hashes: defaultdict[str, set[str]] = defaultdict(set)
    for release in releases:
        if release.info_hash and (page := tracker_page(release.page)):
            hashes[page].add(release.info_hash.lower())
    torrents: defaultdict[object, list[Release]] = defaultdict(list)
    for release in releases:
        torrents[_torrent(release, hashes)].append(release)
    return tuple(_merged(offers) if len(offers) > 1 else offers[0] for offers in torrents.values())


def _torrent(release: Release, hashes: Mapping[str, set[str]]) -> object:
    """What names the torrent of a release: its hash, or the only one its page is known for, or the page."""
    if release.info_hash:
        return release.info_hash.lower()
    page = tracker_page(release.page)
    known = hashes.get(page, set()) if page else set()
    if len(known) == 1:
        return next(iter(known))
    return page or (release.source, release.key)


def _merged(offers: Sequence[Release]) -> Release:
    best, *others = sorted(offers, key=_rank)
    changes: dict[str, Any] = {
        name: next((value for one in others if _is_stated(value := getattr(one, name))), getattr(best, name))
        for name in _FILLED
        if not _is_stated(getattr(best, name))
    }
    prices = (one.price for one in (best, *others) if one.price is not Price.UNKNOWN)
    return replace(
        best,
        **changes,
        price=next(prices, Price.UNKNOWN),
        vip_only=any(one.vip_only for one in offers),
        seed_ratio=max((one.seed_ratio for one in offers if one.seed_ratio is not None), default=None),
        seed_time=max((one.seed_time for one in offers if one.seed_time is not None), default=None),
        also=_also(best, others),
    )


def _also(best: Release, others: Sequence[Release]) -> tuple[Offer, ...]:
    known = {
        (offer.source, offer.key): offer
        for one in (best, *others)
        for offer in (Offer(one.source, one.key, one.extra), *one.also)
    }
    del known[best.source, best.key]
    return tuple(known[name] for name in sorted(known))


def _rank(release: Release) -> tuple[object, ...]:
    """The order of offers, the one that tells most of the recording first; the names and the rest break ties."""
    recording = sum(_is_stated(getattr(release, name)) for name in _RECORDING)
    stated = sum(_is_stated(getattr(release, name)) for name in _FILLED)
    return -recording, -stated, release.source, release.key, repr(release)


def _is_stated(value: object) -> bool:
    return value is not None and value != ()
