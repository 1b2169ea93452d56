"""Makes one of the offers of one torrent that several indexers list, so that it is judged and fetched once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.identity.line import line_of
from audiobook_daemon.matching.works import agreement
from audiobook_daemon.models import Offer, Release

_KEPT = frozenset({"source", "key", "title", "also", "extra", "price", "vip_only", "page", "info_hash"})
"""What belongs to one offer and is never filled from another one."""
_DEMANDS = ("seed_ratio", "seed_time")


def merge(releases: Iterable[Release]) -> tuple[Release, ...]:
    """One release for each torrent, in the order in which they came.

    The offer that states most of the recording stands for the torrent; the others fill its gaps and are named in
    `also`. Of different demands on seeding the stricter one holds.
    """
    groups: list[list[Release]] = []
    by_hash: dict[str, list[Release]] = {}
    by_size: dict[int, list[list[Release]]] = {}
    for release in {(release.source, release.key): release for release in releases}.values():
        group = by_hash.get(release.info_hash.casefold()) if release.info_hash else None
        if group is None and release.size is not None:
            group = next((found for found in by_size.get(release.size, ()) if _is_listed(release, found)), None)
        if group is None:
            group = []
            groups.append(group)
            if release.size is not None:
                by_size.setdefault(release.size, []).append(group)
        group.append(release)
        if release.info_hash:
            by_hash[release.info_hash.casefold()] = group
    return tuple(_merged(group) for group in groups)


def _is_listed(release: Release, group: Sequence[Release]) -> bool:
    """Whether another indexer lists a torrent of exactly this size, and of the same title in whatever form."""
    hashes = {found.info_hash.casefold() for found in group if found.info_hash}
    if release.info_hash and hashes and release.info_hash.casefold() not in hashes:
        return False
    return all(found.source != release.source and _same_title(found, release) for found in group)


def _same_title(one: Release, other: Release) -> bool:
    """Whether the shorter title begins the longer one, and the authors do not contradict each other."""
    if agreement(one.authors, other.authors) is Likeness.DIFFERENT:
        return False
    shorter, longer = sorted((line_of(one.title).keys, line_of(other.title).keys), key=len)
    return bool(shorter) and longer.startswith(shorter)


def _merged(group: Sequence[Release]) -> Release:
    if len(group) == 1:
        return group[0]
    first, *others = sorted(group, key=_known, reverse=True)
    changes: dict[str, object] = {}
    for field in fields(Release):
        if field.name in _KEPT or _says(getattr(first, field.name)):
            continue
        if found := [value for item in others if _says(value := getattr(item, field.name))]:
            changes[field.name] = found[0]
    for name in _DEMANDS:
        demands = [value for item in group if (value := getattr(item, name)) is not None]
        changes[name] = max(demands, default=None)
    changes["info_hash"] = next((item.info_hash for item in (first, *others) if item.info_hash), None)
    offers = [*first.also, *(offer for item in others for offer in (Offer(item.source, item.key), *item.also))]
    changes["also"] = tuple(dict.fromkeys(offers))
    return replace(first, **changes)  # type: ignore[arg-type]


def _known(release: Release) -> int:
    """How much an offer states of the recording."""
    return sum(_says(getattr(release, field.name)) for field in fields(Release) if field.name not in _KEPT)


def _says(value: object) -> bool:
    return value is not None and value != ()
