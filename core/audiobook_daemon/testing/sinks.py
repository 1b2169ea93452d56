"""The contracts of the roles that are told."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import ClassVar

import pytest

from audiobook_daemon.errors import PluginError
from audiobook_daemon.events import Event, EventsCondensed
from audiobook_daemon.models import Book, Download, LibraryItem, Release, Torrent
from audiobook_daemon.plugin import DownloadClient, Library, Notifier, Plugin, PluginConfig
from audiobook_daemon.testing.contract import Faulty, PluginContract
from audiobook_daemon.testing.hosting import PlugIn
from audiobook_daemon.testing.site import FakeSite, Trouble

_PATIENCE = 60.0
_UNKNOWN = "00000000000000000000000000000000deadbeef"


class DownloadClientContract(PluginContract):
    """A download client may be told anything twice, and says nothing of downloads it does not know.

    The site has to remember what it was told: script it with functions, or override `site` with a stand-in.
    """

    torrent: ClassVar[Torrent]
    release: ClassVar[Release]

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Ask for a download that nobody knows."""
        assert isinstance(plugin, DownloadClient)
        assert list(await plugin.status([_UNKNOWN])) == []

    async def test_adding_twice_is_adding_once(self, plug_in: PlugIn, site: FakeSite) -> None:
        """After a crash the daemon adds again; there is still one download, under its info-hash."""
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, DownloadClient)
        first = await plugin.add(self.torrent, self.release)
        again = await plugin.add(self.torrent, self.release)
        assert first.id == again.id == self.torrent.info_hash
        assert first.client == plugin.context.name
        (found,) = await plugin.status([self.torrent.info_hash])
        assert found.id == first.id

    async def test_unknown_downloads_are_left_out(self, plug_in: PlugIn, site: FakeSite) -> None:
        """Of two ids one known: one answer. Of no ids: none, not all."""
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, DownloadClient)
        added = await plugin.add(self.torrent, self.release)
        found = await plugin.status([_UNKNOWN, added.id])
        assert [download.id for download in found] == [added.id]
        assert all(isinstance(download, Download) and 0 <= download.progress <= 1 for download in found)
        assert list(await plugin.status([])) == []

    async def test_removing_twice_is_removing_once(self, plug_in: PlugIn, site: FakeSite) -> None:
        """What is not there is removed already."""
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, DownloadClient)
        added = await plugin.add(self.torrent, self.release)
        await plugin.remove(added.id)
        await plugin.remove(added.id)
        assert list(await plugin.status([added.id])) == []

    @Faulty
    async def test_adding_in_trouble_is_no_bug(self, plug_in: PlugIn, site: FakeSite, trouble: Trouble) -> None:
        """It is added, or there is an error a person can read; adding again puts it right."""
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, DownloadClient)
        site.spoil(trouble)
        with suppress(PluginError):
            await plugin.add(self.torrent, self.release)
        site.heal()
        added = await plugin.add(self.torrent, self.release)
        assert [download.id for download in await plugin.status([added.id])] == [added.id]


class LibraryContract(PluginContract):
    """A library takes in folders, and finds nothing for books it does not hold.

    The site has to remember what it was told: script it with functions, or override `site` with a stand-in.
    """

    book: ClassVar[Book] = Book("A Title That No Library Holds", ("Nobody Atall",))
    """A book that the scripted library does not hold."""

    def folder(self, root: str, site: FakeSite) -> str:
        """Put a book into a folder below the library's root and return its path; without it nothing is admitted."""
        del root, site
        pytest.skip("override `folder` to try the admission of books")

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Look for a book it does not hold, and list what it holds."""
        assert isinstance(plugin, Library)
        assert list(await plugin.find(self.book)) == []
        for item in await _all_items(plugin):
            assert isinstance(item, LibraryItem)
            assert item.library == plugin.context.name
            assert item.id

    async def test_its_root_is_a_folder_of_this_machine(self, plug_in: PlugIn, site: FakeSite) -> None:
        """Books are placed below an absolute path."""
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, Library)
        assert PurePath(await plugin.root()).is_absolute()

    async def test_admitting_twice_is_admitting_once(self, plug_in: PlugIn, site: FakeSite) -> None:
        """After a crash the daemon admits again; there is still one item."""
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, Library)
        folder = self.folder(await plugin.root(), site)
        first = await plugin.admit(folder)
        again = await plugin.admit(folder)
        assert first.id == again.id
        assert [item.id for item in await _all_items(plugin)].count(first.id) == 1


async def _all_items(library: Library) -> list[LibraryItem]:
    """Turn every page of what it holds."""
    found: list[LibraryItem] = []
    cursor: str | None = None
    while True:
        page = await library.page(cursor)
        found += page.items
        if (cursor := page.next) is None:
            return found


class NotifierContract(PluginContract):
    """A notifier tells somebody, or not; it takes floods, and what it has nothing to say of."""

    event: ClassVar[Event] = Event(datetime(2026, 1, 1, tzinfo=UTC))
    """Something it tells people of."""

    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Let it tell of something that has just happened."""
        assert isinstance(plugin, Notifier)
        await plugin.notify(replace(self.event, at=datetime.now(UTC)))

    async def test_an_unknown_event_is_no_mistake(self, plug_in: PlugIn, site: FakeSite) -> None:
        """There will be kinds of events that it does not know yet."""
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, Notifier)
        await plugin.notify(_Unheard(datetime.now(UTC), "something"))

    async def test_many_in_one_are_no_mistake(self, plug_in: PlugIn, site: FakeSite) -> None:
        """Of a flood it is given the first few and the number."""
        plugin = await self.started(plug_in, site)
        assert isinstance(plugin, Notifier)
        await plugin.notify(EventsCondensed(datetime.now(UTC), 10_000, (self.event,)))

    async def test_events_at_the_same_time(self, plug_in: PlugIn, site: FakeSite) -> None:
        """What happens at once may be told at once."""
        plugin = await self.started(plug_in, site)
        async with asyncio.timeout(_PATIENCE):
            await asyncio.gather(*(self.ask(plugin) for _ in range(5)))


@dataclass(frozen=True, slots=True)
class _Unheard(Event):
    """A kind of event that no notifier knows."""

    what: str
