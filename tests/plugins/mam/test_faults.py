"""Everything that can go wrong at the site, on loopback: the session lives on, and people read what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

import pytest

from audiobook_daemon import AuthFailed, PluginError, Query, Refused, Release, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.mam import DeadSession, MamStandIn
from audiobook_plugins.mam import MyAnonamouse

Factory = Callable[..., MyAnonamouse]
SEARCH, DOWNLOAD, ACCOUNT = "/tor/js/", "/tor/download.php", "/jsonLoad.php"


class Clock(Protocol):
    def __call__(self) -> datetime: ...


class Memory(Protocol):
    values: dict[str, Any]


def release(number: int, title: str = "A book") -> Release:
    return Release(source="mam", key=str(number), title=title, extra={"tid": str(number)})


async def test_a_freeze_says_when_it_ends(site: MamStandIn, mam: Factory, clock: Clock) -> None:
    site.desk.frozen_until = clock() + timedelta(hours=26, minutes=4, seconds=2)
    with pytest.raises(Unavailable, match="1 d 2 h 4 min") as caught:
        await mam().fetch(release(1))
    assert caught.value.retry_after == 26 * 3600 + 4 * 60 + 2


UNAVAILABLE = [
    Fault.HTML, Fault.TRUNCATED, Fault.NOT_FOUND, Fault.TOO_MANY_REQUESTS, Fault.TOO_MANY_REQUESTS_BARE,
    Fault.SERVER_ERROR, Fault.BAD_GATEWAY, Fault.UNAVAILABLE, Fault.LIST, Fault.NUMBER, Fault.TEXT, Fault.DRIP,
    Fault.HUGE,
]  # fmt: skip
DEAD = [Fault.EMPTY, Fault.UNAUTHORIZED, Fault.FORBIDDEN, Fault.LOGIN_REDIRECT, Fault.SESSION_DELETED]
SEARCH_CASES = [*((fault, Unavailable) for fault in UNAVAILABLE), *((fault, AuthFailed) for fault in DEAD)]


DOWNLOAD_CASES = [
    (Fault.HTML, Unavailable), (Fault.EMPTY, Unavailable), (Fault.TRUNCATED, Unavailable), (Fault.LIST, Unavailable),
    (Fault.FORBIDDEN, AuthFailed), (Fault.NOT_FOUND, Refused), (Fault.TOO_MANY_REQUESTS, Unavailable),
    (Fault.SERVER_ERROR, Unavailable), (Fault.BAD_GATEWAY, Unavailable), (Fault.UNAVAILABLE, Unavailable),
    (Fault.LOGIN_REDIRECT, AuthFailed), (Fault.DRIP, Unavailable), (Fault.HUGE, Unavailable),
    (Fault.SESSION_DELETED, AuthFailed),
]  # fmt: skip


async def test_too_many_downloads_tell_how_long_to_wait(site: MamStandIn, mam: Factory) -> None:
    site.desk.burst = 1
    plugin = mam()
    await plugin.fetch(release(1))
    with pytest.raises(Unavailable) as caught:
        await plugin.fetch(release(2))
    assert caught.value.retry_after == 10


@pytest.mark.parametrize(("fault", "expected"), SEARCH_CASES)
async def test_a_search_that_fails_keeps_the_session(
    site: MamStandIn, mam: Factory, memory: Memory, fault: Fault, expected: type[PluginError]
) -> None:
    plugin = mam()
    assert await plugin.search(Query("Stars Below"))
    site.faults.next(fault, 1, SEARCH)
    if expected is AuthFailed:
        site.faults.next(fault, 1, SEARCH)  # the seed is tried as well
    with pytest.raises(expected) as caught:
        await plugin.search(Query("Stars Below"))
    if fault in {Fault.TOO_MANY_REQUESTS, Fault.UNAVAILABLE}:
        assert isinstance(caught.value, Unavailable)
        assert caught.value.retry_after == 30
    site.faults.clear()
    assert memory.values["session"]["value"] == site.session.value
    assert await plugin.search(Query("Stars Below"))


@pytest.mark.parametrize(("fault", "expected"), DOWNLOAD_CASES)
async def test_a_download_that_fails_keeps_the_session(
    site: MamStandIn, mam: Factory, memory: Memory, fault: Fault, expected: type[PluginError]
) -> None:
    plugin = mam()
    site.faults.always(fault, DOWNLOAD)
    with pytest.raises(expected):
        await plugin.fetch(release(1))
    site.faults.clear()
    assert memory.values["session"]["value"] == site.session.value
    assert await plugin.fetch(release(1))


@pytest.mark.parametrize("fault", [Fault.LIST, Fault.TEXT, Fault.NUMBER, Fault.EMPTY])
async def test_an_account_that_is_none_is_a_dead_session(site: MamStandIn, mam: Factory, fault: Fault) -> None:
    site.faults.always(fault, ACCOUNT)
    with pytest.raises(AuthFailed, match="Create a new API session"):
        await mam().account()


@pytest.mark.parametrize("face", list(DeadSession))
async def test_every_face_of_a_dead_session_needs_a_person(site: MamStandIn, mam: Factory, face: DeadSession) -> None:
    site.session.answered = face
    site.session.end()
    plugin = mam()
    for call in (plugin.search(Query("x")), plugin.fetch(release(1)), plugin.account()):
        with pytest.raises(AuthFailed, match="Create a new API session on the site"):
            await call


async def test_a_locked_session_says_what_it_is_locked_to(site: MamStandIn, mam: Factory) -> None:
    site.session.answered = DeadSession.STYLED_PAGE
    for mismatch, remedy in (("IP mismatch", "Call from the address"), ("ASN mismatch", "Manage session")):
        site.session.mismatch = f"Invalid session - {mismatch}"
        with pytest.raises(AuthFailed, match=f"{mismatch}.*{remedy}"):
            await mam().search(Query("x"))
