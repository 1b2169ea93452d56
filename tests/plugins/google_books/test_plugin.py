"""The plugin against Google Books on loopback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

import pytest
from pydantic import ValidationError

from audiobook_daemon import AuthFailed, Book, Context, Http, HttpAnswer, Level, PluginError, Refused, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.google_books import GoogleBooksStandIn
from audiobook_plugins.google_books import GoogleBooks
from audiobook_plugins.google_books.config import GoogleBooksConfig

Json = Any  # what a JSON text, or a call, may hold
Factory = Callable[..., GoogleBooks]
EMPIRE = Book("The Final Empire", ("Brandon Sanderson",))
EMMA = Book("Emma", ("Jane Austen",))
VOLUMES = "/books/v1/volumes"


class Clock(Protocol):
    def advance(self, seconds: float) -> None: ...


class Memory(Protocol):
    values: dict[str, Any]


def asked(google: GoogleBooksStandIn) -> int:
    return len(google.requests)


async def test_the_best_hit_is_told_in_full(books: Factory) -> None:
    (facts,) = await books().describe(Book("Mistborn: The Final Empire", ("Brandon Sanderson",)))
    assert facts.title == "Mistborn: The Final Empire", "the search calls it otherwise"
    assert facts.description == "Ash falls & falls.\nWho will rise?"
    assert facts.genres == ("Fiction", "Fantasy", "Epic")
    assert (facts.isbn, facts.year, facts.publisher) == ("9780765311788", 2006, "Tor")
    assert (facts.narrators, facts.runtime, facts.source, facts.score) == (None, None, "google_books", 1.0)


async def test_the_isbn_is_tried_first(google: GoogleBooksStandIn, books: Factory) -> None:
    found = await books().describe(Book("The Well of Ascension", isbn="978-0-7653-1688-2"))
    assert [(it.key, it.score) for it in found] == [("wellofascen1", 1.0)]
    assert asked(google) == 2


async def test_an_isbn_that_contradicts_the_title_is_not_believed(books: Factory) -> None:
    found = await books().describe(Book("Emma", ("Jane Austen",), isbn="9780765316882"))
    assert {it.key for it in found} == {"emma00000001", "emma00000002"}


async def test_an_unknown_isbn_falls_back_to_title_and_author(books: Factory) -> None:
    found = await books().describe(Book("Emma", ("Jane Austen",), isbn="9780316452502", language="de"))
    assert [it.key for it in found] == ["emma00000002", "emma00000001"]
    assert found[0].score == 1.0


async def test_books_about_an_author_are_no_answer(books: Factory) -> None:
    assert await books().describe(Book("Warbreaker", ("Brandon Sanderson",))) == ()


async def test_a_subtitle_google_does_not_know_is_left_out(google: GoogleBooksStandIn, books: Factory) -> None:
    found = await books().describe(Book("Emma: The Great Novel", ("Jane Austen",)))
    assert {it.key for it in found} == {"emma00000001", "emma00000002"}


async def test_an_answer_is_kept_for_some_days(google: GoogleBooksStandIn, books: Factory, clock: Clock) -> None:
    first = await books().describe(EMMA)
    before = asked(google)
    assert await books().describe(EMMA) == first, "also after a restart"
    assert asked(google) == before
    clock.advance(7 * 86_400 + 1)
    assert await books().describe(EMMA) == first
    assert asked(google) > before


async def test_nothing_found_is_kept_too(google: GoogleBooksStandIn, books: Factory) -> None:
    plugin = books()
    assert await plugin.describe(Book("Nowhere To Be Found", ("Nobody",))) == ()
    before = asked(google)
    assert await plugin.describe(Book("Nowhere To Be Found", ("Nobody",))) == ()
    assert asked(google) == before


async def test_an_old_answer_serves_while_google_is_silent(
    google: GoogleBooksStandIn, books: Factory, clock: Clock
) -> None:
    plugin = books(cache_days=1)
    first = await plugin.describe(EMMA)
    clock.advance(30 * 86_400)
    google.faults.always(Fault.SERVER_ERROR)
    assert await plugin.describe(EMMA) == first
    with pytest.raises(Unavailable):
        await plugin.describe(EMPIRE)


async def test_a_damaged_memory_is_no_answer(books: Factory, memory: Memory) -> None:
    plugin = books()
    first = await plugin.describe(EMMA)
    (key,) = memory.values
    for damage in ("x", {}, {"at": "never", "facts": []}, {"at": "2026-03-01T12:00:00+00:00", "facts": [{"no": 1}]}):
        memory.values[key] = damage
        assert await plugin.describe(EMMA) == first


async def test_a_spent_quota_is_respected_until_midnight(
    google: GoogleBooksStandIn, books: Factory, clock: Clock
) -> None:
    google.quota = 0
    plugin = books()
    with pytest.raises(Unavailable) as caught:
        await plugin.describe(EMMA)
    assert caught.value.retry_after == 20 * 3600
    google.quota = None
    clock.advance(3600)
    with pytest.raises(Unavailable) as caught:
        await plugin.describe(EMMA)
    assert caught.value.retry_after == 19 * 3600
    assert asked(google) == 1, "no question is asked before"
    clock.advance(19 * 3600)
    assert await plugin.describe(EMMA)


async def test_the_search_record_has_to_do_when_the_full_one_does_not_come(
    google: GoogleBooksStandIn, books: Factory, memory: Memory
) -> None:
    google.faults.always(Fault.UNAVAILABLE, f"{VOLUMES}/")
    (first, *_) = await books().describe(EMMA)
    assert first.title == "Emma"
    assert memory.values == {}, "half an answer is not kept"


@pytest.mark.parametrize("status", [400, 403])
async def test_a_wrong_key_needs_a_person(google: GoogleBooksStandIn, books: Factory, status: int) -> None:
    google.wrong_key_status = status
    with pytest.raises(AuthFailed, match="Make a key"):
        await books(key="WRONGKEY").describe(EMMA)


FAULTS = [
    (Fault.HTML, Unavailable), (Fault.EMPTY, Unavailable), (Fault.TRUNCATED, Unavailable), (Fault.LIST, Unavailable),
    (Fault.NUMBER, Unavailable), (Fault.TEXT, Unavailable), (Fault.UNAUTHORIZED, AuthFailed),
    (Fault.FORBIDDEN, AuthFailed), (Fault.NOT_FOUND, Unavailable), (Fault.TOO_MANY_REQUESTS, Unavailable),
    (Fault.TOO_MANY_REQUESTS_BARE, Unavailable), (Fault.SERVER_ERROR, Unavailable), (Fault.BAD_GATEWAY, Unavailable),
    (Fault.UNAVAILABLE, Unavailable), (Fault.LOGIN_REDIRECT, Unavailable), (Fault.DRIP, Unavailable),
    (Fault.HUGE, Unavailable), (Fault.DROPPED, Unavailable),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "expected"), FAULTS)
async def test_every_bad_answer(
    google: GoogleBooksStandIn,
    books: Factory,
    clock: Clock,
    key: str,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
    expected: type[PluginError],
) -> None:
    plugin = books()
    google.faults.always(fault)
    with caplog.at_level(logging.DEBUG), pytest.raises(expected) as caught:
        await plugin.describe(EMMA)
    if fault in {Fault.TOO_MANY_REQUESTS, Fault.UNAVAILABLE}:
        assert isinstance(caught.value, Unavailable)
        assert caught.value.retry_after == 30
    assert key not in repr(caught.value) + caplog.text
    google.faults.clear()
    clock.advance(86_400)
    assert await plugin.describe(EMMA)


async def test_questions_are_a_second_apart_and_carry_the_configuration(
    context_for: Callable[..., Context], hasty_http: Http, google: GoogleBooksStandIn, key: str
) -> None:
    listener = _Listener(hasty_http)
    config = GoogleBooksConfig.model_validate({"key": key, "url": f"{google.url}/books/v1/", "country": "de"})
    await GoogleBooks(config, context_for("google_books", http=listener)).describe(EMMA)
    assert listener.paces == [1.0]
    assert listener.params[0] == {
        "q": 'intitle:"Emma" inauthor:"Jane Austen"',
        "maxResults": "20",
        "printType": "books",
        "country": "DE",
        "key": key,
    }
    assert listener.params[1] == {"country": "DE", "key": key}


async def test_check_with_and_without_a_key(google: GoogleBooksStandIn, books: Factory, key: str) -> None:
    assert [it.level for it in await books().check()] == [Level.OK]
    without = await books(key=None).check()
    assert [it.level for it in without] == [Level.WARNING, Level.FAILURE]
    assert without[0].remedy
    google.anonymous = True
    assert [it.level for it in await books(key=None).check()] == [Level.WARNING, Level.OK]
    assert key not in repr(await books(key="WRONGKEY").check())


async def test_the_key_is_never_told(
    google: GoogleBooksStandIn, context_for: Callable[..., Context], hasty_http: Http, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "TOLD-IN-THE-ANSWER"
    google.key = None
    config = GoogleBooksConfig.model_validate({"key": secret, "url": google.url})
    plugin = GoogleBooks(config, context_for("google_books", http=_Echo(hasty_http, secret)))
    with caplog.at_level(logging.DEBUG), pytest.raises(Refused) as caught:
        await plugin.describe(EMMA)
    assert "[key]" in str(caught.value)
    assert secret not in repr(caught.value) + caplog.text + repr(plugin.config) + repr(await plugin.check())


@pytest.mark.parametrize(
    "wrong",
    [{"country": "Germany"}, {"language": "english"}, {"url": "googleapis.com"}, {"cache_days": -1}, {"kee": "x"}],
)
def test_the_configuration_is_checked(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        GoogleBooksConfig.model_validate(wrong)


def test_an_empty_key_is_none() -> None:
    assert GoogleBooksConfig.model_validate({"key": "  "}).key is None


class _Listener:
    def __init__(self, http: Http) -> None:
        self._http = http
        self.paces: list[float] = []
        self.params: list[dict[str, str]] = []

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        self.paces.append(seconds)

    async def request(self, method: str, url: str, *, params: Json = None, **more: Json) -> HttpAnswer:
        self.params.append(dict(params or {}))
        return await self._http.request(method, url, params=params, **more)


class _Echo:
    def __init__(self, http: Http, secret: str) -> None:
        self._http = http
        self._body = f'{{"error": {{"message": "Bad: {secret}", "errors": [{{"reason": "badRequest"}}]}}}}'.encode()

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        pass

    async def request(self, method: str, url: str, **more: Json) -> HttpAnswer:
        answer = await self._http.request(method, url, **more)
        return replace(answer, status=400, body=self._body)
