"""Asks the chart sources and reads the lists, and turns what they say into wishes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from audiobook_daemon import (
    Answers,
    AuthFailed,
    Book,
    ChartEntry,
    ChartRequest,
    ChartSource,
    Context,
    Finding,
    Given,
    ImportList,
    Level,
    Plugin,
    Quota,
    Unavailable,
    Wish,
    hookimpl,
)
from audiobook_plugins.top10.config import Feed, Page, TopTenConfig
from audiobook_plugins.top10.feeds import read_feed
from audiobook_plugins.top10.pages import read_page

PACE = 3.0
"""Seconds between the starts of two requests for pages."""
LARGEST = 4 * 1024 * 1024
"""Bytes of a page or feed."""


class TopTen(Plugin[TopTenConfig], ImportList):
    """Wishes for the best new books of genres and lists.

    Every book down to `walk` is wished for in the order of the ranking; the quota says how many that nobody owns yet
    are taken.
    """

    def __init__(self, config: TopTenConfig, context: Context) -> None:
        super().__init__(config, context)
        context.http.pace(PACE, one_at_a_time=True)

    @hookimpl
    async def wishes(self) -> Sequence[Wish]:
        """Wish for every genre and list that can be read now; Unavailable if that is none."""
        found: list[Wish] = []
        faults: list[str] = []
        read = 0
        for genre, count, days in self.config.shares():
            try:
                found += await self._genre(genre, count, days)
                read += 1
            except Unavailable as error:
                faults.append(str(error))
        for page in self.config.pages:
            try:
                found += await self._list(page)
                read += 1
            except Unavailable as error:
                faults.append(str(error))
        if not read:
            raise Unavailable(" ".join(dict.fromkeys(faults)))
        for fault in faults:
            self.context.log.warning("%s The other lists were read.", fault)
        return found

    async def check(self) -> Sequence[Finding]:
        """Ask for the top of every genre and read every list."""
        return [
            *[await self._check_genre(genre, days) for genre, _, days in self.config.shares()],
            *[await self._check_list(page) for page in self.config.pages],
        ]

    async def _genre(self, genre: str, count: int, days: int | None) -> list[Wish]:
        answers = await self._ask(genre, days, self.config.walk)
        chart = self._preferred(answers)
        if chart is None:
            self.context.log.warning("%s", _unknown_genre(genre, answers))
            return []
        for silent in answers.silent:
            self.context.log.warning(
                "%s did not rank %s (%s); the ranking of %s is taken.",
                silent.instance,
                genre,
                silent.reason.rstrip("."),
                chart.instance,
            )
        period = "of all time" if days is None else f"last {days} days"
        return [
            Wish(
                entry.book,
                origin=self.context.name,
                narrators=entry.narrators,
                languages=self.config.languages,
                runtimes=(entry.runtime,) if entry.runtime else (),
                quota=Quota(genre, count),
                rank=entry.rank,
                note=f"most snatched in {_title(genre)}, {period}, rank {entry.rank} ({chart.instance})",
            )
            for entry in sorted(chart.value, key=lambda entry: entry.rank)[: self.config.walk]
        ]

    async def _list(self, page: Page | Feed) -> list[Wish]:
        languages = (page.language,) if page.language else self.config.languages
        books = list(dict.fromkeys(await self._read(page)))[: self.config.walk]
        return [
            Wish(
                book,
                origin=self.context.name,
                languages=languages,
                quota=Quota(page.name, page.count or self.config.count),
                rank=rank,
                note=f"on the list {page.name}, rank {rank}",
            )
            for rank, book in enumerate(books, 1)
        ]

    async def _ask(self, genre: str, days: int | None, limit: int) -> Answers[Sequence[ChartEntry]]:
        """Ask for a ranking; Unavailable if nobody has one and somebody did not answer."""
        request = ChartRequest(genre, days, limit, self.config.languages)
        answers = await self.context.ask(ChartSource.chart, request=request)
        if not answers.given and not answers.silent:
            raise Unavailable("No instance ranks genres; add mam under `plugins:`.")
        if answers.silent and not any(answers.values):
            reasons = [f"{one.instance}: {one.reason.rstrip('.')}" for one in answers.silent]
            reasons += [f"{one.instance}: it knows no such books" for one in answers.given]
            raise Unavailable(f"Nobody could rank {genre} ({'; '.join(reasons)}).")
        return answers

    def _preferred(self, answers: Answers[Sequence[ChartEntry]]) -> Given[Sequence[ChartEntry]] | None:
        """The answer to take: of those with entries the first in `charts`, then mam, then the order of the file."""
        charts = self.config.charts

        def place(given: Given[Sequence[ChartEntry]]) -> tuple[int, bool]:
            named = charts.index(given.instance) if given.instance in charts else len(charts)
            return named, not given.instance.startswith("mam")

        return min((given for given in answers.given if given.value), key=place, default=None)

    async def _read(self, page: Page | Feed) -> tuple[Book, ...]:
        """Fetch a list and read it, once; Unavailable for everything that is none."""
        address = page.feed if isinstance(page, Feed) else page.url
        answer = await self.context.http.request("GET", address, max_bytes=LARGEST)
        if 300 <= answer.status < 400:
            raise Unavailable(
                f"The list {page.name} sends us elsewhere (status {answer.status}); "
                "it wants a login, or it has moved: write its new address."
            )
        try:
            answer.check()
        except AuthFailed as error:
            # One closed page is no reason to stop the genres until a person comes.
            raise Unavailable(f"The list {page.name} is closed to us (status {answer.status}).") from error
        if isinstance(page, Feed):
            return await asyncio.to_thread(read_feed, page, answer.body)
        return await asyncio.to_thread(read_page, page, answer.text())

    async def _check_genre(self, genre: str, days: int | None) -> Finding:
        try:
            answers = await self._ask(genre, days, 1)
        except Unavailable as error:
            return Finding(Level.FAILURE, str(error), "See what the instance says that ranks it.")
        if chart := self._preferred(answers):
            return Finding(Level.OK, f"{chart.instance} ranks {genre}.")
        return Finding(Level.WARNING, _unknown_genre(genre, answers), "Look at the genre's spelling under `genres`.")

    async def _check_list(self, page: Page | Feed) -> Finding:
        try:
            books = await self._read(page)
        except Unavailable as error:
            return Finding(Level.FAILURE, str(error), f"Open the address of {page.name} in a browser.")
        return Finding(Level.OK, f"The list {page.name} has {len(books)} books; the first is {books[0].title}.")


def _unknown_genre(genre: str, answers: Answers[Sequence[ChartEntry]]) -> str:
    asked = ", ".join(given.instance for given in answers.given)
    return f"No books of the genre {genre} at {asked}: it has another name there, or nothing is new in that time."


def _title(genre: str) -> str:
    return genre.replace("-", " ").title()
