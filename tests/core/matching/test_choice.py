from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook_daemon import Book, Offer, Price, Release, SeriesPlace, Stance, Verdict, Wish
from audiobook_daemon.matching import Choice, GateRules, Rules, choose, is_same_book
from audiobook_daemon.matching.identity import Holding

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


SAGA = Wish(Book("The Salt Road", ("Ann Voss",), series=(SeriesPlace("Saga of Salt", "2"),), language="en"))
PACK = replace(GOOD, key="pack", title="Saga of Salt, Books 1-3", authors=("Ann Voss",), seeders=99)
SINGLE = replace(GOOD, key="single", title="The Salt Road", authors=("Ann Voss",))


@pytest.mark.parametrize(("packs", "code"), [("never", "no_release"), ("review", "doubtful"), ("grab", "chosen")])
def test_a_pack_that_holds_the_book_is_taken_shown_or_refused(packs: str, code: str) -> None:
    found = choose(SAGA, [PACK], Rules(packs=packs))
    assert found.code == code
    assert found.candidates[0].holds is Holding.PACK
    assert "1-3" in found.reason


@pytest.mark.parametrize("packs", ["never", "review", "grab"])
def test_the_single_book_goes_before_any_pack(packs: str) -> None:
    found = choose(SAGA, [PACK, SINGLE], Rules(packs=packs))
    assert found.chosen is not None
    assert found.chosen.release.key == "single"
    assert found.candidates[1].lost


@pytest.mark.parametrize(
    "release",
    [
        replace(PACK, title="Saga of Salt, Books 4-6"),
        replace(PACK, title="Saga of Salt", series=(SeriesPlace("Saga of Salt", "4-6"),)),
    ],
)
def test_a_pack_without_the_book_is_none(release: Release) -> None:
    found = choose(SAGA, [release], Rules(packs="grab"))
    assert found.code == "no_release"


def test_a_collection_that_is_wished_is_one_book() -> None:
    wish = Wish(Book("Saga of Salt: Books 1-3", ("Ann Voss",), series=(SeriesPlace("Saga of Salt", "1-3"),)))
    found = choose(wish, [replace(PACK, series=(SeriesPlace("Saga of Salt", "1-3"),)), SINGLE], Rules())
    assert found.chosen is not None
    assert found.chosen.release.key == "pack"


def test_an_unknown_policy_for_packs_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never, review, grab"):
        Rules(packs="sometimes")


def test_it_says_why_each_of_the_others_lost() -> None:
    offers = {
        "mp3": replace(GOOD, key="mp3", formats=("mp3",)),
        "twin": replace(GOOD, key="twin", seeders=9),
        "secret": replace(GOOD, key="secret", title="The Time Machine Secret"),
        "german": replace(GOOD, key="german", language="de"),
        "nobody": replace(GOOD, key="nobody", authors=()),
        "war": replace(GOOD, key="war", title="The War of the Worlds"),
    }
    found = choice(GOOD, *offers.values())
    assert found.chosen is not None
    assert found.chosen.lost == ""
    lost = {candidate.release.key: candidate.lost for candidate in found.candidates}
    assert lost["mp3"] == "same book, but mp3 is behind m4b"
    assert lost["twin"] == "same book, but 9 seeders is behind 10 seeders"
    assert lost["secret"] == "its title says more: Secret"
    assert lost["german"] == "its language is de, wanted is en"
    assert lost["nobody"].startswith("its author is not stated")
    assert lost["war"] == "its title is 'The War of the Worlds'"


def test_a_sibling_that_fits_better_is_told_by_its_name() -> None:
    wish = Wish(Book("Great Machines", ("H. G. Wells",), language="en"))
    longer = replace(GOOD, title="Great Machines (Iron Age)", seeders=500)
    assert choose(wish, [longer], Rules()).code == "chosen"
    sibling = Book("Great Machines: Iron Age", ("H. G. Wells",))
    found = choose(wish, [longer], Rules(), siblings=[Book("The Invisible Man", ("H. G. Wells",)), sibling])
    assert found.chosen is None
    assert "it is rather 'Great Machines: Iron Age'" in found.reason


def test_parts_that_a_shop_sells_cast_no_doubt_on_the_whole_book() -> None:
    parts = [Book(f"The Time Machine, Part {number}", BOOK.authors, language="en") for number in (1, 2)]
    assert choose(WISH, [GOOD], Rules(), siblings=parts).code == "chosen"
    one_part = replace(GOOD, title="The Time Machine, Part 1")
    assert choose(WISH, [one_part], Rules(), siblings=parts).chosen is None


def test_the_whole_book_is_a_rival_of_a_wished_part() -> None:
    wish = Wish(Book("The Time Machine, Part 1", BOOK.authors, language="en"))
    assert choose(wish, [GOOD], Rules(), siblings=[BOOK]).code != "chosen"


def test_a_book_that_is_not_out_is_not_taken() -> None:
    wish = Wish(replace(BOOK, year=2031))
    assert choose(wish, [GOOD], Rules(), today=date(2030, 1, 1)).code == "no_release"
    assert choose(wish, [GOOD], Rules(), today=date(2032, 1, 1)).code == "chosen"


def test_one_torrent_of_two_indexers_is_one_candidate_and_blocked_under_either_name() -> None:
    good = replace(GOOD, info_hash="a" * 40)
    twin = replace(good, source="prowlarr", key="p", title="The Time Machine by H. G. Wells [ENG / M4B]")
    found = choice(good, twin)
    assert len(found.candidates) == 1
    assert found.chosen is not None
    assert found.chosen.release.also == (Offer("prowlarr", "p"),)
    assert choose(WISH, [good, twin], Rules(), blocked={("prowlarr", "p")}).code == "no_release"


OFFERS = st.builds(
    lambda title, author, series, language, formats, size, bitrate, seeders, key: Release(
        "mam",
        key,
        title,
        author,
        series=series,
        language=language,
        formats=formats,
        size=size,
        bitrate=bitrate,
        seeders=seeders,
    ),
    st.sampled_from(
        [
            "The Time Machine",
            "H. G. Wells - The Time Machine [M4B]",
            "The Time Machine (Unabridged)",
            "The Time Machine and Other Stories",
            "The Time Machine 2",
            "Time Machines",
            "The War of the Worlds",
            "The Time Machine Box Set",
            "",
        ]
    ),
    st.sampled_from([(), ("H. G. Wells",), ("Wells, H.G.",), ("Stephen Baxter",)]),
    st.sampled_from([(), (SeriesPlace("Machines", "1"),), (SeriesPlace("Machines", "2"),)]),
    st.sampled_from([None, "en", "de"]),
    st.sampled_from([(), ("m4b",), ("mp3",), ("epub",)]),
    st.sampled_from([None, 200_000_000, 1]),
    st.sampled_from([None, 32, 128, 320]),
    st.integers(0, 1000),
    st.text("abcdef", min_size=4, max_size=8),
)


def key_of(found: Choice) -> str | None:
    return found.chosen.release.key if found.chosen else None


@settings(max_examples=60)
@given(st.lists(OFFERS, max_size=6, unique_by=lambda offer: offer.key), st.randoms())
def test_the_order_of_the_offers_never_matters(offers: list[Release], random: Random) -> None:
    shuffled = list(offers)
    random.shuffle(shuffled)
    one, other = choice(*offers), choice(*shuffled)
    assert (one.code, one.reason, key_of(one)) == (other.code, other.reason, key_of(other))
    assert [item.release.key for item in one.candidates] == [item.release.key for item in other.candidates]


@settings(max_examples=60)
@given(st.lists(OFFERS, min_size=1, max_size=5, unique_by=lambda offer: offer.key), st.sampled_from(["de", "fr"]))
def test_an_offer_that_must_not_be_taken_changes_nothing(offers: list[Release], language: str) -> None:
    first = choice(*offers)
    worse = replace(GOOD, key="zzzz", title="Another Book Entirely", language=language, seeders=5000)
    assert key_of(choice(*offers, worse)) == key_of(first)
    if first.chosen:
        dull = replace(first.chosen.release, key="zzzz", bitrate=8, formats=("wma",), seeders=1, size=None)
        assert key_of(choice(*offers, dull)) == key_of(first)


@settings(max_examples=60)
@given(st.lists(OFFERS, max_size=6, unique_by=lambda offer: offer.key))
def test_seeders_never_make_a_book_of_what_is_none(offers: list[Release]) -> None:
    found = choice(*offers)
    popular = [replace(offer, seeders=(offer.seeders or 0) + 100_000 if offer.seeders else 0) for offer in offers]
    again = choice(*popular)
    sure = {item.release.key for item in found.candidates if not item.vetoed and item.score >= Rules().floor}
    assert key_of(again) in sure | {None}
    assert {item.release.key: item.score for item in found.candidates} == {
        item.release.key: item.score for item in again.candidates
    }


def test_a_name_as_long_as_a_book_takes_no_time() -> None:
    for piece in ("The Time Machine ", "(", "Book 1 ", "1-", "a"):
        long = (piece * 100_000)[:100_000]
        begun = replace(GOOD, key="2", title=f"The Time Machine {long}", tags=long)
        assert choice(replace(GOOD, title=long, tags=long), begun).reason
