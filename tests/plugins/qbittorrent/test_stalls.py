"""What only a stand-in can be made to show: states, trackers, and answers that come late."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from audiobook_daemon import Download, DownloadState, Refused, Release, Torrent, Unavailable
from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_plugins.qbittorrent import QBittorrent
from audiobook_plugins.qbittorrent import plugin as plugin_module

Until = Callable[[QBittorrent, str, DownloadState], Awaitable[Download]]


@pytest.fixture
def plugin(stand_in: QBittorrentStandIn, plugin_for: Callable[..., QBittorrent]) -> QBittorrent:
    return plugin_for(stand_in.url)


def _asked(server: QBittorrentStandIn, action: str) -> int:
    return sum(request.path == f"/api/v2/{action}" for request in server.requests)


@pytest.mark.parametrize("word", ["moving", "checkingUP", "checkingResumeData", "missingFiles", "error", "unknown"])
async def test_a_finished_download_is_not_ready_in_every_state(
    plugin: QBittorrent, stand_in: QBittorrentStandIn, torrent: Torrent, release: Release, until: Until, word: str
) -> None:
    await plugin.add(torrent, release)
    await until(plugin, torrent.info_hash, DownloadState.READY)
    stand_in.transfers[torrent.info_hash].pretended_state = word
    (shown,) = await plugin.status([torrent.info_hash])
    assert shown.progress == 1
    assert shown.state is not DownloadState.READY
    if word in {"missingFiles", "error"}:
        assert shown.state is DownloadState.FAILED
        assert shown.message is not None
        assert word in shown.message


async def test_no_path_is_told_while_resume_data_is_checked(
    plugin: QBittorrent, stand_in: QBittorrentStandIn, torrent: Torrent, release: Release
) -> None:
    stand_in.downloads.resumes_within = 60
    added = await plugin.add(torrent, release)
    assert (added.state, added.path) == (DownloadState.CHECKING, None)


async def test_a_stalled_torrent_says_what_its_tracker_says(
    plugin: QBittorrent, stand_in: QBittorrentStandIn, torrent: Torrent, release: Release, until: Until
) -> None:
    await plugin.add(torrent, release)
    transfer = stand_in.transfers[torrent.info_hash]
    await until(plugin, torrent.info_hash, DownloadState.READY)
    assert _asked(stand_in, "torrents/trackers") == 0
    transfer.pretended_state = "stalledDL"
    transfer.tracker_message = "unregistered torrent"
    (shown,) = await plugin.status([torrent.info_hash])
    assert (shown.state, shown.message) == (DownloadState.STALLED, "unregistered torrent")
    assert _asked(stand_in, "torrents/trackers") == 1


async def test_asking_for_nothing_asks_nobody(plugin: QBittorrent, stand_in: QBittorrentStandIn) -> None:
    for nobody in ([], [""], ["all"]):
        assert list(await plugin.status(nobody)) == []
    assert stand_in.requests == []


async def test_many_torrents_are_asked_for_in_lots(plugin: QBittorrent, stand_in: QBittorrentStandIn) -> None:
    await plugin.start()
    stand_in.requests.clear()
    assert list(await plugin.status([f"{number:040x}" for number in range(250)])) == []
    assert _asked(stand_in, "torrents/info") == 3


async def test_a_torrent_is_waited_for_until_it_is_listed(
    plugin: QBittorrent, stand_in: QBittorrentStandIn, torrent: Torrent, release: Release
) -> None:
    stand_in.downloads.appears_after = 0.5
    assert (await plugin.add(torrent, release)).id == torrent.info_hash
    assert stand_in.added[torrent.info_hash] == 1


async def test_a_torrent_that_is_never_listed_is_a_fault(
    plugin: QBittorrent,
    stand_in: QBittorrentStandIn,
    torrent: Torrent,
    release: Release,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plugin_module, "_LISTED_WITHIN", 0.2)
    stand_in.downloads.appears_after = 60
    with pytest.raises(Unavailable, match="does not list it"):
        await plugin.add(torrent, release)


@pytest.mark.parametrize("version", ["4.5.2", "5.3.0"])
async def test_one_that_is_there_but_not_listed_yet_is_waited_for(
    plugin_for: Callable[..., QBittorrent],
    torrent: Torrent,
    release: Release,
    stand_in: QBittorrentStandIn,
    version: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("other")
    async with QBittorrentStandIn(folder, folder, username="me", password="secret-password", version=version) as server:
        server.downloads.appears_after = 0.4
        plugin = plugin_for(server.url)
        await plugin.start()
        both = await asyncio.gather(plugin.add(torrent, release), plugin.add(torrent, release))
        assert [download.id for download in both] == [torrent.info_hash] * 2
        assert (server.added[torrent.info_hash], server.duplicates[torrent.info_hash]) == (1, 1)


async def test_a_refusal_without_a_reason_is_told_as_such(
    plugin: QBittorrent,
    stand_in: QBittorrentStandIn,
    torrent: Torrent,
    release: Release,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plugin_module, "_REFUSED_AFTER", 0.1)
    monkeypatch.setattr(stand_in.downloads, "add", lambda *_args, **_named: False)
    with pytest.raises(Refused, match="gives no reason") as caught:
        await plugin.add(torrent, release)
    assert caught.value.code == "client_refused"


async def test_what_is_sent_suits_every_generation(
    plugin_for: Callable[..., QBittorrent],
    stand_in: QBittorrentStandIn,
    torrent: Torrent,
    release: Release,
    spy: Any,  # noqa: ANN401
) -> None:
    await plugin_for(stand_in.url, http=spy).add(torrent, release)
    (sent,) = spy.to("torrents/add")
    assert sent["form"] == {
        "category": "audiobooks",
        "tags": "audiobook-daemon,tracker one",
        "paused": "false",
        "stopped": "false",
        "contentLayout": "Original",
        "autoTMM": "true",
    }
    (part,) = sent["files"]
    assert (part.filename, part.content) == (f"{torrent.info_hash}.torrent", torrent.content)


async def test_rows_nobody_asked_for_are_ignored(
    plugin: QBittorrent,
    stand_in: QBittorrentStandIn,
    torrent: Torrent,
    release: Release,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await plugin.add(torrent, release)
    monkeypatch.setattr(stand_in.downloads, "named", lambda _hashes: stand_in.downloads.shown())
    assert list(await plugin.status(["0" * 40])) == []


async def test_the_preferences_are_never_touched(
    plugin: QBittorrent, stand_in: QBittorrentStandIn, torrent: Torrent, release: Release
) -> None:
    await plugin.start()
    await plugin.check()
    await plugin.add(torrent, release)
    await plugin.remove(torrent.info_hash, files=True)
    assert stand_in.refused == []
