"""Which recordings of a wanted book are known to exist, and how long they are."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from audiobook_daemon.models import Facts, Want
from audiobook_daemon.pipeline.describe import is_this
from audiobook_daemon.pipeline.verify.runtime import Edition
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import MetadataProvider

_PATIENCE = 30.0
"""Seconds that the providers have together; a book is not held up for what they may know."""
_log = logging.getLogger(__name__)


def wished_editions(want: Want) -> tuple[Edition, ...]:
    """The recordings that the wish itself knows of; none of them is a shortened one."""
    wish, release = want.wish, want.release
    if release and ((wish.abridged and release.abridged) or (wish.dramatised and release.dramatised)):
        return ()
    return tuple(Edition(runtime, wish.narrators) for runtime in wish.runtimes if runtime > 0)


def stated_runtime(want: Want) -> float | None:
    """What the release says of itself; of a release with several files, an indexer may mean one of them."""
    release = want.release
    return release.runtime if release and release.runtime and release.files == 1 and not want.selection else None


async def described_editions(world: World, want: Want) -> tuple[Edition, ...]:
    """The recordings that providers know; a record counts only when it is surely this book. Silence is no answer."""
    try:
        async with asyncio.timeout(_PATIENCE):
            answers = await world.host.ask(MetadataProvider.describe, book=want.wish.book)
    except TimeoutError:
        _log.info("%s: nobody said in time how long it should be.", want.wish.book.title)
        return ()
    return tuple(_editions(want, (facts for found in answers.values for facts in found)))


def _editions(want: Want, records: Iterable[Facts]) -> Iterable[Edition]:
    shortened = bool(want.release and want.release.abridged)
    for facts in records:
        of_this_kind = facts.abridged is None or facts.abridged is shortened
        if facts.runtime and facts.runtime > 0 and of_this_kind and is_this(want.wish.book, facts):
            yield Edition(facts.runtime, facts.narrators or (), facts.asin)
