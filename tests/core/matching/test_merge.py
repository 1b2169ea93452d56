from __future__ import annotations

from dataclasses import replace

from audiobook_daemon import Offer, Price, Release, SeriesPlace
from audiobook_daemon.matching.merge import merge

TRACKER = Release(
    "mam",
    "1",
    "The Tombs of Atuan",
    ("Ursula K. Le Guin",),
    narrators=("Ann Voss",),
    series=(SeriesPlace("Earthsea", "2"),),
    language="en",
    formats=("m4b",),
    size=123_456_789,
    price=Price.FREE,
    seed_time=100,
)
AGGREGATOR = Release(
    "prowlarr",
    "a",
    "The Tombs of Atuan by Ursula K. Le Guin [ENG / M4B]",
    size=123_456_789,
    seeders=7,
    price=Price.UNKNOWN,
    seed_ratio=1.0,
    seed_time=50,
    info_hash="AB" * 20,
)


def test_one_torrent_of_two_indexers_is_one_release() -> None:
    for offers in ([TRACKER, AGGREGATOR], [AGGREGATOR, TRACKER]):
        (found,) = merge(offers)
        assert (found.source, found.key, found.title, found.price) == ("mam", "1", "The Tombs of Atuan", Price.FREE)
        assert found.also == (Offer("prowlarr", "a"),)
        assert (found.seeders, found.info_hash) == (7, "AB" * 20)


def test_the_stricter_demand_on_seeding_holds() -> None:
    (found,) = merge([TRACKER, AGGREGATOR])
    assert (found.seed_ratio, found.seed_time) == (1.0, 100)


def test_the_same_hash_is_the_same_torrent_whatever_the_titles() -> None:
    renamed = replace(TRACKER, title="Atuan", size=None, info_hash="ab" * 20)
    assert len(merge([renamed, AGGREGATOR])) == 1
    other = replace(TRACKER, info_hash="cd" * 20)
    assert len(merge([other, AGGREGATOR])) == 2


def test_torrents_of_one_size_with_other_titles_or_authors_or_of_one_indexer_are_different() -> None:
    for other in (
        replace(AGGREGATOR, title="The Farthest Shore by Ursula K. Le Guin"),
        replace(AGGREGATOR, authors=("Somebody Else",)),
        replace(AGGREGATOR, size=123_456_788),
        replace(AGGREGATOR, source="mam"),
    ):
        assert merge([TRACKER, other]) == (TRACKER, other)


def test_an_offer_that_comes_twice_counts_once_and_merging_again_changes_nothing() -> None:
    once = merge([TRACKER, AGGREGATOR, TRACKER, replace(TRACKER, key="2", size=5)])
    assert len(once) == 2
    assert merge(once) == once
