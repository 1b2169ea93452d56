"""What outside data may hold is read without a mistake, and says nothing where it is of a wrong type."""

from __future__ import annotations

import pytest

from audiobook_daemon import lenient

ANYTHING: list[object] = [
    None,
    True,
    3,
    2.5,
    "text",
    ["a"],
    [{"a": 1}],
    {"a": 1},
    b"bytes",
    float("nan"),
    float("inf"),
    10**400,
]


@pytest.mark.parametrize("value", ANYTHING, ids=lambda value: repr(value)[:20])
def test_anything_can_be_read_as_anything(value: object) -> None:
    assert isinstance(lenient.mapping(value), dict)
    assert all(isinstance(one, dict) for one in lenient.objects(value))
    assert isinstance(lenient.text(value, numbers=True) or "", str)
    assert all(isinstance(one, str) for one in lenient.texts(value, numbers=True))
    assert isinstance(lenient.address(value) or "", str)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  The\tGlass\n Ferry ", "The Glass Ferry"),
        ("Salt &amp; Starlight", "Salt & Starlight"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("a bell\x07 rings", "a bell rings"),
        ("\ud800 alone", "? alone"),
        ("   ", None),
        ("", None),
        (7, None),
    ],
)
def test_a_text_is_one_line_that_a_person_can_see(value: object, text: str | None) -> None:
    assert lenient.text(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(7, "7"), (7.0, "7"), (2.5, "2.5"), (True, None), (10**20, "1" + "0" * 20)]
)
def test_a_number_is_text_where_numbers_are_asked_for(value: object, text: str | None) -> None:
    assert lenient.text(value, numbers=True) == text


def test_too_long_a_text_is_none() -> None:
    assert lenient.text("x" * 10, longest=10) == "x" * 10
    assert lenient.text("x" * 11, longest=10) is None


def test_texts_come_once_and_in_their_order() -> None:
    assert lenient.texts(["b", "a", None, "b ", {}, ""]) == ("b", "a")


@pytest.mark.parametrize("value", ["javascript:alert(1)", "ftp://x", "/cover.jpg", "httpx://a"])
def test_only_web_addresses_are_addresses(value: str) -> None:
    assert lenient.address(value) is None
    assert lenient.address("https://example.org/a.jpg") == "https://example.org/a.jpg"
