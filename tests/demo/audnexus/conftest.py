"""A client that asks the stand-in for Audnexus and the shops of Audible."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.demo.audnexus import AudnexusStandIn, ShopPlace, ShopProduct

Json = Any  # what a JSON text may hold
Ask = Callable[..., Awaitable[tuple[int, Json]]]

MACHINE = ShopProduct(
    asin="B0STAND001",
    title="The Time Machine",
    subtitle="An Invention",
    authors=("H. G. Wells", "Ines Vogt - translator"),
    narrators=("Otto Reed",),
    publisher="Example Audio",
    summary="<p>A man returns, late &amp; limping.</p>",
    released=date(2018, 12, 11),
    minutes=245,
    language="english",
    places=(ShopPlace("Journeys", "Book 1"), ShopPlace("Classics", "7"), ShopPlace("Wells", "2")),
    publication="Journeys",
    genres=("Science Fiction", "Time Travel"),
    isbn="9780000000019",
    sku="BK_EXAM_000001",
)
LOST = ShopProduct(
    asin="BDSTAND001",
    region="de",
    title="Die Zeitmaschine",
    authors=("H. G. Wells",),
    language="german",
    places=(ShopPlace("Reisen", "1"),),
    publication="Reisen (Reihe)",
    delivery="MultiPartBook",
    sku="BK_EXAM_000001",
)
PODCAST = ShopProduct(asin="B0STAND002", title="On Time", delivery="PodcastParent", content_type="Podcast")
BARE = ShopProduct(asin="B0STAND003", title=None, authors=("H. G. Wells",))


@pytest.fixture
async def shops() -> AsyncIterator[AudnexusStandIn]:
    async with AudnexusStandIn([MACHINE, LOST, PODCAST, BARE]) as stand_in:
        yield stand_in


@pytest.fixture
async def ask(shops: AudnexusStandIn) -> AsyncIterator[Ask]:
    async with aiohttp.ClientSession() as client:

        async def call(path: str, host: str | None = None, **query: str) -> tuple[int, Json]:
            headers = {"Host": host} if host else {}
            async with client.get(f"{shops.url}{path}", params=query, headers=headers) as answer:
                return answer.status, await answer.json()

        yield call
