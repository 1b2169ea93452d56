"""Finds products as the catalogue does: words match whoever they belong to, and the order promises nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from audiobook_daemon.demo.audnexus.shop import ShopProduct

_LITTLE = 3
_SORTS: Mapping[str, tuple[Callable[[ShopProduct], tuple[str, str]], bool]] = {
    "-ReleaseDate": (lambda product: ((product.released or date.min).isoformat(), product.asin), True),
    "ReleaseDate": (lambda product: ((product.released or date.min).isoformat(), product.asin), False),
    "Title": (lambda product: (product.title or "", product.asin), False),
    "-Title": (lambda product: (product.title or "", product.asin), True),
}


def search(products: Iterable[ShopProduct], asked: Mapping[str, str]) -> Sequence[ShopProduct]:
    """Apply the parameters that are not empty; an empty `author=` filters nothing.

    Every word of `title` must stand in title or subtitle, and every one of `keywords` somewhere; of `author` and
    `narrator` one word is enough, so that namesakes come too.
    """
    found = list(products)
    title, keywords = _words(asked.get("title", "")), _words(asked.get("keywords", ""))
    if title:
        found = [product for product in found if title <= _words(f"{product.title or ''} {product.subtitle or ''}")]
    if keywords:
        found = [product for product in found if keywords <= _everything(product)]
    for name, people in (("author", _authors), ("narrator", _narrators)):
        if wanted := {word for word in _words(asked.get(name, "")) if len(word) >= _LITTLE}:
            found = [product for product in found if wanted & people(product)]
            found.sort(key=lambda product: len(wanted & people(product)), reverse=True)
    sort = _SORTS.get(asked.get("products_sort_by", "Relevance"))
    return found if sort is None else sorted(found, key=sort[0], reverse=sort[1])


def name_search(names: Iterable[str], wanted: str) -> Sequence[str]:
    """Find people by the words of their names, the best first."""
    words = _words(wanted)
    matches = {name: len(words & _words(name)) for name in names}
    return sorted((name for name, count in matches.items() if count), key=lambda name: (-matches[name], name))


def _everything(product: ShopProduct) -> set[str]:
    series = " ".join(place.series for place in product.places)
    text = f"{product.title or ''} {product.subtitle or ''} {series}"
    return _words(text) | _authors(product) | _narrators(product)


def _authors(product: ShopProduct) -> set[str]:
    return _words(" ".join(product.authors))


def _narrators(product: ShopProduct) -> set[str]:
    return _words(" ".join(product.narrators))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
