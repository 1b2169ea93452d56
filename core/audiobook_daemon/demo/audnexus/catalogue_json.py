"""The JSON of the Audible catalogue: a product shows only the groups that were asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from audiobook_daemon.demo.audnexus.shop import ShopProduct, author_asin, category_id, series_asin

Json = dict[str, object]

ALWAYS = "always-returned"
GROUPS = frozenset(
    {
        "category_ladders",
        "contributors",
        "customer_rights",
        "media",
        "product_attrs",
        "product_desc",
        "product_details",
        "product_extended_attrs",
        "rating",
        "relationships",
        "series",
        "sku",
    }
)
"""The groups this shop knows; any other is an error 400."""


def product_json(product: ShopProduct, groups: Collection[str], members: Sequence[ShopProduct], base: str) -> Json:
    """Show a product; `members` are those of a series, and `base` is the address of its pictures."""
    shown: Json = {"asin": product.asin}
    makers: Mapping[str, Json] = {
        "contributors": _contributors(product),
        "product_attrs": _attributes(product),
        "product_desc": {
            "title": product.title,
            "subtitle": product.subtitle,
            "merchandising_summary": _short(product),
        },
        "product_extended_attrs": {"publisher_summary": product.summary, "is_adult_product": False},
        "product_details": {"is_listenable": product.delivery != "BookSeries", "has_children": bool(members)},
        "media": _media(product, base),
        "series": {"series": list(_series(product)) or None},
        "relationships": {"relationships": [*_children(product, members), *_parents(product)]},
        "category_ladders": {"category_ladders": _ladders(product)},
        "rating": {"rating": _rating()},
        "sku": {"sku": product.sku, "sku_lite": product.sku},
    }
    for group in GROUPS & set(groups):
        shown |= makers.get(group, {})
    return {name: value for name, value in shown.items() if value is not None}


def series_product(name: str, region: str) -> ShopProduct:
    """The product that a series is itself: no book, but with the books as its children."""
    return ShopProduct(asin=series_asin(name, region), region=region, title=name, delivery="BookSeries")


def _contributors(product: ShopProduct) -> Json:
    return {
        "authors": [{"asin": author_asin(name), "name": name} for name in product.authors] or None,
        "narrators": [{"name": name} for name in product.narrators] or None,
        "publisher_name": product.publisher,
    }


def _attributes(product: ShopProduct) -> Json:
    day = product.released.isoformat() if product.released else None
    return {
        "title": product.title,
        "subtitle": product.subtitle,
        "content_delivery_type": product.delivery,
        "content_type": product.content_type,
        "format_type": product.format_type,
        "isbn": product.isbn,
        "is_purchasability_suppressed": False,
        "issue_date": day,
        "language": product.language,
        "publication_name": product.publication,
        "release_date": day,
        "runtime_length_min": product.minutes,
    }


def _short(product: ShopProduct) -> str:
    return product.summary or ""


def _media(product: ShopProduct, base: str) -> Json:
    sizes = ("500", "1024")
    return {"product_images": {size: f"{base}/images/I/{product.asin}._SL{size}_.png" for size in sizes}}


def _series(product: ShopProduct) -> Iterable[Json]:
    for place in product.places:
        asin = series_asin(place.series, product.region)
        slug = "-".join(place.series.split())
        yield {
            "asin": asin,
            "title": place.series,
            "sequence": place.sequence,
            "url": f"/pd/{slug}-Audiobook/{asin}",
        }


def _children(product: ShopProduct, members: Sequence[ShopProduct]) -> Iterable[Json]:
    for sort, member in enumerate(members, start=1):
        for place in member.places:
            if series_asin(place.series, member.region) == product.asin:
                yield _relation(member.asin, "child", "series", place.sequence, sort)
    if product.delivery == "MultiPartBook":
        for part in (1, 2):
            yield _relation(f"{product.asin[:-1]}{'XY'[part - 1]}", "child", "component", str(part), part)


def _parents(product: ShopProduct) -> Iterable[Json]:
    for sort, place in enumerate(product.places, start=1):
        asin = series_asin(place.series, product.region)
        yield _relation(asin, "parent", "series", place.sequence, sort) | {"title": place.series}


def _relation(asin: str, side: str, kind: str, sequence: str, sort: int) -> Json:
    return {
        "asin": asin,
        "relationship_to_product": side,
        "relationship_type": kind,
        "sequence": sequence,
        "sort": str(sort),
    }


def _ladders(product: ShopProduct) -> list[Json]:
    ladder = [{"id": category_id(name), "name": name} for name in product.genres]
    return [{"ladder": ladder, "root": "Genres"}] if ladder else []


def _rating() -> Mapping[str, object]:
    return {
        "num_reviews": 12,
        "overall_distribution": {"average_rating": 4.5, "display_average_rating": "4.5", "num_ratings": 120},
    }
