from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.demo.prowlarr import ProwlarrIndexer, ProwlarrStandIn

if TYPE_CHECKING:
    from tests.demo.prowlarr.conftest import Clock, Program

BARSOOM = "Barsoom, Books 1-3 by Edgar Rice Burroughs [ENG / M4B]"
PRINTED = "Barsoom by Edgar Rice Burroughs [ENG / EPUB]"
PRINCESS = "Edgar Rice Burroughs - A Princess of Mars - [Audiobook] MP3 64kbps"
COLLECTION = "Barsoom 01-11 Complete [Audiobook Collection]"


async def test_every_word_must_be_found(program: Program) -> None:
    assert await program.titles("barsoom burroughs") == {BARSOOM, PRINTED, PRINCESS}
    assert await program.titles("barsoom austen") == set()
    assert await program.titles() == {BARSOOM, PRINTED, PRINCESS, COLLECTION}


async def test_lists_are_given_by_repetition(program: Program) -> None:
    assert await program.titles("barsoom", ("indexerIds", "1"), ("indexerIds", "4")) == {BARSOOM, PRINTED, COLLECTION}
    assert await program.titles("barsoom", ("categories", "3030"), ("categories", "7020")) == {
        BARSOOM,
        PRINTED,
        PRINCESS,
    }
    assert await program.titles("barsoom", ("indexerIds", "-2")) == {BARSOOM, PRINTED, PRINCESS, COLLECTION}
    answer = await program.get("/api/v1/search", ("indexerIds", "1,4"))
    assert (answer.status, type(answer.json)) == (400, list)


async def test_a_category_includes_those_below_it(program: Program) -> None:
    assert await program.titles("barsoom", ("categories", "3000")) == {BARSOOM, PRINCESS, COLLECTION}
    assert await program.titles("barsoom", ("categories", "100077")) == {COLLECTION}
    assert await program.titles("barsoom", ("categories", "5000")) == set()


async def test_without_a_limit_nothing_is_found(program: Program) -> None:
    assert await program.search("barsoom", limit=None) == []
    assert await program.search("barsoom", limit="0") == []
    assert len(await program.search("barsoom", ("indexerIds", "1"), limit="1")) == 1


async def test_a_failure_is_kept_from_whoever_searches(
    program: Program, tracker: ProwlarrIndexer, clock: Clock
) -> None:
    tracker.failing = True
    assert await program.titles("barsoom") == {BARSOOM, PRINTED, PRINCESS}
    (status,) = (await program.get("/api/v1/indexerstatus")).json
    assert status["mostRecentFailure"] == "2026-10-01T12:00:00Z"
    answer = await program.get("/api/v1/search", ("query", "x"), ("limit", "9"), ("indexerIds", "4"))
    assert answer.status == 400
    clock.pass_by(61)
    assert await program.search("barsoom", ("indexerIds", "4")) == []
    tracker.failing = False
    clock.pass_by(301)
    assert await program.titles("barsoom", ("indexerIds", "4")) == {COLLECTION}
    (status,) = (await program.get("/api/v1/indexerstatus")).json
    assert "disabledTill" not in status
    assert "mostRecentFailure" in status, "it is remembered all the same"


async def test_failure_by_failure_it_is_left_alone_for_longer(tracker: ProwlarrIndexer, clock: Clock) -> None:
    waits = []
    for _ in range(11):
        tracker.fail(clock())
        assert tracker.status.blocked_until is not None
        waits.append(int((tracker.status.blocked_until - clock()).total_seconds()) // 60)
    assert waits == [1, 5, 15, 30, 60, 180, 360, 720, 1440, 1440, 1440]


async def test_a_limit_of_searches_is_kept_without_a_word(program: Program, bay: ProwlarrIndexer) -> None:
    bay.query_limit = 1
    assert PRINCESS in await program.titles("barsoom")
    assert PRINCESS not in await program.titles("barsoom")
    assert bay.searches == ["barsoom"]


async def test_one_slow_indexer_delays_all(program: Program, bay: ProwlarrIndexer) -> None:
    bay.slow = 0.1
    loop = asyncio.get_running_loop()
    before = loop.time()
    await program.search("barsoom")
    assert loop.time() - before >= 0.1


async def test_of_two_with_one_guid_the_better_indexer_wins(
    program: Program, bay: ProwlarrIndexer, mouse: ProwlarrIndexer
) -> None:
    mouse.offers = [*mouse.offers, *bay.offers]
    rows = await program.search("princess")
    assert [row["indexer"] for row in rows] == ["MyAnonamouse"]


async def test_links_are_new_every_time_and_name_the_host_that_was_asked(
    program: Program, site: ProwlarrStandIn
) -> None:
    links = [(await program.search("barsoom", ("indexerIds", "4")))[0]["downloadUrl"] for _ in range(2)]
    assert links[0] != links[1]
    assert all(link.startswith(f"{site.url}/4/download?apikey=key-of-prowlarr&link=") for link in links)
    assert [(await program.get(link)).status for link in links] == [200, 200]


@pytest.mark.parametrize("path", ["/ping", "/api/v1/health", "/4/download"])
async def test_while_it_starts_nothing_is_answered(program: Program, site: ProwlarrStandIn, path: str) -> None:
    site.starting = True
    answer = await program.get(path)
    assert answer.status == 503
    assert "starting up" in answer.text
    assert answer.headers["Content-Type"].startswith("application/json" if "api" in path else "text/plain")


@pytest.mark.parametrize("headers", [{"X-Api-Key": "key-of-prowlarr"}, {"Authorization": "Bearer key-of-prowlarr"}])
async def test_the_key_opens_in_a_header(program: Program, headers: dict[str, str]) -> None:
    program.headers = headers
    assert (await program.get("/api/v1/health")).status == 200


async def test_the_key_opens_in_the_address_and_nothing_opens_without(program: Program) -> None:
    program.headers = {}
    assert (await program.get("/api/v1/health?apikey=key-of-prowlarr")).status == 200
    for path in ("/api/v1/health", "/api/v1/search", "/4/download", "/api/v1/health?apikey=guessed"):
        assert (await program.get(path)).status == 401
    assert (await program.get("/ping")).status == 200


async def test_below_a_url_base_everything_else_is_sent_there(program: Program, clock: Clock) -> None:
    async with ProwlarrStandIn([], "key-of-prowlarr", url_base="/base", now=clock) as below:
        program.site = below
        assert below.url.endswith("/base")
        assert (await program.get("/api/v1/system/status")).json["urlBase"] == "/base"
        answer = await program.get(f"{below.url.removesuffix('/base')}/api/v1/health?x=1")
        assert (answer.status, answer.headers["Location"]) == (307, "/base/api/v1/health?x=1")
        assert (await program.get("/api/v1/nothing")).status == 404


async def test_a_torrent_is_handed_out_and_counted(program: Program, mouse: ProwlarrIndexer) -> None:
    rows = await program.search("barsoom", ("indexerIds", "1"), ("categories", "3030"))
    answer = await program.get(rows[0]["downloadUrl"])
    assert answer.headers["Content-Type"] == "application/x-bittorrent"
    assert answer.body == mouse.offers[0].torrent
    assert mouse.downloads == {mouse.offers[0].guid: 1}
    assert (await program.get("/1/download?link=x")).json == {"message": "Invalid Prowlarr link"}
