"""One release as an indexer of the stand-in offers it, and the JSON Prowlarr makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

AUDIOBOOKS = 3030
NAMES: Mapping[int, str] = {
    3000: "Audio", 3010: "Audio/MP3", 3030: "Audio/Audiobook", 3040: "Audio/Lossless", 7000: "Books",
    7020: "Books/EBook",
}  # fmt: skip
"""The standard categories that are played here; those of a tracker's own have no name in a search."""

_NOT_SORTED = re.compile(r"[^\w ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProwlarrOffer:
    """A release; what the tracker does not tell is None.

    It can be had as a .torrent (`torrent`), as a magnet link (`magnet`), or both.
    """

    guid: str
    """What names it at its indexer; mostly the address of its page."""
    title: str
    torrent: bytes | None = None
    """The content of the .torrent file."""
    magnet: str | None = None
    origin: str | None = None
    """Its address at the tracker, to which Prowlarr sends those who download if the indexer redirects."""
    found_by: str = ""
    """Words the tracker knows beside those of the title: authors, series."""
    size: int = 0
    """Bytes as the tracker tells them, perhaps rounded; 0 is unknown."""
    published: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    categories: tuple[int, ...] = (AUDIOBOOKS,)
    flags: tuple[str, ...] = ()
    files: int | None = None
    grabs: int | None = None
    seeders: int | None = None
    leechers: int | None = None
    page: str | None = None
    comments: str | None = None
    info_hash: str | None = None


def release_json(
    offer: ProwlarrOffer, indexer: tuple[int, str, str], links: tuple[str | None, str | None], now: datetime
) -> dict[str, object]:
    """Write an offer as the search does, members without a value left out.

    `indexer` is its number, name and protocol, `links` are those to download and to the magnet link.
    """
    number, name, protocol = indexer
    age = now - offer.published
    download, magnet = links
    written: dict[str, object] = {
        "guid": offer.guid,
        "age": age.days,
        "ageHours": age.total_seconds() / 3600,
        "ageMinutes": age.total_seconds() / 60,
        "size": offer.size,
        "files": offer.files,
        "grabs": offer.grabs,
        "indexerId": number,
        "indexer": name,
        "title": offer.title,
        "sortTitle": _NOT_SORTED.sub("", offer.title.lower()),
        "imdbId": 0,
        "tmdbId": 0,
        "tvdbId": 0,
        "tvMazeId": 0,
        "publishDate": time_stamp(offer.published),
        "downloadUrl": download,
        "infoUrl": offer.page,
        "commentUrl": offer.comments,
        "indexerFlags": list(offer.flags),
        "categories": [_category(number) for number in offer.categories],
        "magnetUrl": magnet,
        "infoHash": offer.info_hash,
        "seeders": offer.seeders,
        "leechers": offer.leechers,
        "protocol": protocol,
        "fileName": f"{offer.title}.{'nzb' if protocol == 'usenet' else 'torrent'}",
        "id": 0,
    }
    return {member: value for member, value in written.items() if value is not None}


def time_stamp(moment: datetime) -> str:
    """Write a moment in UTC, with `Z` and without fractions of a second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _category(number: int) -> dict[str, object]:
    named = {"id": number, "name": NAMES[number]} if number in NAMES else {"id": number}
    return {**named, "subCategories": []}
