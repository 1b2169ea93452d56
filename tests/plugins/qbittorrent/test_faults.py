"""Whatever comes instead of a true answer, callers see only the errors of the contract, and never a secret."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import pytest

from audiobook_daemon import AuthFailed, Http, Level, PluginError, Release, Torrent, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_plugins.qbittorrent import QBittorrent
from audiobook_plugins.qbittorrent import plugin as plugin_module

Call = Callable[[QBittorrent, Torrent, Release], Awaitable[object]]

CALLS: dict[str, Call] = {
    "start": lambda plugin, _torrent, _release: plugin.start(),
    "check": lambda plugin, _torrent, _release: plugin.check(),
    "add": lambda plugin, torrent, release: plugin.add(torrent, release),
    "status": lambda plugin, torrent, _release: plugin.status([torrent.info_hash]),
    "remove": lambda plugin, torrent, _release: plugin.remove(torrent.info_hash),
}
STAGES = [
    ("start", "app/webapiVersion"),
    ("check", "app/defaultSavePath"),
    ("check", "torrents/categories"),
    ("add", "torrents/info"),
    ("add", "torrents/add"),
    ("status", "torrents/info"),
    ("remove", "torrents/delete"),
    ("remove", "torrents/info"),
]
MIDDLES = [
    (call, action, fault)
    for call, action in STAGES
    for fault in Fault
    if (action, fault) != ("app/webapiVersion", Fault.TRUNCATED)  # half a version is a version
]


@pytest.fixture
def hasty(
    plugin_for: Callable[..., QBittorrent],
    stand_in: QBittorrentStandIn,
    hasty_http: Http,
    monkeypatch: pytest.MonkeyPatch,
) -> QBittorrent:
    monkeypatch.setattr(plugin_module, "_LISTED_WITHIN", 0.2)
    monkeypatch.setattr(plugin_module, "_REFUSED_AFTER", 0.2)
    return plugin_for(stand_in.url, http=hasty_http)


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("call", list(CALLS))
async def test_a_fault_becomes_an_error_of_the_contract(
    hasty: QBittorrent,
    stand_in: QBittorrentStandIn,
    torrent: Torrent,
    release: Release,
    call: str,
    fault: Fault,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stand_in.faults.always(fault)
    with caplog.at_level(logging.DEBUG), pytest.raises(PluginError) as caught:
        await CALLS[call](hasty, torrent, release)
    # A login that is forbidden is a ban; a call that is unauthorized is a matter of the address.
    expected = AuthFailed if fault is Fault.UNAUTHORIZED else Unavailable
    assert type(caught.value) is expected
    assert "secret-password" not in str(caught.value) + caplog.text
    if fault is Fault.TOO_MANY_REQUESTS:
        assert isinstance(caught.value, Unavailable)
        assert caught.value.retry_after == 30
    assert sum(request.path == "/api/v2/auth/login" for request in stand_in.requests) <= 1


@pytest.mark.parametrize(("call", "action", "fault"), MIDDLES)
async def test_a_fault_in_the_middle_of_a_call_is_no_other(
    hasty: QBittorrent,
    stand_in: QBittorrentStandIn,
    torrent: Torrent,
    release: Release,
    call: str,
    action: str,
    fault: Fault,
) -> None:
    await hasty.start()
    stand_in.faults.always(fault, match=f"/api/v2/{action}")
    if call == "remove" and action == "torrents/delete":
        await hasty.add(torrent, release)
    if (call, action, fault) == ("remove", "torrents/delete", Fault.TRUNCATED):
        await CALLS[call](hasty, torrent, release)  # the empty answer cannot be cut, and the torrent is gone
        assert torrent.info_hash not in stand_in.transfers
        return
    if action == "app/defaultSavePath" and fault in {Fault.TRUNCATED, Fault.NUMBER}:
        findings = await hasty.check()  # any text could be a folder; the right one it is not
        assert findings[-1].level is Level.FAILURE or str(stand_in.downloads) not in findings[-1].text
        return
    with pytest.raises(PluginError):
        await CALLS[call](hasty, torrent, release)


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.FORBIDDEN])
async def test_a_login_that_answers_nonsense_is_tried_once(
    hasty: QBittorrent, stand_in: QBittorrentStandIn, torrent: Torrent, fault: Fault
) -> None:
    stand_in.faults.always(fault, match="/api/v2/auth/login")
    with pytest.raises(PluginError):
        await hasty.status([torrent.info_hash])
    await stand_in.stop()  # an answer that was broken off is noted at its end
    assert sum(request.path == "/api/v2/auth/login" for request in stand_in.requests) == 1


async def test_an_addition_whose_answer_was_lost_is_found_again(
    hasty: QBittorrent, stand_in: QBittorrentStandIn, torrent: Torrent, release: Release
) -> None:
    stand_in.faults.next(Fault.DROPPED, match="/api/v2/torrents/add")
    with pytest.raises(Unavailable):
        await hasty.add(torrent, release)
    assert (await hasty.add(torrent, release)).id == torrent.info_hash
    assert stand_in.added[torrent.info_hash] == 1


async def test_a_server_that_is_gone_is_unavailable(
    hasty: QBittorrent, stand_in: QBittorrentStandIn, torrent: Torrent
) -> None:
    await stand_in.stop()
    with pytest.raises(Unavailable, match="cannot be reached"):
        await hasty.status([torrent.info_hash])
