"""One number says how well a record answers a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiobook_daemon import Book, resemblance

KILN = Book("The Kiln", ("Ann Lee",), language="en", isbn="9780000000019", asin="B00THEKILN")
PLAIN = replace(KILN, isbn=None, asin=None)


@pytest.mark.parametrize(
    ("record", "low", "high"),
    [
        (replace(PLAIN, asin="b00thekiln"), 1.0, 1.0),
        (replace(PLAIN, other_ids=("978-0-00-000001-9",)), 1.0, 1.0),
        (replace(PLAIN, isbn="0000000019"), 1.0, 1.0),
        (PLAIN, 0.99, 0.99),
        (replace(PLAIN, title="THE KILN!"), 0.99, 0.99),
        (replace(PLAIN, title="The Kiln: A Novel"), 0.9, 0.9),
        (replace(PLAIN, language="de"), 0.6, 0.69),
        (replace(PLAIN, authors=()), 0.5, 0.59),
        (replace(PLAIN, authors=("Karl Ott",)), 0.0, 0.0),
        (replace(PLAIN, title="The Oven"), 0.0, 0.0),
        (Book("Sermons", ("Karl Ott",), isbn="9780000000019"), 0.5, 0.5),
    ],
)
def test_a_record_is_rated_by_what_agrees(record: Book, low: float, high: float) -> None:
    assert low <= resemblance(KILN, record) <= high
