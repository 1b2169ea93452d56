"""What Google's refusals mean."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from audiobook_daemon import AuthFailed, HttpAnswer, Refused, Unavailable
from audiobook_plugins.google_books import answers
from audiobook_plugins.google_books.answers import QuotaSpent, next_pacific_midnight, read_object

NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def answer(status: int, body: object, headers: dict[str, str] | None = None) -> HttpAnswer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HttpAnswer(status, headers or {}, (), raw, "https://www.googleapis.com/books/v1/volumes")


def error(reason: str, message: str = "No.") -> dict[str, object]:
    return {"error": {"message": message, "errors": [{"reason": reason}]}}


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (400, {"error": {"status": "INVALID_ARGUMENT", "details": [{"reason": "API_KEY_INVALID"}]}}, "not valid"),
        (403, error("keyInvalid"), "not valid"),
        (403, {"error": {"message": "API key not valid. Please pass a valid API key."}}, "not valid"),
        (403, error("accessNotConfigured"), "not enabled"),
        (403, error("ipRefererBlocked"), "other addresses"),
        (403, error("unknownLocation"), "Set `country`"),
        (401, b"", "refused"),
        (403, b"<html>Forbidden</html>", "refused"),
    ],
)
def test_what_a_person_has_to_mend(status: int, body: object, words: str) -> None:
    with pytest.raises(AuthFailed, match=words):
        read_object(answer(status, body), NOW, keyed=True)


@pytest.mark.parametrize(
    "reason", ["rateLimitExceeded", "quotaExceeded", "dailyLimitExceeded", "userRateLimitExceeded"]
)
@pytest.mark.parametrize("status", [400, 403, 429])
def test_a_spent_quota_waits_for_midnight_in_california(reason: str, status: int) -> None:
    with pytest.raises(QuotaSpent) as caught:
        read_object(answer(status, error(reason)), NOW, keyed=True)
    assert caught.value.retry_after == 19 * 3600


def test_the_pool_without_a_key(sample: Callable[[str], Any]) -> None:
    with pytest.raises(QuotaSpent, match="Make a key") as caught:
        read_object(answer(429, sample("error_anonymous_quota.json")), NOW, keyed=False)
    assert caught.value.retry_after == 19 * 3600


def test_a_quota_of_the_minute_waits_a_minute() -> None:
    told = error("rateLimitExceeded", "Quota exceeded for limit 'Queries per minute per user'")
    with pytest.raises(QuotaSpent) as caught:
        read_object(answer(429, told), NOW, keyed=True)
    assert caught.value.retry_after == 60
    with pytest.raises(QuotaSpent) as caught:
        read_object(answer(429, b"slow down", {"retry-after": "17"}), NOW, keyed=True)
    assert caught.value.retry_after == 17


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, []), (200, "x"), (200, {"error": {}}), (200, b"<html>"), (200, b""), (302, b""), (404, b"")],
)
def test_what_is_no_answer(status: int, body: object) -> None:
    with pytest.raises(Unavailable):
        read_object(answer(status, body), NOW, keyed=True)


def test_a_site_that_rests_says_how_long() -> None:
    with pytest.raises(Unavailable) as caught:
        read_object(answer(503, error("backendFailed"), {"retry-after": "9"}), NOW, keyed=True)
    assert caught.value.retry_after == 9


@pytest.mark.parametrize(
    ("status", "body", "code"), [(404, error("notFound"), "gone"), (400, error("invalidParameter"), "question")]
)
def test_no_for_this_one_thing(status: int, body: object, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_object(answer(status, body), NOW, keyed=True)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        (datetime(2026, 7, 1, 6, 59, tzinfo=UTC), datetime(2026, 7, 1, 7, tzinfo=UTC)),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), datetime(2026, 7, 2, 7, tzinfo=UTC)),
        (datetime(2026, 12, 1, 12, 0, tzinfo=UTC), datetime(2026, 12, 2, 8, tzinfo=UTC)),
        (datetime(2026, 11, 1, 7, 30, tzinfo=UTC), datetime(2026, 11, 2, 8, tzinfo=UTC)),
    ],
)
def test_midnight_follows_summer_time(now: datetime, midnight: datetime) -> None:
    assert next_pacific_midnight(now) == midnight


def test_midnight_without_time_zones_on_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> ZoneInfo:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(answers, "ZoneInfo", missing)
    assert next_pacific_midnight(NOW) == datetime(2026, 7, 2, 8, tzinfo=UTC)
