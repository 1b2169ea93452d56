"""Translates between the daemon and the shops of Audible, with Audnexus for what they do not sell (any longer)."""

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
    SeriesQuestion,
    SeriesRecord,
    Unavailable,
    Work,
    hookimpl,
)
from audiobook_plugins.audnexus.authors import AuthorLister
from audiobook_plugins.audnexus.client import Client
from audiobook_plugins.audnexus.config import AudnexusConfig
from audiobook_plugins.audnexus.describing import Describer
from audiobook_plugins.audnexus.listings import Listings
from audiobook_plugins.audnexus.series import SeriesLister


class Audnexus(Plugin[AudnexusConfig], MetadataProvider, Bibliography):
    """Describes recordings, and lists those of a series or an author."""

    def __init__(self, config: AudnexusConfig, context: Context) -> None:
        super().__init__(config, context)
        self._client = Client(config, context)
        self._describer = Describer(config, context, self._client)
        self._facts = AnswerCache(context, "facts", Facts, days=config.cache_days)
        listings = Listings(config, context, self._client)
        self._series = SeriesLister(config, listings, context.name)
        self._authors = AuthorLister(config, listings, context.name)

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        """Offer up to three recordings, the likeliest first.

        While the shops are silent an older answer serves, else what Audnexus has under the book's ASINs; the latter is
        not kept, for it may lack the series.
        """
        positions = [[place.name, place.position] for place in book.series]
        ids = [book.asin, *book.other_ids]
        told = [book.title, book.subtitle, book.authors, book.aliases, book.language, positions, ids]
        question = [*told, self.config.regions]
        try:
            return await self._facts.answer(question, lambda: self._describer.describe(book))
        except Unavailable as error:
            try:
                found = await self._describer.without_shops(book)
            except PluginError:
                raise error from None
            if not found:
                raise
            return found

    @hookimpl
    async def series_of(self, asked: SeriesQuestion) -> Sequence[SeriesRecord]:
        """List the series that may be meant, each with everything the shops sell of it or announce."""
        return await self._series.find(asked)

    @hookimpl
    async def works_by(self, asked: AuthorQuestion) -> Sequence[Work]:
        """List the recordings of an author's works, those to come and box sets too."""
        return await self._authors.find(asked)

    async def check(self) -> Sequence[Finding]:
        """Ask each shop one small question, and Audnexus another."""
        found: list[Finding] = []
        for region in self.config.regions:
            try:
                await self._client.greet_shop(region)
            except PluginError as error:
                found.append(Finding(Level.FAILURE, str(error)))
        try:
            await self._client.greet_audnexus()
        except PluginError as error:
            remedy = "Books that a shop no longer sells stay unknown until it answers."
            found.append(Finding(Level.WARNING, str(error), remedy))
        return found or (Finding(Level.OK, "The Audible catalogue and Audnexus answer."),)
