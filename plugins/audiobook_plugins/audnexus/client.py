"""Asks the shops and Audnexus: single books, batches, searches, and the books of a series."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from audiobook_daemon import Context, Refused, Unavailable, lenient
from audiobook_plugins.audnexus.config import AudnexusConfig
from audiobook_plugins.audnexus.parse import Page, Product, Series, read_page, read_product, read_series
from audiobook_plugins.audnexus.records import read_book
from audiobook_plugins.audnexus.regions import shop_address
from audiobook_plugins.audnexus.site import Site

LARGEST_PAGE = 50
_MOST_PAGES = 20
_HITS = 20
_LISTED = "contributors,product_attrs,product_desc,rating,series,sku"
_WHOLE = f"{_LISTED},category_ladders,media,product_extended_attrs"
_UNKNOWN_ASIN = "B000000000"


class Client:
    """Both sites. Everything may raise Unavailable, and Refused if a site does not understand a question."""

    def __init__(self, config: AudnexusConfig, context: Context) -> None:
        self._catalogue = config.catalogue
        self._books = config.url
        self._shops = Site("The Audible catalogue", context)
        self._audnexus = Site("Audnexus", context)
        context.http.pace(config.pace, one_at_a_time=True)

    async def product(self, region: str, asin: str, *, whole: bool = True) -> Product | None:
        """Fetch one product from a shop, `whole` with texts and pictures; an unknown ASIN is told back alone."""
        return read_product(await self._one(region, asin, _WHOLE if whole else _LISTED), region)

    async def series(self, region: str, asin: str) -> Series | None:
        """Fetch a series and name its books."""
        return read_series(await self._one(region, asin, "product_attrs,product_desc,relationships"), region)

    async def batch(self, region: str, asins: Sequence[str]) -> tuple[Product, ...]:
        """Fetch many products from a shop, without texts and pictures; what it does not have is left out."""
        found: list[Product] = []
        for start in range(0, len(asins), LARGEST_PAGE):
            params = {"asins": ",".join(asins[start : start + LARGEST_PAGE])}
            found.extend((await self._search(region, params, _LISTED)).products)
        return tuple(found)

    async def search(self, region: str, search: Mapping[str, str], *, whole: bool = True) -> tuple[Product, ...]:
        """Search a shop; `whole` hits come with texts and pictures."""
        params = {**search, "num_results": str(_HITS), "page": "0", "products_sort_by": "Relevance"}
        return (await self._search(region, params, _WHOLE if whole else _LISTED)).products

    async def by_author(self, region: str, name: str) -> AsyncIterator[Product]:
        """List everything a shop finds for an author, namesakes and other languages too, without texts and pictures.

        The first page is 0. How many there are is not told: the last page is not full, or brings nothing new.
        """
        seen: set[str] = set()
        for number in range(_MOST_PAGES):
            params = {"author": name, "num_results": str(LARGEST_PAGE), "page": str(number)}
            page = await self._search(region, params, _LISTED)
            new = [product for product in page.products if product.asin not in seen]
            seen.update(product.asin for product in new)
            for product in new:
                yield product
            if page.rows < LARGEST_PAGE or not new:
                return

    async def book(self, region: str, asin: str) -> Product | None:
        """Fetch one book from Audnexus, which keeps books that the shop no longer sells."""
        try:
            found = await self._audnexus.ask(f"{self._books}/books/{asin}", {"region": region})
        except Refused:
            return None  # an ASIN it finds malformed is none it has
        return None if found is None else read_book(found, region)

    async def greet_shop(self, region: str) -> None:
        """Ask a shop one small question; raises what stands against it."""
        await self._search(region, {"num_results": "1", "page": "0", "keywords": "book"}, "product_desc")

    async def greet_audnexus(self) -> None:
        """Ask Audnexus one small question; that it does not know the book is the right answer."""
        await self._audnexus.ask(f"{self._books}/books/{_UNKNOWN_ASIN}", {"region": "us"})

    async def _one(self, region: str, asin: str, groups: str) -> object:
        url = f"{shop_address(self._catalogue, region)}/1.0/catalog/products/{asin}"
        try:
            answer = await self._shops.ask(url, {"response_groups": groups, "image_sizes": "500,1024"})
        except Refused:
            return None  # a shop that finds an ASIN malformed does not have it
        if answer is None:
            return None
        if not lenient.mapping(answer.get("product")):
            raise Unavailable("The Audible catalogue answered without a product.")
        return answer["product"]

    async def _search(self, region: str, params: Mapping[str, str], groups: str) -> Page:
        url = f"{shop_address(self._catalogue, region)}/1.0/catalog/products"
        answer = await self._shops.ask(url, {**params, "response_groups": groups, "image_sizes": "500,1024"})
        if answer is None or not isinstance(answer.get("products"), list):
            raise Unavailable("The Audible catalogue answered without a list of products.")
        return read_page(answer, region)
