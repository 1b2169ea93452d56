"""Better is what is surely better by the configured preference; nothing is guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiobook_daemon.matching import Preference, could_be_better, why_better
from audiobook_daemon.models import Book, Price, Release, Wish

WISH = Wish(Book("Emma", ("Jane Austen",)), narrators=("Juliet Stevenson", "Nadia May"), runtimes=(60_000.0,))
OWNED = Release("shelves", "i1", "Emma", formats=("mp3",), bitrate=64, narrators=("Nadia May",))
USUAL = Preference()


@pytest.mark.parametrize(
    ("offer", "why"),
    [
        ({"narrators": ("Juliet Stevenson",)}, "Juliet Stevenson instead of Nadia May"),
        ({"narrators": ("Juliet Stevenson",), "bitrate": 32}, "Juliet Stevenson instead of Nadia May"),
        ({"formats": ("m4b",)}, "m4b instead of mp3"),
        ({"formats": ("m4b",), "bitrate": 32}, "m4b instead of mp3"),
        ({"bitrate": 128}, "128 kbit/s instead of 64 kbit/s"),
        ({"bitrate": None, "size": 60_000 * 16_000}, "128 kbit/s instead of 64 kbit/s"),
    ],
)
def test_the_weightiest_difference_makes_it_better(offer: dict[str, object], why: str) -> None:
    assert why_better(WISH, replace(OWNED, **offer), OWNED, USUAL) == why  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "offer",
    [
        {},
        {"price": Price.FREE, "seeders": 900, "files": 1, "language": "en"},
        {"title": "Emma, the anniversary edition"},
        {"bitrate": 65},
        {"bitrate": None},
        {"formats": ()},
        {"formats": ("flac",), "bitrate": 128},
        {"narrators": ("Somebody Else",), "formats": ("m4b",), "bitrate": 128},
        {"narrators": (), "formats": ("m4b",)},
        {"abridged": True, "formats": ("m4b",)},
        {"dramatised": True, "formats": ("m4b",)},
    ],
)
def test_what_is_equal_worse_or_unknown_is_not_better(offer: dict[str, object]) -> None:
    preference = replace(USUAL, editions=("anniversary",))
    assert why_better(WISH, replace(OWNED, **offer), OWNED, preference) is None  # type: ignore[arg-type]


def test_whole_instead_of_abridged_is_better_where_both_say_so() -> None:
    abridged = replace(OWNED, abridged=True)
    assert (
        why_better(WISH, replace(OWNED, abridged=False), abridged, USUAL) == "another edition instead of an abridgement"
    )
    assert why_better(WISH, replace(OWNED, abridged=None), abridged, USUAL) is None


def test_against_an_unknown_bitrate_nothing_is_better() -> None:
    assert why_better(WISH, replace(OWNED, bitrate=128), replace(OWNED, bitrate=None), USUAL) is None


def test_what_the_preference_leaves_out_decides_nothing() -> None:
    assert why_better(WISH, replace(OWNED, formats=("m4b",)), OWNED, Preference(order=("bitrate", "age"))) is None


@pytest.mark.parametrize(
    ("owned", "could"),
    [
        ({"narrators": ("Juliet Stevenson",), "formats": ("m4b",), "bitrate": 128}, False),
        ({"narrators": (), "formats": ("m4b",), "bitrate": 128}, False),
        ({"narrators": ("Juliet Stevenson",), "formats": ("mp3",), "bitrate": 128}, True),
        ({"narrators": ("Juliet Stevenson",), "formats": ("m4b",), "bitrate": 64}, True),
        ({"narrators": ("Nadia May",), "formats": ("m4b",), "bitrate": 128}, True),
        ({"narrators": (), "formats": ("m4b",), "bitrate": 128, "abridged": True}, True),
    ],
)
def test_nobody_is_asked_about_a_book_that_cannot_be_better(owned: dict[str, object], *, could: bool) -> None:
    assert could_be_better(WISH, replace(OWNED, **owned), USUAL) is could  # type: ignore[arg-type]
