"""Equal values add up, and the best supported one stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.catalogue.resolving import Standing, standings
from audiobook_daemon.models import SeriesPlace, Statement


def said(value: str, source: str, weight: float, field: str = "title") -> Statement:
    return Statement(field, source, value, weight)


def test_two_that_agree_outvote_one_that_is_a_little_surer() -> None:
    found = standings([said("A", "one", 0.8), said("B", "two", 0.7), said("b!", "three", 0.7)])
    assert found == (Standing("b!", 0.91, ("three", "two"), 0.7), Standing("A", 0.8, ("one",), 0.8))


def test_one_source_agrees_with_itself_alone() -> None:
    (one,) = standings([said("A", "one", 0.8)])
    assert not one.agreed
    (two,) = standings([said("A", "one", 0.5), said("a", "two", 0.5)])
    assert two.agreed
    (known,) = standings([said("A", "one", 1.0)])
    assert known.agreed, "a record that is known by its id needs no second"


def test_names_and_places_are_one_whatever_their_spelling_and_order() -> None:
    people = [
        Statement("authors", "one", ("J.R.R. Tolkien", "Ada Merrow"), 0.5),
        Statement("authors", "two", ("Ada Merrow", "J. R. R. Tolkien"), 0.5),
    ]
    places = [
        Statement("series", "one", (SeriesPlace("The Panes", "02"),), 0.5),
        Statement("series", "two", (SeriesPlace("Panes Series", "2"),), 0.5),
    ]
    assert len(standings(people)) == len(standings(places)) == 1


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("123456"), st.floats(0, 1)), max_size=12))
def test_support_is_a_chance_and_more_voices_never_lower_it(voices: list[tuple[str, str, float]]) -> None:
    spoken = [said(value, source, weight) for value, source, weight in voices]
    found = {one.value: one.support for one in standings(spoken)}
    assert all(0 <= support <= 1 for support in found.values())
    more = {one.value: one.support for one in standings([*spoken, said("A", "7", 0.5)])}
    assert more["A"] >= found.get("A", 0.0)
