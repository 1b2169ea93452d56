"""Looks what is new on the trackers, so that a wanted book is searched the night it appears."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, TypeVar

from pydantic import Field

from audiobook_daemon.models import Outcome, Release, Want, WantState
from audiobook_daemon.pipeline.blocked import blocked_among
from audiobook_daemon.plugin import ReleaseFeed
from audiobook_daemon.store import Gap, GapState
from audiobook_daemon.upkeep.feeds import Feeds, Told
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.matches import Matched, Sought, match
from audiobook_daemon.upkeep.thinking import think

N = TypeVar("N", Want, Gap)

TASK = "mam_scan"
EVENT = "news"
Limit = Annotated[int, Field(ge=1, le=5000)]
"""How many releases one site is asked for."""
_PAGE = 100
"""So many wants or gaps are read at a time, for each reading holds up everything else."""
_SEARCHED = (WantState.WANTED, WantState.REVIEW)
_OPEN_GAPS = (GapState.FOUND, GapState.UNRELEASED, GapState.GRADUAL)
_TOLD = 100
"""So many of the findings go into the answer."""


class News:
    """Looks what is new on the trackers."""

    names: ClassVar[tuple[str, ...]] = (TASK,)
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._database = house.database
        self._feeds = Feeds(house.world)
        self._turn = asyncio.Lock()

    async def mam_scan(self, limit: Limit = 1000, dry_run: bool = False) -> Outcome:
        """Look what is new on the trackers since the last look; wanted books among it are searched at once.

        Each site is asked for up to `limit` releases. Nothing is downloaded here: `choose` does that, by its own rules.
        """
        async with self._turn:
            return await self._look(limit, dry=self._house.dry(dry_run))

    async def _look(self, limit: int, *, dry: bool) -> Outcome:
        if not self._house.world.host.playing(ReleaseFeed):
            return Outcome(f"{TASK}: no instance tells what is new; add mam or prowlarr under `plugins:`.")
        told = await self._feeds.news(limit)
        matched = await self._match(told.releases)
        waiting = frozenset(want.id for want in matched.wants if self._waits(want))
        due = waiting if dry else await self._database.wants.make_due(waiting)
        sentence = _sentence(told, matched, len(due), dry=dry)
        if not dry:
            await self._record(told, matched, sentence)
        return Outcome(
            sentence,
            processed=len(told.releases),
            succeeded=len(due),
            failed=len(told.silent) + len(matched.failed),
            data=[one.plain() for one in matched.found[:_TOLD]],
        )

    async def _match(self, releases: Sequence[Release]) -> Matched:
        if not releases:
            return Matched()
        world = self._house.world
        wants = await _all(lambda last: self._database.wants.after(last, _SEARCHED, _PAGE))
        gaps = await _all(lambda last: self._database.gaps.after(last, _OPEN_GAPS, _PAGE))
        sought = [*map(Sought.of_want, wants), *map(Sought.of_gap, gaps)]
        # Thousands of comparisons take seconds, and the daemon has other things to do meanwhile.
        rules, today = world.settings.rules, world.now().date()
        return await self._without_blocked(await think(match, releases, sought, rules, today))

    async def _without_blocked(self, matched: Matched) -> Matched:
        """Leave out releases that failed a want before."""
        blocked = {want.id: await self._database.blocklist.for_want(want.id) for want in matched.wants}
        return replace(
            matched,
            found=tuple(
                one
                for one in matched.found
                if one.want is None or not blocked_among((one.release,), blocked[one.want.id])
            ),
        )

    def _waits(self, want: Want) -> bool:
        now = self._house.world.now()
        return want.state is WantState.WANTED and want.next_try is not None and want.next_try > now

    async def _record(self, told: Told, matched: Matched, sentence: str) -> None:
        """Write down what failed, one line of the log for all, and last where to go on."""
        failed = self._database.failed_attempts
        for silent in told.silent:
            code = "needs_person" if silent.needs_person else "unavailable"
            await failed.record(TASK, silent.instance, silent.instance, silent.reason, code)
        for release, reason in matched.failed:
            await failed.record(TASK, f"{release.source}:{release.key}", release.title, reason, "mistake")
        await self._database.events.add(EVENT, sentence)
        await self._feeds.remember(told)


async def _all(page: Callable[[int], Awaitable[Sequence[N]]]) -> list[N]:
    """Read page by page, each after the last id of the one before."""
    found: list[N] = []
    while part := await page(found[-1].id or 0 if found else 0):
        found += part
    return found


def _sentence(told: Told, matched: Matched, due: int, *, dry: bool) -> str:
    verb = "would be searched" if dry else "are searched"
    searched = f"{due} wanted books among them {verb} at the next `choose`" if due else "no waiting book among them"
    parts = [f"{len(told.releases)} new releases", searched]
    if reviewed := sum(want.state is WantState.REVIEW for want in matched.wants):
        parts.append(f"{reviewed} are offered that wait for you")
    if matched.gaps:
        parts.append(f"{len(matched.gaps)} that series or authors lack are offered")
    if told.cut:
        parts.append(f"{' and '.join(told.cut)} had more news than were asked for, the older ones are left out")
    if matched.failed:
        parts.append(f"{len(matched.failed)} could not be read")
    if told.silent:
        parts.append(f"{', '.join(one.instance for one in told.silent)} could not answer")
    return f"{TASK}: {', '.join(parts)}."
