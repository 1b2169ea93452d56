"""The pages of the Audible catalogue, each in the shop that the address names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from aiohttp import web

from audiobook_daemon.demo.audnexus.catalogue_json import ALWAYS, GROUPS, Json, product_json, series_product
from audiobook_daemon.demo.audnexus.search import search
from audiobook_daemon.demo.audnexus.shop import TLDS, ShopProduct, author_asin, series_asin

_PRODUCTS = "/1.0/catalog/products"
_REGIONS = {tld: region for region, tld in TLDS.items()}
_LARGEST_PAGE, _USUAL_PAGE, _MOST_SIMILAR = 50, 10, 10
_SIMILAR = {"InTheSameSeries", "NextInSameSeries", "ByTheSameAuthor", "ByTheSameNarrator", "RawSimilarities"}
_DIGITS = re.compile(r"\d+", re.ASCII)


class Shops(Protocol):
    """All shops together."""

    products: list[ShopProduct]
    withdrawn: set[str]
    turns_pages: bool

    @property
    def url(self) -> str:
        """Where the pictures are."""


class CataloguePages:
    """Search, single products and what is similar to them. The region is a part of the path, or of the host name."""

    def __init__(self, shops: Shops) -> None:
        self._shops = shops

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """Each page twice: below `/audible.{tld}`, and at the root for a host called `api.audible.{tld}`."""
        for prefix in ("/audible.{tld:[a-z.]+}", ""):
            yield web.get(f"{prefix}{_PRODUCTS}", self._search)
            yield web.get(f"{prefix}{_PRODUCTS}/{{asin}}", self._product)
            yield web.get(f"{prefix}{_PRODUCTS}/{{asin}}/sims", self._similar)

    async def _search(self, request: web.Request) -> web.Response:
        groups = _groups(request)
        if "asins" in request.query:
            asins = [asin for asin in request.query["asins"].split(",") if asin]
            if len(asins) > _LARGEST_PAGE:
                raise _invalid(request.query["asins"], "asins", f"length less than or equal to {_LARGEST_PAGE}")
            return self._answer([self._show(request, asin, groups) for asin in asins], groups)
        size, page = _number(request, "num_results", _USUAL_PAGE), _number(request, "page", 0)
        if not self._shops.turns_pages:
            page = 0
        if size > _LARGEST_PAGE:
            raise _invalid(str(size), "numResults", f"value less than or equal to {_LARGEST_PAGE}")
        found = search(self._shop(request), request.query)[page * size : (page + 1) * size]
        return self._answer([self._json(product, groups) for product in found], groups)

    async def _product(self, request: web.Request) -> web.Response:
        groups = _groups(request)
        shown = self._show(request, request.match_info["asin"], groups)
        return web.json_response({"product": shown, "response_groups": [ALWAYS, *sorted(groups)]})

    async def _similar(self, request: web.Request) -> web.Response:
        groups, kind = _groups(request), request.query.get("similarity_type", "RawSimilarities")
        if kind not in _SIMILAR:
            raise _invalid(kind, "similarityType", f"enum value set: {sorted(_SIMILAR)}")
        shop = self._shop(request)
        asked = next((product for product in shop if product.asin == request.match_info["asin"]), None)
        near = [] if asked is None else [it for it in shop if it is not asked and _near(asked, it, kind)]
        shown = [self._json(product, groups) for product in near[:_MOST_SIMILAR]]
        return web.json_response({"similar_products": shown, "response_groups": [ALWAYS, *sorted(groups)]})

    def _answer(self, shown: Sequence[Json], groups: Sequence[str]) -> web.Response:
        """A list of products; how many there are in all is not told."""
        return web.json_response({"products": list(shown), "response_groups": [ALWAYS, *sorted(groups)]})

    def _show(self, request: web.Request, asin: str, groups: Sequence[str]) -> Json:
        """A product; of an unknown one nothing but the ASIN, with status 200 all the same."""
        shop = self._shop(request)
        for product in shop:
            if product.asin == asin:
                return self._json(product, groups)
        members = [it for it in shop if any(series_asin(place.series, it.region) == asin for place in it.places)]
        if not members:
            return {"asin": asin}
        names = (place.series for place in members[0].places if series_asin(place.series, members[0].region) == asin)
        series = series_product(next(names), members[0].region)
        return product_json(series, groups, members, self._shops.url)

    def _json(self, product: ShopProduct, groups: Sequence[str]) -> Json:
        return product_json(product, groups, (), self._shops.url)

    def _shop(self, request: web.Request) -> list[ShopProduct]:
        tld = request.match_info.get("tld") or request.host.partition(":")[0].partition("audible.")[2] or "com"
        if tld not in _REGIONS:
            raise web.HTTPNotFound(text=f"There is no shop audible.{tld}.")
        sold = (product for product in self._shops.products if product.asin not in self._shops.withdrawn)
        return [product for product in sold if product.region == _REGIONS[tld]]


def _groups(request: web.Request) -> list[str]:
    groups = [group.strip() for group in request.query.get("response_groups", "").split(",") if group.strip()]
    if unknown := [group for group in groups if group not in GROUPS]:
        raise _invalid(unknown[0], "responseGroups", f"enum value set: [{', '.join(sorted(GROUPS))}]")
    return groups


def _number(request: web.Request, name: str, usual: int) -> int:
    value = request.query.get(name)
    if value is None:
        return usual
    if not _DIGITS.fullmatch(value):
        field = "numResults" if name == "num_results" else name
        raise _invalid(value, field, r"regular expression pattern: ^\d+$")
    return int(value)


def _invalid(value: str, field: str, constraint: str) -> web.HTTPBadRequest:
    message = (
        f"1 validation error detected: Value '{value}' at '{field}' failed to satisfy constraint: "
        f"Member must satisfy {constraint}"
    )
    return web.HTTPBadRequest(text=web.json_response({"message": message}).text, content_type="application/json")


def _near(one: ShopProduct, other: ShopProduct, kind: str) -> bool:
    if kind in {"InTheSameSeries", "NextInSameSeries"}:
        return bool({place.series for place in one.places} & {place.series for place in other.places})
    if kind == "ByTheSameNarrator":
        return bool(set(one.narrators) & set(other.narrators))
    return bool({author_asin(name) for name in one.authors} & {author_asin(name) for name in other.authors})
