"""Our own plugins keep the contracts that are shipped, each before its stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest

from audiobook_daemon import AuthorQuestion, Book, Plugin, PluginConfig, Query, Release, read_torrent
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.google_books import GoogleBooksStandIn, GoogleVolume
from audiobook_daemon.demo.mam import MamStandIn, MamTorrent
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.demo.prowlarr import ProwlarrIndexer, ProwlarrOffer, ProwlarrStandIn
from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_daemon.testing import (
    BibliographyContract,
    ChartSourceContract,
    DownloadClientContract,
    FakeSite,
    IndexerContract,
    LibraryContract,
    MetadataProviderContract,
    ReleaseFeedContract,
    TrackerContract,
    Trouble,
)
from audiobook_plugins.audiobookshelf import Audiobookshelf
from audiobook_plugins.google_books import GoogleBooks
from audiobook_plugins.mam import MyAnonamouse
from audiobook_plugins.prowlarr import Prowlarr
from audiobook_plugins.qbittorrent import QBittorrent

PutBefore = Callable[[str], AbstractAsyncContextManager[FakeSite]]
TORRENT = read_torrent(
    b"d8:announce22:http://127.0.0.1:1/ann4:infod6:lengthi7e4:name8:Emma.m4b"
    b"12:piece lengthi16384e6:pieces20:" + b"x" * 20 + b"7:privatei1eee"
)


class OfGoogleBooks:
    @pytest.fixture
    async def site(self, before: PutBefore) -> AsyncIterator[FakeSite]:
        volume = GoogleVolume(id="emma00000001", title="Emma", authors=("Jane Austen",), language="en")
        async with GoogleBooksStandIn([volume], key="k" * 20) as google, before(google.url) as site:
            yield site

    def config(self, site: FakeSite) -> PluginConfig:
        return GoogleBooks.config_type.model_validate({"url": site.url, "key": "k" * 20, "cache_days": 0})

    def script(self, site: FakeSite) -> None:
        """The stand-in answers."""


class TestGoogleBooks(OfGoogleBooks, MetadataProviderContract):
    plugin = GoogleBooks
    book = Book("Emma", ("Jane Austen",))


class TestGoogleBooksAsBibliography(OfGoogleBooks, BibliographyContract):
    plugin = GoogleBooks
    author = AuthorQuestion("Jane Austen")

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """It knows of authors only."""
        assert isinstance(plugin, GoogleBooks)
        works = await plugin.works_by(self.author)
        assert [(work.source, work.book.title) for work in works] == [(plugin.context.name, "Emma")]


class TestQBittorrent(DownloadClientContract):
    plugin = QBittorrent
    torrent = TORRENT
    release = Release("tracker", "7", "Emma")

    @pytest.fixture
    async def site(self, before: PutBefore, tmp_path: Path) -> AsyncIterator[FakeSite]:
        stand_in = QBittorrentStandIn(tmp_path / "content", tmp_path, username="me", password="right")
        async with stand_in as client, before(client.url) as site:
            yield site

    def config(self, site: FakeSite) -> PluginConfig:
        return QBittorrent.config_type.model_validate({"url": site.url, "username": "me", "password": "right"})

    def script(self, site: FakeSite) -> None:
        """The stand-in answers."""


class TestAudiobookshelf(LibraryContract):
    plugin = Audiobookshelf

    @pytest.fixture
    async def site(self, before: PutBefore, tmp_path: Path) -> AsyncIterator[FakeSite]:
        async with (
            AudiobookshelfStandIn(tmp_path, "key-of-root", seconds_per_book=0) as shelf,
            before(shelf.url) as site,
        ):
            yield site

    def config(self, site: FakeSite) -> PluginConfig:
        return Audiobookshelf.config_type.model_validate({"url": site.url, "token": "key-of-root", "poll": 0.01})

    def script(self, site: FakeSite) -> None:
        """The stand-in answers."""

    def folder(self, root: str, site: FakeSite) -> str:
        folder = Path(root) / "Jane Austen" / "Emma"
        folder.mkdir(parents=True)
        (folder / "Emma.mp3").write_bytes(make_mp3(1, AudioTags()))
        return str(folder)


class OfMam:
    shareable = False
    exempt: ClassVar[frozenset[Trouble]] = frozenset({Trouble.EMPTY})  # this is how it says that the session has ended

    @pytest.fixture
    async def site(self, before: PutBefore) -> AsyncIterator[FakeSite]:
        assert TORRENT.content is not None
        torrent = MamTorrent(
            id=1,
            title="Emma",
            torrent=TORRENT.content,
            authors=("Jane Austen",),
            size=300 * 1024**2,
            category=47,
            times_completed=5,
            added=datetime.now(UTC),
        )
        async with MamStandIn([torrent], session="seed-of-the-session") as mam, before(mam.url) as site:
            yield site

    def config(self, site: FakeSite) -> PluginConfig:
        settings = {"session": "seed-of-the-session", "url": site.url, "tracker_url": site.url}
        return MyAnonamouse.config_type.model_validate(settings)

    def script(self, site: FakeSite) -> None:
        """The stand-in answers."""


class TestMamAsIndexer(OfMam, IndexerContract):
    plugin = MyAnonamouse
    query = Query("Emma", ("Jane Austen",))


class TestMamAsChartSource(OfMam, ChartSourceContract):
    plugin = MyAnonamouse
    genre = "science-fiction"


class TestMamAsReleaseFeed(OfMam, ReleaseFeedContract):
    plugin = MyAnonamouse


class TestMamAsTracker(OfMam, TrackerContract):
    plugin = MyAnonamouse
    exempt: ClassVar[frozenset[Trouble]] = OfMam.exempt | {Trouble.OTHER_JSON}  # and so is this, of the account


class OfProwlarr:
    @pytest.fixture
    async def site(self, before: PutBefore) -> AsyncIterator[FakeSite]:
        offer = ProwlarrOffer(guid="1", title="Emma by Jane Austen [ENG / M4B]", torrent=TORRENT.content)
        indexer = ProwlarrIndexer(id=1, name="Public Bay", offers=[offer])
        async with ProwlarrStandIn([indexer], key="k" * 32) as prowlarr, before(prowlarr.url) as site:
            yield site

    def config(self, site: FakeSite) -> PluginConfig:
        return Prowlarr.config_type.model_validate({"url": site.url, "key": "k" * 32})

    def script(self, site: FakeSite) -> None:
        """The stand-in answers."""


class TestProwlarrAsIndexer(OfProwlarr, IndexerContract):
    plugin = Prowlarr
    query = Query("Emma", ("Jane Austen",))


class TestProwlarrAsReleaseFeed(OfProwlarr, ReleaseFeedContract):
    plugin = Prowlarr
