"""Finds the series that is meant, by what is owned of it, and lists its books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audiobook_daemon import Book, Likeness, SeriesQuestion, SeriesRecord, Work, compare_series, same_person
from audiobook_plugins.audnexus.config import AudnexusConfig
from audiobook_plugins.audnexus.listings import Listings
from audiobook_plugins.audnexus.parse import Place, Product, Series
from audiobook_plugins.audnexus.positions import position
from audiobook_plugins.audnexus.questions import searches, series_search
from audiobook_plugins.audnexus.regions import asins_of, ladder
from audiobook_plugins.audnexus.score import SURE, score
from audiobook_plugins.audnexus.statements import merged, work_of

_MOST_OWNED = 6
_MOST_SEARCHED = 2
_MOST_SERIES = 4


@dataclass(frozen=True, slots=True)
class _Named:
    """A series as a product names it."""

    region: str
    asin: str
    name: str


class SeriesLister:
    """Answers with one record for each series, the regions that sell it put together."""

    def __init__(self, config: AudnexusConfig, listings: Listings, source: str) -> None:
        self._config = config
        self._listings = listings
        self._source = source

    async def find(self, asked: SeriesQuestion) -> Sequence[SeriesRecord]:
        """List the series that may be meant, the likeliest first."""
        regions = ladder(self._config.regions, self._config.languages, asked.language)
        named = await self._of_owned(asked, regions) or await self._by_words(asked, regions)
        records = [await self._record(group) for group in _grouped(named)[:_MOST_SERIES]]
        return [record for record in records if record is not None]

    async def _of_owned(self, asked: SeriesQuestion, regions: Sequence[str]) -> Sequence[_Named]:
        """Look up what is owned by its ASINs; every region where one is found may have its own id for the series."""
        pairs: list[tuple[Book, Product]] = []
        for book in [book for book in asked.owned if asins_of(book)][:_MOST_OWNED]:
            for hint, asin in asins_of(book):
                product = await self._listings.located(
                    asin, tuple(dict.fromkeys((hint, *regions))) if hint else regions
                )
                if product is not None:
                    pairs.append((book, product))
        return _meant(asked.name, pairs)

    async def _by_words(self, asked: SeriesQuestion, regions: Sequence[str]) -> Sequence[_Named]:
        """Search for what is owned, for the series' name, and among its author's books, one region after the other."""
        for region in regions:
            pairs: list[tuple[Book, Product]] = []
            for book in asked.owned[:_MOST_SEARCHED]:
                for search in searches(book)[:1]:
                    hits = await self._listings.search(region, search)
                    pairs.extend((book, hit) for hit in hits if score(book, hit) >= SURE)
            if named := _meant(asked.name, pairs):
                return named
            authors = asked.authors or next((book.authors for book in asked.owned if book.authors), ())
            hits = await self._listings.search(region, series_search(asked.name, authors[0] if authors else None))
            fitting = [hit for hit in hits if not authors or _is_by(authors, hit)]
            named = _alike(asked.name, fitting)
            if not named and authors:
                named = _alike(asked.name, await self._listings.by_author(region, authors[0]))
            if named:
                return named
        return ()

    async def _record(self, group: Sequence[_Named]) -> SeriesRecord | None:
        listed: list[tuple[Product, Work]] = []
        names: dict[str, None] = {}
        for named in group:
            series = await self._listings.series(named.region, named.asin)
            if series is not None and series.members:
                names[series.name] = None
                products = await self._listings.batch(named.region, [member.asin for member in series.members])
                listed.extend(self._works(series, products))
        works = merged(listed)
        if not works:
            return None
        first, *others = names
        key = f"{group[0].region}:{group[0].asin}"
        return SeriesRecord(self._source, first, _authors(works), key, works, aliases=tuple(others))

    def _works(self, series: Series, products: Iterable[Product]) -> Iterable[tuple[Product, Work]]:
        """State the books in the order of the series; the series itself says best where a book stands in it."""
        known = {product.asin: product for product in products}
        for member in series.members:
            product = known.get(member.asin)
            if product is not None:
                own = next((place.position for place in product.places if place.asin == series.asin), None)
                at = Place(series.name, member.position or own, series.asin)
                yield product, work_of(product, self._source, at)


def _meant(name: str, pairs: Sequence[tuple[Book, Product]]) -> Sequence[_Named]:
    """Tell which series of the products is meant: the one of that name, else one where the books stand alike."""
    if alike := _alike(name, [product for _, product in pairs]):
        return alike
    votes: Counter[_Named] = Counter()
    for book, product in pairs:
        ours = {position(place.position) for place in book.series if _same_series(place.name, name)}
        for place in product.places:
            if place.asin and place.position:
                votes[_Named(product.region, place.asin, place.name)] += 1 if place.position in ours else -1
    return [named for named, balance in votes.most_common() if balance > 0]


def _alike(name: str, products: Iterable[Product]) -> Sequence[_Named]:
    found = Counter(
        _Named(product.region, place.asin, place.name)
        for product in products
        for place in product.places
        if place.asin and _same_series(place.name, name)
    )
    return [named for named, _ in found.most_common()]


def _grouped(named: Iterable[_Named]) -> list[list[_Named]]:
    """Put together what is one series in several regions."""
    groups: list[list[_Named]] = []
    for one in named:
        group = next((group for group in groups if _same_series(group[0].name, one.name)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _same_series(one: str, other: str) -> bool:
    return compare_series(one, other) is Likeness.SAME


def _is_by(authors: Iterable[str], product: Product) -> bool:
    return any(same_person(name, one.name) is Likeness.SAME for name in authors for one in product.authors)


def _authors(works: Sequence[Work]) -> tuple[str, ...]:
    """Name the authors of at least every third book, the most frequent first."""
    found = Counter(author for work in works for author in work.book.authors)
    return tuple(author for author, count in found.most_common() if count * 3 >= len(works))
