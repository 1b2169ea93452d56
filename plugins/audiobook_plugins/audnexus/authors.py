"""Lists the recordings of an author's works, without namesakes and unwanted languages."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon import AuthorQuestion, Likeness, Work, same_person
from audiobook_plugins.audnexus.config import AudnexusConfig
from audiobook_plugins.audnexus.listings import Listings
from audiobook_plugins.audnexus.parse import Product
from audiobook_plugins.audnexus.regions import asins_of, regions_of
from audiobook_plugins.audnexus.statements import merged, work_of


class AuthorLister:
    """Goes through the shops of the wanted languages."""

    def __init__(self, config: AudnexusConfig, listings: Listings, source: str) -> None:
        self._config = config
        self._listings = listings
        self._source = source

    async def find(self, asked: AuthorQuestion) -> Sequence[Work]:
        """List the works; a recording that several regions sell is one."""
        wanted = {language.lower().partition("-")[0] for language in asked.languages}
        listed: list[Product] = []
        for region in regions_of(self._config.regions, self._config.languages, asked.languages):
            listed.extend(await self._listings.by_author(region, asked.name))
        own = _ids_of(asked, listed)
        return merged(
            (product, work_of(product, self._source))
            for product in listed
            if _is_by(asked.name, own, product) and _is_in(wanted, product)
        )


def _ids_of(asked: AuthorQuestion, listed: Sequence[Product]) -> set[str]:
    """Learn from owned books which of the people of this name is meant."""
    owned = {asin for book in asked.owned for _, asin in asins_of(book)}
    return {
        person.asin
        for product in listed
        if product.asin in owned
        for person in product.authors
        if person.asin and same_person(asked.name, person.name) is not Likeness.DIFFERENT
    }


def _is_by(name: str, own: set[str], product: Product) -> bool:
    """Whether the person has a known id, or, where none is known, surely the name."""
    return any(
        person.asin in own if own and person.asin else same_person(name, person.name) is Likeness.SAME
        for person in product.authors
    )


def _is_in(wanted: set[str], product: Product) -> bool:
    return not wanted or product.language is None or product.language in wanted
