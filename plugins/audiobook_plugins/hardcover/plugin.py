"""Translates between the daemon and Hardcover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from audiobook_daemon import (
    AnswerCache,
    AuthorQuestion,
    Bibliography,
    Book,
    Context,
    Facts,
    Finding,
    ImportList,
    Level,
    MetadataProvider,
    Plugin,
    PluginError,
    SeriesQuestion,
    SeriesRecord,
    Wish,
    Work,
    hookimpl,
)
from audiobook_plugins.hardcover.authors import works_by
from audiobook_plugins.hardcover.client import Client
from audiobook_plugins.hardcover.config import HardcoverConfig
from audiobook_plugins.hardcover.describing import describe
from audiobook_plugins.hardcover.series import series_of
from audiobook_plugins.hardcover.values import text
from audiobook_plugins.hardcover.wanted import lengths, owner, wishes

_SLUG = "See that `lists` names it as the address of its page ends, or put books on it."
_FIRST_OWNED = 5
"""So many owned books name a question; more of them would only make it another one every week."""


class Hardcover(Plugin[HardcoverConfig], MetadataProvider, Bibliography, ImportList):
    """Describes books by Hardcover's works and their spoken editions, lists series and authors, and reads lists."""

    def __init__(self, config: HardcoverConfig, context: Context) -> None:
        super().__init__(config, context)
        self._client = Client(config, context)
        days = config.cache_days
        self._books = AnswerCache(context, "describe", Facts, days=days)
        self._series = AnswerCache(context, "series", SeriesRecord, days=days)
        self._works = AnswerCache(context, "works", Work, days=days)

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        """Offer the recordings of the books that may be this one; by its ids, or else by title and author."""
        return await self._books.answer(asdict(book), lambda: describe(self._client, self.context.name, book))

    @hookimpl
    async def series_of(self, asked: SeriesQuestion) -> Sequence[SeriesRecord]:
        """Offer the series that hold the owned books and bear the name."""
        question = [asked.name, list(asked.authors), asked.language, _owned(asked.owned)]
        return await self._series.answer(question, lambda: series_of(self._client, self.context.name, asked))

    @hookimpl
    async def works_by(self, asked: AuthorQuestion) -> Sequence[Work]:
        """List the author's works, merged records and parts of books told as such."""
        question = [asked.name, list(asked.languages), _owned(asked.owned)]
        return await self._works.answer(question, lambda: works_by(self._client, self.context.name, asked))

    @hookimpl
    async def wishes(self) -> Sequence[Wish]:
        """Wish for what stands on the configured lists of the account."""
        return await wishes(self._client, self.context.name, self.config)

    async def check(self) -> Sequence[Finding]:
        """Ask whose token it is, and read the lists."""
        try:
            name = text((await owner(self._client)).get("username"))
            held = await lengths(self._client, self.config)
        except PluginError as error:
            return (Finding(Level.FAILURE, str(error)),)
        left = self._client.budget.left
        well = Finding(Level.OK, f"Hardcover answers {name or 'its user'}; {left} questions are left for today.")
        return (well, *(Finding(Level.WARNING, f"The list {slug} is empty.", _SLUG) for slug in held if not held[slug]))


def _owned(books: Sequence[Book]) -> list[str]:
    return sorted(book.asin or book.isbn or book.title for book in books)[:_FIRST_OWNED]
