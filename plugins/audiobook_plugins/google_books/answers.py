"""Tells what an answer of Google means."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from audiobook_daemon import AuthFailed, HttpAnswer, Refused, Unavailable

NO_KEY = "Make a key with the Books API enabled in the Google Cloud console and set it as `key` of this instance."

_QUOTA = frozenset(
    {
        "ratelimitexceeded",
        "userratelimitexceeded",
        "quotaexceeded",
        "dailylimitexceeded",
        "rate_limit_exceeded",
        "resource_exhausted",
    }
)
_MINUTE = 60.0
# Reasons of a refusal that a person has to mend, and how.
_REMEDIES: Mapping[str, str] = {
    "keyinvalid": f"the key is not valid. {NO_KEY}",
    "api_key_invalid": f"the key is not valid. {NO_KEY}",
    "accessnotconfigured": "the Books API is not enabled for the key. Enable it in the Google Cloud console.",
    "service_disabled": "the Books API is not enabled for the key. Enable it in the Google Cloud console.",
    "iprefererblocked": "the key may be used from other addresses only. Allow this machine's in the Cloud console.",
    "api_key_ip_address_blocked": "the key may be used from other addresses only. Allow this machine's in the console.",
    "unknownlocation": "it cannot tell in which country this machine stands. Set `country` of this instance.",
}


class QuotaSpent(Unavailable):
    """No more questions before `retry_after` seconds have passed."""


def read_object(answer: HttpAnswer, now: datetime, *, keyed: bool) -> Mapping[str, object]:
    """Return the JSON object of an answer.

    Raises QuotaSpent, AuthFailed (key, country), Refused (`gone`, `question`) or Unavailable.
    """
    if answer.status == 200:
        document = answer.json()
        if isinstance(document, dict) and "error" not in document:
            return document
        raise Unavailable("Google Books answered with something that is no list of books.")
    error = _error(answer)
    reasons = set(_reasons(error))
    message = str(error.get("message") or "").strip()[:200]
    for reason in sorted(reasons & _REMEDIES.keys()):
        raise AuthFailed(f"Google Books refuses to answer: {_REMEDIES[reason]}")
    if "key not valid" in message.lower():
        raise AuthFailed(f"Google Books refuses to answer: {_REMEDIES['keyinvalid']}")
    if answer.status == 429 or reasons & _QUOTA:
        raise _quota(answer, error, now, keyed=keyed)
    if answer.status in {404, 410} and error:
        raise Refused("Google Books does not have this volume any more.", "gone")
    if answer.status == 400 and error:
        raise Refused(f"Google Books does not understand the question: {message}", "question")
    answer.check()
    raise Unavailable(f"Google Books answered with status {answer.status}.")


def next_pacific_midnight(now: datetime) -> datetime:
    """The moment Google's daily quotas begin anew."""
    pacific: tzinfo
    try:
        pacific = ZoneInfo("America/Los_Angeles")
    except ZoneInfoNotFoundError:  # a system without time zones: in summer this is an hour late, never early
        pacific = timezone(timedelta(hours=-8))
    tomorrow = now.astimezone(pacific).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=pacific).astimezone(UTC)


def _quota(answer: HttpAnswer, error: Mapping[str, object], now: datetime, *, keyed: bool) -> QuotaSpent:
    told = json.dumps(error).lower()
    if "per minute" in told or "/min/" in told:
        return QuotaSpent("Google Books was asked too often within a minute.", answer.retry_after or _MINUTE)
    if not error and answer.retry_after is not None:
        return QuotaSpent("Google Books asks for fewer questions.", answer.retry_after)
    wait = (next_pacific_midnight(now) - now).total_seconds()
    if not keyed:
        return QuotaSpent(f"Google Books answers nobody without a key today. {NO_KEY}", wait)
    return QuotaSpent("The day's questions to Google Books are used up until midnight, Pacific time.", wait)


def _error(answer: HttpAnswer) -> Mapping[str, object]:
    try:
        document = answer.json()
    except Unavailable:
        return {}
    error = document.get("error") if isinstance(document, dict) else None
    return error if isinstance(error, dict) else {}


def _reasons(error: Mapping[str, object]) -> Iterator[str]:
    yield str(error.get("status")).lower()
    for name in ("errors", "details"):
        entries = error.get(name)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                yield str(entry.get("reason")).lower()
