from __future__ import annotations

from dataclasses import replace

import pytest

from audiobook_daemon import Book, Price, Release, SeriesPlace, Stance, Verdict, Wish
from audiobook_daemon.matching import Choice, GateRules, Rules, choose, is_same_book

BOOK = Book("The Time Machine", ("H. G. Wells",), language="en")
WISH = Wish(BOOK, origin="top10")
GOOD = Release(
    "mam",
    "1",
    "The Time Machine",
    ("H.G. Wells",),
    narrators=("Ada Reader",),
    language="en",
    formats=("m4b",),
    size=200_000_000,
    bitrate=128,
    audio=True,
    seeders=10,
)


def choice(*releases: Release, wish: Wish = WISH) -> Choice:
    return choose(wish, releases, Rules(GateRules()))


def test_the_book_itself_is_chosen() -> None:
    found = choice(GOOD)
    assert found.code == "chosen"
    assert found.chosen is not None
    assert found.chosen.release is GOOD


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"audio": False}, "not_audio"),
        ({"formats": ("epub",), "audio": None}, "not_audio"),
        ({"language": "de"}, "language"),
        ({"abridged": True}, "abridged"),
        ({"title": "The Time Machine (Abridged)", "abridged": None}, "abridged"),
        ({"title": "The Time Machine [Dramatized Adaptation]"}, "dramatised"),
        ({"series": (SeriesPlace("Wells", "1-3"),)}, "pack"),
        ({"size": 10}, "size"),
        ({"size": 99_000_000_000}, "size"),
        ({"seeders": 0}, "no_seeders"),
        ({"title": "The War of the Worlds"}, "other_title"),
        ({"authors": ("Stephen Baxter",)}, "other_author"),
    ],
)
def test_what_is_not_wanted_is_refused_with_its_code(change: dict[str, object], code: str) -> None:
    found = choice(replace(GOOD, **change))  # type: ignore[arg-type]
    assert found.code == "no_release"
    assert found.chosen is None
    assert code in [verdict.code for verdict in found.candidates[0].verdicts if verdict.stance is Stance.VETO]


def test_unabridged_is_not_abridged() -> None:
    assert choice(replace(GOOD, title="The Time Machine (Unabridged)", tags="unabridged, 2010")).code == "chosen"


def test_another_volume_of_the_series_is_refused() -> None:
    wish = Wish(replace(BOOK, series=(SeriesPlace("Machines", "1"),)))
    second = replace(GOOD, series=(SeriesPlace("Machines", "02"),))
    assert choice(second, wish=wish).code == "no_release"
    assert choice(replace(second, series=(SeriesPlace("Machines", "01"),)), wish=wish).code == "chosen"


def test_a_release_without_an_author_needs_a_person() -> None:
    found = choice(replace(GOOD, authors=()))
    assert found.code == "doubtful"
    assert found.chosen is None
    assert "author" in found.reason


def test_unexplained_words_need_a_person() -> None:
    assert choice(replace(GOOD, title="The Time Machine and Other Stories")).code == "doubtful"


def test_a_short_title_inside_another_is_another_book() -> None:
    wish = Wish(Book("It", ("Stephen King",)))
    other = replace(GOOD, title="If It Bleeds", authors=("Stephen King",))
    assert choice(other, wish=wish).code == "no_release"


def test_two_volumes_of_one_name_are_ambiguous() -> None:
    first = replace(GOOD, key="1", series=(SeriesPlace("Machines", "1"),))
    second = replace(GOOD, key="2", series=(SeriesPlace("Machines", "2"),))
    found = choice(first, second)
    assert found.code == "ambiguous"
    assert found.chosen is None


def test_nothing_found_and_nothing_fitting_are_told_apart() -> None:
    assert choice().reason == "Nobody offers it."
    assert "10 seeders" not in choice(replace(GOOD, seeders=0)).reason


def test_a_blocked_release_is_not_taken_again() -> None:
    other = replace(GOOD, key="2", seeders=1)
    found = choose(WISH, [GOOD, other], Rules(), blocked={("mam", "1")})
    assert found.chosen is not None
    assert found.chosen.release.key == "2"


def test_a_veto_of_a_policy_wins() -> None:
    veto = Verdict("no_slots", Stance.VETO, "no slot is free", "budget")
    found = choose(WISH, [GOOD], Rules(), judged=[(("mam", "1"), veto)])
    assert found.code == "no_release"
    assert "no slot is free" in found.reason


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"narrators": ("Bo Voice",)}, {}),
        ({}, {"formats": ("mp3",), "seeders": 999}),
        ({"bitrate": 128}, {"bitrate": 32, "seeders": 999}),
        ({"price": Price.FREE}, {"price": Price.PAID, "seeders": 999}),
        ({"seeders": 20}, {"seeders": 2}),
    ],
)
def test_taste_decides_among_releases_of_the_same_book(better: dict[str, object], worse: dict[str, object]) -> None:
    wish = Wish(BOOK, narrators=("Voice, Bo",))
    good = replace(GOOD, key="good", **better)  # type: ignore[arg-type]
    bad = replace(GOOD, key="bad", **worse)  # type: ignore[arg-type]
    for releases in ((good, bad), (bad, good)):
        found = choice(*releases, wish=wish)
        assert found.chosen is not None
        assert found.chosen.release.key == "good"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Book("Time Machine", ("Wells, H. G.",)), True),
        (Book("The Time Machine: An Invention", ("H.G. Wells", "Somebody")), True),
        (Book("Other", ("Else",), asin="B000000001"), False),
        (Book("The Time Machine", ("H. G. Wells",), language="de"), False),
        (Book("The Time Machine"), False),
        (Book("The Time Machines", ("H. G. Wells",)), False),
    ],
)
def test_owned_books_are_recognised(other: Book, same: bool) -> None:
    assert is_same_book(BOOK, other) is same


def test_an_id_in_common_is_enough_and_another_place_in_the_series_is_not() -> None:
    one = Book("One", ("A",), asin="B000000001")
    assert is_same_book(one, Book("Anything", asin="B000000001"))
    first = Book("Saga", ("A",), series=(SeriesPlace("S", "1"),))
    assert not is_same_book(first, Book("Saga", ("A",), series=(SeriesPlace("S", "2"),)))


def test_a_later_volume_of_a_series_called_like_the_title_is_not_guessed() -> None:
    wish = Wish(Book("The Wandering Inn", ("pirateaba",)))
    second = replace(
        GOOD, title="The Wandering Inn: Book 2", authors=("pirateaba",), series=(SeriesPlace("The Wandering Inn", "2"),)
    )
    assert choice(second, wish=wish).code != "chosen"
    bare = replace(second, title="The Wandering Inn")
    assert choice(bare, wish=wish).code == "doubtful"
    first = replace(
        second, key="first", title="The Wandering Inn: Book 1", series=(SeriesPlace("The Wandering Inn", "1"),)
    )
    found = choice(first, wish=wish)
    assert found.chosen is not None
    assert found.chosen.release.key == "first"


def test_a_volume_that_cannot_be_had_still_warns_of_the_other() -> None:
    first = replace(GOOD, key="1", series=(SeriesPlace("Machines", "1"),), seeders=0)
    second = replace(GOOD, key="2", series=(SeriesPlace("Machines", "2"),))
    assert choice(first, second).code == "ambiguous"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Book("Mistborn: The Final Empire", ("B S",)), Book("Mistborn: The Well of Ascension", ("B S",)), False),
        (Book("Star Wars: Heir", ("T Z",)), Book("Star Wars", ("T Z",), subtitle="Dark Force"), False),
        (Book("Star Wars: Heir", ("T Z",)), Book("Star Wars", ("T Z",), subtitle="Heir"), True),
        (Book("Frankenstein: Or, the Modern Prometheus", ("M S",)), Book("Frankenstein", ("M S",)), True),
        (Book("Dune", ("F H",)), Book("Dune", ("F H",), subtitle="A Novel"), True),
    ],
)
def test_what_follows_the_colon_tells_volumes_apart(one: Book, other: Book, same: bool) -> None:
    assert is_same_book(one, other) is same
    assert is_same_book(other, one) is same
