"""Only what is empty is filled, only what the sources agree on is changed, and what is in doubt stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.catalogue.fields import FIELDS, is_blank
from audiobook_daemon.catalogue.proposing import CorrectionRules, proposed
from audiobook_daemon.models import (
    PERSON,
    Book,
    BookField,
    FieldChange,
    FieldValue,
    LibraryItem,
    SeriesPlace,
    Statement,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ITEM = LibraryItem(
    "shelf",
    "one",
    Book("The Glass Orchard", ("Ada Merrow",), series=(SeriesPlace("Panes", "2"),)),
    ("Tom Bexley",),
    description="A gardener inherits a field of panes, and with it the town.",
    cover=False,
)
RULES = CorrectionRules(fill=FIELDS, correct=FIELDS)


def said(field: str, value: FieldValue, *sources: str, weight: float = 0.8) -> list[Statement]:
    return [Statement(field, source, value, weight) for source in sources or ("one",)]


def changed(
    statements: list[Statement],
    item: LibraryItem = ITEM,
    rules: CorrectionRules = RULES,
    known: dict[str, BookField] | None = None,
) -> dict[str, FieldValue | None]:
    return {one.field: one.after for one in proposed(item, statements, known or {}, rules, NOW)}


def test_an_empty_field_is_filled_by_one_sure_source() -> None:
    assert changed(said("year", 2000)) == {"year": 2000}
    assert changed(said("year", 2000, weight=0.4)) == {}


def test_two_values_with_equal_support_fill_nothing() -> None:
    assert changed(said("year", 2000, "one") + said("year", 2001, "two")) == {}
    assert changed(said("year", 2000, "one", "three") + said("year", 2001, "two")) == {"year": 2000}


def test_a_value_changes_only_where_several_or_a_known_record_say_so() -> None:
    places = (SeriesPlace("Panes", "3"),)
    assert changed(said("series", places)) == {}
    assert changed(said("series", places, "one", "two")) == {"series": places}
    assert changed(said("series", places, weight=1.0)) == {"series": places}


def test_a_value_that_has_as_much_to_speak_for_it_stays() -> None:
    statements = said("series", (SeriesPlace("Panes", "3"),), "one", "two")
    statements += said("series", (SeriesPlace("Panes", "2"),), "three", "four")
    assert changed(statements) == {}


def test_a_title_and_its_readers_stay_when_anybody_says_that_they_are_right() -> None:
    statements = said("title", "The Orchard of Glass", "one", "two", weight=1.0)
    statements += said("narrators", ("Una Grey",), "one", "two", weight=1.0)
    assert changed(statements) == {"title": "The Orchard of Glass", "narrators": ("Una Grey",)}
    statements += said("title", "the glass orchard", "three", weight=0.1)
    statements += said("narrators", ("Bexley, Tom",), "three", weight=0.1)
    assert changed(statements) == {}


def test_a_title_changes_only_where_two_say_so_and_one_knows_the_book_by_its_id() -> None:
    assert changed(said("title", "The Orchard of Glass", weight=1.0)) == {}
    assert changed(said("title", "The Orchard of Glass", "one", "two", "three", weight=0.8)) == {}


def test_a_list_is_never_replaced_by_a_part_of_itself() -> None:
    item = replace(ITEM, narrators=("Tom Bexley", "Una Grey"))
    assert changed(said("narrators", ("Una Grey",), "one", "two", weight=1.0), item) == {}
    fuller = ("Una Grey", "Tom Bexley", "Ida Rook")
    assert changed(said("narrators", fuller, "one", "two", weight=1.0), item) == {"narrators": fuller}


def test_positions_are_mended_without_losing_a_series() -> None:
    item = replace(ITEM, book=replace(ITEM.book, series=(SeriesPlace("The Panes", "1"), SeriesPlace("Mine", "7"))))
    statements = said("series", (SeriesPlace("Panes", "2"), SeriesPlace("Universe", "40")), "one", "two")
    assert changed(statements, item) == {"series": (SeriesPlace("The Panes", "2"), SeriesPlace("Mine", "7"))}


def test_an_unknown_position_takes_none_away() -> None:
    assert changed(said("series", (SeriesPlace("Panes"),), "one", "two")) == {}


def test_an_abridged_flag_is_set_and_never_only_confirmed_as_none() -> None:
    assert changed(said("abridged", value=True)) == {"abridged": True}
    assert changed(said("abridged", value=False)) == {}


def test_of_several_descriptions_the_fullest_is_taken() -> None:
    item = replace(ITEM, description=None)
    statements = said("description", "Short.", "one") + said("description", "A good deal longer.", "two", weight=0.75)
    assert changed(statements, item) == {"description": "A good deal longer."}


def test_guarded_and_lately_corrected_fields_stay() -> None:
    places = said("series", (SeriesPlace("Panes", "3"),), "one", "two")
    mine = (SeriesPlace("Panes", "2"),)
    lately, long_ago = NOW - timedelta(days=29), NOW - timedelta(days=31)
    assert changed(places, known={"series": BookField("series", mine, PERSON)}) == {}
    assert changed(places, known={"series": BookField("series", mine, "library", locked=True)}) == {}
    assert changed(places, known={"series": BookField("series", mine, "one", changed=lately)}) == {}
    assert "series" in changed(places, known={"series": BookField("series", mine, "one", changed=long_ago)})
    assert "series" in changed(places, known={"series": BookField("series", mine, "library", changed=lately)})


def test_a_subtitle_that_only_repeats_the_series_is_not_written() -> None:
    assert changed(said("subtitle", "Panes, Book 2", "one", "two")) == {}
    assert changed(said("subtitle", "A Novel")) == {"subtitle": "A Novel"}


def test_covers_follow_their_rule() -> None:
    address = said("cover", "https://covers.example/1.jpg")
    with_cover = replace(ITEM, cover=True)
    assert "cover" in changed(address)
    assert "cover" not in changed(address, with_cover)
    assert "cover" not in changed(address, replace(ITEM, cover=None)), "a library that does not tell may have one"
    assert "cover" not in changed(address, rules=replace(RULES, covers="never"))


VALUES: dict[str, list[FieldValue]] = {
    "title": ["The Glass Orchard", "The Orchard", "the glass orchard (Unabridged)", " "],
    "subtitle": ["A Novel", "Panes, Book 2", ""],
    "authors": [("Ada Merrow",), ("Merrow, Ada", "Tom Bexley"), ()],
    "series": [(SeriesPlace("Panes", "2"),), (SeriesPlace("Orchards"),), ()],
    "description": [
        "Short.",
        "<p>A much longer description of the gardener, the panes and the whole of the town.</p>",
        "",
    ],
    "genres": [("sci-fi",), ("Fantasy / Epic",), ("",)],
    "year": [1999, 2000],
}
statements = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.builds(
        Statement,
        st.just(name),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(VALUES[name]),
        st.sampled_from([0.3, 0.5, 0.8, 1.0]),
    )
)


@given(st.lists(statements, max_size=20), st.sets(st.sampled_from(FIELDS)))
def test_nothing_is_ever_blanked_and_a_guarded_field_never_touched(said: list[Statement], locked: set[str]) -> None:
    known = {name: BookField(name, None, PERSON) for name in locked}
    changes: tuple[FieldChange, ...] = proposed(ITEM, said, known, RULES, NOW)
    assert not any(is_blank(one.after) for one in changes)
    assert not locked & {one.field for one in changes}
    assert len({one.field for one in changes}) == len(changes)
