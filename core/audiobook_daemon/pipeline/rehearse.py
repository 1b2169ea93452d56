"""A rehearsal of choosing: what would be taken, without changing anything."""

from __future__ import annotations

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import Outcome, WantState
from audiobook_daemon.pipeline.consider import consider
from audiobook_daemon.pipeline.world import World


async def rehearse(world: World, limit: int) -> Outcome:
    """Search for the wanted books and report what would be chosen."""
    due = await world.database.wants.due(WantState.WANTED, world.now(), limit)
    report: list[dict[str, object]] = []
    would = silent = 0
    for want in due:
        line: dict[str, object] = {"id": want.id, "title": want.wish.book.title}
        try:
            choice = (await consider(world, want)).choice
        except Unavailable as error:
            silent += 1
            report.append(line | {"code": "unavailable", "reason": str(error), "release": None})
            continue
        would += choice.chosen is not None
        chosen = choice.chosen.release.title if choice.chosen else None
        report.append(line | {"code": choice.code, "reason": choice.reason, "release": chosen})
    summary = f"choose: would take a release for {would} of {len(due)} books."
    return Outcome(summary, len(due), would, failed=silent, data=report)
