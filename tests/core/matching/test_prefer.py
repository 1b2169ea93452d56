from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audiobook_daemon import Book, Price, Release, Wish
from audiobook_daemon.matching import Preference
from audiobook_daemon.matching.prefer import behind, sort_key

WISH = Wish(Book("The Time Machine", ("H. G. Wells",)), narrators=("Bo Voice", "Ada Reader"), runtimes=(10_000.0,))
OFFER = Release("mam", "1", "The Time Machine", ("H. G. Wells",), formats=("m4b",), bitrate=128, seeders=10)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"narrators": ("Voice, Bo",)}, {"narrators": ("Ada Reader",)}),
        ({"narrators": ("Ada Reader",)}, {"narrators": ("Somebody Else",)}),
        ({}, {"abridged": True}),
        ({}, {"dramatised": True}),
        ({}, {"formats": ("mp3",)}),
        ({"formats": ("mp3", "m4b")}, {"formats": ("flac",)}),
        ({"bitrate": 192}, {"bitrate": 96}),
        ({"bitrate": 96}, {"bitrate": 64}),
        ({"bitrate": 320}, {"bitrate": 64}),
        ({"bitrate": 64}, {"bitrate": None}),
        ({"bitrate": None}, {"bitrate": 32}),
        ({"bitrate": None, "size": 160_000_000}, {"bitrate": None, "size": 60_000_000}),
        ({"price": Price.FREE}, {"price": Price.UNKNOWN}),
        ({"price": Price.UNKNOWN}, {"price": Price.PAID}),
        ({"seeders": 3}, {"seeders": 1}),
        ({"files": 1}, {"files": 40}),
        ({"files": 40}, {}),
        ({"published": datetime(2024, 5, 1, tzinfo=UTC)}, {"published": datetime(2020, 5, 1, tzinfo=UTC)}),
        ({"seeders": 500}, {"seeders": 400}),
    ],
)
def test_each_criterion_tells_the_dearer_recording(better: dict[str, object], worse: dict[str, object]) -> None:
    good, bad = replace(OFFER, **better), replace(OFFER, **worse)  # type: ignore[arg-type]
    assert sort_key(WISH, good, Preference()) < sort_key(WISH, bad, Preference())


def test_the_first_criterion_outweighs_all_that_follow() -> None:
    wished = replace(OFFER, narrators=("Bo Voice",), formats=("mp3",), bitrate=32, price=Price.PAID, seeders=1)
    other = replace(OFFER, narrators=("Ada Reader",), price=Price.FREE, seeders=900)
    assert sort_key(WISH, wished, Preference()) < sort_key(WISH, other, Preference())


def test_the_order_of_the_criteria_can_be_chosen() -> None:
    loud = replace(OFFER, formats=("mp3",), bitrate=128)
    quiet = replace(OFFER, formats=("m4b",), bitrate=48)
    assert sort_key(WISH, quiet, Preference()) < sort_key(WISH, loud, Preference())
    by_bitrate = Preference(order=("bitrate", "format"))
    assert sort_key(WISH, loud, by_bitrate) < sort_key(WISH, quiet, by_bitrate)


def test_enough_seeders_are_enough() -> None:
    few, many = replace(OFFER, seeders=12, files=1), replace(OFFER, seeders=900, files=30)
    assert sort_key(WISH, few, Preference()) < sort_key(WISH, many, Preference())


def test_dear_narrators_languages_and_editions_of_the_configuration_count() -> None:
    wish = replace(WISH, narrators=())
    taste = Preference(narrators=("Ada Reader",), languages=("de", "en"), editions=("anniversary",))
    for good, bad in [
        ({"narrators": ("Ada Reader",)}, {"narrators": ("Bo Voice",)}),
        ({"title": "The Time Machine (50th Anniversary Edition)"}, {}),
        ({"language": "de"}, {"language": "en"}),
        ({"language": "en"}, {}),
    ]:
        first, second = replace(OFFER, **good), replace(OFFER, **bad)  # type: ignore[arg-type]
        assert sort_key(wish, first, taste) < sort_key(wish, second, taste)


def test_it_says_why_a_recording_stands_behind() -> None:
    assert behind(WISH, replace(OFFER, formats=("mp3",)), OFFER, Preference()) == "mp3 is behind m4b"
    assert behind(WISH, replace(OFFER, bitrate=64), OFFER, Preference()) == "64 kbit/s is behind 128 kbit/s"
    assert behind(WISH, OFFER, replace(OFFER, formats=("mp3",)), Preference()) is None
    assert behind(WISH, OFFER, OFFER, Preference()) is None


def test_an_unknown_criterion_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no criterion is called colour"):
        Preference(order=("format", "colour"))
