"""Whether the files of a download are still those that were verified: between the two anybody can put others there."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from audiobook_daemon.models import Want
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving import Plan

VERIFY = "verify"
"""The row of the journal that says what the verified files looked like; nothing is touched by it."""
_Look = Mapping[str, list[int]]


async def note(world: World, want: Want, places: Iterable[Path]) -> None:
    """Write down what the files look like before they are listened to; raises OSError if one is not there."""
    look = await asyncio.to_thread(_look, tuple(places))
    if look == await _noted(world, want):
        return  # while something is waited for they are verified again and again
    place = want.path or ""
    await world.database.journal.note(want.id, VERIFY, place, place, {"looks": look})


async def changed_since(world: World, want: Want, plan: Plan) -> tuple[str, ...]:
    """The names of files that are others than those verified last, though as large; none if that is not on record.

    A file that is no longer whole is not among them: it is no better for being verified again.
    """
    before = await _noted(world, want)
    if before is None:
        return ()
    now = await asyncio.to_thread(_look, tuple(step.source for step in plan.steps))
    return tuple(Path(place).name for place, look in now.items() if _is_another(before.get(place), look))


async def _noted(world: World, want: Want) -> Mapping[str, object] | None:
    noted = [step for step in await world.database.journal.for_want(want.id) if step.kind == VERIFY and step.done]
    before = (noted[-1].details or {}).get("looks") if noted else None
    return before if isinstance(before, dict) else None


def _look(places: tuple[Path, ...]) -> dict[str, list[int]]:
    found = {place: place.lstat() for place in places}
    return {
        str(place): [told.st_ino, told.st_mtime_ns, told.st_size]
        for place, told in found.items()
        if stat.S_ISREG(told.st_mode)
    }


def _is_another(before: object, now: list[int]) -> bool:
    return isinstance(before, list) and before != now and before[-1:] == now[-1:]
