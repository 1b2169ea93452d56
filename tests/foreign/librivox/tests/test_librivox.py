"""The plugin's own tests, with the fixtures that audiobook-daemon ships."""

from __future__ import annotations

import bencode2
import pytest
from audiobook_daemon_librivox import LibriVox, LibriVoxConfig

from audiobook_daemon import Indexer, Query, Refused
from audiobook_daemon.testing import FakeSite, IndexerContract, PlugIn, Reply

EMMA = {
    "title": "Emma",
    "url_zip_file": "https://archive.org/download/emma_librivox/emma_librivox_64kb_mp3.zip",
    "totaltimesecs": 57443,
    "authors": [{"first_name": "Jane", "last_name": "Austen"}],
}
INFO = {b"name": b"emma_librivox", b"piece length": 16384, b"pieces": b"x" * 20, b"length": 5}
TORRENT = bencode2.bencode({b"info": INFO})
TORRENT_PATH = "/download/emma_librivox/emma_librivox_archive.torrent"


class TestLibriVox(IndexerContract):
    plugin = LibriVox
    credentials = False
    query = Query("Emma")

    def config(self, site: FakeSite) -> LibriVoxConfig:
        return LibriVoxConfig(url=site.url, archive=site.url)

    def script(self, site: FakeSite) -> None:
        site.answer("GET", "/api/feed/audiobooks", {"books": [EMMA]})
        site.answer("GET", TORRENT_PATH, TORRENT)

    async def test_what_a_release_says(self, plug_in: PlugIn, site: FakeSite) -> None:
        self.script(site)
        host = await plug_in(LibriVox, self.config(site))
        (release,) = (await host.ask(Indexer.search, query=Query("Emma"))).values[0]
        assert (release.title, release.authors, release.runtime) == ("Emma", ("Jane Austen",), 57443)
        assert site.asked[0].query["title"] == "Emma"

    async def test_nothing_found(self, plug_in: PlugIn, site: FakeSite) -> None:
        site.answer("GET", "/api/feed/audiobooks", Reply({"error": "Audiobooks could not be found"}, status=404))
        host = await plug_in(LibriVox, self.config(site))
        assert (await host.ask(Indexer.search, query=Query("Nothing"))).values == ([],)

    async def test_the_archive_sends_us_to_another_machine(self, plug_in: PlugIn, site: FakeSite) -> None:
        self.script(site)
        site.answer("GET", TORRENT_PATH, Reply(status=302, headers={"Location": f"{site.url}/elsewhere"}))
        site.answer("GET", "/elsewhere", TORRENT)
        host = await plug_in(LibriVox, self.config(site))
        (release,) = (await host.ask(Indexer.search, query=Query("Emma"))).values[0]
        torrent = await host.ask_one("it", Indexer.fetch, release=release)
        assert (torrent.name, torrent.content) == ("emma_librivox", TORRENT)

    async def test_a_torrent_that_is_gone(self, plug_in: PlugIn, site: FakeSite) -> None:
        self.script(site)
        site.answer("GET", TORRENT_PATH, Reply(status=404))
        host = await plug_in(LibriVox, self.config(site))
        (release,) = (await host.ask(Indexer.search, query=Query("Emma"))).values[0]
        with pytest.raises(Refused, match="no torrent of 'Emma'"):
            await host.ask_one("it", Indexer.fetch, release=release)
