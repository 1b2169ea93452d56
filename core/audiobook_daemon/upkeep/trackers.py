"""Asks how our accounts at the trackers stand."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from audiobook_daemon.events import StandingSeen
from audiobook_daemon.models import Outcome, Standing
from audiobook_daemon.plugin import Tracker
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.standings import lapses


class Trackers:
    """Minds the accounts at the trackers."""

    names: ClassVar[tuple[str, ...]] = ("trackers",)
    """The methods that are actions."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._turn = asyncio.Lock()

    async def trackers(self) -> Outcome:
        """Ask how our accounts at the trackers stand, and whether the torrents are seeded that have to be."""
        async with self._turn:
            return await self._ask()

    async def _ask(self) -> Outcome:
        world, ledger = self._house.world, self._house.ledger
        known = world.host.playing(Tracker)
        if not known:
            return Outcome("trackers: no instance has an account to mind; add mam under `plugins:`.")
        before = ledger.standings(known)
        answers = await world.host.ask(Tracker.standing)
        accounts = {one.instance: one.value for one in answers.given}
        demanded = {name: one.seed_time for name, one in {**before, **accounts}.items() if one.seed_time}
        await ledger.keep(accounts, await lapses(world, demanded, ledger.duties), known)
        for name, account in accounts.items():
            await world.database.accounts.note(name, account)
        standings = ledger.standings(known)
        for name, standing in standings.items():
            if standing != before.get(name):
                world.bus.publish(StandingSeen(world.now(), name, standing, before.get(name)))
        silent = {one.instance: one.reason for one in answers.silent}
        return Outcome(
            _sentence(standings, silent),
            processed=len(known),
            succeeded=len(accounts),
            failed=len(silent),
            data=[_row(name, standings.get(name), silent.get(name)) for name in known],
        )


def _sentence(standings: Mapping[str, Standing], silent: Mapping[str, str]) -> str:
    parts = [_words(name, one) for name, one in standings.items() if name not in silent]
    parts += [f"{name} did not answer" for name in silent]
    return f"trackers: {'; '.join(parts)}."


def _words(name: str, standing: Standing) -> str:
    told = [standing.rank] if standing.rank else []
    if standing.ratio is not None:
        told.append(f"ratio {standing.ratio:.2f}")
    if standing.free_slots is not None:
        told.append(f"{standing.free_slots} slots free")
    count = len(standing.dangers)
    told.append("in no danger" if not count else "1 danger" if count == 1 else f"{count} dangers")
    return f"{name}: {', '.join(told)}"


def _row(name: str, standing: Standing | None, silent: str | None) -> dict[str, object]:
    """One line of the table; JSON values, the same in every line."""
    told = standing or Standing(at=datetime.min)  # noqa: DTZ901 - it is not shown
    return {
        "tracker": name,
        "class": told.rank,
        "ratio": told.ratio,
        "free_slots": told.free_slots,
        "slots": told.slots,
        "unsatisfied": told.unsatisfied,
        "hit_and_runs": told.hit_and_runs,
        "connectable": told.connectable,
        "vip_until": told.vip_until.date().isoformat() if told.vip_until else None,
        "at": standing.at.isoformat(timespec="seconds") if standing else None,
        "dangers": list(told.dangers),
        "silent": silent,
    }
