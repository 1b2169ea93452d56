"""The stand-in for Audnexus holds to the shapes of its own description, and to its refusals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.demo.audnexus import AudnexusStandIn, ShopProduct, author_asin, demo_products, shop_products
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.works import known_works

Json = Any  # what a JSON text may hold
Ask = Callable[..., Awaitable[tuple[int, Json]]]
TODAY = date(2026, 3, 1)


async def test_a_book_has_the_documented_members(ask: Ask) -> None:
    status, book = await ask("/books/B0STAND001", region="us")
    assert status == 200
    assert set(book) == {
        "asin", "title", "subtitle", "authors", "narrators", "publisherName", "summary", "description", "releaseDate",
        "runtimeLengthMin", "formatType", "isbn", "language", "image", "genres", "literatureType", "isAdult",
        "copyright", "rating", "region", "seriesPrimary", "seriesSecondary",
    }  # fmt: skip
    assert book["releaseDate"] == "2018-12-11T00:00:00.000Z"
    assert book["description"] == "A man returns, late & limping...."
    assert [genre["type"] for genre in book["genres"]] == ["genre", "tag"]
    assert [author["name"] for author in book["authors"]] == ["H. G. Wells", "Ines Vogt - translator"]


async def test_of_three_series_two_survive_and_the_position_is_as_it_was_typed(ask: Ask) -> None:
    _, book = await ask("/books/B0STAND001")
    assert (book["seriesPrimary"]["name"], book["seriesPrimary"]["position"]) == ("Journeys", "Book 1")
    assert book["seriesSecondary"]["name"] == "Classics"


async def test_a_series_of_another_name_than_the_publication_is_lost(ask: Ask) -> None:
    _, book = await ask("/books/BDSTAND001", region="de")
    assert "seriesPrimary" not in book
    assert (book["isbn"], book["region"]) == ("", "de")


@pytest.mark.parametrize(
    ("path", "region", "status", "code"),
    [
        ("/books/B000000000", "us", 404, "NOT_FOUND"),
        ("/books/B0STAND003", "us", 404, "NOT_FOUND"),
        ("/books/B0STAND001", "uk", 404, "REGION_UNAVAILABLE"),
        ("/books/B0STAND002", "us", 400, "CONTENT_TYPE_MISMATCH"),
        ("/books/nonsense", "us", 400, "BAD_REQUEST"),
        ("/books/B0STAND001", "mars", 422, "VALIDATION_ERROR"),
        ("/books/B000000000/chapters", "us", 404, "NOT_FOUND"),
        ("/authors/B000000000", "us", 404, "NOT_FOUND"),
    ],
)
async def test_refusals_have_codes(ask: Ask, path: str, region: str, status: int, code: str) -> None:
    given, body = await ask(path, region=region)
    assert given == status
    assert set(body["error"]) == {"code", "message", "details"}
    assert body["error"]["code"] == code


async def test_a_wrong_region_used_to_be_a_500(ask: Ask, shops: AudnexusStandIn) -> None:
    shops.old_errors = True
    status, body = await ask("/books/B0STAND001", region="uk")
    assert (status, body["statusCode"], body["error"]) == (500, 500, "Internal Server Error")
    assert body["message"] == "Item not available in region 'uk' for ASIN: B0STAND001"


async def test_its_patience_ends(ask: Ask, shops: AudnexusStandIn) -> None:
    shops.limit = 1
    assert (await ask("/books/B0STAND001"))[0] == 200
    async with aiohttp.ClientSession() as client, client.get(f"{shops.url}/books/B0STAND001") as answer:
        assert answer.status == 429
        assert answer.headers["Retry-After"].isdecimal()
        assert (await answer.json())["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert (await ask("/audible.com/1.0/catalog/products"))[0] == 200, "the shops count for themselves"


async def test_chapters_make_up_the_whole_time(ask: Ask) -> None:
    _, told = await ask("/books/B0STAND001/chapters")
    assert sum(chapter["lengthMs"] for chapter in told["chapters"]) == told["runtimeLengthMs"] == 245 * 60_000
    assert set(told["chapters"][0]) == {"title", "startOffsetMs", "startOffsetSec", "lengthMs"}
    assert {"brandIntroDurationMs", "brandOutroDurationMs", "isAccurate", "region"} <= set(told)


async def test_people_are_found_by_words_of_their_names(ask: Ask) -> None:
    _, found = await ask("/authors", name="Herbert Wells")
    assert found == [{"asin": author_asin("H. G. Wells"), "name": "H. G. Wells"}]
    _, person = await ask(f"/authors/{author_asin('H. G. Wells')}")
    assert person["name"] == "H. G. Wells"
    assert (await ask("/authors"))[0] == 422


async def test_only_newer_servers_search(ask: Ask, shops: AudnexusStandIn) -> None:
    _, found = await ask("/books/search", q="machine wells")
    assert [book["asin"] for book in found] == ["B0STAND001"]
    assert await ask("/books/search") == (400, {"error": "Bad Request", "message": "q is required"})
    shops.searches = False
    status, body = await ask("/books/search", q="machine")
    assert (status, body["error"]["message"]) == (400, "Bad ASIN")


@pytest.mark.parametrize(("name", "side"), [("X._SL500_.png", 500), ("X._SL1024_.png", 1024), ("X.png", 2400)])
async def test_pictures_are_as_large_as_they_say(shops: AudnexusStandIn, name: str, side: int) -> None:
    async with aiohttp.ClientSession() as client, client.get(f"{shops.url}/images/I/{name}") as answer:
        picture = await answer.read()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(picture[16:20]) == int.from_bytes(picture[20:24]) == side


async def test_faults_spoil_it_as_any_other(ask: Ask, shops: AudnexusStandIn) -> None:
    shops.faults.next(Fault.NUMBER, match="/books")
    assert await ask("/books/B0STAND001") == (200, 42)


def in_shop(products: tuple[ShopProduct, ...], region: str) -> dict[str, ShopProduct]:
    return {product.asin: product for product in products if product.region == region and product.title}


def test_the_shops_of_the_demo_sell_its_recorded_works_under_an_asin_for_each_region() -> None:
    works, products = known_works(), shop_products(known_works(), TODAY)
    recorded = [work for work in works if work.audiobook]
    assert len(recorded) < len(works)
    for region in ("us", "uk", "de"):
        sold = [product.title for product in in_shop(products, region).values()]
        assert {work.title for work in recorded if region in work.regions} <= set(sold)
        assert not {work.title for work in works if not work.audiobook} & set(sold)
    ids = [product.asin for product in products if product.asin]
    assert len(set(ids)) == len(ids)
    assert all(len(asin) == 10 for asin in ids)
    to_come = [product for product in products if product.released and product.released > TODAY]
    assert to_come


def test_the_shops_of_the_demo_have_what_is_no_book_too() -> None:
    products = shop_products(known_works(), TODAY)
    assert [product for product in products if product.title is None]
    assert [product for product in products if not product.asin]
    assert [product for product in products if product.delivery == "PodcastParent"]
    assert [product for product in products if product.publication and product.publication != product.places[0].series]


def test_the_demo_world_is_told_no_times_that_its_snippets_cannot_have() -> None:
    titles = {work.title for work in known_works()}
    timed = [product for product in demo_products(known_works(), TODAY) if product.minutes is not None]
    assert not {product.title for product in timed} & titles
