from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon import AuthFailed, HttpAnswer, Unavailable

URL = "https://site.example/api"


def answer(status: int = 200, body: bytes = b"{}", **headers: str) -> HttpAnswer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpAnswer(status, named, (), body, URL)


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_success_is_the_answer_itself(status: int) -> None:
    found = answer(status)
    assert found.check() is found


@pytest.mark.parametrize("status", [401, 403])
def test_refused_credentials_need_a_person(status: int) -> None:
    with pytest.raises(AuthFailed, match=f"{URL} refused the credentials"):
        answer(status).check()


@pytest.mark.parametrize("status", [301, 302, 304, 400, 404, 418, 429, 500, 502, 503])
def test_everything_else_is_unavailable(status: int) -> None:
    with pytest.raises(Unavailable, match=URL) as caught:
        answer(status).check()
    assert caught.value.retry_after is None


@pytest.mark.parametrize("status", [429, 500, 503])
def test_the_time_the_site_asks_for_is_passed_on(status: int) -> None:
    with pytest.raises(Unavailable) as caught:
        answer(status, retry_after="120").check()
    assert caught.value.retry_after == 120


def test_retry_after_may_be_a_date() -> None:
    later = datetime.now(UTC) + timedelta(seconds=90)
    seconds = answer(retry_after=format_datetime(later, usegmt=True)).retry_after
    assert seconds is not None
    assert 80 < seconds <= 90
    assert answer(retry_after="Wed, 21 Oct 2015 07:28:00 GMT").retry_after == 0
    assert answer(retry_after="Wed, 21 Oct 2015 07:28:00 -0000").retry_after == 0


@pytest.mark.parametrize("value", ["86401", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_nobody_may_ask_for_more_than_a_day(value: str) -> None:
    assert answer(retry_after=value).retry_after == 86_400


@pytest.mark.parametrize("value", ["Fri, 31 Dec 9999 23:59:59 -2359", "-" + "9" * 400, "nan", "inf"])
def test_what_no_clock_can_show_is_no_error(value: str) -> None:
    assert answer(retry_after=value).retry_after in {None, 86_400}


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5", "²", "٣", "Wed, 99 Oct 2015 07:28:00 GMT", "1e9"])
def test_nonsense_asks_for_nothing(value: str) -> None:
    assert answer(retry_after=value).retry_after is None


@given(st.text(max_size=40))
def test_any_retry_after_is_read(value: str) -> None:
    seconds = answer(retry_after=value).retry_after
    assert seconds is None or seconds >= 0


def test_json() -> None:
    assert answer(body=b'{"title": "Emma"}').json() == {"title": "Emma"}
    assert answer(body=b'\xef\xbb\xbf["after a byte order mark"]').json() == ["after a byte order mark"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "an empty page"),
        (b" \r\n", "an empty page"),
        (b"<html>", "a web page"),
        (b"\n\n<!DOCTYPE html>", "a web page"),
        (b'{"title": "Em', "broken or cut JSON"),
        (b"Not JSON", "broken or cut JSON"),
        (b'{"title": "\xff"}', "broken or cut JSON"),
        (b"[" * 200_000, "broken or cut JSON"),
    ],
)
def test_no_json_is_unavailable(body: bytes, words: str) -> None:
    with pytest.raises(Unavailable, match=f"{URL} answered with {words}"):
        answer(body=body).json()


def test_text_never_fails() -> None:
    assert answer(body=b"caf\xe9").text() == "caf�"


@pytest.mark.parametrize(
    ("header", "expected"),
    [("Application/JSON; charset=utf-8", "application/json"), ("text/html", "text/html"), ("", "")],
)
def test_the_content_type_is_plain(header: str, expected: str) -> None:
    assert answer(content_type=header).content_type == expected
    assert answer().content_type == ""


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (rb'["a\ud800b", "\ud83d\ude00", "\u0000c"]', ["a?b", "\U0001f600", "c"]),
        (b'["\xed\xa0\x80"]', ["?"]),
        (rb'{"\udfff\u0000": {"deep": ["\uDC00"]}}', {"?": {"deep": ["?"]}}),
        (b"[NaN, Infinity, -Infinity, 1e999, -1e999, 1.5]", [None, None, None, None, None, 1.5]),
    ],
)
def test_what_no_database_can_hold_is_not_in_json(body: bytes, found: object) -> None:
    assert answer(body=body).json() == found
