"""One search: the indexers are asked rung by rung, and what they find is pooled."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import chain

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.matching.merge import merge
from audiobook_daemon.models import Release, Want
from audiobook_daemon.pipeline.rungs import Rung, plan, resembles, rungs
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Answers, Indexer, Silent


class Search:
    """Climbs the ladder for one want; whoever judges the pool says when to stop.

    Raises Unavailable when nobody answers the first question.
    """

    def __init__(self, world: World, want: Want) -> None:
        settings = world.settings
        self._world = world
        self._book = want.wish.book
        ladder = rungs(want.wish, settings.rules.gates.languages, settings.candidates)
        self._plans = {
            by_fields: plan(ladder, by_fields=by_fields, most=settings.most_queries, turn=want.attempts)
            for by_fields in (True, False)
        }
        self._left = [rung for rung in ladder if any(rung.name in planned for planned in self._plans.values())]
        self._pool: dict[tuple[str, str], Release] = {}
        self._silent: dict[str, Silent] = {}
        self.asked: list[str] = []
        """What was asked and what came of it, a line for each rung."""

    @property
    def releases(self) -> tuple[Release, ...]:
        """Everything found so far, each torrent once, however many offer it."""
        return merge(tuple(self._pool.values()))

    @property
    def silent(self) -> tuple[Silent, ...]:
        """Who could not answer on some rung."""
        return tuple(self._silent.values())

    async def climb(self) -> bool:
        """Ask the next question; False when there is none left, or nobody to ask it."""
        while self._left:
            rung = self._left.pop(0)
            if answers := await self._ask(rung):
                self._note(rung, answers)
                return True
        if not self.asked:
            raise Unavailable(nobody(()))
        return False

    async def _ask(self, rung: Rung) -> Answers[Sequence[Release]] | None:
        """Ask every indexer in its own manner; one that fell silent is not troubled again in this search."""
        host = self._world.host
        playing = [name for name in host.playing(Indexer) if name not in self._silent]
        questions = []
        for by_fields, planned in self._plans.items():
            names = [name for name in playing if _searches_fields(host.instances[name].plugin) is by_fields]
            if names and rung.name in planned:
                questions.append(host.ask_among(names, Indexer.search, query=planned[rung.name]))
        answers = await asyncio.gather(*questions)
        if not answers:
            return None
        given, silent = zip(*((one.given, one.silent) for one in answers), strict=True)
        return Answers(tuple(chain(*given)), tuple(chain(*silent)))

    def _note(self, rung: Rung, answers: Answers[Sequence[Release]]) -> None:
        found = [
            release
            for releases in answers.values
            for release in releases
            if not rung.of_title or resembles(self._book, release)
        ]
        for release in found:
            self._pool.setdefault((release.source, release.key), release)
        if not self.asked and not answers.given:
            raise Unavailable(nobody(answers.silent))
        self._silent |= {item.instance: item for item in answers.silent}
        missing = "".join(f", {item.instance} could not answer" for item in answers.silent)
        self.asked.append(f"{rung.name}: {len(found)} found{missing}")


def _searches_fields(plugin: object) -> bool:
    return isinstance(plugin, Indexer) and plugin.searches_fields


def nobody(silent: Sequence[Silent]) -> str:
    """Say who could not answer, or that there is nobody to ask."""
    if not silent:
        return "No indexer is configured; add mam or prowlarr under `plugins:`."
    return "; ".join(f"{item.instance} could not answer: {item.reason}" for item in silent)
