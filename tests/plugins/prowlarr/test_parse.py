"""Releases as Prowlarr writes them, members left out, links full of secrets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from audiobook_daemon import Price, Release, Unavailable
from audiobook_plugins.prowlarr.parse import info_hash, read_release, read_releases
from audiobook_plugins.prowlarr.trackers import Tracker, read_trackers

Sample = Callable[[str], Any]
LINK = "http://prowlarr:9696/9/download?apikey=SECRET&link=QUJD&file=A+Book"
TRACKER = Tracker(9, "Somewhere", categories={3000: "Audio", 3030: "Audio/Audiobook", 100077: "Audiobooks"})


def release(**row: object) -> Release | None:
    written = {"guid": "g", "title": "A Book", "protocol": "torrent", "downloadUrl": LINK, **row}
    return read_release({name: value for name, value in written.items() if value is not None}, "prowlarr", TRACKER)


def certain(**row: object) -> Release:
    read = release(**row)
    assert read is not None
    return read


@pytest.fixture
def releases(sample: Sample) -> dict[str, Release]:
    """The releases of the sample by title, each read with its own tracker."""
    trackers = {tracker.id: tracker for tracker in read_trackers(sample("indexer.json"))}
    rows = sample("search.json")
    return {
        one.title: one
        for number, tracker in trackers.items()
        for one in read_releases([row for row in rows if row["indexerId"] == number], "prowlarr", tracker)
    }


def test_every_torrent_is_read_and_usenet_is_not(releases: dict[str, Release]) -> None:
    assert len(releases) == 8
    assert "A Princess of Mars (Unabridged)" not in releases


def test_a_release_of_mam_is_read_whole(releases: dict[str, Release], sample: Sample) -> None:
    found = releases["Barsoom, Books 1-3 by Edgar Rice Burroughs [ENG / M4B]"]
    assert replace(found, key="", extra={}) == Release(
        source="prowlarr",
        key="",
        title="Barsoom, Books 1-3 by Edgar Rice Burroughs [ENG / M4B]",
        size=1_717_986_918,
        files=3,
        audio=True,
        categories=("Audio/Audiobook",),
        seeders=12,
        leechers=0,
        snatches=15,
        price=Price.PAID,
        published=datetime(2026, 9, 14, 8, 21, 45, tzinfo=UTC),
        page="https://www.myanonamouse.net/t/900103",
        seed_ratio=1.0,
        seed_time=72 * 3600,
    )
    assert set(found.extra) == {"indexer", "link", "file"}
    assert found.extra["indexer"] == "1"
    assert found.extra["file"] == found.title


def test_nothing_of_a_release_holds_the_key(releases: dict[str, Release]) -> None:
    assert "PLACEHOLDER_API_KEY" not in repr(releases)
    assert "prowlarr:9696" not in repr(releases)


def test_a_vip_torrent_that_is_free_for_the_account_is_free(releases: dict[str, Release]) -> None:
    found = releases["VIP For A Few More Days by Anon [ENG / M4B] [VIP]"]
    assert (found.price, found.vip_only) == (Price.FREE, True)


def test_a_magnet_of_a_public_tracker(releases: dict[str, Release]) -> None:
    found = releases["Edgar Rice Burroughs - A Princess of Mars - [Audiobook] MP3 64kbps"]
    assert found.info_hash == "0123456789abcdef0123456789abcdef01234567"
    assert (found.price, found.snatches, found.files) == (Price.FREE, None, None)
    assert (found.seed_ratio, found.seed_time) == (None, None)
    assert found.extra["file"].startswith("magnet ")


def test_what_a_public_tracker_does_not_tell_is_unknown(releases: dict[str, Release]) -> None:
    found = releases["Princess.of.Mars.Unabridged.M4B-GRP"]
    assert (found.size, found.audio) == (None, None)
    assert found.page == "https://publicbay.example/torrent/777002", "a relative comment is no page"
    assert not found.extra["file"].startswith("magnet"), "a .torrent tells its files"


def test_a_private_tracker_with_seed_rules(releases: dict[str, Release]) -> None:
    found = releases["Barsoom 01-11 Complete [Audiobook Collection]"]
    assert (found.seeders, found.leechers) == (None, None)
    assert (found.seed_ratio, found.seed_time) == (1.5, 7 * 24 * 3600)
    assert (found.price, found.audio) == (Price.PAID, True)
    assert found.categories == ("Audio", "Audio/MP3", "Audiobooks")
    assert found.page == "https://general.example/details/55"


@pytest.mark.parametrize(
    "row",
    [
        {"title": None}, {"title": " "}, {"guid": None}, {"downloadUrl": None}, {"protocol": "usenet"},
        {"protocol": "unknown"}, {"protocol": None}, {"downloadUrl": "https://tracker.example/dl/7"},
        {"downloadUrl": "http://prowlarr/1/download?link=../../etc&file=x"}, {"downloadUrl": 7},
        {"downloadUrl": "http://[::1/download"},
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_no_release(row: dict[str, object]) -> None:
    assert release(**row) is None


def test_the_title_stays_as_it_is() -> None:
    assert certain(title="A.Book-(Unabridged) &amp; more\t[M4B]").title == "A.Book-(Unabridged) &amp; more [M4B]"
    assert certain(title="Half \ud800 a letter\u202e").title == "Half ? a letter"


@pytest.mark.parametrize(
    ("categories", "expected"),
    [
        ([3030], True), ([3000, 100077], True), ([3030, 3000], True), ([7020, 3030], True),
        ([3000], None), ([3010], None), ([8000], None), ([7000], None), ([], None), ([100099], None),
        ([7020], False), ([7010, 7020], False), ([2000], False), ([5040], False),
    ],
)  # fmt: skip
def test_a_category_says_whether_it_is_an_audiobook(categories: list[int], expected: bool | None) -> None:
    assert certain(categories=[{"id": number, "subCategories": []} for number in categories]).audio is expected


def test_sheet_music_is_filed_as_audiobook_and_is_none() -> None:
    tracker = replace(TRACKER, categories={100020: "Individual Sheet", 100130: "Radio - Drama"})
    row = {"guid": "g", "title": "t", "protocol": "torrent", "downloadUrl": LINK}
    for own, expected in ((100020, False), (100130, True)):
        found = read_release({**row, "categories": [{"id": 3030}, {"id": own}]}, "prowlarr", tracker)
        assert found is not None
        assert found.audio is expected


@pytest.mark.parametrize(
    ("flags", "public", "mam", "expected"),
    [
        ([], False, False, Price.UNKNOWN), (["internal"], False, False, Price.UNKNOWN),
        (["halfleech"], False, False, Price.PAID), (["FreeLeech"], False, False, Price.FREE),
        (["neutralleech"], False, False, Price.FREE), ([], False, True, Price.PAID), ([], True, False, Price.FREE),
        ("freeleech", False, False, Price.UNKNOWN), ([7, None], False, False, Price.UNKNOWN),
    ],
)  # fmt: skip
def test_the_flags_tell_the_price(flags: object, public: bool, mam: bool, expected: Price) -> None:
    row = {"guid": "g", "title": "t", "protocol": "torrent", "downloadUrl": LINK, "indexerFlags": flags}
    found = read_release(row, "prowlarr", replace(TRACKER, public=public, mam=mam))
    assert found is not None
    assert found.price is expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("0123456789ABCDEF0123456789ABCDEF01234567", "0123456789abcdef0123456789abcdef01234567"),
        ("AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT", "000102030405060708090a0b0c0d0e0f10111213"),
        ("0123", None), (None, None), (7, None), ("g" * 40, None), ("1" * 32, None),
    ],
)  # fmt: skip
def test_an_info_hash_is_forty_small_digits_or_unknown(told: object, expected: str | None) -> None:
    assert info_hash(told) == expected


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("size", -1, "size"), ("size", 0, "size"), ("size", "large", "size"), ("size", float("inf"), "size"),
        ("seeders", -5, "seeders"), ("grabs", [], "snatches"), ("files", 0, "files"),
        ("publishDate", "soon", "published"), ("publishDate", "0001-01-01T00:00:00Z", "published"),
        ("infoUrl", {}, "page"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_unknown(name: str, value: object, field: str) -> None:
    assert getattr(certain(**{name: value}), field) is None


def test_a_fraction_of_a_second_is_read() -> None:
    found = certain(publishDate="2026-09-20T23:59:59.1234567Z")
    assert found.published == datetime(2026, 9, 20, 23, 59, 59, 123456, tzinfo=UTC)


def test_a_release_is_named_the_same_every_time_and_without_secrets() -> None:
    guid = "https://tracker.example/download/7?passkey=topsecret"
    other = "http://elsewhere/9/download?apikey=OTHER&link=WFla&file=A+Book"
    one, again = certain(guid=guid), certain(guid=guid, downloadUrl=other)
    assert one.key == again.key
    assert one.key.startswith("9-")
    assert "topsecret" not in repr(one)
    assert certain(guid="another").key != one.key


def test_a_release_that_comes_twice_is_one() -> None:
    row = {"guid": "g", "title": "A Book", "protocol": "torrent", "downloadUrl": LINK}
    assert len(read_releases([row, row, {**row, "guid": "h"}], "prowlarr", TRACKER)) == 2


@pytest.mark.parametrize("document", [None, 7, "text", {}, {"message": "no"}, [1, "two", None], [[]]])
def test_what_is_no_list_of_releases_is_unavailable(document: object) -> None:
    with pytest.raises(Unavailable, match="something other than a list of releases"):
        read_releases(document, "prowlarr", TRACKER)
