"""Translates between the daemon and Google Books."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon import (
    Book,
    Context,
    Facts,
    Finding,
    Level,
    MetadataProvider,
    Plugin,
    PluginError,
    Refused,
    Unavailable,
    hookimpl,
)
from audiobook_plugins.google_books.answers import NO_KEY
from audiobook_plugins.google_books.cache import Cache
from audiobook_plugins.google_books.client import Client
from audiobook_plugins.google_books.config import GoogleBooksConfig
from audiobook_plugins.google_books.parse import Volume, complete, facts_of
from audiobook_plugins.google_books.questions import isbn_search, text_searches
from audiobook_plugins.google_books.score import author_score, score

_GOOD_ENOUGH = 0.75
"""From here on no further search is tried."""
_WORTH_A_LOOK = 0.35
_OFFERED = 5


class GoogleBooks(Plugin[GoogleBooksConfig], MetadataProvider):
    """Describes books by Google's volumes: titles, authors, dates, texts and ISBNs of printed editions."""

    def __init__(self, config: GoogleBooksConfig, context: Context) -> None:
        super().__init__(config, context)
        self._client = Client(config, context)
        self._cache = Cache(context, config.cache_days)

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        """Offer up to five volumes, the likeliest first and in full; from the cache if Google does not answer."""
        known = await self._cache.fresh(book)
        if known is not None:
            return known
        try:
            facts, whole = await self._look_up(book)
        except Unavailable as error:
            known = await self._cache.any(book)
            if known is None:
                raise
            self.context.log.info("An older answer about %r serves: %s", book.title, error)
            return known
        if whole:
            await self._cache.keep(book, facts)
        return facts

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

    async def _look_up(self, book: Book) -> tuple[tuple[Facts, ...], bool]:
        """Search, and say too whether the best record could be completed."""
        rated = await self._search(book)
        if not rated or (rated[0][1] < _WORTH_A_LOOK and not _agrees(book, rated[0][0])):
            return (), True
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
        return tuple(facts_of(volume, self.context.name, rate) for volume, rate in offered), whole

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
