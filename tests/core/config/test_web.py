"""The section about the HTTP server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network

import pytest

from audiobook_daemon.config import Configuration, InvalidConfiguration, Web
from audiobook_daemon.daemon.serving_web import web_of
from audiobook_daemon.web import Key, WebSettings

Configure = Callable[..., Configuration]
HASH = "scrypt$16384$8$1$c2l4dGVlbiBieXRlcy4uIQ==$VAe6amGdVBzYAfz/5HjBVcgNmZIzrkI8JqmFuRSIXG0="
SECRET, OTHER = "a-secret-of-some-length", "another-of-some-length"


def web(configure: Configure, text: str) -> Web:
    found = configure(f"web: {text}").web
    assert found is not None
    return found


def test_keys_with_and_without_names(configure: Configure) -> None:
    entries = f"{SECRET}, {{name: tablet, key: {OTHER}, scope: act}}, {{name: phone, hash: '{HASH}', scope: read}}"
    settings = web_of(web(configure, f"{{keys: [{entries}]}}"))
    assert settings.keys == (
        Key("key 1", SECRET, "admin"),
        Key("tablet", OTHER, "act"),
        Key("phone", None, "read", HASH),
    )
    for shown in (str(settings), repr(web(configure, f"{{keys: [{entries}]}}"))):
        assert not [text for text in (SECRET, OTHER, HASH) if text in shown]


def test_all_that_can_be_said_reaches_the_server(configure: Configure) -> None:
    said = (
        f'{{listen: "0.0.0.0:80", keys: [{SECRET}], prefix: /books/, hosts: [Books.example.org],'
        ' proxies: [127.0.0.1, "172.16.5.4/12", "fd00::/8"], origins: ["HTTPS://home.example.org"],'
        " session: 8h, wrong_keys: 5}"
    )
    assert web_of(web(configure, said)) == WebSettings(
        "0.0.0.0",
        80,
        (Key("key 1", SECRET),),
        "/books",
        ("books.example.org",),
        (ip_network("127.0.0.1/32"), ip_network("172.16.0.0/12"), ip_network("fd00::/8")),
        ("https://home.example.org",),
        timedelta(hours=8),
        5,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{keys: [short]}", "a key needs 16 characters or more"),
        (f"{{keys: [{'x' * 201}]}}", "a key has 200 characters at most"),
        ("{keys: [{name: tablet}]}", "needs either key or hash"),
        (f"{{keys: [{{name: tablet, key: {SECRET}, hash: '{HASH}'}}]}}", "needs either key or hash"),
        ("{keys: [{name: tablet, hash: a-hash-of-nothing}]}", "audiobook-daemon keys hash"),
        (f"{{keys: [{{name: tablet, key: {SECRET}, scope: root}}]}}", "'read', 'act' or 'admin'"),
        (f"{{keys: [{{nam: tablet, key: {SECRET}}}]}}", "did you mean name?"),
        (f"{{keys: [{{name: '<b>', key: {SECRET}}}]}}", "keys[0].name"),
        (f"{{keys: [{SECRET}, {{name: key 1, key: {OTHER}}}]}}", "two keys are called key 1"),
        (f"{{keys: [{SECRET}, {{name: tablet, key: {SECRET}}}]}}", "the same key stands there twice"),
        ("{listen: '0.0.0.0:8723'}", "needs at least one key"),
        ("{listen: '[::]:8723'}", "needs at least one key"),
        ("{listen: 'books.example.org:8723'}", "needs at least one key"),
        ("{prefix: books}", "begins with a slash"),
        ("{prefix: /api}", "has a use for itself"),
        ("{prefix: //evil.example}", "begins with a slash"),
        ("{hosts: ['https://books.example.org']}", "without port or path"),
        ("{hosts: ['*']}", "without port or path"),
        ("{proxies: [nginx]}", "in numbers"),
        ("{origins: ['*']}", "the beginning of an address"),
        ("{origins: [null]}", "origins[0]"),
        ("{origins: ['https://home.example.org/']}", "the beginning of an address"),
        ("{session: 10s}", "a minute or more"),
        ("{wrong_keys: 0}", "wrong_keys"),
    ],
)
def test_what_cannot_be_meant_is_a_mistake(configure: Configure, text: str, message: str) -> None:
    with pytest.raises(InvalidConfiguration) as error:
        configure(f"web: {text}")
    assert message in str(error.value)
    assert SECRET not in str(error.value)
