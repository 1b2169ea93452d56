"""People read and write values in one line."""

from __future__ import annotations

import pytest

from audiobook_daemon.catalogue.wording import read_value, worded
from audiobook_daemon.models import FieldValue, SeriesPlace


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("authors", ("Ada Merrow", "Tom Bexley"), "Ada Merrow; Tom Bexley"),
        ("series", (SeriesPlace("Panes", "2.5"), SeriesPlace("All Glass")), "Panes #2.5; All Glass"),
        ("year", 1999, "1999"),
        ("abridged", True, "yes"),
        ("abridged", False, "no"),
        ("title", "Salt & Stone", "Salt & Stone"),
        ("language", "en", "en"),
    ],
)
def test_what_is_written_is_read_again(field: str, value: FieldValue, line: str) -> None:
    assert worded(value) == line
    assert read_value(field, line) == value


def test_a_long_text_is_cut_and_markup_is_read_over() -> None:
    assert worded("<p>A <b>tale</b></p><p>of panes</p>") == "A tale of panes"
    assert worded("word " * 100, longest=12) == "word word w…"
    assert worded(None) is None


@pytest.mark.parametrize(("value", "line"), [(3600.5, "3600.5"), (60.0, "60"), (1_234_567.0, "1234567")])
def test_a_number_has_no_more_decimals_than_it_needs(value: float, line: str) -> None:
    assert worded(value) == line
