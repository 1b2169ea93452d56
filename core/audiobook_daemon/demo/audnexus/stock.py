"""Fills the shops: the works of the demo that are recorded, what the regions make of them, and what lies between."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from audiobook_daemon.demo.audnexus.shop import ShopPlace, ShopProduct, regional_asin
from audiobook_daemon.demo.content import genre_title
from audiobook_daemon.demo.works import DemoWork
from audiobook_daemon.models import WorkKind

_WORDS = {"en": "english", "de": "german", "fr": "french", "ja": "japanese", "ru": "russian", "es": "spanish"}
_PARTS_FROM_HOURS = 20.0
_PUBLISHER = "Tidewater Audio"


def demo_products(works: Iterable[DemoWork], today: date) -> tuple[ShopProduct, ...]:
    """Fill the shops of the demo world.

    Its files are snippets of a few minutes, and shops tell whole minutes: none is told, or every file would be wrong.
    """
    return shop_products((replace(work, hours=None) for work in works), today)


def shop_products(works: Iterable[DemoWork], today: date) -> tuple[ShopProduct, ...]:
    """Put every recorded work into the shops that sell it, and things that are no such work beside them."""
    recorded = [work for work in works if work.audiobook]
    sold = (_product(work, region, today) for work in recorded for region in work.regions)
    return (*sold, *_between(recorded))


def _product(work: DemoWork, region: str, today: date) -> ShopProduct:
    places = tuple(ShopPlace(place.name, place.position or "") for place in work.series)
    return ShopProduct(
        asin=work.asin if region == work.regions[0] else regional_asin(work.asin, region),
        region=region,
        title=work.title,
        subtitle=work.subtitle,
        authors=_people(work, region),
        narrators=work.narrators,
        publisher=work.publisher or _PUBLISHER,
        summary=f"<p>{html.escape(work.description)}</p>" if work.description else None,
        released=work.released(today),
        minutes=None if work.hours is None else round(work.hours * 60),
        language=_WORDS.get(work.language, work.language),
        format_type="original_recording" if work.kind is WorkKind.DRAMATISATION else "unabridged",
        delivery="MultiPartBook" if (work.hours or 0) >= _PARTS_FROM_HOURS else "SinglePartBook",
        places=places,
        publication=_publication(places, region),
        genres=("Literature & Fiction", genre_title(work.genre)) if work.genre else (),
        isbn=work.isbn,
        sku=f"BK_DEMO_{work.asin[-6:]}",
    )


def _people(work: DemoWork, region: str) -> tuple[str, ...]:
    """The German shop names the narrator among the authors, and a translator with the role behind the name."""
    if region != "de" or not work.narrators:
        return work.authors
    return (*work.authors, "Ada Lindqvist - Übersetzer", work.narrators[0])


def _publication(places: Sequence[ShopPlace], region: str) -> str | None:
    """Only the American shop names the series exactly; the others leave Audnexus without one."""
    if not places:
        return None
    return places[0].series if region == "us" else f"{places[0].series} (Series)"


def _between(works: Sequence[DemoWork]) -> Iterator[ShopProduct]:
    """Rows that searches bring too: without title or ASIN, a podcast, and a namesake's guide to another's book."""
    if not works:
        return
    first = works[0]
    given_name = first.authors[0].split()[0]
    yield ShopProduct(asin="B0NOTITLE1", title=None, authors=first.authors, language="english")
    yield ShopProduct(asin="", title="Nothing to be had", authors=first.authors, language="english")
    yield ShopProduct(
        asin="B0PODCAST1",
        title=f"{first.title}: The Podcast",
        authors=first.authors,
        language="english",
        format_type="original_recording",
        delivery="PodcastParent",
        content_type="Podcast",
    )
    yield ShopProduct(
        asin="B0SUMMARY1",
        title=f"Summary of {first.title}",
        authors=(f"{given_name} Quickread",),
        narrators=("A Synthetic Voice",),
        publisher="Quickread",
        released=date(2024, 1, 1),
        minutes=25,
        language="english",
    )
