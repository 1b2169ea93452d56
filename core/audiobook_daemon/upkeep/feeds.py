"""Asks the sites what is new on them, and remembers how far each has told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from audiobook_daemon.matching.merge import merge
from audiobook_daemon.models import Release
from audiobook_daemon.pipeline import World
from audiobook_daemon.plugin import Answers, ReleaseFeed, Silent

_MEMORY = "(news)"
"""No instance can have this name by accident."""
_FIRST_LOOK = timedelta(days=1)
_OVERLAP = timedelta(days=1)
"""So much is asked for again, and passed over if it was told before: sites date an upload before they list it, and one
of the trackers behind a feed may have been away."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where the next question to a feed begins, and what it told already from then on."""

    since: datetime
    seen: frozenset[str] = frozenset()
    """The keys of releases."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the feeds told."""

    releases: tuple[Release, ...] = ()
    """Those never told before, one for each torrent."""
    silent: tuple[Silent, ...] = ()
    cut: tuple[str, ...] = ()
    """The feeds that know more news than they were asked for; the older ones are left out."""
    bookmarks: Mapping[str, Bookmark] = field(default_factory=dict)
    """Where to go on with each feed; one that was silent begins where it should have begun now."""


class Feeds:
    """The feeds with their bookmarks; each has its own, so that one that is down catches up later."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._memory = world.database.memory(_MEMORY)

    async def news(self, limit: int) -> Told:
        """Ask every feed for at most `limit` releases since it last told; nothing is remembered of it yet."""
        now = self._world.now()
        names = self._world.host.playing(ReleaseFeed)
        places = {name: await self._bookmark(name, now) for name in names}
        answers = await asyncio.gather(*(self._ask(name, places[name].since, limit) for name in names))
        given = {one.instance: tuple(one.value) for answer in answers for one in answer.given}
        fresh = [one for name, listed in given.items() for one in listed if one.key not in places[name].seen]
        return Told(
            await asyncio.to_thread(merge, fresh),
            tuple(one for answer in answers for one in answer.silent),
            tuple(name for name, listed in given.items() if len(listed) >= limit and not _known(listed, places[name])),
            places | {name: _after(listed, now) for name, listed in given.items()},
        )

    async def remember(self, told: Told) -> None:
        """Let the next question begin where these end; done last, so that a crash before only repeats them."""
        for name, place in told.bookmarks.items():
            value = {"since": place.since.isoformat(), "seen": sorted(place.seen)}
            await self._memory.put(name, value, secret=False)

    async def _ask(self, name: str, since: datetime, limit: int) -> Answers[Sequence[Release]]:
        return await self._world.host.ask_among([name], ReleaseFeed.latest, since=since, limit=limit)

    async def _bookmark(self, name: str, now: datetime) -> Bookmark:
        """Where to begin; a feed never asked before, or whose bookmark is damaged, tells of the last day."""
        known = _read(await self._memory.get(name))
        return Bookmark(now - _FIRST_LOOK) if known is None else replace(known, since=min(known.since, now - _OVERLAP))


def _read(stored: object) -> Bookmark | None:
    if not isinstance(stored, dict) or not isinstance(stored.get("seen"), list):
        return None
    try:
        since = datetime.fromisoformat(str(stored.get("since")))
    except ValueError:
        return None
    return Bookmark(since, frozenset(map(str, stored["seen"]))) if since.tzinfo else None


def _known(listed: Iterable[Release], place: Bookmark) -> bool:
    """Whether a list goes back to what was told before, so that nothing between is left out."""
    return any(one.key in place.seen for one in listed)


def _after(listed: Iterable[Release], now: datetime) -> Bookmark:
    since = now - _OVERLAP
    return Bookmark(since, frozenset(one.key for one in listed if one.published is None or one.published >= since))
