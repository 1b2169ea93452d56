"""Addresses that hold secrets, or lead where they should not."""

from __future__ import annotations

import pytest

from audiobook_plugins.prowlarr.addresses import (
    download_link,
    host_and_port,
    is_link,
    is_public,
    public_page,
    same_origin,
)


@pytest.mark.parametrize(
    "address",
    [
        "http://prowlarr:9696/1/download?apikey=SECRET&link=QUJD_-=&file=A+Book",
        "https://media.example/base/1/download?link=QUJD_-=&file=A%20Book&apikey=SECRET",
        "http://[::1]:9696/api/v1/indexer/1/download?apikey=SECRET&link=QUJD_-%3D&file=A+Book",
    ],
)
def test_of_a_link_everything_is_kept_but_the_key_and_the_host(address: str) -> None:
    link = download_link(address)
    assert link == {"indexer": "1", "link": "QUJD_-=", "file": "A Book"}
    assert is_link(link)


@pytest.mark.parametrize(
    "address",
    [
        None, 7, "", "not an address", "https://tracker.example/dl/7", "http://prowlarr/x/download?link=QUJD&file=x",
        "http://prowlarr/1/download?file=x", "http://prowlarr/1/download?link=a%2Fb&file=x", "http://prowlarr:port/1/download",
        "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567", "http://prowlarr/1/download/more?link=QUJD",
    ],
)  # fmt: skip
def test_what_is_no_link_of_prowlarr(address: object) -> None:
    assert download_link(address) is None


@pytest.mark.parametrize("parts", [{}, {"indexer": "1"}, {"indexer": "../1", "link": "QUJD", "file": "x"},
                                   {"indexer": "1", "link": "a&b", "file": "x"}])  # fmt: skip
def test_parts_that_make_no_link(parts: dict[str, str]) -> None:
    assert not is_link(parts)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.myanonamouse.net/t/900103", "https://www.myanonamouse.net/t/900103"),
        ("https://t.example/details.php?id=55&hit=1", "https://t.example/details.php?id=55&hit=1"),
        ("https://t.example/details.php?id=55&passkey=abc", "https://t.example/details.php?id=55"),
        ("https://t.example/view?torrentid=5&x=0123456789abcdef", "https://t.example/view?torrentid=5"),
        ("https://me:secret@t.example:8443/t/5#top", "https://t.example:8443/t/5"),
        ("https://t.example/torrent/7/A-Very-Long-Title-Of-An-Audiobook-Unabridged", None),
        ("https://t.example/rss/0123456789abcdef01234567/7", ""),
        ("/torrent/7", ""), ("opaque", ""), (None, ""), ("ftp://t.example/7", ""), ("https://", ""), ("http://[x", ""),
    ],
)  # fmt: skip
def test_a_page_for_people_holds_no_secret(address: object, expected: str | None) -> None:
    assert (public_page(address) or "") == (address if expected is None else expected)


def test_the_first_page_that_is_one_is_taken() -> None:
    assert public_page(None, "/relative", "https://t.example/t/1", "https://t.example/t/2") == "https://t.example/t/1"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("http://prowlarr:9696/base/1/download", True), ("HTTP://PROWLARR:9696/", True),
        ("https://prowlarr:9696/", False), ("http://prowlarr/", False), ("http://prowlarr.evil.example:9696/", False),
        ("http://prowlarr@evil.example:9696/", False), ("http://evil.example\\@prowlarr:9696/", False), ("", False),
    ],
)  # fmt: skip
def test_only_the_same_server_is_the_same(other: str, expected: bool) -> None:
    assert same_origin("http://prowlarr:9696", other) is expected


def test_only_https_leads_outside() -> None:
    assert host_and_port("https://tracker.example/dl/5?key=x") == ("tracker.example", 443)
    assert host_and_port("https://tracker.example:8443/dl") == ("tracker.example", 8443)


@pytest.mark.parametrize(
    "address",
    [
        "http://tracker.example/dl", "ftp://tracker.example", "file:///etc/passwd", "https://", "x",
        "https://me@tracker.example/", "https://a\\@b.example/", "https://tracker.example%00/",
    ],
)  # fmt: skip
def test_everything_else_leads_nowhere(address: str) -> None:
    assert host_and_port(address) is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("192.168.1.5", False), ("172.16.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:93.184.216.34", True), ("224.0.0.1", False), ("ff02::1", False),
        ("nonsense", False), ("", False),
    ],
)  # fmt: skip
def test_the_open_internet_is_none_of_our_networks(address: str, expected: bool) -> None:
    assert is_public(address) is expected
