"""How often a service was asked is counted: each attempt, and whether it was in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from audiobook_daemon import Unavailable
from audiobook_daemon.http import Asker, Calls, PoliteSession, Tally, Transport

if TYPE_CHECKING:
    from tests.core.http.conftest import Site

SHOP = Asker("service", "shop")


@pytest.mark.parametrize(("status", "failures"), [(200, 0), (404, 0), (403, 1), (429, 1), (500, 1)])
async def test_a_refusal_is_a_failure_and_an_unknown_page_is_none(
    site: Site, transport: Transport, status: int, failures: int
) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(status=status)

    site.handler = handle
    await PoliteSession(transport, "shop").request("GET", site.url)
    assert transport.tally.since_start == {SHOP: Calls(1, failures)}


async def test_every_attempt_counts_also_one_that_nobody_answers(site: Site, transport: Transport) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(status=503)

    site.handler = handle
    session = PoliteSession(transport, "shop")
    await session.request("GET", site.url, attempts=3)
    with pytest.raises(Unavailable):
        await session.request("GET", "http://127.0.0.1:9/", attempts=2)
    assert transport.tally.new == {SHOP: Calls(5, 5)}
    await PoliteSession(transport).request("GET", site.url, attempts=1)
    assert list(transport.tally.new) == [SHOP]


def test_what_is_taken_is_counted_once_and_what_is_put_back_is_not_lost() -> None:
    tally = Tally()
    tally.count("key", "phone", failed=False)
    taken = tally.take()
    assert (taken, tally.new) == ({Asker("key", "phone"): Calls(1, 0)}, {})
    tally.count("key", "phone", failed=True)
    tally.put_back(taken)
    assert tally.take() == {Asker("key", "phone"): Calls(2, 1)}
    assert tally.since_start == {Asker("key", "phone"): Calls(2, 1)}
