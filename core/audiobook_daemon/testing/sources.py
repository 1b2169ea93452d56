"""The contracts of the roles that are asked."""

from __future__ import annotations

import re
from typing import ClassVar

import pytest

from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import (
    AuthorQuestion,
    Book,
    ChartEntry,
    ChartRequest,
    Facts,
    Query,
    Release,
    SeriesQuestion,
    SeriesRecord,
    Standing,
    Torrent,
    Verdict,
    Wish,
    Work,
)
from audiobook_daemon.plugin import (
    Bibliography,
    ChartSource,
    ImportList,
    Indexer,
    MetadataProvider,
    Plugin,
    PluginConfig,
    Policy,
    ReleaseFeed,
    Tracker,
)
from audiobook_daemon.testing.contract import Faulty, PluginContract
from audiobook_daemon.testing.hosting import PlugIn
from audiobook_daemon.testing.site import FakeSite, Trouble

_INFO_HASH = re.compile("[0-9a-f]{40}")


class IndexerContract(PluginContract):
    """An indexer names itself in what it offers, and fetches what it has offered."""

    query: ClassVar[Query]
    """A question for which the scripted site has at least one release."""

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Search."""
        assert isinstance(plugin, Indexer)
        found = await plugin.search(self.query)
        assert found, "nothing found: let `script` offer a release for `query`"
        for release in found:
            assert isinstance(release, Release)
            assert release.source == plugin.context.name
            assert release.key
            assert release.title.strip()
        assert len({release.key for release in found}) == len(found)

    async def test_fetches_what_it_found(self, plug_in: PlugIn, site: FakeSite) -> None:
        """The .torrent or magnet of a release names its info-hash."""
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, Indexer)
        torrent = await plugin.fetch((await plugin.search(self.query))[0])
        assert isinstance(torrent, Torrent)
        assert _INFO_HASH.fullmatch(torrent.info_hash)
        assert torrent.content or torrent.magnet

    @Faulty
    async def test_a_fetch_in_trouble_is_no_bug(self, plug_in: PlugIn, site: FakeSite, trouble: Trouble) -> None:
        """A page instead of a torrent is Unavailable or Refused."""
        if trouble in self.exempt:
            pytest.skip("means something else to this plugin")
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, Indexer)
        release = (await plugin.search(self.query))[0]
        site.spoil(trouble)
        with pytest.raises(PluginError):
            await plugin.fetch(release)


class MetadataProviderContract(PluginContract):
    """A metadata provider names itself in what it states."""

    book: ClassVar[Book]
    """A book of which the scripted site knows at least one record."""

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Describe."""
        assert isinstance(plugin, MetadataProvider)
        found = await plugin.describe(self.book)
        assert found, "nothing found: let `script` know a record of `book`"
        for facts in found:
            assert isinstance(facts, Facts)
            assert facts.source == plugin.context.name
            assert facts.score is None or 0 <= facts.score <= 1
        scores = [facts.score for facts in found if facts.score is not None]
        assert scores == sorted(scores, reverse=True), "the likeliest comes first"


class ImportListContract(PluginContract):
    """A list names itself as the origin of its wishes."""

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Ask for the wishes."""
        assert isinstance(plugin, ImportList)
        found = await plugin.wishes()
        assert found, "no wishes: let `script` hold at least one"
        for wish in found:
            assert isinstance(wish, Wish)
            assert wish.book.title.strip()
            assert wish.origin == plugin.context.name


class ChartSourceContract(PluginContract):
    """A chart is in order and no longer than asked for."""

    genre: ClassVar[str]
    """A genre that the scripted site ranks."""

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Ask for a chart."""
        assert isinstance(plugin, ChartSource)
        chart = await plugin.chart(ChartRequest(self.genre, limit=10))
        assert 1 <= len(chart) <= 10, "let `script` rank `genre`, and keep to the limit"
        assert all(isinstance(entry, ChartEntry) and entry.book.title.strip() for entry in chart)
        ranks = [entry.rank for entry in chart]
        assert ranks[0] >= 1
        assert ranks == sorted(set(ranks))

    async def test_an_unknown_genre_has_no_entries(self, plug_in: PlugIn, site: FakeSite) -> None:
        """A genre nobody has heard of is no error."""
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, ChartSource)
        assert list(await plugin.chart(ChartRequest("no-such-genre"))) == []


class BibliographyContract(PluginContract):
    """A bibliography names itself in the series and works it lists."""

    series: ClassVar[SeriesQuestion]
    """A series of which the scripted site knows at least one work."""
    author: ClassVar[AuthorQuestion]
    """An author of whom the scripted site knows at least one work."""

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Ask for the series, then for the author."""
        assert isinstance(plugin, Bibliography)
        found = await plugin.series_of(self.series)
        assert found, "no series: let `script` know the one of `series`"
        for record in found:
            assert isinstance(record, SeriesRecord)
            assert record.source == plugin.context.name
            assert record.name.strip()
        listed = [work for record in found for work in record.works]
        assert listed, "a series without works"
        works = await plugin.works_by(self.author)
        assert works, "no works: let `script` know one by `author`"
        for work in (*listed, *works):
            assert isinstance(work, Work)
            assert work.source == plugin.context.name
            assert work.book.title.strip()


class ReleaseFeedContract(PluginContract):
    """A feed names itself in what it tells, the newest first and no more than asked for."""

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Ask what is new."""
        assert isinstance(plugin, ReleaseFeed)
        found = await plugin.latest(None, 10)
        assert 1 <= len(found) <= 10, "let `script` tell of at least one release, and keep to the limit"
        for release in found:
            assert isinstance(release, Release)
            assert release.source == plugin.context.name
            assert release.key
        moments = [release.published for release in found if release.published is not None]
        assert moments == sorted(moments, reverse=True), "the newest comes first"


class PolicyContract(PluginContract):
    """A policy judges, or has no opinion."""

    wish: ClassVar[Wish]
    release: ClassVar[Release]

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Ask for a verdict."""
        assert isinstance(plugin, Policy)
        verdict = await plugin.judge(self.wish, self.release)
        assert verdict is None or isinstance(verdict, Verdict)
        if verdict is not None:
            assert verdict.source == plugin.context.name
            assert verdict.code
            assert verdict.reason.strip()


class TrackerContract(PluginContract):
    """A tracker tells of the account what it knows, and does not burden the site each time it is asked."""

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Ask how the account stands."""
        assert isinstance(plugin, Tracker)
        standing = await plugin.standing()
        assert isinstance(standing, Standing)
        assert standing.at.tzinfo is not None
        assert standing.at <= plugin.context.now()
        assert standing.free_slots is None or standing.free_slots >= 0, "less than none cannot be free"
        assert all(danger.strip().endswith(".") for danger in standing.dangers), "a danger is a sentence for a person"

    async def test_asking_again_at_once_asks_nobody(self, plug_in: PlugIn, site: FakeSite) -> None:
        """The account is looked at often; the site is not."""
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, Tracker)
        first = await plugin.standing()
        before = len(site.asked)
        assert await plugin.standing() == first
        assert len(site.asked) == before
