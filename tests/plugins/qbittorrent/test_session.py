"""One login where one will do, none after a refusal, and no secret in any text."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from audiobook_daemon import AuthFailed, HttpAnswer, Level, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_daemon.demo.real_qbittorrent import RealQBittorrent
from audiobook_plugins.qbittorrent import QBittorrent

ID = "0123456789abcdef0123456789abcdef01234567"
PluginFor = Callable[..., QBittorrent]
Server = QBittorrentStandIn | RealQBittorrent


def _logins(server: QBittorrentStandIn) -> int:
    return sum(request.path == "/api/v2/auth/login" for request in server.requests)


@pytest.fixture
async def newest(tmp_path: Path, downloads: Path) -> AsyncIterator[QBittorrentStandIn]:
    async with QBittorrentStandIn(
        tmp_path / "content", downloads, username="me", password="secret-password", version="5.3.0", api_key="qbt_good"
    ) as server:
        yield server


async def test_start_logs_in_once_and_learns_the_version(server: Server, plugin_for: PluginFor) -> None:
    plugin = plugin_for(server.url)
    await plugin.start()
    assert plugin.service_version in {"4.5.2", "5.1.0", "5.3.0"}
    if isinstance(server, QBittorrentStandIn):
        await plugin.status([ID])
        assert _logins(server) == 1


async def test_a_wrong_password_is_tried_once(server: Server, plugin_for: PluginFor) -> None:
    plugin = plugin_for(server.url, username="me", password="wrong-secret")
    for _ in range(10):
        with pytest.raises(AuthFailed, match="refused user name and password") as caught:
            await plugin.status([ID])
        assert "wrong-secret" not in str(caught.value)
    # More than four failures in a row would have banned this address.
    await plugin_for(server.url).start()
    if isinstance(server, QBittorrentStandIn):
        assert _logins(server) == 2


async def test_a_person_may_have_it_tried_again(stand_in: QBittorrentStandIn, plugin_for: PluginFor) -> None:
    plugin = plugin_for(stand_in.url, username="me", password="wrong-secret")
    for expected in (1, 2):
        with pytest.raises(AuthFailed):
            await plugin.start()
        assert _logins(stand_in) == expected


async def test_a_banned_address_waits_and_stops_trying(
    server: Server, plugin_for: PluginFor, clock: Callable[[], object]
) -> None:
    for _ in range(5):
        with pytest.raises(AuthFailed):
            await plugin_for(server.url, username="me", password="wrong-secret").start()
    plugin = plugin_for(server.url)
    for _ in range(3):
        with pytest.raises(Unavailable, match="has banned this address") as caught:
            await plugin.status([ID])
        assert caught.value.retry_after == 3600
    if isinstance(server, QBittorrentStandIn):
        assert _logins(server) == 6
        server.sessions.forget()
        clock.advance(3601)  # type: ignore[attr-defined]
        await plugin.start()


async def test_an_expired_session_costs_one_login_whoever_notices(
    stand_in: QBittorrentStandIn, plugin_for: PluginFor
) -> None:
    plugin = plugin_for(stand_in.url)
    await plugin.start()
    stand_in.sessions.forget()
    stand_in.requests.clear()
    await asyncio.gather(*(plugin.status([ID]) for _ in range(8)))
    assert _logins(stand_in) == 1


async def test_a_login_carries_no_old_cookie(stand_in: QBittorrentStandIn, plugin_for: PluginFor, spy: Any) -> None:  # noqa: ANN401
    """With the cookie of a living session any password would seem to be right."""
    plugin = plugin_for(stand_in.url, http=spy)
    await plugin.start()
    stand_in.sessions.forget()
    await plugin.status([ID])
    assert ["Cookie" in sent["headers"] for sent in spy.to("torrents/info")] == [True, True]
    assert [sent["headers"] for sent in spy.to("auth/login")] == [{}, {}]


async def test_a_server_that_forbids_after_the_login_may_have_been_restarted_but_not_twice(
    stand_in: QBittorrentStandIn, plugin_for: PluginFor
) -> None:
    stand_in.faults.always(Fault.FORBIDDEN, match="/api/v2/torrents/info")
    plugin = plugin_for(stand_in.url)
    with pytest.raises(Unavailable, match="forgot the login at once"):
        await plugin.status([ID])
    with pytest.raises(AuthFailed, match="accepts the login but then forbids torrents/info"):
        await plugin.status([ID])
    asked = ["torrents/info", "auth/login", "torrents/info"]
    assert [request.path.removeprefix("/api/v2/") for request in stand_in.requests] == asked * 2


async def test_a_restart_between_login_and_call_needs_no_person(
    stand_in: QBittorrentStandIn, plugin_for: PluginFor
) -> None:
    plugin = plugin_for(stand_in.url)
    for _ in range(3):
        stand_in.faults.next(Fault.FORBIDDEN, 2, match="/api/v2/torrents/info")
        with pytest.raises(Unavailable, match="perhaps it has just been restarted"):
            await plugin.status([ID])
        assert not await plugin.status([ID])


async def test_an_api_key_needs_no_login(newest: QBittorrentStandIn, plugin_for: PluginFor) -> None:
    plugin = plugin_for(newest.url, api_key="qbt_good")
    await plugin.start()
    assert plugin.service_version == "5.3.0"
    assert _logins(newest) == 0


async def test_a_wrong_api_key_is_refused_without_a_login(newest: QBittorrentStandIn, plugin_for: PluginFor) -> None:
    plugin = plugin_for(newest.url, api_key="qbt_wrong")
    for _ in range(3):
        with pytest.raises(AuthFailed, match="refused the API key") as caught:
            await plugin.status([ID])
        assert "qbt_wrong" not in str(caught.value)
    assert len(newest.requests) == 1


async def test_without_credentials_a_server_that_wants_some_is_the_users_business(
    stand_in: QBittorrentStandIn, plugin_for: PluginFor
) -> None:
    plugin = plugin_for(stand_in.url, username=None, password=None)
    with pytest.raises(AuthFailed, match="neither username and password nor api_key"):
        await plugin.status([ID])
    assert _logins(stand_in) == 0


async def test_a_foreign_address_is_explained(stand_in: QBittorrentStandIn, plugin_for: PluginFor) -> None:
    stand_in.faults.always(Fault.UNAUTHORIZED, match="/api/v2/torrents")
    with pytest.raises(AuthFailed, match="host header validation"):
        await plugin_for(stand_in.url).status([ID])


class Recorder:
    """Answers every call with a version and notes the addresses."""

    def __init__(self) -> None:
        self.urls: list[str] = []

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None: ...

    async def request(self, method: str, url: str, **_: object) -> HttpAnswer:
        self.urls.append(url)
        return HttpAnswer(200, {}, ("QBT_SID_1=abc; HttpOnly",), b"5.1.0", url)


async def test_a_prefix_in_the_address_is_kept(plugin_for: PluginFor) -> None:
    recorder = Recorder()
    await plugin_for("https://host.test/qb/", http=recorder).start()
    assert recorder.urls == [
        "https://host.test/qb/api/v2/app/version",
        "https://host.test/qb/api/v2/app/webapiVersion",
    ]


async def test_secrets_stay_out_of_the_log(
    stand_in: QBittorrentStandIn, plugin_for: PluginFor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await plugin_for(stand_in.url).start()
        stand_in.faults.always(Fault.SERVER_ERROR)
        with pytest.raises(Unavailable) as caught:
            await plugin_for(stand_in.url).status([ID])
    assert "secret-password" not in caplog.text + str(caught.value)


async def test_the_doctor_finds_a_good_set_up_good(server: Server, plugin_for: PluginFor) -> None:
    plugin = plugin_for(server.url)
    findings = await plugin.check()
    assert [finding.level for finding in findings] == [Level.OK, Level.OK]
    assert plugin.service_version is not None
    assert plugin.service_version in findings[0].text


async def test_the_doctor_misses_a_mapping(
    server: Server, plugin_for: PluginFor, downloads: Path, tmp_path: Path
) -> None:
    findings = await plugin_for(server.url, paths=[(downloads, tmp_path / "nowhere" / "at all")]).check()
    assert [finding.level for finding in findings] == [Level.OK, Level.FAILURE]
    assert "no such folder on this machine" in findings[1].text
    assert "`paths`" in (findings[1].remedy or "")
    findings = await plugin_for(server.url, save_path="/srv/elsewhere/books").check()
    assert findings[1].level is Level.FAILURE


async def test_the_doctor_looks_where_the_category_points(
    stand_in: QBittorrentStandIn, plugin_for: PluginFor, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    stand_in.downloads.categories["audiobooks"] = str(elsewhere)
    (_, good) = await plugin_for(stand_in.url).check()
    assert good.level is Level.OK
    assert str(elsewhere) in good.text
    stand_in.downloads.categories["audiobooks"] = "/srv/not/here"
    (_, bad) = await plugin_for(stand_in.url).check()
    assert bad.level is Level.FAILURE


async def test_the_doctor_warns_of_an_old_version(
    stand_in: QBittorrentStandIn, plugin_for: PluginFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"app/version": "v4.3.9", "app/webapiVersion": "2.8.2"}
    plugin = plugin_for(stand_in.url)
    call = plugin._session.call

    async def old(method: str, action: str, **named: object) -> HttpAnswer:
        if action in texts:
            return HttpAnswer(200, {}, (), texts[action].encode(), "http://127.0.0.1")
        return await call(method, action, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(plugin._session, "call", old)
    assert [finding.level for finding in await plugin.check()] == [Level.OK, Level.WARNING, Level.OK]
