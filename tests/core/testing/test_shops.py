"""The plugin of the shops of Audible keeps the contracts that are shipped, before its stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import date

import pytest

from audiobook_daemon import AuthorQuestion, Book, PluginConfig, SeriesQuestion
from audiobook_daemon.demo.audnexus import AudnexusStandIn, shop_products
from audiobook_daemon.demo.works import known_works
from audiobook_daemon.testing import BibliographyContract, FakeSite, MetadataProviderContract
from audiobook_plugins.audnexus import Audnexus

PutBefore = Callable[[str], AbstractAsyncContextManager[FakeSite]]
BAUM = "L. Frank Baum"


class OfAudnexus:
    credentials = False

    @pytest.fixture
    async def site(self, before: PutBefore) -> AsyncIterator[FakeSite]:
        products = shop_products(known_works(), date(2026, 3, 1))
        async with AudnexusStandIn(products) as stand_in, before(stand_in.url) as site:
            yield site

    def config(self, site: FakeSite) -> PluginConfig:
        section = {"url": site.url, "catalogue": f"{site.url}/audible.{{tld}}", "pace": 0, "cache_days": 0}
        return Audnexus.config_type.model_validate(section)

    def script(self, site: FakeSite) -> None:
        """The stand-in answers."""


class TestAudnexusAsMetadataProvider(OfAudnexus, MetadataProviderContract):
    plugin = Audnexus
    book = Book("Ozma of Oz", (BAUM,), asin="B0DEMO0009")


class TestAudnexusAsBibliography(OfAudnexus, BibliographyContract):
    plugin = Audnexus
    series = SeriesQuestion("Oz", (BAUM,))
    author = AuthorQuestion(BAUM)
