"""What each generation answers: logins, additions, words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import aiohttp
import pytest

from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn

Call: TypeAlias = Callable[..., Awaitable[Any]]

OLD = ("4.5.2", "5.1.0")
ALL = (*OLD, "5.3.0")
WRONG = {"username": "me", "password": "wrong"}
RIGHT = {"username": "me", "password": "secret"}


async def _login(session: aiohttp.ClientSession, form: dict[str, str]) -> tuple[int, str]:
    async with session.post("auth/login", data=form) as answer:
        return answer.status, await answer.text()


async def _status(session: aiohttp.ClientSession, path: str = "app/version") -> int:
    async with session.get(path) as answer:
        return answer.status


def test_only_the_three_generations_are_played(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"5\.2\.0"):
        QBittorrentStandIn(tmp_path, tmp_path, version="5.2.0")


@pytest.mark.parametrize(
    ("version", "good", "bad"),
    [
        ("4.5.2", (200, "Ok."), (200, "Fails.")),
        ("5.1.0", (200, "Ok."), (200, "Fails.")),
        ("5.3.0", (204, ""), (401, "Unauthorized")),
    ],
)
async def test_the_login(start: Call, visit: Call, version: str, good: tuple[int, str], bad: tuple[int, str]) -> None:
    stand_in = await start(version)
    session = await visit(stand_in)

    assert await _status(session) == 403
    assert await _login(session, WRONG) == bad
    assert await _login(session, RIGHT) == good
    assert await _status(session) == 200
    cookie = "SID" if version in OLD else f"QBT_SID_{stand_in.port}"
    assert [one.key for one in session.cookie_jar] == [cookie]
    assert await _login(session, WRONG) == good, "whoever has a session is welcome with any password"
    async with session.post("auth/logout") as answer:
        assert answer.status == 200
    assert await _status(session) == 403


@pytest.mark.parametrize("version", ALL)
async def test_five_failures_ban_even_the_right_password(start: Call, visit: Call, login: Call, version: str) -> None:
    stand_in = await start(version)
    before = await login(stand_in)
    session = await visit(stand_in)

    assert [(await _login(session, WRONG))[0] for _ in range(5)] == [200 if version in OLD else 401] * 5
    status, text = await _login(session, RIGHT)

    assert status == 403
    assert "banned" in text
    assert await _status(before) == 200, "a session from before goes on"


async def test_a_ban_ends_and_a_good_login_resets_the_count(start: Call, visit: Call) -> None:
    stand_in = await start("4.5.2")
    stand_in.sessions.ban = 0.05
    session = await visit(stand_in)
    for _ in range(5):
        await _login(session, WRONG)

    async with asyncio.timeout(60):
        while (await _login(session, RIGHT))[0] == 403:
            await asyncio.sleep(0.01)

    assert await _status(session) == 200


async def test_a_session_ends_without_requests(start: Call, login: Call) -> None:
    stand_in = await start("5.1.0")
    stand_in.sessions.timeout = 0.05
    session = await login(stand_in)

    await asyncio.sleep(0.1)

    assert await _status(session) == 403


async def test_a_restart_ends_all_sessions(start: Call, login: Call) -> None:
    stand_in = await start("5.1.0")
    session = await login(stand_in)

    await stand_in.stop()
    await stand_in.start()

    assert await _status(session) == 403


@pytest.mark.parametrize("version", ALL)
async def test_a_request_of_a_foreign_page_is_refused_with_401(start: Call, login: Call, version: str) -> None:
    stand_in = await start(version)
    session = await login(stand_in)

    async with session.get("app/version", headers={"Origin": "http://evil.test"}) as answer:
        assert answer.status == 401
    async with session.get("app/version", headers={"Referer": stand_in.url + "/"}) as answer:
        assert answer.status == 200


async def test_the_api_key_is_known_since_5_2(start: Call) -> None:
    for version, status in (("5.1.0", 403), ("5.3.0", 200)):
        stand_in = await start(version, api_key="qbt_key")
        headers = {"Authorization": "Bearer qbt_key", "Origin": "http://evil.test"} if status == 200 else {}
        async with aiohttp.request("GET", f"{stand_in.url}/api/v2/app/version", headers=headers) as answer:
            assert answer.status == status


@pytest.mark.parametrize(
    ("version", "words"),
    [("4.5.2", ("v4.5.2", "2.8.19")), ("5.1.0", ("v5.1.0", "2.11.4")), ("5.3.0", ("v5.3.0", "2.16.2"))],
)
async def test_the_versions(start: Call, login: Call, version: str, words: tuple[str, str]) -> None:
    session = await login(await start(version))

    given = []
    for path in ("app/version", "app/webapiVersion"):
        async with session.get(path) as answer:
            given.append(await answer.text())

    assert tuple(given) == words


@pytest.mark.parametrize("version", ALL)
async def test_adding_once_and_twice(start: Call, login: Call, add: Call, info_hash: str, version: str) -> None:
    stand_in = await start(version)
    session = await login(stand_in)

    first, second = await add(session), await add(session)

    counts = {"added_torrent_ids": [info_hash], "success_count": 1, "failure_count": 0, "pending_count": 0}
    assert first == ((200, "Ok.") if version in OLD else (200, counts))
    assert second == ((200, "Fails.") if version in OLD else (409, "Conflict"))
    assert (stand_in.added[info_hash], stand_in.duplicates[info_hash]) == (1, 1)


@pytest.mark.parametrize("version", ALL)
async def test_adding_what_is_no_torrent(start: Call, login: Call, add: Call, version: str) -> None:
    session = await login(await start(version))

    assert await add(session, b"no torrent") == (415, "Error: 'book.torrent' is not a valid torrent file.")


@pytest.mark.parametrize("version", ALL)
async def test_adding_addresses(start: Call, login: Call, version: str) -> None:
    stand_in = await start(version)
    session = await login(stand_in)
    replies = {}
    for name, urls in (("web", "http://x.test/a.torrent"), ("magnet", "magnet:?xt=urn:btih:" + "a" * 40), ("no", "x")):
        async with session.post("torrents/add", data={"urls": urls}) as answer:
            replies[name] = answer.status, (await answer.text())[:4]

    if version in OLD:
        assert replies == {"web": (200, "Ok."), "magnet": (200, "Ok."), "no": (200, "Fail")}
    else:
        assert replies == {"web": (202, '{"ad'), "magnet": (200, '{"ad'), "no": (409, "Conf")}
    assert stand_in.added == {"a" * 40: 1}


@pytest.mark.parametrize(
    ("version", "stop", "start_word", "state"),
    [
        ("4.5.2", "pause", "resume", "pausedDL"),
        ("5.1.0", "stop", "start", "stoppedDL"),
        ("5.3.0", "stop", "start", "stoppedDL"),
    ],
)
async def test_the_words_for_stopping_and_starting(
    start: Call,
    login: Call,
    add: Call,
    wait_for: Call,
    info_hash: str,
    version: str,
    stop: str,
    start_word: str,
    state: str,
) -> None:
    session = await login(await start(version))
    field = "paused" if version == "4.5.2" else "stopped"
    await add(session, **{field: "true"})
    await wait_for(session, state)

    async with session.post(f"torrents/{start_word}", data={"hashes": info_hash}) as answer:
        assert answer.status == 200
    await wait_for(session, "stalledUP")
    async with session.post(f"torrents/{stop}", data={"hashes": info_hash}) as answer:
        assert answer.status == 200
    assert (await wait_for(session, state.replace("DL", "UP")))["progress"] == 1

    other = {"pause": "stop", "stop": "pause"}[stop]
    async with session.post(f"torrents/{other}", data={"hashes": info_hash}) as answer:
        assert answer.status == 404
        assert await answer.text() == ("Endpoint does not exist" if version == "5.3.0" else "Not Found")


@pytest.mark.parametrize("version", ALL)
async def test_the_word_of_the_other_generation_does_not_stop(
    start: Call, login: Call, add: Call, wait_for: Call, version: str
) -> None:
    session = await login(await start(version))
    await add(session, **{"stopped" if version == "4.5.2" else "paused": "true"})

    assert (await wait_for(session, "stalledUP"))["progress"] == 1


@pytest.mark.parametrize("version", ALL)
async def test_share_limits_cannot_do_without_their_fields(
    start: Call, login: Call, add: Call, wait_for: Call, info_hash: str, version: str
) -> None:
    stand_in = await start(version)
    session = await login(stand_in)
    await add(session)
    await wait_for(session, "stalledUP")
    fields = {"hashes": info_hash, "ratioLimit": "2", "seedingTimeLimit": "60"}
    later = {"inactiveSeedingTimeLimit": "-2", "shareLimitAction": "Default", "shareLimitsMode": "Default"}

    async with session.post("torrents/setShareLimits", data=fields) as answer:
        assert answer.status == (200 if version == "4.5.2" else 400)
    async with session.post("torrents/setShareLimits", data=fields | later) as answer:
        assert answer.status == 200

    assert (stand_in.transfers[info_hash].ratio_limit, stand_in.transfers[info_hash].seeding_time_limit) == (2, 60)


@pytest.mark.parametrize(
    ("version", "more"), [("4.5.2", set()), ("5.1.0", {"has_metadata"}), ("5.3.0", {"has_metadata", "pieces_num"})]
)
async def test_later_generations_tell_more(
    start: Call, login: Call, add: Call, wait_for: Call, version: str, more: set[str]
) -> None:
    session = await login(await start(version))
    await add(session)

    row = await wait_for(session, "stalledUP")

    assert row.keys() & {"has_metadata", "pieces_num"} == more


@pytest.mark.parametrize(("version", "path"), [("4.5.2", "Book"), ("5.1.0", None), ("5.3.0", None)])
async def test_the_path_while_checking_resume_data(
    start: Call, login: Call, add: Call, wait_for: Call, save_path: Path, version: str, path: str | None
) -> None:
    stand_in = await start(version)
    stand_in.downloads.resumes_within = 60
    session = await login(stand_in)
    await add(session)

    early = (await wait_for(session, "checkingResumeData"))["content_path"]
    assert early == (path or str(save_path / "Book"))
    stand_in.downloads.resumes_within = 0
    assert (await wait_for(session, "stalledUP"))["content_path"] == str(save_path / "Book")
