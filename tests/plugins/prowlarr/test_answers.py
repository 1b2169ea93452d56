"""Error bodies: arrays, objects, nothing, XML, and web pages of whoever stands before Prowlarr."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from audiobook_daemon import AuthFailed, HttpAnswer, PluginError, Unavailable
from audiobook_plugins.prowlarr.answers import read_json, words_of

Answer = Callable[..., HttpAnswer]
EXPECTED: dict[str, tuple[type[PluginError], str]] = {
    "wrong or missing key": (AuthFailed, "refused the API key"),
    "starting up": (Unavailable, "Prowlarr is starting up, please try again later"),
    "all selected indexers unavailable": (Unavailable, "all selected indexers being unavailable"),
    "grab, validation array": (Unavailable, "'Guid' must not be empty"),
    "grab, cache expired": (Unavailable, "try searching again"),
    "grab, tracker failed": (Unavailable, "Getting release from indexer failed"),
    "grab, no client in Prowlarr": (Unavailable, "isn't configured yet"),
    "unknown indexer id": (Unavailable, "Indexer Not Found"),
    "reverse proxy": (Unavailable, "Bad Gateway"),
    "login portal with 200": (Unavailable, "a web page instead of JSON"),
}


def test_every_refusal_of_the_samples_is_a_sentence(answer: Answer, sample: Callable[[str], Any]) -> None:
    cases = sample("api_error_cases.json")
    assert {case["name"] for case in cases} == set(EXPECTED)
    for case in cases:
        expected, words = EXPECTED[case["name"]]
        with pytest.raises(expected, match=words) as caught:
            read_json(answer(case["body"], case["status"]))
        assert "stack trace" not in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", ""), ("[]", ""), ("{}", ""), ("null", ""), ("7", ""),
        ('[{"errorMessage": "A."}, {"message": "B"}, 7]', "A.; B"),
        ('{"message": "<b>at</b> https://t.example/dl?passkey=SECRET now"}', "<b>at</b> <address> now"),
        ("<html><style>p{}</style><p>Bad &amp; worse</p>", "Bad & worse"),
        ("<error code='5' description='It is &quot;gone&quot;.'/>", 'It is "gone"'),
        ("bell \x07 and\nline", "bell and line"), ("x" * 10_000, "x" * 200), ("[" * 100_000, "[" * 200),
        ("magnet:?xt=urn:btih:abc is none", "<address> is none"),
    ],
)  # fmt: skip
def test_words_are_plain_short_and_hold_no_address(answer: Answer, body: str, expected: str) -> None:
    assert words_of(answer(body, 500)) == expected


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_is_no_answer(answer: Answer, status: int) -> None:
    with pytest.raises(Unavailable, match="leads elsewhere"):
        read_json(answer(status=status, location="/login"))
