"""A rehearsal of choosing: what would be taken, without changing anything."""

from __future__ import annotations

from audiobook_daemon.matching import choose
from audiobook_daemon.models import Outcome, WantState
from audiobook_daemon.pipeline.choose import question
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Indexer


async def rehearse(world: World, limit: int) -> Outcome:
    """Search for the wanted books and report what would be chosen."""
    due = await world.database.wants.due(WantState.WANTED, world.now(), limit)
    report = []
    for want in due:
        answers = await world.host.ask(Indexer.search, query=question(want.wish, world.settings))
        releases = [release for found in answers.values for release in found]
        blocked = {(item.source, item.key) for item in await world.database.blocklist.for_want(want.id)}
        choice = choose(want.wish, releases, world.settings.rules, blocked=blocked)
        chosen = choice.chosen.release.title if choice.chosen else None
        report.append({"id": want.id, "title": want.wish.book.title, "code": choice.code, "release": chosen})
    would = sum(line["release"] is not None for line in report)
    return Outcome(f"choose: would take a release for {would} of {len(due)} books.", len(due), would, data=report)
