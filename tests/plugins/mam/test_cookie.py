"""The value of the session cookie: what is taken, what is refused, and that nobody is told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Protocol

import pytest
from pydantic import ValidationError

from audiobook_daemon import HttpAnswer, PluginError, Query
from audiobook_plugins.mam import MyAnonamouse
from audiobook_plugins.mam.config import MamConfig
from audiobook_plugins.mam.session import Call, Session, rotated

Make = Callable[..., HttpAnswer]
Factory = Callable[..., MyAnonamouse]


class Scripted(Protocol):
    answers: list[HttpAnswer | Exception]
    sent: list[Any]


def text(title: str = "Emma") -> Query:
    return Query(title, text=title)


async def test_no_cookie_is_ever_told(
    scripted: Scripted, scripted_mam: Factory, answer: Make, seed: str, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    for echo in (
        "Invalid session - IP mismatch for {}",
        "Invalid session {}",
        "<html>cookie {} is bad</html>",
        "{}",
        '{{"error": "no such session {}"}}',
        '{{"data": "{}", "message": "{}"}}',
        "<p>maintenance of {}</p>",
        "decoded: SECRETSEED+very/private",
    ):
        for status in (200, 403, 500):
            body = echo.format(seed, "NEWSECRET%3D")
            scripted.answers = [answer(body, status=status, cookie="NEWSECRET%3D"), answer(body, status=status)]
            mam = scripted_mam(memory=_Forgetful())
            with caplog.at_level(logging.DEBUG), pytest.raises(PluginError) as caught:
                await mam.search(text())
            told += [str(caught.value), repr(caught.value), repr(mam.config)]
            scripted.answers = [answer(body, status=status, cookie="NEWSECRET%3D")] * 2
            told += [repr(finding) for finding in await mam.check()]
    everything = "\n".join(told) + caplog.text
    assert "[session]" in everything
    assert "SECRETSEED" not in everything
    assert "NEWSECRET" not in everything


class _Forgetful:
    async def get(self, key: str) -> object:
        return None

    async def put(self, key: str, value: object, *, secret: bool = True) -> None:
        pass

    async def delete(self, key: str) -> None:
        pass


def test_which_cookies_count_as_new(sample: Callable[[str], Any]) -> None:
    for case in sample("set_cookie_cases.json"):
        if "host" not in case:
            found = rotated(case["set_cookie"])
            assert (None if found == case["sent"] else found) == case["expect"]["store"], case["name"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('mam_id="quoted"; path=/', "quoted"),
        ("mam_id=a%2Fb%3D%3D", "a%2Fb%3D%3D"),
        ("mam_id=; path=/", None),
        ("mam_id=deleted", None),
        ("mam_id=x; Max-Age=0", None),
        ("mam_id=x; max-age=0; path=/", None),
        ("mam_id=x; Max-Age=2592000", "x"),
        ("mam_id=x; expires=Thu, 01-Jan-1970 00:00:01 GMT", None),
        ("mam_id=x; expires=Thu, 29-Oct-2026 10:00:00 GMT", "x"),
        ("mam_id=a b", None),
        ("mam_id=a\x01b", None),
        ("xmam_id=a", None),
        ("mam_id_x=a", None),
        ("mam_id", None),
        (f"mam_id={'x' * 5000}", None),
    ],
)
def test_the_value_is_taken_verbatim_or_not_at_all(line: str, expected: str | None) -> None:
    assert rotated([line]) == expected


@pytest.mark.parametrize("written", ["  abc%2Bd \n", "mam_id=abc%2Bd", '"abc%2Bd"', "mam_id='abc%2Bd'"])
def test_what_people_copy_along_is_taken_away(written: str) -> None:
    assert MamConfig.model_validate({"session": written}).session.get_secret_value() == "abc%2Bd"


@pytest.mark.parametrize("written", ["", "mam_id=", "SECRET;path=/", "SEC\r\nRET", "SEC RET", "SEC,RET", "SEC\0RET"])
def test_what_no_cookie_may_hold_is_refused_without_telling_it(written: str) -> None:
    with pytest.raises(ValidationError) as caught:
        MamConfig.model_validate({"session": written})
    assert "SEC" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://www.myanonamouse.net", "ftp://x", "www.myanonamouse.net", "https://u:p@x.org"])
def test_the_session_may_not_travel_in_the_clear(url: str) -> None:
    with pytest.raises(ValidationError):
        MamConfig.model_validate({"session": "x", "url": url})


async def test_the_session_goes_to_the_configured_hosts_only(
    scripted: Scripted, context_for: Callable[..., Any], seed: str
) -> None:
    session = Session(MamConfig.model_validate({"session": seed}), context_for("mam", http=scripted))
    for url in (
        "https://www.myanonamouse.net.example.org/x",
        "http://www.myanonamouse.net/x",
        "https://www.myanonamouse.net:444/x",
        "https://example.org/www.myanonamouse.net",
        "https://www.myanonamouse.net@example.org/",
    ):
        with pytest.raises(ValueError, match="configured addresses"):
            await session.ask(Call(url), lambda answer: answer)
    assert scripted.sent == []
