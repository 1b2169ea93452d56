"""The quick way comes to the same as the long one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.catalogue.building import SERIES, copy, work

from audiobook_daemon.catalogue import series_gaps as long_way
from audiobook_daemon.catalogue.gaps import GapRules, Gaps, series_gaps
from audiobook_daemon.catalogue.plain_series import is_plain, plain_gaps
from audiobook_daemon.models import LibraryItem, Work

TODAY = date(2026, 6, 15)
TITLES = ("Low Water", "Salt and Lantern", "The Ferryman's Daughter", "Spring Tide", "Storm Surge", "Land")
RULES = GapRules(languages=("en",))


@given(
    st.sets(st.integers(1, 6)),
    st.sets(st.integers(1, 6), min_size=1),
    st.sampled_from(("2019", "2026-09-01", "2031")),
    st.sampled_from((None, "en")),
    st.sampled_from((None, copy("Embers", "1", series="Ashmark"), copy("The Long Quay", series=None))),
)
def test_both_ways_come_to_the_same(
    owned: set[int], listed: set[int], date_of_last: str, language: str | None, other: LibraryItem | None
) -> None:
    works = [
        work(
            TITLES[number - 1],
            str(number),
            language=language,
            work={"released": date_of_last if number == 6 else "2019"},
        )
        for number in sorted(listed)
    ]
    copies = [copy(TITLES[number - 1], str(number)) for number in sorted(owned & listed)]
    copies += [other] if other else []
    quick = plain_gaps(SERIES, copies, works, RULES, TODAY)
    assert quick is not None
    assert quick == _slowly(copies, works)


@given(
    st.dictionaries(
        st.integers(1, 6), st.sampled_from(("", " (Unabridged)", ": {}, Book {}", ": {}, Book {} (Unabridged)"))
    ),
    st.sets(st.integers(1, 6), min_size=1),
    st.sampled_from((None, "en", "de")),
    st.sampled_from((RULES, GapRules())),
)
def test_copies_as_shops_name_them_are_as_good_whatever_languages_are_wanted(
    owned: dict[int, str], listed: set[int], language: str | None, rules: GapRules
) -> None:
    works = [work(TITLES[number - 1], str(number), year=2019) for number in sorted(listed)]
    copies = [
        copy(f"{TITLES[number - 1]}{owned[number].format(SERIES, number)}", str(number), language=language)
        for number in sorted(owned)
        if number in listed
    ]
    assert series_gaps(SERIES, copies, works, rules, TODAY) == _slowly(copies, works, rules)


def test_what_shops_put_after_a_title_is_read_the_quick_way() -> None:
    works = [work(TITLES[number - 1], str(number), year=2019) for number in (1, 2)]
    sold = copy(f"{TITLES[0]}: {SERIES}, Book 1 (Unabridged)", "1")
    found = plain_gaps(SERIES, [sold], works, RULES, TODAY)
    assert found is not None
    assert [one.book.title for one in found.missing] == [TITLES[1]]
    another = copy(f"{TITLES[0]}: {SERIES}, Book 2", "1")
    assert plain_gaps(SERIES, [another], works, RULES, TODAY) is None


def _slowly(copies: list[LibraryItem], works: list[Work], rules: GapRules = RULES) -> Gaps:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_way, "plain_gaps", lambda *_: None)
        return series_gaps(SERIES, copies, works, rules, TODAY)


@pytest.mark.parametrize(
    ("owned", "listed"),
    [
        (copy("Low Water", "2"), work("Low Water", "1", year=2019)),
        (copy("The Ebb", "1"), work("Low Water", "1", year=2019)),
        (copy("Low Water", "1", language="de"), work("Low Water", "1", year=2019)),
        (copy("Low Water", "1", authors=("Somebody Else",)), work("Low Water", "1", year=2019)),
        (copy("Low Water (Dramatized Adaptation)", "1"), work("Low Water (Dramatized Adaptation)", "1", year=2019)),
        (copy("Low Water", "1", series="Other"), work("Low Water", "1", year=2019)),
        (copy("Low Water", "1.5"), work("Low Water", "1.5", year=2019)),
        (copy("Low Water", "1"), work("Low Water", "1", work={"audiobook": False, "released": "2019"})),
        (copy("Low Water", "1"), work("Low Water", "1")),
        (copy("The Ebb", "1", series="The Tidewatch Saga"), work("Low Water", "1", year=2019)),
    ],
)
def test_the_quick_way_gives_up_on_everything_unusual(owned: LibraryItem, listed: Work) -> None:
    assert plain_gaps(SERIES, [owned], [listed], RULES, TODAY) is None


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("The Ferryman's Daughter", True),
        ("Life, Love and Salt", True),
        ("Low Water: A Novel", False),
        ("Low Water 2", False),
        ("Low Water (Unabridged)", False),
        ("Summary of Low Water", False),
        ("The Complete Tidewatch", False),
        ("Untitled", False),
    ],
)
def test_a_plain_title_says_nothing_but_a_name(title: str, plain: bool) -> None:
    assert is_plain(title) is plain
