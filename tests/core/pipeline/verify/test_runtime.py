"""A running time is that of a known edition, or nearly, or of none; and nobody guesses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiobook_daemon.pipeline.verify.runtime import Edition, Fit, Limits, Recording, judge, spoken

HOUR = 3600.0
STEVENSON, SASTRE = ("Juliet Stevenson",), ("Elisabeth Sastre",)
ASIN = "B002V5BV00"
EMMA = Edition(16 * HOUR, STEVENSON, ASIN)
OTHER = Edition(18 * HOUR, SASTRE)
NAMELESS = Edition(16 * HOUR)
LIMITS = Limits()


def fit(hours: float, *editions: Edition, by: tuple[str, ...] = (), asin: str = "", stated: float | None = None) -> Fit:
    recording = Recording(hours * HOUR, by, frozenset({asin} - {""}))
    return judge(recording, editions, stated and stated * HOUR, LIMITS).fit


@pytest.mark.parametrize(
    ("share", "by", "expected"),
    [
        (1.0, (), Fit.SAME),
        (1.02, (), Fit.SAME),
        (0.98, (), Fit.SAME),
        (1.03, (), Fit.WRONG),
        (0.97, (), Fit.WRONG),
        (1.03, STEVENSON, Fit.NEAR),
        (0.951, STEVENSON, Fit.NEAR),
        (0.94, STEVENSON, Fit.WRONG),
        (1.12, STEVENSON, Fit.WRONG),
        (1.12, (), Fit.WRONG),
        (1.03, ("Stevenson, Juliet",), Fit.NEAR),
    ],
)
def test_two_percent_are_the_same_and_five_with_the_same_narrator(
    share: float, by: tuple[str, ...], expected: Fit
) -> None:
    assert fit(16 * share, EMMA, by=by) is expected


def test_the_same_asin_is_as_good_as_the_same_narrator() -> None:
    assert fit(16.5, EMMA, asin=ASIN) is Fit.NEAR
    assert fit(16.5, EMMA, asin="B000000000") is Fit.WRONG
    assert fit(16.5, EMMA, asin=ASIN, by=SASTRE) is Fit.NEAR


def test_files_that_name_another_narrator_take_the_second_percent_away() -> None:
    disputed = Recording(16.5 * HOUR, STEVENSON, disputed=True)
    assert judge(disputed, (EMMA,), None, LIMITS).fit is Fit.WRONG
    assert judge(replace(disputed, runtime=16 * HOUR), (EMMA,), None, LIMITS).fit is Fit.SAME
    assert judge(replace(disputed, asins=frozenset({ASIN})), (EMMA,), None, LIMITS).fit is Fit.NEAR


def test_an_edition_of_nobody_known_lends_no_second_percent() -> None:
    assert fit(16.5, NAMELESS, by=STEVENSON) is Fit.WRONG
    assert fit(16.1, NAMELESS, by=STEVENSON) is Fit.SAME


def test_the_edition_of_the_same_narrator_decides_before_all_others() -> None:
    assert fit(18.0, EMMA, OTHER, by=STEVENSON) is Fit.WRONG, "it is read by somebody else than it says"
    assert fit(18.0, EMMA, OTHER, by=SASTRE) is Fit.SAME
    assert fit(18.0, EMMA, OTHER) is Fit.SAME, "nobody says who reads it"


def test_what_others_read_tells_only_whether_it_can_be_the_whole_book() -> None:
    reader = ("Prunella Scales",)
    assert fit(17.2, EMMA, by=reader) is Fit.UNKNOWN
    assert fit(13.0, EMMA, by=reader) is Fit.UNKNOWN
    assert fit(8.0, EMMA, by=reader) is Fit.WRONG
    assert fit(33.0, EMMA, by=reader) is Fit.WRONG


def test_what_a_release_says_of_itself_counts_where_nobody_else_speaks() -> None:
    assert fit(10.0, stated=10.0) is Fit.SAME
    assert fit(10.4, stated=10.0) is Fit.NEAR
    assert fit(11.2, stated=10.0) is Fit.WRONG
    assert fit(10.0, EMMA, stated=10.0) is Fit.WRONG, "a wrong recording is described truly"
    assert fit(17.2, EMMA, by=("Prunella Scales",), stated=17.2) is Fit.SAME


def test_nothing_known_is_no_answer() -> None:
    assert fit(10.0) is Fit.UNKNOWN


@pytest.mark.parametrize(("hours", "half"), [(8.0, True), (9.5, True), (9.7, False), (14.0, False)])
def test_under_sixty_percent_of_every_edition_it_is_told_to_be_a_part(hours: float, half: bool) -> None:
    reason = judge(Recording(hours * HOUR), (EMMA, OTHER), None, LIMITS).reason
    assert ("abridged, or only a part" in reason) is half


def test_reasons_name_the_editions() -> None:
    read = Recording(9.5 * HOUR, STEVENSON)
    assert judge(read, (EMMA, OTHER), None, LIMITS).reason == (
        "It runs 9 h 30 min, the known editions 16 h 0 min (Juliet Stevenson): it is abridged, or only a part."
    )
    near = judge(Recording(16.5 * HOUR, STEVENSON), (EMMA, OTHER), None, LIMITS)
    assert near.reason == "3.1% longer than the edition read by Juliet Stevenson, with the same narrator"
    assert (
        judge(Recording(16 * HOUR), (EMMA,), None, LIMITS).reason == "as long as the edition read by Juliet Stevenson"
    )
    assert judge(Recording(17 * HOUR, ("Prunella Scales",)), (EMMA, OTHER), None, LIMITS).reason == (
        "how long it should be is not known: the known editions are read by Juliet Stevenson, Elisabeth Sastre"
    )


def test_the_limits_are_those_of_the_configuration() -> None:
    assert judge(Recording(17 * HOUR), (EMMA,), None, Limits(0.1, 0.1)).fit is Fit.SAME
    assert judge(Recording(17 * HOUR, STEVENSON), (EMMA,), None, Limits(0.02, 0.1)).fit is Fit.NEAR
    wide = Limits(0.1, 0.05)
    assert judge(Recording(17 * HOUR, STEVENSON), (EMMA,), None, wide).fit is Fit.SAME


@pytest.mark.parametrize(("seconds", "text"), [(59.0, "1.0 minutes"), (2490, "41.5 minutes"), (35520, "9 h 52 min")])
def test_times_are_told_as_people_tell_them(seconds: float, text: str) -> None:
    assert spoken(seconds) == text
