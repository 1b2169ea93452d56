"""What cannot be true is left out, as if it had not been said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.catalogue.soundness import LONGEST_DESCRIPTION, sound_runtime, sound_values
from audiobook_daemon.models import Facts, SeriesPlace


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", " \n "),
        ("title", "N/A"),
        ("title", "x" * 501),
        ("title", 7),
        ("publisher", "unknown"),
        ("authors", ("Various Authors", "", "Unknown")),
        ("authors", ("A",) * 61),
        ("authors", "Ada Merrow"),
        ("narrators", (3,)),
        ("series", (SeriesPlace("  "),)),
        ("series", ("Panes",)),
        ("year", 0),
        ("year", 3000),
        ("year", True),
        ("year", "1999"),
        ("published", "soon"),
        ("description", "<p>&nbsp;</p>"),
        ("description", "<script>x</script>"),
        ("description", "x" * (LONGEST_DESCRIPTION + 1)),
        ("language", "klingonese of mars"),
        ("isbn", "9780000000000"),
        ("asin", "nonsense"),
        ("genres", ("",)),
        ("abridged", "false"),
        ("cover", "javascript:alert(1)"),
        ("cover", "file:///etc/passwd"),
        ("cover", "https://a.example/x y"),
    ],
)
def test_what_cannot_be_true_is_not_said(field: str, value: object) -> None:
    stated: dict[str, Any] = {field: value}
    assert sound_values(Facts("liar", **stated)) == {}


@pytest.mark.parametrize(
    ("field", "value", "sound"),
    [
        ("title", " The <b>Glass</b>\u202e Orchard\x07 ", "The Glass Orchard"),
        ("title", "Salt &amp; Stone", "Salt & Stone"),
        ("authors", ("Ada Merrow", "", "Ada Merrow", "Unknown"), ("Ada Merrow",)),
        ("language", "English", "en"),
        ("isbn", "0-306-40615-2", "9780306406157"),
        ("asin", " b00glass01 ", "B00GLASS01"),
        ("series", (SeriesPlace("Panes", ""), SeriesPlace("")), (SeriesPlace("Panes"),)),
        ("abridged", False, False),
    ],
)
def test_what_can_be_true_is_said_plainly(field: str, value: object, sound: object) -> None:
    stated: dict[str, Any] = {field: value}
    assert sound_values(Facts("audio", **stated)) == {field: sound}


@pytest.mark.parametrize("seconds", [None, 0.0, -5.0, 59.0, 1e9, float("nan"), float("inf"), "3600"])
def test_no_recording_runs_so_long(seconds: Any) -> None:  # noqa: ANN401
    assert sound_runtime(seconds) is None


@given(st.text(max_size=300))
def test_no_control_character_comes_through(text: str) -> None:
    found = sound_values(Facts("audio", title=text)).get("title", "")
    assert isinstance(found, str)
    assert all(char.isprintable() for char in found)
