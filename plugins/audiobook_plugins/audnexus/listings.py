"""Keeps for a week what the shops list of series and authors, so that many questions cost few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audiobook_daemon import AnswerCache, Context, Likeness, same_person
from audiobook_plugins.audnexus.client import Client
from audiobook_plugins.audnexus.config import AudnexusConfig
from audiobook_plugins.audnexus.parse import Product, Series

_DAYS = 7.0


class Listings:
    """The client's questions about series and authors, each answered once a week; without texts and pictures."""

    def __init__(self, config: AudnexusConfig, context: Context, client: Client) -> None:
        self._client = client
        self._products = AnswerCache(context, "product", Product, days=config.cache_days)
        self._listed = AnswerCache(context, "listed", Product, days=min(config.cache_days, _DAYS))
        self._series = AnswerCache(context, "series", Series, days=min(config.cache_days, _DAYS))

    async def located(self, asin: str, regions: Sequence[str]) -> Product | None:
        """Return the product of the first region that has it."""
        for region in regions:
            if found := await self._product(region, asin):
                return found
        return None

    async def series(self, region: str, asin: str) -> Series | None:
        """Return a series with its books."""

        async def ask() -> Sequence[Series]:
            found = await self._client.series(region, asin)
            return () if found is None else (found,)

        return next(iter(await self._series.answer([region, asin], ask)), None)

    async def batch(self, region: str, asins: Sequence[str]) -> tuple[Product, ...]:
        """Return the products of many ASINs."""
        return await self._listed.answer([region, list(asins)], lambda: self._client.batch(region, asins))

    async def search(self, region: str, search: Mapping[str, str]) -> tuple[Product, ...]:
        """Return what a search finds."""
        return await self._listed.answer(
            [region, dict(search)], lambda: self._client.search(region, search, whole=False)
        )

    async def by_author(self, region: str, name: str) -> tuple[Product, ...]:
        """Return what somebody of this name has written, as a shop lists it."""

        async def ask() -> Sequence[Product]:
            listed = self._client.by_author(region, name)
            return [it async for it in listed if _may_be_by(name, it)]

        return await self._listed.answer([region, "author", name], ask)

    async def _product(self, region: str, asin: str) -> Product | None:
        async def ask() -> Sequence[Product]:
            found = await self._client.product(region, asin, whole=False)
            return () if found is None else (found,)

        return next(iter(await self._products.answer([region, asin], ask)), None)


def _may_be_by(name: str, product: Product) -> bool:
    return any(same_person(name, person.name) is not Likeness.DIFFERENT for person in product.authors)
