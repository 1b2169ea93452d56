"""The same torrent from several indexers is one release; two torrents never are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.matching.merge import merge, tracker_page
from audiobook_daemon.models import Offer, Price, Release, SeriesPlace

HASH = "0123456789abcdef0123456789abcdef01234567"
PAGE = "https://www.myanonamouse.net/t/900103"

NATIVE = Release(
    "mam",
    "900103",
    "A Princess of Mars",
    authors=("Edgar Rice Burroughs",),
    narrators=("Wade Hollister",),
    series=(SeriesPlace("Barsoom", "1"),),
    language="en",
    formats=("m4b",),
    size=1_717_986_000,
    audio=True,
    seeders=12,
    price=Price.PAID,
    page=PAGE,
    extra={"tid": "900103"},
)
TEXT = Release(
    "prowlarr",
    "1-abc",
    "A Princess of Mars by Edgar Rice Burroughs [ENG / M4B]",
    size=1_717_000_000,
    audio=True,
    seeders=13,
    snatches=15,
    price=Price.FREE,
    published=datetime(2026, 9, 14, tzinfo=UTC),
    page=PAGE,
    info_hash=HASH,
    seed_ratio=1.0,
    seed_time=72 * 3600,
    extra={"indexer": "1", "link": "QUJD", "file": "A Princess of Mars"},
)


def test_the_native_release_stays_and_is_filled_in() -> None:
    (merged,) = merge([TEXT, NATIVE])
    assert merged == replace(
        NATIVE,
        snatches=15,
        published=TEXT.published,
        info_hash=HASH,
        seed_ratio=1.0,
        seed_time=72 * 3600,
        also=(Offer("prowlarr", "1-abc", TEXT.extra),),
    )


def test_even_a_native_release_that_knows_little_stays() -> None:
    little = Release("mam", "900103", "A Princess of Mars", authors=("Edgar Rice Burroughs",), page=PAGE)
    (merged,) = merge([TEXT, little])
    assert (merged.source, merged.size, merged.price) == ("mam", TEXT.size, Price.FREE)


def test_the_same_hash_is_the_same_torrent_wherever_it_is() -> None:
    other = replace(TEXT, source="books", page="https://elsewhere.example/view?id=7", info_hash=HASH.upper())
    assert len(merge([TEXT, other])) == 1


def test_another_hash_is_another_torrent_even_on_the_same_page() -> None:
    assert len(merge([TEXT, replace(TEXT, key="2", info_hash="f" * 40)])) == 2


def test_a_page_that_shows_two_torrents_names_neither() -> None:
    releases = [TEXT, replace(TEXT, key="2", info_hash="f" * 40), replace(TEXT, key="3", info_hash=None)]
    assert merge(releases) == tuple(releases)


def test_what_two_know_together_names_a_third() -> None:
    by_hash = replace(TEXT, source="bay", page=None)
    by_page = replace(NATIVE, source="books")
    (merged,) = merge([by_hash, by_page, TEXT])
    assert merged.source == "books"
    assert [offer.source for offer in merged.also] == ["bay", "prowlarr"]


def test_a_title_is_no_proof() -> None:
    assert len(merge([replace(TEXT, page=None, info_hash=None), replace(NATIVE, page=None)])) == 2
    assert len(merge([TEXT, replace(NATIVE, page=f"{PAGE}4")])) == 2


@pytest.mark.parametrize(
    ("native", "prowlarr", "expected"),
    [
        ((None, None), (1.0, 100), (1.0, 100)), ((1.5, 50), (1.0, 100), (1.5, 100)),
        ((None, 200), (1.0, None), (1.0, 200)), ((None, None), (None, None), (None, None)),
    ],
)  # fmt: skip
def test_the_stricter_seed_rules_hold(
    native: tuple[float | None, int | None],
    prowlarr: tuple[float | None, int | None],
    expected: tuple[float | None, int | None],
) -> None:
    (merged,) = merge(
        [
            replace(NATIVE, seed_ratio=native[0], seed_time=native[1]),
            replace(TEXT, seed_ratio=prowlarr[0], seed_time=prowlarr[1]),
        ]
    )
    assert (merged.seed_ratio, merged.seed_time) == expected


def test_a_no_is_an_answer_and_is_not_filled_in() -> None:
    (merged,) = merge([replace(NATIVE, audio=False, seeders=0, abridged=False), replace(TEXT, abridged=True)])
    assert (merged.audio, merged.seeders, merged.abridged) == (False, 0, False)


def test_a_vip_torrent_stays_one() -> None:
    (merged,) = merge([NATIVE, replace(TEXT, vip_only=True)])
    assert merged.vip_only


def test_releases_stay_in_their_places() -> None:
    first, last = Release("mam", "1", "First"), Release("mam", "9", "Last")
    assert [one.key for one in merge([first, TEXT, last, NATIVE])] == ["1", "900103", "9"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, "http://myanonamouse.net/t/900103/"), (PAGE, "https://WWW.MyAnonamouse.net:443/t/900103"),
        ("https://bay.example/torrent/7/some-title", "https://bay.example/torrent/7"),
        ("http://127.0.0.1:8000/t/5", "http://127.0.0.1:8000/t/5#top"),
    ],
)  # fmt: skip
def test_the_same_page_is_written_in_several_ways(one: str, other: str) -> None:
    assert tracker_page(one) == tracker_page(other) is not None


@pytest.mark.parametrize(
    "other",
    [
        "https://www.myanonamouse.net/t/9001030", "https://www.myanonamouse.net/torrent/900103",
        "https://myanonamouse.example/t/900103", "https://www.myanonamouse.net:8443/t/900103",
    ],
)  # fmt: skip
def test_another_page_is_another(other: str) -> None:
    assert tracker_page(other) != tracker_page(PAGE)


@pytest.mark.parametrize(
    "address",
    [
        None, "", "https://tracker.example/", "https://tracker.example/torrents.php?id=7", "https://tracker.example/t/",
        "https://tracker.example/t/seven", "https://tracker.example/t/5?torrentid=6", "/t/5", "https://[/t/5", "t/5",
    ],
)  # fmt: skip
def test_a_page_of_several_torrents_names_none(address: str | None) -> None:
    assert tracker_page(address) is None


_RELEASES = st.lists(
    st.builds(
        Release,
        source=st.sampled_from(["a", "b", "c"]),
        key=st.sampled_from(["1", "2", "3", "4"]),
        title=st.sampled_from(["x", "y"]),
        authors=st.sampled_from([(), ("A",), ("B",)]),
        size=st.sampled_from([None, 1, 2]),
        audio=st.sampled_from([None, True, False]),
        price=st.sampled_from(Price),
        vip_only=st.booleans(),
        seed_ratio=st.sampled_from([None, 1.0, 2.0]),
        page=st.sampled_from([None, "https://t.example/t/1", "https://t.example/t/2", "https://t.example/"]),
        info_hash=st.sampled_from([None, "a" * 40, "b" * 40, "A" * 40]),
        extra=st.sampled_from([{}, {"tid": "1"}]),
    ),
    max_size=6,
    unique_by=lambda one: (one.source, one.key),
)


@given(_RELEASES)
def test_merging_again_changes_nothing_and_no_name_is_lost(releases: list[Release]) -> None:
    merged = merge(releases)
    assert merge(merged) == merged
    assert Counter(name for release in merged for name in names(release)) == Counter(
        (one.source, one.key) for one in releases
    )
    for release in merged:
        known = {one.info_hash.lower() for one in releases if one.info_hash and _is_in(one, release)}
        assert len(known) <= 1, "two hashes are two torrents"


@given(_RELEASES.filter(lambda releases: len(releases) < 5))
def test_what_comes_out_does_not_depend_on_the_order(releases: list[Release]) -> None:
    expected = sorted(map(repr, merge(releases)))
    for order in permutations(releases):
        assert sorted(map(repr, merge(order))) == expected


def names(release: Release) -> list[tuple[str, str]]:
    return [(release.source, release.key), *((offer.source, offer.key) for offer in release.also)]


def _is_in(one: Release, merged: Release) -> bool:
    return (one.source, one.key) in names(merged)
