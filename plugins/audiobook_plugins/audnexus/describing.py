"""Finds the recordings that may be a book: by its ASINs, region after region, else by its title and author."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audiobook_daemon import Book, Context, Facts, Unavailable
from audiobook_plugins.audnexus.client import Client
from audiobook_plugins.audnexus.config import AudnexusConfig
from audiobook_plugins.audnexus.parse import Product
from audiobook_plugins.audnexus.questions import searches
from audiobook_plugins.audnexus.regions import asins_of, ladder
from audiobook_plugins.audnexus.score import SURE, score
from audiobook_plugins.audnexus.statements import facts_of

_WORTH_A_LOOK = 0.35
_OFFERED = 3


class Describer:
    """Asks the shops, and Audnexus for what they do not have (any longer)."""

    def __init__(self, config: AudnexusConfig, context: Context, client: Client) -> None:
        self._config = config
        self._source = context.name
        self._log = context.log
        self._client = client

    async def describe(self, book: Book) -> Sequence[Facts]:
        """Offer up to three recordings, the likeliest first."""
        found, silent = await self._by_asins(book)
        if not any(rating >= SURE for _, rating in found):
            found = [*found, *await self._by_words(book)]
        if not found and silent is not None:
            raise silent
        return self._stated(found)

    async def without_shops(self, book: Book) -> Sequence[Facts]:
        """Offer what Audnexus alone says of the book's ASINs; it has no list of works, and loses series."""
        found: list[tuple[Product, float]] = []
        for hint, asin in asins_of(book):
            if product := await self._kept_book(asin, self._regions(book, hint)):
                found.append((product, score(book, product)))
        return self._stated(found)

    async def _by_asins(self, book: Book) -> tuple[list[tuple[Product, float]], Unavailable | None]:
        """Return what the ASINs name, up to the first that surely is the book.

        And why Audnexus could not say more, if it could not.
        """
        found: list[tuple[Product, float]] = []
        silent = None
        for hint, asin in asins_of(book):
            regions = self._regions(book, hint)
            product = await self._sold(asin, regions)
            if product is None:
                try:
                    product = await self._kept_book(asin, regions)
                except Unavailable as error:
                    self._log.info("%s: nobody can say what %s is: %s", self._source, asin, error)
                    silent = error
            if product is not None:
                found.append((product, rating := score(book, product)))
                if rating >= SURE:
                    break
        return found, silent

    async def _sold(self, asin: str, regions: Sequence[str]) -> Product | None:
        for region in regions:
            if (product := await self._client.product(region, asin)) is not None:
                return product
        return None

    async def _kept_book(self, asin: str, regions: Sequence[str]) -> Product | None:
        for region in regions:
            if (product := await self._client.book(region, asin)) is not None:
                return product
        return None

    async def _by_words(self, book: Book) -> list[tuple[Product, float]]:
        found: dict[str, tuple[Product, float]] = {}
        for region in self._regions(book, None):
            for search in searches(book):
                for product in await self._client.search(region, search):
                    found.setdefault(product.key, (product, score(book, product)))
                if any(rating >= SURE for _, rating in found.values()):
                    return list(found.values())
        return list(found.values())

    def _regions(self, book: Book, hint: str | None) -> Sequence[str]:
        regions: Sequence[str] = ladder(self._config.regions, self._config.languages, book.language)
        return tuple(dict.fromkeys((hint, *regions))) if hint else regions

    def _stated(self, found: Iterable[tuple[Product, float]]) -> tuple[Facts, ...]:
        """Leave out the unlikely; among equals those lead that most listeners know."""
        likely = {product.key: (product, rating) for product, rating in found if rating >= _WORTH_A_LOOK}
        best = sorted(likely.values(), key=lambda pair: (pair[1], pair[0].ratings or 0), reverse=True)
        return tuple(facts_of(product, self._source, rating) for product, rating in best[:_OFFERED])
