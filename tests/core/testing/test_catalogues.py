"""The plugins of the great catalogues keep the contracts that are shipped, each before its stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import date

import pytest

from audiobook_daemon import AuthorQuestion, Book, PluginConfig, SeriesQuestion
from audiobook_daemon.demo.hardcover import HardcoverStandIn, hardcover_catalogue
from audiobook_daemon.demo.open_library import OpenLibraryStandIn, open_library_shelves
from audiobook_daemon.demo.works import known_works
from audiobook_daemon.testing import BibliographyContract, FakeSite, ImportListContract, MetadataProviderContract
from audiobook_plugins.hardcover import Hardcover
from audiobook_plugins.open_library import OpenLibrary

PutBefore = Callable[[str], AbstractAsyncContextManager[FakeSite]]
BAUM = "L. Frank Baum"


class OfHardcover:
    @pytest.fixture
    async def site(self, before: PutBefore) -> AsyncIterator[FakeSite]:
        catalogue = hardcover_catalogue(known_works(), date(2026, 3, 1))
        async with HardcoverStandIn(catalogue, token="t0ken") as stand_in, before(stand_in.url) as site:
            yield site

    def config(self, site: FakeSite) -> PluginConfig:
        section = {"url": site.url, "token": "t0ken", "cache_days": 0, "lists": {"want-to-read": 2}}
        return Hardcover.config_type.model_validate(section)

    def script(self, site: FakeSite) -> None:
        """The stand-in answers."""


class TestHardcoverAsMetadataProvider(OfHardcover, MetadataProviderContract):
    plugin = Hardcover
    book = Book("Ozma of Oz", (BAUM,))


class TestHardcoverAsBibliography(OfHardcover, BibliographyContract):
    plugin = Hardcover
    series = SeriesQuestion("Oz", (BAUM,))
    author = AuthorQuestion(BAUM)


class TestHardcoverAsImportList(OfHardcover, ImportListContract):
    plugin = Hardcover


class OfOpenLibrary:
    credentials = False

    @pytest.fixture
    async def site(self, before: PutBefore) -> AsyncIterator[FakeSite]:
        async with OpenLibraryStandIn(open_library_shelves(known_works())) as stand_in, before(stand_in.url) as site:
            yield site

    def config(self, site: FakeSite) -> PluginConfig:
        section = {"url": site.url, "contact": "me@example.org", "cache_days": 0}
        return OpenLibrary.config_type.model_validate(section)

    def script(self, site: FakeSite) -> None:
        """The stand-in answers."""


class TestOpenLibraryAsMetadataProvider(OfOpenLibrary, MetadataProviderContract):
    plugin = OpenLibrary
    book = Book("Ozma of Oz", (BAUM,))


class TestOpenLibraryAsBibliography(OfOpenLibrary, BibliographyContract):
    plugin = OpenLibrary
    series = SeriesQuestion("Oz", (BAUM,))
    author = AuthorQuestion(BAUM)
