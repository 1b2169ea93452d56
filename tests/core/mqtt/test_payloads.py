from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest

from audiobook_daemon.mqtt.payloads import Document, InvalidJson, InvalidPayload, decoded, encoded, moment


def test_moments_have_a_zone_and_whole_seconds() -> None:
    berlin = timezone(timedelta(hours=1))
    assert moment(datetime(2026, 11, 22, 7, 0, 0, 999_999, tzinfo=berlin)) == "2026-11-22T06:00:00+00:00"
    assert moment(None) is None


def test_every_text_is_redacted_and_bounded_at_any_depth() -> None:
    document: Document = {"a": "key=hush", "b": [{"c": "key=hush"}], "d": "x" * 5000, "e": 1.5}
    read = json.loads(encoded(document, lambda text: text.replace("hush", "***")))
    assert read["a"] == "key=***"
    assert read["b"] == [{"c": "key=***"}]
    assert len(read["d"]) == 1000
    assert read["d"].endswith("…")
    assert read["e"] == 1.5


def test_half_a_character_does_not_stop_a_document() -> None:
    assert json.loads(encoded({"title": "Bro\ud800ken"}, str)) == {"title": "Bro?ken"}


@pytest.mark.parametrize("payload", [b"", b"PRESS", b"{}", b" {} \n"])
def test_nothing_means_no_arguments(payload: bytes) -> None:
    assert decoded(payload) == {}


@pytest.mark.parametrize(
    ("payload", "word"),
    [(b"Dune", "Dune"), (b'"Dune"', "Dune"), (b"1984", "1984"), (b"true", "true"), ("Märchen".encode(), "Märchen")],
)
def test_a_bare_word_stays_text(payload: bytes, word: str) -> None:
    assert decoded(payload) == word


@pytest.mark.parametrize("payload", [b"{", b'{"a":NaN}', b"\xff\xfe", b'{"a":' * 30_000, b"[" * 60_000])
def test_what_is_no_json_is_told_so(payload: bytes) -> None:
    with pytest.raises((InvalidJson, InvalidPayload)):
        decoded(payload)


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b"[1]", "must be a JSON object"),
        (b"x" * 70_000, "65536 are allowed"),
        (b'{"a":' * 11 + b"1" + b"}" * 11, "more than 10 levels"),
        (json.dumps({"a": "x" * 1001}).encode(), "1001 characters"),
        (json.dumps({"x" * 1001: 1}).encode(), "1001 characters"),
        (b"y" * 1001, "1001 characters"),
        (b'{"a":"\\u0000"}', "NUL"),
        (b'{"a":"\\ud800"}', "surrogate"),
    ],
)
def test_what_is_too_big_or_strange_is_refused(payload: bytes, words: str) -> None:
    with pytest.raises(InvalidPayload, match=words):
        decoded(payload)
