"""Downloads from the first call to the last, with every generation and the real program."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audiobook_daemon import Download, DownloadState, Refused, Release, Torrent, read_magnet
from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_daemon.demo.real_qbittorrent import RealQBittorrent
from audiobook_plugins.qbittorrent import QBittorrent

Server = QBittorrentStandIn | RealQBittorrent
Rows = Callable[[], Awaitable[dict[str, dict[str, Any]]]]
Until = Callable[[QBittorrent, str, DownloadState], Awaitable[Download]]
PluginFor = Callable[..., QBittorrent]
LayDown = Callable[[Path], None]

HASH = "0123456789abcdef0123456789abcdef01234567"


async def test_a_torrent_is_taken_in_and_becomes_ready(
    plugin: QBittorrent,
    torrent: Torrent,
    release: Release,
    downloads: Path,
    lay_down: LayDown,
    until: Until,
    rows: Rows,
) -> None:
    lay_down(downloads / "audiobooks")
    added = await plugin.add(torrent, release)
    assert (added.client, added.id, added.name) == ("client", torrent.info_hash, torrent.name)
    ready = await until(plugin, added.id, DownloadState.READY)
    assert ready.progress == 1
    assert ready.size == sum(file.size for file in torrent.files)
    assert ready.path == str(downloads / "audiobooks" / torrent.name)
    assert ready.root is not None
    assert all((Path(ready.root) / file.path).is_file() for file in torrent.files)
    row = (await rows())[torrent.info_hash]
    assert row["category"] == "audiobooks"
    assert {tag.strip() for tag in row["tags"].split(",")} == {"audiobook-daemon", "tracker one"}


async def test_adding_again_changes_nothing(
    plugin: QBittorrent, plugin_for: PluginFor, server: Server, torrent: Torrent, release: Release, rows: Rows
) -> None:
    first = await plugin.add(torrent, release)
    other = plugin_for(server.url, category="other", tags=["foreign"], start_stopped=True)
    again = await other.add(torrent, replace(release, source="elsewhere"))
    assert again.id == first.id
    (row,) = (await rows()).values()
    assert row["category"] == "audiobooks"
    assert "foreign" not in row["tags"]
    if isinstance(server, QBittorrentStandIn):
        assert server.duplicates[first.id] == 0


async def test_the_configured_save_path_is_used(
    server: Server,
    plugin_for: PluginFor,
    torrent: Torrent,
    release: Release,
    tmp_path: Path,
    lay_down: LayDown,
    until: Until,
) -> None:
    save_path = tmp_path / "Hörbücher & more"
    lay_down(save_path)
    plugin = plugin_for(server.url, save_path=str(save_path))
    await plugin.add(torrent, release)
    ready = await until(plugin, torrent.info_hash, DownloadState.READY)
    assert (ready.root, ready.path) == (str(save_path), str(save_path / torrent.name))


async def test_paths_are_those_of_this_machine(
    server: Server,
    plugin_for: PluginFor,
    torrent: Torrent,
    release: Release,
    downloads: Path,
    lay_down: LayDown,
    until: Until,
) -> None:
    lay_down(downloads / "audiobooks")
    plugin = plugin_for(server.url, paths=[(downloads, "/mnt/nas")])
    await plugin.add(torrent, release)
    ready = await until(plugin, torrent.info_hash, DownloadState.READY)
    assert (ready.root, ready.path) == ("/mnt/nas/audiobooks", f"/mnt/nas/audiobooks/{torrent.name}")


async def test_a_torrent_can_be_added_stopped(
    server: Server, plugin_for: PluginFor, torrent: Torrent, release: Release, until: Until
) -> None:
    plugin = plugin_for(server.url, start_stopped=True)
    await plugin.add(torrent, release)
    stopped = await until(plugin, torrent.info_hash, DownloadState.STOPPED)
    assert stopped.progress == 0


async def test_a_magnet_is_taken_in(plugin: QBittorrent, release: Release, until: Until) -> None:
    added = await plugin.add(read_magnet(f"magnet:?xt=urn:btih:{HASH}&dn=A%20Book"), release)
    assert added.id == HASH
    waiting = await until(plugin, HASH, DownloadState.STALLED)
    assert (waiting.path, waiting.size) == (None, None)


async def test_a_file_that_is_no_torrent_is_refused(
    plugin: QBittorrent, torrent: Torrent, release: Release, rows: Rows
) -> None:
    for content in (b"", b"nonsense", b"<html></html>"):
        with pytest.raises(Refused) as caught:
            await plugin.add(replace(torrent, content=content), release)
        assert caught.value.code in {"not_a_torrent", "client_refused"}, content
        assert await rows() == {}, content


UNSAFE: Sequence[dict[str, Any]] = (
    {"content": None},
    {"content": None, "magnet": "/etc/passwd"},
    {"content": None, "magnet": "http://127.0.0.1/x.torrent"},
    {"content": None, "magnet": f"magnet:?xt=urn:btih:{HASH}\n/etc/passwd"},
    {"info_hash": ""},
    {"info_hash": "all"},
)


async def test_what_cannot_be_sent_safely_is_refused(
    plugin: QBittorrent, torrent: Torrent, release: Release, rows: Rows
) -> None:
    for change in UNSAFE:
        with pytest.raises(Refused):
            await plugin.add(replace(torrent, **change), release)
        assert await rows() == {}, change


async def test_unknown_ids_are_left_out(plugin: QBittorrent, torrent: Torrent, release: Release) -> None:
    await plugin.add(torrent, release)
    found = await plugin.status([HASH, torrent.info_hash.upper(), torrent.info_hash, "", "all"])
    assert [download.id for download in found] == [torrent.info_hash]
    for nobody in ([], [""], ["all"], [HASH]):
        assert list(await plugin.status(nobody)) == []


async def test_removing_without_files_leaves_them(
    plugin: QBittorrent,
    torrent: Torrent,
    release: Release,
    downloads: Path,
    lay_down: LayDown,
    until: Until,
    rows: Rows,
) -> None:
    lay_down(downloads / "audiobooks")
    await plugin.add(torrent, release)
    ready = await until(plugin, torrent.info_hash, DownloadState.READY)
    await plugin.remove(torrent.info_hash)
    assert await rows() == {}
    assert ready.path is not None
    assert len(list(Path(ready.path).iterdir())) == 2


async def test_removing_with_files_removes_its_own_only(
    plugin: QBittorrent, torrent: Torrent, release: Release, downloads: Path, lay_down: LayDown, until: Until
) -> None:
    lay_down(downloads / "audiobooks")
    foreign = downloads / "audiobooks" / torrent.name / "mine.txt"
    foreign.write_text("keep")
    await plugin.add(torrent, release)
    ready = await until(plugin, torrent.info_hash, DownloadState.READY)
    await plugin.remove(torrent.info_hash, files=True)
    assert ready.path is not None
    assert list(Path(ready.path).iterdir()) == [foreign]


async def test_removing_an_unknown_torrent_is_no_error(
    plugin: QBittorrent, torrent: Torrent, release: Release, rows: Rows
) -> None:
    await plugin.add(torrent, release)
    await plugin.remove(HASH, files=True)
    assert list(await rows()) == [torrent.info_hash]


async def test_nothing_but_one_info_hash_is_ever_removed(
    plugin: QBittorrent, torrent: Torrent, release: Release, rows: Rows
) -> None:
    await plugin.add(torrent, release)
    for nonsense in ("", "all", f"{HASH}|{HASH}", "ALL", " "):
        with pytest.raises(Refused, match="nothing was removed"):
            await plugin.remove(nonsense, files=True)
        assert list(await rows()) == [torrent.info_hash], nonsense


async def test_a_restart_of_the_server_costs_one_login(
    plugin: QBittorrent, server: Server, torrent: Torrent, release: Release
) -> None:
    await plugin.add(torrent, release)
    await server.stop()
    await server.start()
    assert [download.id for download in await plugin.status([torrent.info_hash])] == [torrent.info_hash]
