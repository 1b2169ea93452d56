"""The stand-in shops hold to the documented shapes of the Audible catalogue, and to its traps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.demo.audnexus import AudnexusStandIn, ShopPlace, ShopProduct, series_asin

Json = Any  # what a JSON text may hold
Ask = Callable[..., Awaitable[tuple[int, Json]]]
PRODUCTS = "/audible.com/1.0/catalog/products"
GERMAN = "/audible.de/1.0/catalog/products"
EVERYTHING = (
    "contributors,media,product_attrs,product_desc,product_details,product_extended_attrs,series,relationships,"
    "category_ladders,rating,sku"
)
TEXTS = {
    "asin", "title", "subtitle", "publisher_name", "publisher_summary", "merchandising_summary", "release_date",
    "issue_date", "format_type", "language", "content_type", "content_delivery_type", "publication_name", "isbn",
    "sku", "sku_lite",
}  # fmt: skip


def book(number: int, **more: Json) -> ShopProduct:
    return ShopProduct(**{"asin": f"B0BOOK{number:04d}", "title": f"Book {number}", "authors": ("A. Writer",), **more})


async def test_a_product_has_the_documented_members(ask: Ask, shops: AudnexusStandIn) -> None:
    status, body = await ask(f"{PRODUCTS}/B0STAND001", response_groups=EVERYTHING)
    assert status == 200
    assert set(body) == {"product", "response_groups"}
    product = body["product"]
    assert {name for name, value in product.items() if isinstance(value, str)} == TEXTS
    assert product["runtime_length_min"] == 245
    assert (product["release_date"], product["language"]) == ("2018-12-11", "english")
    assert product["narrators"] == [{"name": "Otto Reed"}]
    assert [(set(one), one["name"]) for one in product["authors"]] == [
        ({"asin", "name"}, "H. G. Wells"),
        ({"asin", "name"}, "Ines Vogt - translator"),
    ]
    assert next((set(one), one["title"], one["sequence"]) for one in product["series"]) == (
        {"asin", "title", "sequence", "url"},
        "Journeys",
        "Book 1",
    )
    assert [step["name"] for step in product["category_ladders"][0]["ladder"]] == ["Science Fiction", "Time Travel"]
    assert set(product["product_images"]) == {"500", "1024"}
    assert all(link.startswith(shops.url) for link in product["product_images"].values())
    assert [relation["relationship_to_product"] for relation in product["relationships"]] == ["parent"] * 3


async def test_without_groups_there_is_nothing_but_the_asin(ask: Ask) -> None:
    _, body = await ask(f"{PRODUCTS}/B0STAND001")
    assert body["product"] == {"asin": "B0STAND001"}
    _, body = await ask(f"{PRODUCTS}/B0STAND001", response_groups="contributors")
    assert set(body["product"]) == {"asin", "authors", "narrators", "publisher_name"}


async def test_an_unknown_group_is_a_400(ask: Ask) -> None:
    status, body = await ask(PRODUCTS, response_groups="everything")
    assert (status, set(body)) == (400, {"message"})
    assert "'everything' at 'responseGroups'" in body["message"]


@pytest.mark.parametrize("path", [PRODUCTS, GERMAN])
async def test_an_unknown_asin_is_told_back_with_a_200(ask: Ask, path: str) -> None:
    status, body = await ask(f"{path}/B000000000", response_groups="product_attrs")
    assert (status, body["product"]) == (200, {"asin": "B000000000"})
    _, body = await ask(f"{GERMAN}/B0STAND001", response_groups="product_attrs")
    assert body["product"] == {"asin": "B0STAND001"}, "an ASIN is good in its region only"


@pytest.mark.parametrize(
    ("path", "host", "titles"),
    [
        (PRODUCTS, None, ["The Time Machine"]),
        (GERMAN, None, ["Die Zeitmaschine"]),
        ("/1.0/catalog/products", "api.audible.de", ["Die Zeitmaschine"]),
        ("/1.0/catalog/products", None, ["The Time Machine"]),
        ("/audible.co.uk/1.0/catalog/products", None, []),
    ],
)
async def test_path_or_host_names_the_shop(ask: Ask, path: str, host: str | None, titles: list[str]) -> None:
    _, body = await ask(path, host, author="Wells", response_groups="product_desc")
    assert [product["title"] for product in body["products"] if "title" in product] == titles


async def test_rows_without_a_title_occur(ask: Ask) -> None:
    _, body = await ask(PRODUCTS, author="Wells", response_groups="product_desc,product_attrs")
    assert [product["asin"] for product in body["products"] if "title" not in product] == ["B0STAND003"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"title": "time machine"}, 1),
        ({"title": "time machine an invention"}, 1),
        ({"title": "time machine a wrong subtitle"}, 0),
        ({"title": "time machine", "author": "wells"}, 1),
        ({"title": "time machine", "author": "Verne"}, 0),
        ({"keywords": "machine reed journeys"}, 1),
        ({"keywords": "machine verne"}, 0),
        ({"author": "Orson Wells"}, 2),
        ({"narrator": "reed"}, 1),
        ({"author": ""}, 3),
        ({"unheard_of": "x"}, 3),
    ],
)
async def test_searches(ask: Ask, query: dict[str, str], count: int) -> None:
    status, body = await ask(PRODUCTS, **query)
    assert (status, len(body["products"])) == (200, count)
    assert "total_results" not in body, "how many there are is not told"


async def test_pages_count_from_zero_and_hold_fifty_at_most(ask: Ask, shops: AudnexusStandIn) -> None:
    shops.products = [book(number) for number in range(120)]

    async def page(**query: str) -> list[str]:
        return [product["asin"] for product in (await ask(PRODUCTS, author="Writer", **query))[1]["products"]]

    assert len(await page()) == 10
    first = await page(num_results="50")
    assert first == await page(num_results="50", page="0")
    second, third = await page(num_results="50", page="1"), await page(num_results="50", page="2")
    assert (len(first), len(second), len(third)) == (50, 50, 20)
    assert len({*first, *second, *third}) == 120
    assert await page(num_results="50", page="3") == []


@pytest.mark.parametrize("query", [{"num_results": "51"}, {"num_results": "many"}, {"num_results": "1", "page": "-1"}])
async def test_wrong_numbers_are_a_400(ask: Ask, query: dict[str, str]) -> None:
    status, body = await ask(PRODUCTS, **query)
    assert (status, body["message"].partition(":")[0]) == (400, "1 validation error detected")


async def test_many_asins_at_once(ask: Ask, shops: AudnexusStandIn) -> None:
    shops.products = [book(number) for number in range(60)]
    asins = [f"B0BOOK{number:04d}" for number in range(50)]
    _, body = await ask(PRODUCTS, asins=",".join([*asins[:49], "B000000000"]), response_groups="product_desc")
    assert [product.get("title") for product in body["products"]] == [*(f"Book {number}" for number in range(49)), None]
    status, _ = await ask(PRODUCTS, asins=",".join([*asins, "B0BOOK0051"]))
    assert status == 400


async def test_a_series_is_a_product_with_its_books_as_children(ask: Ask, shops: AudnexusStandIn) -> None:
    places = ["1", "2.5", "1-3", ""]
    shops.products = [book(at, places=(ShopPlace("Long", place),)) for at, place in enumerate(places)]
    _, body = await ask(f"{PRODUCTS}/{series_asin('Long', 'us')}", response_groups="product_attrs,relationships")
    series = body["product"]
    assert (series["title"], series["content_delivery_type"]) == ("Long", "BookSeries")
    assert [relation["sequence"] for relation in series["relationships"]] == places
    assert all(
        (set(relation), relation["relationship_to_product"], relation["relationship_type"])
        == ({"asin", "relationship_to_product", "relationship_type", "sequence", "sort"}, "child", "series")
        for relation in series["relationships"]
    )


async def test_download_parts_are_children_of_another_type(ask: Ask) -> None:
    _, body = await ask(f"{GERMAN}/BDSTAND001", response_groups="relationships")
    kinds = [relation["relationship_type"] for relation in body["product"]["relationships"]]
    assert kinds == ["component", "component", "series"]


async def test_preorders_are_in_all_lists(ask: Ask, shops: AudnexusStandIn) -> None:
    shops.products = [book(1, released=date(2020, 1, 1)), book(2, released=date(2031, 1, 1))]
    _, body = await ask(PRODUCTS, author="Writer", products_sort_by="-ReleaseDate", response_groups="product_attrs")
    assert [product["release_date"] for product in body["products"]] == ["2031-01-01", "2020-01-01"]


async def test_at_most_ten_are_similar(ask: Ask, shops: AudnexusStandIn) -> None:
    shops.products = [book(number, places=(ShopPlace("Long", str(number)),)) for number in range(30)]
    _, body = await ask(f"{PRODUCTS}/B0BOOK0001/sims", similarity_type="InTheSameSeries")
    assert len(body["similar_products"]) == 10
    assert (await ask(f"{PRODUCTS}/B0BOOK0001/sims", similarity_type="Taste"))[0] == 400


async def test_a_product_no_longer_sold_is_unknown(ask: Ask, shops: AudnexusStandIn) -> None:
    shops.withdraw("B0STAND001")
    _, body = await ask(f"{PRODUCTS}/B0STAND001", response_groups="product_desc")
    assert body["product"] == {"asin": "B0STAND001"}
    assert (await ask("/books/B0STAND001"))[0] == 200


async def test_an_unknown_shop_is_a_404(shops: AudnexusStandIn) -> None:
    async with (
        aiohttp.ClientSession() as client,
        client.get(f"{shops.url}/audible.mars/1.0/catalog/products") as answer,
    ):
        assert answer.status == 404


async def test_editions_of_one_recording_share_their_number(ask: Ask, shops: AudnexusStandIn) -> None:
    shops.products = [*shops.products, replace(shops.products[0], asin="BKSTAND001", region="uk")]
    numbers = {
        (await ask(f"{path}/{asin}", response_groups="sku"))[1]["product"]["sku_lite"]
        for path, asin in ((PRODUCTS, "B0STAND001"), ("/audible.co.uk/1.0/catalog/products", "BKSTAND001"))
    }
    assert len(numbers) == 1
