"""The shops of Audible and Audnexus on loopback, and a product in the shape of the catalogue."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any

import pytest

from audiobook_daemon import Context, Http
from audiobook_daemon.demo.audnexus import AudnexusStandIn, ShopPlace, ShopProduct
from audiobook_plugins.audnexus import Audnexus
from audiobook_plugins.audnexus.config import AudnexusConfig

Json = Any  # what a JSON text may hold
ADA = "Ada Thornquist"


def recording(asin: str, title: str, place: str | None = None, **more: Json) -> ShopProduct:
    """A recording of a series called The Tide Clocks, where a place is given."""
    places = () if place is None else (ShopPlace("The Tide Clocks", place),)
    usual = {
        "authors": (ADA,),
        "narrators": ("Joss Pell",),
        "publisher": "Harbour Audio",
        "summary": "<p>Water &amp; brass.</p>",
        "released": date(2021, 5, 4),
        "minutes": 600,
        "language": "english",
        "places": places,
        "publication": "The Tide Clocks" if places else None,
        "genres": ("Fantasy", "Epic"),
    }
    return ShopProduct(asin=asin, title=title, **{**usual, **more})


STOCK = (
    recording("B0AAAAAA01", "The Brass Tide", "1", sku="SK1"),
    recording("BKAAAAAA01", "The Brass Ebb", "1", sku="SK1", region="uk"),
    recording("B0AAAAAA02", "The Salt Hour", "Book 2", sku="SK2"),
    recording("B0AAAAAA03", "The Moon Escapement", "3", released=date(2027, 1, 5), minutes=None),
    recording("B0AAAAAA04", "The Little Clock", ".5", minutes=70),
    recording("B0AAAAAA05", "The Tide Clocks: Books 1-2", "1-2", minutes=1210),
    recording("B0AAAAAA06", "The Brass Tide (Part 1 of 2) (Dramatized Adaptation)", "1", publisher="GraphicAudio"),
    recording("BKAAAAAA07", "Harbour Lights", region="uk"),
    recording("B0AAAAAA08", "A Dictionary of Knots", authors=("Ada Thornley",)),
    recording("B0AAAAAA09", "Relojes de marea", "1", language="spanish"),
    recording("BDAAAAAA10", "Die Messingflut", region="de", language="german"),
    recording("B0AAAAAA11", "Tides: The Podcast", delivery="PodcastParent", content_type="Podcast"),
    ShopProduct(asin="B0AAAAAA12", title=None, authors=(ADA,)),
    ShopProduct(asin="", title="Nothing", authors=(ADA,)),
)


@pytest.fixture
async def shops() -> AsyncIterator[AudnexusStandIn]:
    async with AudnexusStandIn(STOCK) as stand_in:
        yield stand_in


@pytest.fixture
def audnexus(shops: AudnexusStandIn, hasty_http: Http, context_for: Callable[..., Context]) -> Callable[..., Audnexus]:
    """Make an instance that speaks to the stand-in; keywords are its configuration."""

    def make(**config: object) -> Audnexus:
        section = {"url": shops.url, "catalogue": shops.catalogue, "pace": 0, **config}
        return Audnexus(AudnexusConfig.model_validate(section), context_for("audnexus", http=hasty_http))

    return make


@pytest.fixture
def product() -> Callable[..., dict[str, Json]]:
    """Make a product as the catalogue tells it; keywords change members, None removes them."""

    def make(**more: Json) -> dict[str, Json]:
        whole = {
            "asin": "B0EXAMPLE1",
            "title": "The Brass Tide",
            "subtitle": "The Tide Clocks, Book 1",
            "authors": [{"asin": "B0AUTHOR01", "name": ADA}],
            "narrators": [{"name": "Joss Pell"}],
            "publisher_name": "Harbour Audio",
            "publisher_summary": "<p>Water &amp; brass.</p>",
            "release_date": "2021-05-04",
            "runtime_length_min": 612,
            "format_type": "unabridged",
            "language": "english",
            "content_type": "Product",
            "content_delivery_type": "SinglePartBook",
            "series": [{"asin": "B0SERIES01", "title": "The Tide Clocks", "sequence": "1", "url": "/pd/x"}],
            "category_ladders": [{"ladder": [{"id": "1", "name": "Fantasy"}, {"id": "2", "name": "Epic"}]}],
            "product_images": {"500": "https://img.example/a._SL500_.jpg", "1024": "https://img.example/a.jpg"},
            "isbn": "9780765311788",
            "sku_lite": "BK_HARB_000001",
            "rating": {"overall_distribution": {"num_ratings": 412}},
        }
        return {name: value for name, value in {**whole, **more}.items() if value is not None}

    return make
