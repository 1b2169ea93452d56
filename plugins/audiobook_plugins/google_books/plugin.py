"""Translates between the daemon and Google Books."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon import (
    AnswerCache,
    AuthorQuestion,
    Bibliography,
    Book,
    Context,
    Facts,
    Finding,
    Level,
    MetadataProvider,
    Plugin,
    PluginError,
    Refused,
    SeriesQuestion,
    SeriesRecord,
    Unavailable,
    Work,
    hookimpl,
)
from audiobook_plugins.google_books.answers import NO_KEY
from audiobook_plugins.google_books.client import Client
from audiobook_plugins.google_books.config import GoogleBooksConfig
from audiobook_plugins.google_books.parse import Volume, complete, facts_of
from audiobook_plugins.google_books.questions import author_search, isbn_search, text_searches
from audiobook_plugins.google_books.score import author_score, score
from audiobook_plugins.google_books.works import works_of

_GOOD_ENOUGH = 0.75
"""From here on no further search is tried."""
_WORTH_A_LOOK = 0.35
_OFFERED = 5


class _Incomplete(Exception):
    """Facts whose full record did not come this time: good enough to tell, not to keep."""

    def __init__(self, facts: Sequence[Facts]) -> None:
        super().__init__("the full record is missing")
        self.facts = facts


class GoogleBooks(Plugin[GoogleBooksConfig], MetadataProvider, Bibliography):
    """Describes books by Google's volumes: titles, authors, dates, texts and ISBNs of printed editions."""

    def __init__(self, config: GoogleBooksConfig, context: Context) -> None:
        super().__init__(config, context)
        self._client = Client(config, context)
        days = config.cache_days
        self._facts = AnswerCache(context, "describe", Facts, days=days, empty_days=days)
        self._works = AnswerCache(context, "works", Work, days=days)

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        """Offer up to five volumes, the likeliest first and in full; from the cache if Google does not answer."""
        try:
            return await self._facts.answer(_asked(book), lambda: self._look_up(book))
        except _Incomplete as answer:
            return answer.facts

    @hookimpl
    async def series_of(self, asked: SeriesQuestion) -> Sequence[SeriesRecord]:  # noqa: ARG002
        """Know nothing of series."""
        return ()

    @hookimpl
    async def works_by(self, asked: AuthorQuestion) -> Sequence[Work]:
        """List the volumes of an author, many of them editions of one work."""
        question = author_search(asked.name)
        if question is None:
            return ()

        async def ask() -> Sequence[Work]:
            return works_of(await self._client.search_through(question, self.config.pages), asked, self.context.name)

        return await self._works.answer([asked.name, sorted(asked.languages), self.config.pages], ask)

    async def check(self) -> Sequence[Finding]:
        """Ask one small question."""
        found: list[Finding] = []
        if self.config.key is None:
            found.append(Finding(Level.WARNING, "Without a key Google Books answers on few days.", NO_KEY))
        try:
            await self._client.search('intitle:"alice in wonderland"', hits=1)
        except PluginError as error:
            return (*found, Finding(Level.FAILURE, str(error)))
        return (*found, Finding(Level.OK, "Google Books answers."))

    async def _look_up(self, book: Book) -> Sequence[Facts]:
        """Search and complete the best record; raises _Incomplete if that does not come now."""
        rated = await self._search(book)
        if not rated or (rated[0][1] < _WORTH_A_LOOK and not _agrees(book, rated[0][0])):
            return ()
        (best, rating), others = rated[0], rated[1:]
        whole = True
        try:
            best = complete(best, await self._client.volume(best.id))
            # The search may call a volume otherwise than its full record does; the better likeness counts.
            rating = max(rating, score(book, best, self.config.language))
        except (Unavailable, Refused) as error:
            self.context.log.info("The search record has to do for %r: %s", best.title, error)
            whole = isinstance(error, Refused)
        offered = [(volume, rate) for volume, rate in ((best, rating), *others) if rate >= _WORTH_A_LOOK][:_OFFERED]
        facts = tuple(facts_of(volume, self.context.name, rate) for volume, rate in offered)
        if not whole:
            raise _Incomplete(facts)
        return facts

    async def _search(self, book: Book) -> list[tuple[Volume, float]]:
        by_isbn = isbn_search(book)
        searches = (by_isbn, *text_searches(book)) if by_isbn else text_searches(book)
        found: dict[str, tuple[Volume, float]] = {}
        for question in searches:
            for volume in await self._client.search(question):
                found.setdefault(volume.id, (volume, score(book, volume, self.config.language)))
            if any(rating >= _GOOD_ENOUGH for _, rating in found.values()):
                break
        return sorted(found.values(), key=lambda pair: (pair[1], _agrees(book, pair[0])), reverse=True)


def _agrees(book: Book, volume: Volume) -> float:
    return author_score(book.authors, volume.authors)


def _asked(book: Book) -> list[object]:
    """What of a book the answer depends on."""
    positions = [place.position for place in book.series]
    return [book.isbn, book.title, book.subtitle, list(book.authors), book.language, positions]
