"""Finds, weighs and sorts the torrents a query asks for."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from audiobook_daemon.demo.mam.query import SearchQuery
from audiobook_daemon.demo.mam.text import TextQuery
from audiobook_daemon.demo.mam.torrent import MamTorrent
from audiobook_daemon.torrents import read_torrent

_SORT_KEYS: Mapping[str, Callable[[MamTorrent], float | str]] = {
    "title": lambda torrent: torrent.title.casefold(),
    "file": lambda torrent: torrent.numfiles,
    "size": lambda torrent: torrent.size,
    "seeders": lambda torrent: torrent.seeders,
    "leechers": lambda torrent: torrent.leechers,
    "snatched": lambda torrent: torrent.times_completed,
    "date": lambda torrent: torrent.added.timestamp(),
    "bmka": lambda torrent: torrent.bookmarked.timestamp() if torrent.bookmarked is not None else 0,
    "reseed": lambda torrent: torrent.seeders,
    "category": lambda torrent: torrent.category,
}
_TYPES: Mapping[str, Callable[[MamTorrent], bool]] = {
    "active": lambda torrent: torrent.seeders > 0,
    "inactive": lambda torrent: torrent.seeders == 0,
    "fl": lambda torrent: torrent.free,
    "fl-VIP": lambda torrent: torrent.free or torrent.vip,
    "VIP": lambda torrent: torrent.vip,
    "nVIP": lambda torrent: not torrent.vip,
    "nMeta": lambda _: False,
    "nMeta2": lambda _: False,
}
_PILES: Mapping[str, Callable[[MamTorrent], bool]] = {
    "bookmarks": lambda torrent: torrent.bookmarked is not None,
    "allReseed": lambda torrent: torrent.seeders == 0,
    "mine": lambda _: False,
    "myReseed": lambda _: False,
    "new": lambda _: False,
}
_DEFAULT_ORDERS: Mapping[str, tuple[str, bool]] = {
    "bookmarks": ("bmka", True),
    "myReseed": ("reseed", False),
    "allReseed": ("reseed", False),
}
_UPLOADER = re.compile(r"u\d+")


class Hit(NamedTuple):
    """A torrent that was found, and its relevance (1 without a text)."""

    torrent: MamTorrent
    weight: int


def search(torrents: Iterable[MamTorrent], query: SearchQuery) -> Sequence[Hit]:
    """All hits in the asked order; the caller cuts the page.

    Bounds on seeders, leechers and snatches are not looked at: the site's JSON interface ignores them.
    """
    if query.info_hash is not None:
        return [Hit(it, 1) for it in torrents if read_torrent(it.torrent).info_hash == query.info_hash]
    if query.id is not None:
        return [Hit(it, 1) for it in torrents if it.id == query.id]
    text = TextQuery(query.text)
    found: list[Hit] = []
    for torrent in torrents:
        if _fits(torrent, query):
            weight = 1 if text.empty else text.weigh(_texts(torrent, query.fields))
            if weight is not None:
                found.append(Hit(torrent, weight))
    return _sorted(found, query, by_weight=not text.empty)


def _fits(torrent: MamTorrent, query: SearchQuery) -> bool:
    flagged = bool(torrent.browseflags & reduce(or_, query.flags, 0))
    return (
        (query.search_type not in _TYPES or _TYPES[query.search_type](torrent))
        and (query.pile not in _PILES or _PILES[query.pile](torrent))
        and (not _UPLOADER.fullmatch(query.pile) or query.pile == f"u{torrent.owner[0]}")
        and (not query.main_categories or torrent.main_category in query.main_categories)
        and (not query.categories or torrent.category in query.categories)
        and (query.languages is None or torrent.language in query.languages)
        and (not query.flags or flagged == query.only_flagged)
        and (query.since is None or torrent.added >= query.since)
        and (query.until is None or torrent.added < query.until)
        and (query.smallest is None or torrent.size >= query.smallest)
        and (query.largest is None or torrent.size <= query.largest)
    )


def _texts(torrent: MamTorrent, fields: frozenset[str]) -> Mapping[str, str]:
    texts: Mapping[str, Callable[[], str]] = {
        "title": lambda: torrent.title,
        "author": lambda: " ".join(torrent.authors),
        "narrator": lambda: " ".join(torrent.narrators),
        "series": lambda: " ".join(name for name, _ in torrent.series),
        "tags": lambda: torrent.tags,
        "description": lambda: torrent.description or "",
        "filenames": lambda: " ".join(file.path for file in read_torrent(torrent.torrent).files),
        "fileTypes": lambda: torrent.filetype,
    }
    return {name: texts[name]() for name in fields}


def _sorted(found: list[Hit], query: SearchQuery, *, by_weight: bool) -> Sequence[Hit]:
    found.sort(key=lambda hit: hit.torrent.id, reverse=True)
    order = query.sort
    if order == "random":
        random.shuffle(found)
        return found
    descending = order.endswith("Desc")
    name = order.removesuffix("Desc").removesuffix("Asc")
    if name not in _SORT_KEYS:
        if by_weight:
            return sorted(found, key=lambda hit: hit.weight, reverse=True)
        name, descending = _DEFAULT_ORDERS.get(query.pile, ("date", True))
    if name == "category":
        found.sort(key=lambda hit: hit.torrent.title.casefold())
    key = _SORT_KEYS[name]
    return sorted(found, key=lambda hit: key(hit.torrent), reverse=descending)
