"""Translates between the daemon and Open Library."""

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
    Level,
    MetadataProvider,
    Plugin,
    PluginError,
    SeriesQuestion,
    SeriesRecord,
    Work,
    hookimpl,
)
from audiobook_plugins.open_library.client import NO_CONTACT, Client
from audiobook_plugins.open_library.config import OpenLibraryConfig
from audiobook_plugins.open_library.describing import describe
from audiobook_plugins.open_library.listing import series_of, works_by

_FIRST_OWNED = 5
"""So many owned books name a question; more of them would only make it another one every week."""


class OpenLibrary(Plugin[OpenLibraryConfig], MetadataProvider, Bibliography):
    """Describes works by what printed editions tell, and lists series and authors."""

    def __init__(self, config: OpenLibraryConfig, context: Context) -> None:
        super().__init__(config, context)
        self._client = Client(config, context)
        days = config.cache_days
        self._books = AnswerCache(context, "describe", Facts, days=days)
        self._series = AnswerCache(context, "series", SeriesRecord, days=days)
        self._works = AnswerCache(context, "works", Work, days=days)

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        """Offer the works that may be this book; narrators and running times are never told."""

        async def ask() -> tuple[Facts, ...]:
            return await describe(self._client, self.context.name, self.config.covers, book)

        return await self._books.answer(asdict(book), ask)

    @hookimpl
    async def series_of(self, asked: SeriesQuestion) -> Sequence[SeriesRecord]:
        """Offer the works that state the series."""
        question = [asked.name, list(asked.authors), asked.language]
        return await self._series.answer(question, lambda: series_of(self._client, self.context.name, asked))

    @hookimpl
    async def works_by(self, asked: AuthorQuestion) -> Sequence[Work]:
        """List the works of the author, added up over all records of the name."""
        owned = sorted(book.isbn or book.title for book in asked.owned)[:_FIRST_OWNED]
        question = [asked.name, list(asked.languages), owned]
        return await self._works.answer(question, lambda: works_by(self._client, self.context.name, asked))

    async def check(self) -> Sequence[Finding]:
        """Ask one small question."""
        found: list[Finding] = []
        if self.config.contact is None:
            text = "Open Library wants to know whom to write to, and answers others slowly or not at all."
            found.append(Finding(Level.WARNING, text, NO_CONTACT))
        try:
            await self._client.search({"title": "alice in wonderland"}, 1)
        except PluginError as error:
            return (*found, Finding(Level.FAILURE, str(error)))
        return (*found, Finding(Level.OK, "Open Library answers."))
