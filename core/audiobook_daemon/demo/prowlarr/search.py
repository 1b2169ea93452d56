"""Finds what a search asks for, with Prowlarr's silence about all that goes wrong."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from audiobook_daemon.demo.prowlarr.indexers import ProwlarrIndexer
from audiobook_daemon.demo.prowlarr.offers import ProwlarrOffer

_ALL_USENET, _ALL_TORRENTS = -1, -2
_WORD = re.compile(r"\w+")


class AllUnavailable(Exception):
    """No indexer is left of those that were named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a search."""

    words: str = ""
    indexers: frozenset[int] = frozenset()
    """Empty is all of them."""
    categories: frozenset[int] = frozenset()
    limit: int = 0
    """Not named, it is 0, and the indexer is asked for 0 releases."""
    offset: int = 0


Hit = tuple[ProwlarrIndexer, ProwlarrOffer]


async def search(indexers: Iterable[ProwlarrIndexer], asked: Asked, now: Callable[[], datetime]) -> list[Hit]:
    """Ask the indexers at the same time; one that fails has found nothing, and only its status tells of it.

    Raises AllUnavailable if every named indexer is switched off or left alone after failures.
    """
    able = [one for one in indexers if one.enabled and not one.blocked(now()) and _is_named(one, asked.indexers)]
    if asked.indexers and not able:
        raise AllUnavailable
    able = [one for one in able if not asked.categories or _expanded(asked.categories, one) & _all_categories(one)]
    found = await asyncio.gather(*(_ask(one, asked, now) for one in able))
    hits = [(indexer, offer) for indexer, offers in zip(able, found, strict=True) for offer in offers]
    first: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: hit[0].priority):
        first.setdefault(hit[1].guid, hit)
    return list(first.values())


async def _ask(indexer: ProwlarrIndexer, asked: Asked, now: Callable[[], datetime]) -> Sequence[ProwlarrOffer]:
    if indexer.query_limit is not None and len(indexer.searches) >= indexer.query_limit:
        return ()
    indexer.searches.append(asked.words)
    if indexer.slow:
        await asyncio.sleep(indexer.slow)
    if indexer.failing:
        indexer.fail(now())
        return ()
    indexer.succeed()
    wanted = set(_words(asked.words))
    categories = _expanded(asked.categories, indexer)
    found = [
        offer
        for offer in indexer.offers
        if wanted <= {*_words(offer.title), *_words(offer.found_by)}
        # What has no category passes every filter.
        and (not categories or not offer.categories or categories & {*offer.categories})
    ]
    found.sort(key=lambda offer: offer.published, reverse=True)
    return found[asked.offset : asked.offset + asked.limit]


def _is_named(indexer: ProwlarrIndexer, wanted: frozenset[int]) -> bool:
    every = _ALL_USENET if indexer.protocol == "usenet" else _ALL_TORRENTS
    return not wanted or bool({indexer.id, every} & wanted)


def _all_categories(indexer: ProwlarrIndexer) -> set[int]:
    return {*indexer.categories, *indexer.own_categories}


def _expanded(wanted: frozenset[int], indexer: ProwlarrIndexer) -> set[int]:
    """The wanted categories, and those below them that the indexer has."""
    return {
        *wanted,
        *(
            own
            for own in indexer.categories
            for parent in wanted
            if parent % 1000 == 0 and own // 1000 == parent // 1000
        ),
    }


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
