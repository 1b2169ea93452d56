"""Puts one question to all trackers at the same time, each with a time limit of its own.

Prowlarr answers a search with what some trackers found, and with nothing at all when all of them failed: it does not
say so. One call for each tracker tells them apart, and a slow one does not hide the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from audiobook_daemon import AuthFailed, Context, PluginError, Query, Release, Unavailable
from audiobook_plugins.prowlarr.client import Client
from audiobook_plugins.prowlarr.config import ProwlarrConfig
from audiobook_plugins.prowlarr.failures import Failure, failure_since
from audiobook_plugins.prowlarr.news import newest_first, newest_of
from audiobook_plugins.prowlarr.parse import read_releases
from audiobook_plugins.prowlarr.questions import search_words
from audiobook_plugins.prowlarr.trackers import Tracker

_LONGEST = 95.0
"""Seconds until the last tracker must have answered; the host gives a search 120, and the state is read at the end."""
_Question = Callable[[Tracker], Awaitable[list[Release]]]


@dataclass(slots=True)
class _Found:
    """What came of a question: what the trackers have, and which of them could not answer, and why."""

    releases: list[Release] = field(default_factory=list)
    silent: dict[str, PluginError] = field(default_factory=dict)


class Search:
    """Asks the trackers that are configured."""

    def __init__(self, client: Client, config: ProwlarrConfig, context: Context) -> None:
        self.silent: Mapping[str, str] = {}
        """The names of the trackers that could not answer the last question, and why."""
        self._client = client
        self._config = config
        self._context = context
        self._gate = asyncio.Semaphore(config.together)

    async def find(self, query: Query) -> list[Release]:
        """Ask every tracker by the words of the question.

        Raises AuthFailed if the key is refused, and Unavailable if Prowlarr cannot be asked, has nobody to ask, or
        nothing was found while a tracker could not answer.
        """
        words = search_words(query)
        if not words or query.limit <= 0:
            return []

        async def by_words(tracker: Tracker) -> list[Release]:
            categories = tracker.asked_for(self._config.categories)
            document = await self._client.search(tracker, words, categories, query.limit)
            return read_releases(document, self._context.name, tracker)

        return await self._of_all(by_words)

    async def newest(self, since: datetime | None, limit: int) -> list[Release]:
        """Ask every tracker for its newest releases, the newest first; raises as `find` does.

        A tracker that is silent while others answer is told of in the log; what it had is lost to those who do not
        reach back further the next time.
        """
        if limit <= 0:
            return []

        async def from_the_top(tracker: Tracker) -> list[Release]:
            categories = tracker.asked_for(self._config.categories)
            return await newest_of(self._client, self._context.name, tracker, categories, since, limit)

        return newest_first(await self._of_all(from_the_top), since)[:limit]

    async def _of_all(self, question: _Question) -> list[Release]:
        deadline = asyncio.get_running_loop().time() + _LONGEST
        before = await self._client.failures()
        trackers = self._asked(await self._client.trackers(), before)
        answers = await asyncio.gather(*(self._ask(one, question, deadline) for one in trackers))
        found = await self._told_apart(zip(trackers, answers, strict=True), before)
        self._note(found)
        if found.silent and not found.releases:
            raise _nothing(found.silent)
        return found.releases

    def _note(self, found: _Found) -> None:
        """Remember who was silent, and say so when that is news and no error says it."""
        before, self.silent = self.silent, {name: _reason(error) for name, error in found.silent.items()}
        if found.releases and self.silent.keys() - before.keys():
            self._context.log.warning("Not all indexers of Prowlarr could be asked. %s.", _told(found.silent))

    def _asked(self, trackers: Sequence[Tracker], failures: Mapping[int, Failure]) -> list[Tracker]:
        usable = [one for one in chosen(trackers, self._config) if one.asked_for(self._config.categories)]
        if not usable:
            raise Unavailable("Prowlarr has no indexer that can be asked for audiobooks; the doctor says why.")
        now = self._context.now()
        # Who has been away for days would keep every search from ever finding nothing.
        present = [one for one in usable if not failures.get(one.id, Failure()).for_long(now)]
        if not present:
            raise Unavailable(f"Prowlarr has reached none of its indexers for a day: {_names(usable)}.")
        return present

    async def _told_apart(
        self, answers: Iterable[tuple[Tracker, list[Release] | PluginError]], before: Mapping[int, Failure]
    ) -> _Found:
        """Tell those that have nothing from those that could not answer; raises AuthFailed if the key is refused."""
        found = _Found()
        empty = []
        for tracker, answer in answers:
            if isinstance(answer, AuthFailed):
                raise answer
            if isinstance(answer, PluginError):
                found.silent[tracker.name] = answer
            elif answer:
                found.releases += answer
            else:
                empty.append(tracker)
        try:
            after = await self._client.failures() if empty else {}
        except Unavailable as error:
            found.silent |= {tracker.name: error for tracker in empty}
            return found
        now = self._context.now()
        for tracker in empty:
            if reason := failure_since(tracker.id, before, after, now):
                found.silent[tracker.name] = Unavailable(reason)
        return found

    async def _ask(self, tracker: Tracker, question: _Question, deadline: float) -> list[Release] | PluginError:
        try:
            async with asyncio.timeout_at(deadline), self._gate, asyncio.timeout(self._config.timeout):
                return await question(tracker)
        except TimeoutError:
            return Unavailable("it did not answer in time")
        except PluginError as error:
            return error


def chosen(trackers: Sequence[Tracker], config: ProwlarrConfig) -> list[Tracker]:
    """Those of the trackers that have torrents and that the configuration names, or all if it names none."""
    wanted = {str(entry).casefold() for entry in config.indexers}
    return [one for one in trackers if one.usable and (not wanted or {one.name.casefold(), str(one.id)} & wanted)]


def _nothing(silent: Mapping[str, PluginError]) -> Unavailable:
    waits = [error.retry_after for error in silent.values() if isinstance(error, Unavailable) and error.retry_after]
    return Unavailable(
        f"Prowlarr found nothing, but not all of its indexers could be asked. {_told(silent)}.",
        max(waits, default=None),
    )


def _told(silent: Mapping[str, PluginError]) -> str:
    return "; ".join(f"{name}: {_reason(error)}" for name, error in silent.items())


def _reason(error: PluginError) -> str:
    return str(error).rstrip(".")


def _names(trackers: Sequence[Tracker]) -> str:
    return ", ".join(tracker.name for tracker in trackers)
