"""Where a request comes from, and by which name it calls us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import ip_network

import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from audiobook_daemon.web.access.hosts import Hosts
from audiobook_daemon.web.access.visits import Visit, Visits, parsed_address
from audiobook_daemon.web.settings import WebSettings

PROXY, STRANGER = "172.16.0.9", "203.0.113.5"
SETTINGS = WebSettings(prefix="/books", proxies=(ip_network("172.16.0.0/12"), ip_network("::1/128")))


def visit(peer: str, headers: Sequence[tuple[str, str]] = (), settings: WebSettings = SETTINGS) -> Visit:
    request = make_mocked_request("GET", "/", headers=CIMultiDict(headers)).clone(remote=peer)
    return Visits(settings).read(request)


def test_a_stranger_is_taken_for_what_the_connection_says() -> None:
    said = [
        ("Host", "Books.Example.org:8723"),
        ("X-Forwarded-For", "10.0.0.1"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Prefix", "/evil"),
    ]
    found = visit(STRANGER, said)
    assert found == Visit(STRANGER, "books.example.org:8723", secure=False, prefix="/books")
    assert found.origin == "http://books.example.org:8723"


def test_a_trusted_proxy_is_believed() -> None:
    said = [
        ("Host", "127.0.0.1:8723"),
        ("X-Forwarded-For", STRANGER),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "books.example.org"),
        ("X-Forwarded-Prefix", "/shelf/"),
    ]
    found = visit(PROXY, said)
    assert found == Visit(STRANGER, "books.example.org", secure=True, prefix="/shelf")
    assert found.origin == "https://books.example.org"


@pytest.mark.parametrize(
    ("hops", "address"),
    [
        ("", PROXY),
        (STRANGER, STRANGER),
        (f"10.0.0.1, {STRANGER}", STRANGER),
        (f"10.0.0.1, {STRANGER}, 172.17.0.1, 172.18.0.1", STRANGER),
        (f"10.0.0.1, {STRANGER}:4711, 172.17.0.1", STRANGER),
        ("[2001:db8::1]:80", "2001:db8::1"),
        ("172.17.0.1", "172.17.0.1"),
        ("10.0.0.1, nonsense, 172.17.0.1", "172.17.0.1"),
        (", , ,", PROXY),
        (", ".join(["10.0.0.1"] * 500), "10.0.0.1"),
    ],
)
def test_who_asks_is_the_first_that_no_proxy_of_ours_answers_for(hops: str, address: str) -> None:
    assert visit(PROXY, [("X-Forwarded-For", hops)]).address == address


def test_what_was_sent_along_by_the_stranger_does_not_outweigh_the_proxy() -> None:
    said = [("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-For", STRANGER), ("X-Forwarded-Proto", "https, http")]
    found = visit(PROXY, said)
    assert (found.address, found.secure) == (STRANGER, False)


@pytest.mark.parametrize("prefix", ["//evil.example", '/"><script>', "shelf", "/a/../b?x", "/a b", "/é"])
def test_a_prefix_that_is_no_plain_path_is_not_taken(prefix: str) -> None:
    assert visit(PROXY, [("X-Forwarded-Prefix", prefix)]).prefix == "/books"


def test_a_mapped_address_is_the_one_it_stands_for() -> None:
    assert visit(f"::ffff:{STRANGER}").address == STRANGER
    assert visit(f"::ffff:{PROXY}", [("X-Forwarded-For", STRANGER)]).address == STRANGER
    assert visit("::1", [("X-Forwarded-For", STRANGER)]).address == STRANGER


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:80", "192.0.2.1"),
        ("[2001:db8::1]:80", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("books", None),
        ("", None),
        ("1.2.3", None),
        ("0x7f.1", None),
    ],
)
def test_addresses_in_numbers_are_read(text: str, found: str | None) -> None:
    address = parsed_address(text)
    assert (None if address is None else str(address)) == found


HOSTS: Mapping[str, bool] = {
    "": True,
    "127.0.0.1": True,
    "127.0.0.1:8723": True,
    "[::1]:8723": True,
    "192.168.1.20:8723": True,
    "localhost:8723": True,
    "books.localhost": True,
    "books.example.org": True,
    "books.example.org.": True,
    "books.example.org:443": True,
    "shelf": True,
    "shelf.local:8723": True,
    "example.org": False,
    "evil.books.example.org": False,
    "books.example.org.evil.example": False,
    "localhost.evil.example": False,
    "127.0.0.1.evil.example": False,
    "evil.example#localhost": False,
    "localhost@evil.example": False,
    "localhost:8723, evil.example": False,
    "localhost/evil": False,
    "localhost:port": False,
    "[::1": False,
    "[evil]": False,
    " localhost": False,
}


@pytest.mark.parametrize(("host", "known"), HOSTS.items())
def test_only_names_of_ours_are_known(host: str, known: bool) -> None:
    assert Hosts(["books.example.org"], "0.0.0.0", machine="Shelf").knows(host) is known
