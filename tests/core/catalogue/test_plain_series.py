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


def _slowly(copies: list[LibraryItem], works: list[Work]) -> Gaps:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_way, "plain_gaps", lambda *_: None)
        return series_gaps(SERIES, copies, works, RULES, TODAY)


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
