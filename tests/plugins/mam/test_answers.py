"""What an answer means: a dead session, a fault of the site, a refusal, or data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from audiobook_daemon import AuthFailed, HttpAnswer, PluginError, Refused, Unavailable
from audiobook_plugins.mam.account import read_account
from audiobook_plugins.mam.answers import SessionEnded, read_download, read_json

Make = Callable[..., HttpAnswer]

OUTCOMES: dict[str, tuple[type[PluginError], str]] = {
    "auth_invalid": (SessionEnded, "Create a new API session"),
    "auth_ip_mismatch": (AuthFailed, "IP mismatch.*Call from the address"),
    "auth_asn_mismatch": (AuthFailed, "ASN mismatch.*Manage session"),
    "auth_missing": (SessionEnded, "Create a new API session"),
    "auth_other": (AuthFailed, "Create a new API session"),
    "session_type_wrong": (AuthFailed, "Incorrect session type"),
    "rate_limited": (Unavailable, "fewer"),
    "unavailable": (Unavailable, "status 502"),
    "download_frozen": (Unavailable, "frozen downloads.*1 d 2 h 4 min"),
    "refused_vip": (Refused, "VIP"),
    "ip_not_registered": (AuthFailed, r"Unrecognized host/PassKey.*Register it on the site"),
    "gone": (Refused, "gone"),
    "malformed": (Unavailable, "maintenance"),
}


def test_every_failure_of_a_call(sample: Callable[[str], Any], answer: Make) -> None:
    for case in sample("http_failures.json"):
        told, expected = case["response"], case["expect"]
        given = answer(told["body"], status=told["status"], headers=told["headers"])
        kind, words = OUTCOMES[expected["outcome"]]
        with pytest.raises(kind, match=words) as caught:
            read_json(given)
        assert isinstance(caught.value, SessionEnded) == (expected["outcome"] == "auth_invalid"), case["name"]
        if isinstance(caught.value, Unavailable):
            assert caught.value.retry_after == expected.get("retry_after_s")


def test_every_refusal_of_a_download(sample: Callable[[str], Any], answer: Make) -> None:
    for case in sample("download_refusals.json"):
        body = sample(case["body_file"]) if "body_file" in case else case["body"]
        kind, words = OUTCOMES[case["expect"]["outcome"]]
        with pytest.raises(kind, match=words) as caught:
            read_download(answer(body, status=case["status"], headers=case["headers"]))
        wait = case["expect"].get("wait_s", case["expect"].get("retry_after_s"))
        if wait is not None:
            assert isinstance(caught.value, Unavailable)
            assert caught.value.retry_after == wait
        if isinstance(caught.value, Refused):
            assert caught.value.code == {"refused_vip": "vip_only", "gone": "gone"}[case["expect"]["outcome"]]


def test_every_refusal_to_set_the_address(sample: Callable[[str], Any], answer: Make) -> None:
    refused = [case for case in sample("dynamic_seedbox_cases.json") if case["status"] == 403]
    assert refused
    for case in refused:
        kind, words = OUTCOMES[case["expect"]["outcome"]]
        with pytest.raises(kind, match=words):
            read_json(answer(case["body"], status=403))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 200),
        (b" \n", 200),
        (b"<!DOCTYPE html><title>Login | My Anonamouse</title><input type='password'>", 200),
        (b"<html><body>Something new</body></html>", 200),
        (b"Error, you are not signed in <br />Other error", 200),
        (b"Invalid session", 200),
        (b"", 302),
    ],
)
def test_the_faces_of_a_dead_session(answer: Make, body: bytes, status: int) -> None:
    with pytest.raises(SessionEnded, match="Create a new API session on the site"):
        read_json(answer(body, status=status))


@pytest.mark.parametrize(
    ("body", "status", "headers"),
    [
        (b"<html><h1>Back soon: maintenance</h1></html>", 200, {}),
        (b"<html><h1>Back soon: maintenance</h1></html>", 503, {"Retry-After": "120"}),
        (b"<br /><b>Warning</b>: mysqli_connect(): too many connections in /var/www", 200, {}),
        (b'{"perpage": 20, "data": [{"id": 1, "ti', 200, {}),
        (b'{"perpage"', 200, {}),
        (b"[1, 2", 200, {}),
        (b"no data", 200, {}),
        (b"Internal Server Error", 500, {}),
        (b"", 504, {}),
        (b"Not Found", 404, {}),
        (b"", 302, {"Location": "https://status.example.org/"}),
    ],
)
def test_the_site_s_own_faults_are_no_dead_session(
    answer: Make, body: bytes, status: int, headers: dict[str, str]
) -> None:
    with pytest.raises(Unavailable) as caught:
        read_json(answer(body, status=status, headers=headers))
    assert caught.value.retry_after == (120 if headers.get("Retry-After") else None)


def test_data_in_a_page_called_html_is_data(answer: Make) -> None:
    assert read_json(answer(b'\xef\xbb\xbf {"a": 1}', headers={"Content-Type": "text/html"})) == {"a": 1}


def test_a_cut_sample_is_a_fault_of_the_site(sample: Callable[[str], Any], answer: Make) -> None:
    with pytest.raises(Unavailable, match="broken or cut"):
        read_json(answer(sample("search_truncated.txt")))


@pytest.mark.parametrize("body", [b"database is down", b"d", b"data: none", b"\x1f\x8b..."])
def test_what_only_begins_like_a_torrent_is_none(answer: Make, body: bytes) -> None:
    with pytest.raises(Unavailable, match="instead of the torrent"):
        read_download(answer(body))


def test_a_freeze_without_days_and_one_without_a_time(answer: Make) -> None:
    text = "Attempted to Download Past Unsatisfied limit. Time Till Download Allowed: 23:46:38"
    with pytest.raises(Unavailable) as caught:
        read_download(answer(text, status=403))
    assert caught.value.retry_after == 23 * 3600 + 46 * 60 + 38
    with pytest.raises(Unavailable) as caught:
        read_download(answer("Attempted to Download Past Unsatisfied limit."))
    assert caught.value.retry_after is None


def test_too_many_downloads_wait_half_a_minute_unless_told_otherwise(answer: Make) -> None:
    for headers, wait in (({}, 30), ({"Retry-After": "7"}, 7)):
        with pytest.raises(Unavailable) as caught:
            read_download(answer(b"", status=429, headers=headers))
        assert caught.value.retry_after == wait


def test_a_site_cannot_forge_log_lines(answer: Make) -> None:
    with pytest.raises(AuthFailed) as caught:
        read_json(answer("Bad\r\n2026-01-01 INFO all is well \x1b[31m\u202e<b>x</b>" + "y" * 9000, status=403))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 700


@pytest.mark.parametrize("document", [[], ["x"], "Error", 3, None, {}, {"uid": 1}, {"username": None}])
def test_an_account_without_a_name_is_nobody_s(document: object) -> None:
    with pytest.raises(SessionEnded):
        read_account(document)


@pytest.mark.parametrize("name", ["jsonload_summary_nested.json", "jsonload_summary_flat.json"])
def test_both_shapes_of_the_account(sample: Callable[[str], Any], name: str) -> None:
    account = read_account(sample(name))
    assert (account.rank, account.ratio, account.unsatisfied, account.limit) == ("Power User", 4.217, 63, 100)
    assert (account.connectable, account.hit_and_runs, account.wedges) == (True, 0, 3)


def test_an_account_at_its_limit(sample: Callable[[str], Any]) -> None:
    account = read_account(sample("jsonload_at_limit.json"))
    assert (account.unsatisfied, account.limit, account.hit_and_runs, account.connectable) == (20, 20, 2, False)
    assert account.vip_until is None


def test_odd_numbers_do_not_spoil_the_account() -> None:
    account = read_account({"username": 12345, "ratio": "Inf.", "seedbonus": "26512.091", "snatch_summary": []})
    assert (account.username, account.ratio, account.points) == ("12345", None, 26512)
    assert (account.unsatisfied, account.limit) == (None, None)
