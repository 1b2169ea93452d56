"""Looks at the market for one want: searches, gathers the siblings, asks the policies, and lets the rules choose."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.matching import Candidate, Choice, choose, why_better
from audiobook_daemon.matching.identity import read
from audiobook_daemon.models import Book, Release, Stance, Verdict, Want
from audiobook_daemon.pipeline.blocked import blocked_among
from audiobook_daemon.pipeline.ladder import Search, nobody
from audiobook_daemon.pipeline.siblings import Siblings, siblings_of
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Policy, Silent
from audiobook_daemon.store import Blocked, Decision
from audiobook_daemon.store import Candidate as Looked

NOT_BETTER = "not_better"
_JUDGED = 5
"""The policies are asked about so many of the best."""
_KEPT = 20
_Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Considered:
    """What came of a look at the market."""

    choice: Choice
    siblings: tuple[Book, ...]
    asked: tuple[str, ...]
    silent: tuple[Silent, ...]

    def decision(self, want: Want) -> Decision:
        """The same, to be kept: with all that the rules were given."""
        return Decision(
            self.choice.code,
            self.choice.reason,
            self.asked,
            tuple(_looked(candidate) for candidate in in_order(self.choice)[:_KEPT]),
            tuple(item.instance for item in self.silent),
            want.wish,
            self.siblings,
        )


async def consider(world: World, want: Want, owned: Release | None = None) -> Considered:
    """Climb the ladder until a release is chosen, else to its end; the best of everything found counts.

    Where there is an `owned` edition, only what is better than it counts.
    Raises Unavailable when no indexer, or not every policy, can answer.
    """
    search = Search(world, want)
    blocked = await world.database.blocklist.for_want(want.id)
    siblings: Siblings | None = None
    judging = _Judging(world, want, blocked, owned)
    choice: Choice | None = None
    while choice is None or choice.chosen is None:
        if not await search.climb():
            break
        releases = search.releases
        if releases and siblings is None:
            siblings = await siblings_of(world, want)
        choice = await judging.choose(releases, siblings.books if siblings else ())
    siblings = siblings or Siblings()
    asked = [*search.asked, *(f"other books: {name} could not answer" for name in siblings.silent)]
    choice = choice or await judging.choose((), ())
    return Considered(choice, siblings.books, tuple(asked), search.silent)


def in_order(choice: Choice) -> tuple[Candidate, ...]:
    """The candidates as people number them: the chosen one first."""
    first = (choice.chosen,) if choice.chosen else ()
    return (*first, *(candidate for candidate in choice.candidates if candidate is not choice.chosen))


class _Judging:
    """Chooses with the policies' word on whatever could be taken; each release is asked about once."""

    def __init__(self, world: World, want: Want, blocked: Collection[Blocked], owned: Release | None) -> None:
        self._world = world
        self._wish = want.wish
        self._blocked = blocked
        self._owned = owned
        self._asked: set[_Name] = set()
        self._compared: set[_Name] = set()
        self._verdicts: list[tuple[_Name, Verdict]] = []

    async def choose(self, releases: Sequence[Release], siblings: Sequence[Book]) -> Choice:
        blocked = blocked_among(releases, self._blocked)
        self._compare(releases)
        while True:
            choice = choose(
                self._wish,
                releases,
                self._world.settings.rules,
                blocked=blocked,
                judged=tuple(self._verdicts),
                siblings=siblings,
                today=self._world.now().date(),
            )
            best = [item.release for item in in_order(choice) if not item.vetoed][:_JUDGED]
            new = [release for release in best if (release.source, release.key) not in self._asked]
            if not new or not self._world.host.playing(Policy):
                return choice
            for release in new:
                await self._judge(release)

    def _compare(self, releases: Sequence[Release]) -> None:
        """Forbid what is not better than the owned edition, each once."""
        if self._owned is None:
            return
        for release in releases:
            name = (release.source, release.key)
            if name in self._compared:
                continue
            self._compared.add(name)
            preference = self._world.settings.rules.preference
            if why_better(self._wish, read(release).filled, self._owned, preference) is None:
                reason = "it is not surely better than the edition in the library"
                self._verdicts.append((name, Verdict(NOT_BETTER, Stance.VETO, reason, "upgrade")))

    async def _judge(self, release: Release) -> None:
        """A policy that cannot answer forbids, for it guards something."""
        answers = await self._world.host.ask(Policy.judge, wish=self._wish, release=release)
        if answers.silent:
            raise Unavailable(nobody(answers.silent))
        name = (release.source, release.key)
        self._asked.add(name)
        for given in answers.given:
            if given.value is not None:
                self._verdicts.append((name, replace(given.value, source=given.instance)))


def _looked(candidate: Candidate) -> Looked:
    return Looked(candidate.release, candidate.verdicts, candidate.score, candidate.lost or None)
