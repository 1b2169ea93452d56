"""What Hardcover says when it does not answer, and that it is never asked too much."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest
from pydantic import ValidationError

from audiobook_daemon import AuthFailed, Book, HttpAnswer, Level, PluginError, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.hardcover import HardcoverStandIn
from audiobook_plugins.hardcover import Hardcover
from audiobook_plugins.hardcover.answers import read_data
from audiobook_plugins.hardcover.budget import Budget
from audiobook_plugins.hardcover.config import HardcoverConfig

Factory = Callable[..., Hardcover]
LOW = Book("Low Water", ("Odile Renner",))
BAD = [
    Fault.HTML,
    Fault.EMPTY,
    Fault.LIST,
    Fault.NUMBER,
    Fault.TEXT,
    Fault.TRUNCATED,
    Fault.DROPPED,
    Fault.SERVER_ERROR,
]


class Clock(Protocol):
    def __call__(self) -> datetime: ...

    def advance(self, seconds: float) -> None: ...


def answer(status: int, body: object, **headers: str) -> HttpAnswer:
    return HttpAnswer(status, headers, (), json.dumps(body).encode(), "https://api.example.org/v1/graphql")


@pytest.mark.parametrize(
    ("status", "body", "kind", "told"),
    [
        (401, {"error": "invalid_token"}, AuthFailed, "has run out or was revoked"),
        (401, None, AuthFailed, "account page of Hardcover"),
        (403, {"error": "insufficient_scope", "scope": "library"}, AuthFailed, "'library'"),
        (403, {"error": "top_level_limit_exceeded"}, Unavailable, "top_level_limit_exceeded"),
        (403, "go away", AuthFailed, "refused"),
        (400, {"error": "invalid_query"}, Unavailable, "400"),
        (404, {}, Unavailable, "404"),
        (408, {"error": "Request timeout"}, Unavailable, "took too long"),
        (500, {}, Unavailable, "500"),
        (200, {"errors": [{"message": "Malformed Authorization header"}]}, AuthFailed, "Malformed"),
        (200, {"errors": [{"message": "no", "extensions": {"code": "invalid-jwt"}}]}, AuthFailed, "token"),
        (200, {"errors": [{"message": "field 'x' not found"}], "data": {"books": []}}, Unavailable, "field 'x'"),
        (200, {"errors": "broken"}, Unavailable, "broken"),
        (200, {"errors": [None]}, Unavailable, "understand"),
        (200, {"data": None}, Unavailable, "without data"),
        (200, [], Unavailable, "no answer"),
    ],
)
def test_every_refusal_has_its_meaning(status: int, body: object, kind: type[PluginError], told: str) -> None:
    with pytest.raises(kind, match=told):
        read_data(answer(status, body))


@pytest.mark.parametrize(("headers", "seconds"), [({"retry-after": "42"}, 42.0), ({}, 60.0)])
def test_too_many_questions_say_for_how_long(headers: dict[str, str], seconds: float) -> None:
    with pytest.raises(Unavailable) as caught:
        read_data(answer(429, {"error": "Too Many Requests"}, **headers))
    assert caught.value.retry_after == seconds


@pytest.mark.parametrize("fault", BAD)
async def test_a_bad_answer_is_no_empty_one(hardcover: HardcoverStandIn, books: Factory, fault: Fault) -> None:
    plugin = books()
    hardcover.faults.always(fault)
    with pytest.raises(Unavailable):
        await plugin.describe(LOW)
    hardcover.faults.clear()
    assert await plugin.describe(LOW)


async def test_a_site_that_dawdles_or_is_gone_is_unavailable(hardcover: HardcoverStandIn, books: Factory) -> None:
    plugin = books()
    hardcover.faults.next(Fault.DRIP, times=2)
    with pytest.raises(Unavailable):
        await plugin.describe(LOW)
    await hardcover.stop()
    with pytest.raises(Unavailable, match="cannot be reached"):
        await plugin.describe(LOW)
    await hardcover.start()
    hardcover.faults.clear()
    assert await plugin.describe(LOW)


async def test_after_too_many_questions_none_is_asked(
    hardcover: HardcoverStandIn, books: Factory, clock: Clock
) -> None:
    plugin = books()
    hardcover.minute = 0
    with pytest.raises(Unavailable) as caught:
        await plugin.describe(LOW)
    assert caught.value.retry_after == 42
    asked = len(hardcover.requests)
    hardcover.minute = None
    clock.advance(20)
    with pytest.raises(Unavailable) as caught:
        await plugin.describe(LOW)
    assert (caught.value.retry_after, len(hardcover.requests)) == (22, asked)
    clock.advance(22)
    assert await plugin.describe(LOW)


async def test_the_day_is_never_used_up(hardcover: HardcoverStandIn, books: Factory, clock: Clock) -> None:
    plugin = books(daily=100)
    for _ in range(98):
        assert [finding.level for finding in await plugin.check()] == [Level.OK]
    with pytest.raises(Unavailable, match="nearly used up") as caught:
        await plugin.describe(LOW)
    assert (len(hardcover.requests), caught.value.retry_after) == (98, 86_400)
    clock.advance(86_400)
    assert await plugin.describe(LOW)


async def test_others_who_use_the_account_count_too(hardcover: HardcoverStandIn, books: Factory) -> None:
    plugin = books()
    hardcover.quota = 101
    await plugin.check()
    with pytest.raises(Unavailable, match="nearly used up") as caught:
        await plugin.describe(LOW)
    assert caught.value.retry_after == 43_200, "as the site said"
    assert hardcover.quota == 100, "something is left for the person"


@pytest.mark.parametrize(
    "told", ["", "nonsense", '"daily";r=9999;t=5', '"daily";r=;t=1', '"Free";r=0;t=42', '"daily";r=-1;t=1']
)
def test_what_the_site_says_of_its_limits_may_be_anything(told: str) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    budget = Budget(1000, lambda: now)
    budget.spend()
    budget.heed({"ratelimit": told})
    assert budget.left == 999


def test_a_window_is_never_longer_than_a_day() -> None:
    moments = [datetime(2026, 3, 1, tzinfo=UTC)]
    budget = Budget(1000, lambda: moments[-1])
    budget.heed({"ratelimit": '"daily";r=0;t=999999999'})
    with pytest.raises(Unavailable):
        budget.spend()
    moments.append(moments[-1] + timedelta(days=1))
    budget.spend()


@pytest.mark.parametrize("token", ["Bearer abc.def", "bearer  abc.def ", "abc.def", " abc.def\n"])
def test_a_token_is_taken_as_it_is_copied(token: str) -> None:
    config = HardcoverConfig.model_validate({"token": token})
    assert config.token.get_secret_value() == "abc.def"
    assert "abc.def" not in repr(config)


@pytest.mark.parametrize(
    "section",
    [
        {"token": ""},
        {"token": "Bearer"},
        {"token": "SECRET two"},
        {"token": "x", "url": "api.hardcover.app"},
        {"token": "x", "lists": {"no/slug": 3}},
        {"token": "x", "lists": {"beach": 0}},
        {"token": "x", "daily": 0},
    ],
)
def test_a_wrong_section_is_refused_without_telling_the_token(section: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        HardcoverConfig.model_validate(section)
    assert "SECRET" not in str(caught.value)


def test_the_address_may_hold_the_path() -> None:
    config = HardcoverConfig.model_validate({"token": "x", "url": "https://api.hardcover.app/v1/graphql/"})
    assert config.url == "https://api.hardcover.app"


async def test_the_doctor_hears_whose_token_it_is(books: Factory) -> None:
    (finding,) = await books().check()
    assert (finding.level, finding.text) == (Level.OK, "Hardcover answers demo; 4999 questions are left for today.")


async def test_the_doctor_hears_that_a_token_has_run_out(hardcover: HardcoverStandIn, books: Factory) -> None:
    hardcover.token = "another"
    (finding,) = await books().check()
    assert finding.level is Level.FAILURE
    assert "Make a new one" in finding.text
