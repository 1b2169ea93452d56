"""Links that people name are followed to public places and to known ones, and tell nobody what is behind them."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest
from aiohttp import web
from tests.core.http.conftest import Site

from audiobook_daemon.errors import Refused, Unavailable
from audiobook_daemon.http import Origin, origin_of
from audiobook_daemon.http.outside import _PublicOnly, fetch_outside

KEY = "5ecre7"
MAGNET = f"magnet:?xt=urn:btih:{'a' * 40}"


def known(site: Site) -> list[Origin]:
    origin = origin_of(site.url)
    assert origin
    return [origin]


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:{}/{}",
        "http://127.1:{}/{}",
        "http://2130706433:{}/{}",
        "http://0x7f000001:{}/{}",
        "http://0.0.0.0:{}/{}",
        "http://localhost:{}/{}",
        "http://[::1]:{}/{}",
        "http://[::ffff:127.0.0.1]:{}/{}",
        "http://[64:ff9b::7f00:1]:{}/{}",
        "http://[fe80::1%25lo]:{}/{}",
        "http://[fd00::1]:{}/{}",
        "https://10.0.0.1:{}/{}",
        "http://100.64.0.1:{}/{}",
        "http://169.254.169.254:{}/latest/meta-data/{}",
        "http://224.0.0.1:{}/{}",
    ],
)
async def test_the_private_network_is_out_of_reach(site: Site, place: str) -> None:
    port = site.url.rpartition(":")[2]
    with pytest.raises((Refused, Unavailable)) as told:
        await fetch_outside(place.format(port, KEY), most=100)
    assert KEY not in str(told.value)
    if isinstance(told.value, Unavailable):
        assert "[" in place or "0x" in place, "only what this machine cannot look up at all"
    assert site.requests == []


@pytest.mark.parametrize(
    "link", ["ftp://a.example/x", "file:///etc/passwd", "//a/b", "http://", "http://[", "http://xn--a/", "x", ""]
)
async def test_only_http_is_spoken(link: str) -> None:
    with pytest.raises(Refused, match="Only http and https"):
        await fetch_outside(link, most=100)
    assert origin_of(link) is None


@pytest.mark.parametrize("link", ["http://a..b/", f"http://{'a' * 300}/", "http://1.2.3.4.5/"])
async def test_a_host_that_cannot_be_asked_is_refused(link: str) -> None:
    with pytest.raises((Refused, Unavailable), match=r"no host that can be asked|cannot be reached"):
        await fetch_outside(f"{link}{KEY}", most=100)


async def test_a_known_place_is_asked_wherever_it_is(site: Site) -> None:
    assert await fetch_outside(f"{site.url}/1?key={KEY}", known=known(site), most=100) == b"Good day."
    (request,) = site.requests
    assert request.path_qs == f"/1?key={KEY}"
    assert "Cookie" not in request.headers


async def test_a_redirect_is_followed_to_a_magnet_link(site: Site) -> None:
    async def lead(request: web.Request) -> web.Response:
        target = "/second" if request.path == "/first" else MAGNET
        return web.Response(status=302, headers={"Location": target})

    site.handler = lead
    assert await fetch_outside(f"{site.url}/first", known=known(site), most=100) == MAGNET
    assert [request.path for request in site.requests] == ["/first", "/second"]


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:1/", "http://localhost:{}/", "http://[::1]:{}/", "file:///etc/passwd", "http://[", "/again"],
)
async def test_a_redirect_leads_no_further_than_the_link_itself_would(site: Site, target: str) -> None:
    port = site.url.rpartition(":")[2]

    async def lead(_request: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": target.format(port)})

    site.handler = lead
    with pytest.raises(Refused) as told:
        await fetch_outside(f"{site.url}/first?key={KEY}", known=known(site), most=100)
    assert KEY not in str(told.value)
    assert {request.path for request in site.requests} <= {"/first", "/again"}
    assert len(site.requests) <= 6


@pytest.mark.parametrize(("status", "size", "words"), [(404, 1, "answers with 404"), (200, 2_000_001, "more than the")])
async def test_what_is_no_file_or_too_large_is_refused(site: Site, status: int, size: int, words: str) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, body=b"x" * size)

    site.handler = answer
    with pytest.raises(Refused, match=words):
        await fetch_outside(f"{site.url}/1", known=known(site), most=2_000_000)


async def test_a_closed_door_is_told_without_the_link() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        place = f"http://127.0.0.1:{taken.getsockname()[1]}"
        origin = origin_of(place)
        assert origin
        with pytest.raises(Unavailable) as told:
            await fetch_outside(f"{place}/{KEY}", known=[origin], most=100)
    assert KEY not in str(told.value)


@pytest.mark.parametrize(
    ("addresses", "allowed"),
    [(["93.184.216.34"], True), (["93.184.216.34", "192.168.1.2"], False), (["2606:2800:220:1::1"], True)],
)
async def test_a_name_counts_by_every_address_it_has(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], allowed: bool
) -> None:
    async def look_up(_host: str, port: int, **_: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", look_up)
    resolver = _PublicOnly([("http", "nas.example", 80)])
    assert [one["host"] for one in await resolver.resolve("nas.example", 80)] == addresses, "it is known"
    if allowed:
        assert [one["host"] for one in await resolver.resolve("a.example", 80)] == addresses
    else:
        with pytest.raises(Refused, match="private network"):
            await resolver.resolve("a.example", 80)
