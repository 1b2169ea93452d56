"""Positions, people, kinds, regions and questions: the pure words of the plugin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from audiobook_daemon import Book, WorkKind
from audiobook_plugins.audnexus.config import AudnexusConfig
from audiobook_plugins.audnexus.kinds import kind_of
from audiobook_plugins.audnexus.parse import read_product
from audiobook_plugins.audnexus.people import Person, authors_of
from audiobook_plugins.audnexus.positions import is_range, position
from audiobook_plugins.audnexus.questions import searches, series_search
from audiobook_plugins.audnexus.regions import asins_of, ladder, regions_of, shop_address

Json = Any  # what a JSON text may hold
Make = Callable[..., dict[str, Json]]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("1", "1"),
        ("Book 1", "1"),
        ("book 07", "7"),
        (".5", "0.5"),
        ("1.50", "1.5"),
        ("3.0", "3"),
        ("0", "0"),
        ("1-2", "1-2"),
        ("Books 1 \u2013 3", "1-3"),
        ("1 & 2", "1-2"),
        ("4 to 6", "4-6"),
        ("3-3", "3"),
        ("2, Dramatized Adaptation", "2"),
        ("Volume 12", "12"),
        ("Band 3", "3"),
        ("#4", "4"),
        ("Prequel", "Prequel"),
        ("9" * 12, "9" * 12),
        ("9" * 5000, None),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_positions_have_one_form(typed: str | None, place: str | None) -> None:
    assert position(typed) == place


@pytest.mark.parametrize(
    ("place", "spans"), [("1-3", True), ("0.5-2", True), ("1", False), (None, False), ("a-b", False)]
)
def test_ranges_span_books(place: str | None, spans: bool) -> None:
    assert is_range(place) is spans


@pytest.mark.parametrize(
    ("named", "authors"),
    [
        (["Ada Thornquist", "Lev Orlov - translator"], ["Ada Thornquist"]),
        (["Ada Thornquist", "Mia Sand \u2013 \u00dcbersetzer"], ["Ada Thornquist"]),
        (["Ada Thornquist - author", "Lev Orlov - introduction"], ["Ada Thornquist"]),
        (["Ada Thornquist", "Joss Pell"], ["Ada Thornquist"]),
        (["Joss Pell", "Ada Thornquist"], ["Joss Pell", "Ada Thornquist"]),
        (["Joss Pell"], ["Joss Pell"]),
        (["Harbour Audio", "Ada Thornquist"], ["Ada Thornquist"]),
        (["Ada Thornquist", "ADA THORNQUIST"], ["Ada Thornquist"]),
        (["Lev Orlov - editor"], ["Lev Orlov"]),
        (["Jean-Luc Orlov"], ["Jean-Luc Orlov"]),
        ([], []),
    ],
)
def test_only_authors_are_authors(named: list[str], authors: list[str]) -> None:
    found = authors_of([Person(name) for name in named], ("Joss Pell",), "Harbour Audio")
    assert [person.name for person in found] == authors


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({}, WorkKind.UNKNOWN),
        ({"title": "Party Part of Town"}, WorkKind.UNKNOWN),
        ({"title": "The Brass Tide (Part 1 of 2)"}, WorkKind.PART),
        ({"title": "Die Messingflut, Teil 2 von 3"}, WorkKind.PART),
        ({"title": "The Brass Tide (1 of 2) (Dramatized Adaptation)"}, WorkKind.DRAMATISATION),
        ({"title": "The Brass Tide: An Audio Drama"}, WorkKind.DRAMATISATION),
        ({"title": "Die Messingflut", "subtitle": "H\u00f6rspiel"}, WorkKind.DRAMATISATION),
        ({"publisher_name": "GraphicAudio"}, WorkKind.DRAMATISATION),
        ({"narrators": [{"name": "full cast"}], "format_type": "original_recording"}, WorkKind.DRAMATISATION),
        ({"narrators": [{"name": "a full cast"}]}, WorkKind.UNKNOWN),
        ({"series": [{"title": "The Tide Clocks", "sequence": "1-3"}]}, WorkKind.OMNIBUS),
        ({"title": "The Tide Clocks Boxed Set"}, WorkKind.OMNIBUS),
        ({"title": "The Tide Clocks: Books 1 to 3"}, WorkKind.OMNIBUS),
        ({"title": "The Tide Clocks: The Complete Series"}, WorkKind.OMNIBUS),
        ({"content_delivery_type": "MultiPartBook"}, WorkKind.UNKNOWN),
        ({"title": "The Tide Clocks: An Audiobook Bundle"}, WorkKind.OMNIBUS),
        ({"title": "A Bundle of Nettles"}, WorkKind.UNKNOWN),
        ({"title": "Summary of The Brass Tide"}, WorkKind.COMPANION),
        ({"title": "Summary and Analysis of The Brass Tide"}, WorkKind.COMPANION),
        ({"title": "Summary Justice"}, WorkKind.UNKNOWN),
        ({"title": "The Brass Tide: Study Guide"}, WorkKind.COMPANION),
    ],
)
def test_kinds(product: Make, told: dict[str, Json], kind: WorkKind) -> None:
    found = read_product(product(**{"subtitle": None, **told}), "us")
    assert found is not None
    assert kind_of(found) is kind


def test_the_series_asked_for_says_whether_it_is_an_omnibus(product: Make) -> None:
    places = [{"title": "The Tide Clocks", "sequence": "1"}, {"title": "Collected Clocks", "sequence": "1-3"}]
    found = read_product(product(subtitle=None, series=places), "us")
    assert found is not None
    assert kind_of(found, "1") is WorkKind.UNKNOWN


def test_the_shop_of_the_language_is_asked_first() -> None:
    languages = AudnexusConfig().languages
    assert ladder(("us", "uk"), languages, "de") == ("de", "us", "uk")
    assert ladder(("us", "de"), languages, "de-AT") == ("de", "us")
    assert ladder(("us", "uk"), languages, "en") == ladder(("us", "uk"), languages, None) == ("us", "uk")
    assert regions_of(("us", "uk"), languages, ("de",)) == ("de",)
    assert regions_of(("us", "uk"), languages, ("en", "de")) == ("us", "uk", "de")
    assert regions_of(("us", "uk"), languages, ()) == ("us", "uk")


def test_ids_of_a_book_may_name_their_region() -> None:
    book = Book("X", asin="b0aaaaaa01", other_ids=("de:BDAAAAAA01", "9780765311788", "0765311783", "xx:B0AAAAAA02"))
    assert asins_of(book) == ((None, "B0AAAAAA01"), ("de", "BDAAAAAA01"))
    assert asins_of(Book("X")) == ()


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("https://api.audible.{tld}", "https://api.audible.co.uk"),
        ("http://127.0.0.1:9/{region}", "http://127.0.0.1:9/uk"),
    ],
)
def test_the_region_stands_in_host_or_path(pattern: str, address: str) -> None:
    assert shop_address(pattern, "uk") == address


def test_searches_grow_weaker() -> None:
    found = searches(Book("The Brass Tide: A Novel [Unabridged]", ("Ada Thornquist", "Lev Orlov")))
    assert found == (
        {"title": "The Brass Tide: A Novel", "author": "Ada Thornquist"},
        {"title": "The Brass Tide", "author": "Ada Thornquist"},
        {"keywords": "The Brass Tide Ada Thornquist"},
    )
    assert searches(Book("Emma")) == ({"title": "Emma"}, {"keywords": "Emma"}), "an empty author would filter nothing"
    assert searches(Book(" ? ")) == ()
    assert series_search("The Tide Clocks Saga (Unabridged)", "Ada") == {"keywords": "The Tide Clocks Ada"}
    assert series_search("Saga", None) == {"keywords": "Saga"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "api.audnex.us"},
        {"catalogue": "https://api.audible.com"},
        {"regions": []},
        {"regions": ["mars"]},
        {"languages": {"de": "germany"}},
        {"pace": -1},
        {"cache_days": -1},
        {"region": "us"},
    ],
)
def test_the_configuration_is_checked(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        AudnexusConfig.model_validate(wrong)


def test_a_region_named_twice_is_asked_once() -> None:
    assert AudnexusConfig.model_validate({"regions": ["uk", "us", "uk"]}).regions == ("uk", "us")
