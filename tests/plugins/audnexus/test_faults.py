"""Sites in trouble: slow, down, lying, or asking for fewer questions."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, Protocol

import pytest

from audiobook_daemon import (
    AuthorQuestion,
    Book,
    Context,
    Http,
    HttpAnswer,
    Level,
    Refused,
    SeriesQuestion,
    Unavailable,
)
from audiobook_daemon.demo.audnexus import AudnexusStandIn
from audiobook_daemon.demo.faults import Fault
from audiobook_plugins.audnexus import Audnexus
from audiobook_plugins.audnexus.config import AudnexusConfig

Json = Any  # what a JSON text, or a call, may hold
Factory = Callable[..., Audnexus]
ADA = ("Ada Thornquist",)
BRASS = Book("The Brass Tide", ADA)
SALT = Book("The Salt Hour", ADA, asin="B0AAAAAA02")

EVERY_FAULT = [fault for fault in Fault if fault is not Fault.SESSION_DELETED]


class Clock(Protocol):
    def advance(self, seconds: float) -> None: ...


class Memory(Protocol):
    values: dict[str, Any]


@pytest.mark.parametrize("fault", EVERY_FAULT)
async def test_every_bad_answer_is_unavailable_and_forgotten(
    shops: AudnexusStandIn, audnexus: Factory, clock: Clock, memory: Memory, fault: Fault
) -> None:
    plugin = audnexus()
    shops.faults.always(fault)
    with pytest.raises(Unavailable) as caught:
        await plugin.describe(BRASS)
    assert str(caught.value).strip()
    if fault in {Fault.TOO_MANY_REQUESTS, Fault.UNAVAILABLE}:
        assert caught.value.retry_after == 30
    assert memory.values == {}, "an error is no answer"
    shops.faults.clear()
    clock.advance(31)
    assert await plugin.describe(BRASS)
    assert await plugin.series_of(SeriesQuestion("The Tide Clocks", ADA, (SALT,)))
    assert await plugin.works_by(AuthorQuestion(ADA[0]))


@pytest.mark.parametrize(
    "fault", [Fault.HTML, Fault.LIST, Fault.TRUNCATED, Fault.SERVER_ERROR, Fault.TOO_MANY_REQUESTS]
)
async def test_lists_do_not_shrink_by_bad_answers(
    shops: AudnexusStandIn, audnexus: Factory, memory: Memory, fault: Fault
) -> None:
    plugin = audnexus()
    shops.faults.always(fault)
    with pytest.raises(Unavailable):
        await plugin.series_of(SeriesQuestion("The Tide Clocks", ADA, (SALT,)))
    with pytest.raises(Unavailable):
        await plugin.works_by(AuthorQuestion(ADA[0]))
    assert memory.values == {}


async def test_a_rest_asked_for_is_kept(shops: AudnexusStandIn, audnexus: Factory, clock: Clock) -> None:
    plugin = audnexus()
    shops.faults.next(Fault.TOO_MANY_REQUESTS, retry_after=120)
    with pytest.raises(Unavailable) as caught:
        await plugin.works_by(AuthorQuestion(ADA[0]))
    assert caught.value.retry_after == 120
    clock.advance(100)
    with pytest.raises(Unavailable) as caught:
        await plugin.works_by(AuthorQuestion(ADA[0]))
    assert caught.value.retry_after == 20
    assert len(shops.requests) == 1, "no question is asked before"
    clock.advance(20)
    assert await plugin.works_by(AuthorQuestion(ADA[0]))


async def test_a_rest_of_audnexus_is_none_of_the_shops(shops: AudnexusStandIn, audnexus: Factory) -> None:
    plugin = audnexus()
    shops.limit = 0
    shops.withdraw("B0AAAAAA02")
    with pytest.raises(Unavailable) as caught:
        await plugin.describe(SALT)
    assert caught.value.retry_after == 42
    asked = [served.path for served in shops.requests]
    with pytest.raises(Unavailable):
        await plugin.describe(SALT)
    assert asked.count("/books/B0AAAAAA02") == 1
    assert [served.path for served in shops.requests].count("/books/B0AAAAAA02") == 1
    assert await plugin.describe(BRASS)


async def test_a_shop_that_is_down_all_the_time_leaves_the_others_alone(
    shops: AudnexusStandIn, audnexus: Factory
) -> None:
    shops.faults.always(Fault.DROPPED, "/audible.de")
    plugin = audnexus()
    assert await plugin.describe(BRASS)
    with pytest.raises(Unavailable):
        await plugin.describe(Book("Die Messingflut", ADA, language="de"))
    assert await plugin.describe(SALT)


async def test_a_slow_site_does_not_keep_us(shops: AudnexusStandIn, audnexus: Factory) -> None:
    shops.faults.always(Fault.DRIP)
    began = time.monotonic()
    with pytest.raises(Unavailable):
        await audnexus().describe(SALT)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "lie",
    [
        {"products": {"0": 1}},
        {"products": None},
        {"product": []},
        {"error": "x"},
        {},
    ],
)
async def test_answers_of_another_shape_are_no_empty_lists(
    context_for: Callable[..., Context], memory: Memory, lie: Json
) -> None:
    plugin = Audnexus(AudnexusConfig(), context_for("audnexus", http=_Liar(lie)))
    for book in (BRASS, SALT):
        with pytest.raises(Unavailable):
            await plugin.describe(book)
    with pytest.raises(Unavailable):
        await plugin.works_by(AuthorQuestion(ADA[0]))
    assert memory.values == {}


async def test_a_question_that_is_not_understood_is_refused(context_for: Callable[..., Context]) -> None:
    message = {"message": "1 validation error detected: Value 'x' at 'title' failed to satisfy constraint"}
    plugin = Audnexus(AudnexusConfig(), context_for("audnexus", http=_Liar(message, 400)))
    with pytest.raises(Refused, match="does not understand the question: 1 validation error"):
        await plugin.describe(BRASS)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (400, {"statusCode": 400, "error": "Bad Request", "message": "Bad ASIN"}),
        (400, {"error": {"code": "BAD_REQUEST", "message": "Bad ASIN", "details": None}}),
        (404, {"error": {"code": "NOT_FOUND", "message": "Book with ASIN B0AAAAAA02 not found"}}),
        (404, {"statusCode": 404, "error": "Not Found", "message": "Book not found"}),
        (500, {"statusCode": 500, "message": "Item not available in region 'us' for ASIN: B0AAAAAA02"}),
    ],
)
async def test_every_way_to_say_that_there_is_no_such_book_is_understood(
    context_for: Callable[..., Context], status: int, told: Json
) -> None:
    http = _Liar(told, status, shops={"product": {"asin": "B0AAAAAA02"}, "products": []})
    assert await Audnexus(AudnexusConfig(), context_for("audnexus", http=http)).describe(SALT) == ()


async def test_questions_are_a_second_apart_in_single_file_and_name_no_more_than_needed(
    context_for: Callable[..., Context], hasty_http: Http, shops: AudnexusStandIn
) -> None:
    listener = _Listener(hasty_http)
    config = AudnexusConfig.model_validate({"url": shops.url, "catalogue": shops.catalogue})
    await Audnexus(config, context_for("audnexus", http=listener)).describe(BRASS)
    assert listener.paces == [(1.0, True)]
    (params,) = listener.params
    assert set(params) == {
        "title", "author", "num_results", "page", "products_sort_by", "response_groups", "image_sizes",
    }  # fmt: skip
    assert (params["page"], params["title"], params["author"]) == ("0", "The Brass Tide", "Ada Thornquist")
    assert int(params["num_results"]) <= 50


async def test_the_check_names_what_does_not_answer(shops: AudnexusStandIn, audnexus: Factory) -> None:
    assert [it.level for it in await audnexus().check()] == [Level.OK]
    shops.faults.always(Fault.SERVER_ERROR, "/books")
    (finding,) = await audnexus().check()
    assert (finding.level, "500" in finding.text, bool(finding.remedy)) == (Level.WARNING, True, True)
    shops.faults.always(Fault.FORBIDDEN, "/audible.co.uk")
    levels = [it.level for it in await audnexus().check()]
    assert levels == [Level.FAILURE, Level.WARNING]


class _Liar:
    """Says one thing to all; with `shops` these say another."""

    def __init__(self, lie: Json, status: int = 200, shops: Json = None) -> None:
        self._lie = lie
        self._status = status
        self._shops = shops

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        pass

    async def request(self, method: str, url: str, **more: Json) -> HttpAnswer:
        status, told = self._status, self._lie
        if self._shops is not None and "/catalog/" in url:
            status, told = 200, self._shops
        return HttpAnswer(status, {"content-type": "application/json"}, (), json.dumps(told).encode(), url)


class _Listener:
    def __init__(self, http: Http) -> None:
        self._http = http
        self.paces: list[tuple[float, bool]] = []
        self.params: list[dict[str, str]] = []

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        self.paces.append((seconds, one_at_a_time))

    async def request(self, method: str, url: str, *, params: Json = None, **more: Json) -> HttpAnswer:
        self.params.append(dict(params or {}))
        return await self._http.request(method, url, params=params, **more)
