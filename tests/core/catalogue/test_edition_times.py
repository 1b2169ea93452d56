"""Sources say how long the owned edition is, and of other editions nothing is taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audiobook_daemon.catalogue.standardising import Forms
from audiobook_daemon.catalogue.stating import statements
from audiobook_daemon.models import Book, Facts, LibraryItem

BOOK = Book("The Salt Road", ("Mara Quill",), asin="B0SALTROAD")
ITEM = LibraryItem("shelf", "1", BOOK, ("Tom Vale",), 20_000.0)
BARE = replace(ITEM, book=replace(BOOK, asin=None))


def lengths(item: LibraryItem, trust: float = 1.0, **fields: Any) -> list[object]:  # noqa: ANN401
    record = Facts("shop", **{"title": "The Salt Road", "authors": ("Mara Quill",), "runtime": 36_000.4, **fields})
    found = statements(item, [record], Forms(), trust={"shop": trust}, tolerance=0.02)
    return [one.value for one in found if one.field == "runtime"]


@pytest.mark.parametrize(
    ("item", "fields"),
    [(ITEM, {"asin": "B0SALTROAD"}), (BARE, {"narrators": ("Vale, Tom",)}), (ITEM, {"narrators": ("Tom Vale",)})],
)
def test_the_length_of_the_owned_edition_is_taken_however_it_differs(item: LibraryItem, fields: dict[str, Any]) -> None:
    assert lengths(item, **fields) == [36_000]


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        (ITEM, {"asin": "B0OTHERONE", "narrators": ("Tom Vale",)}),
        (ITEM, {"narrators": ("Ada Finch",)}),
        (ITEM, {"asin": "B0SALTROAD", "abridged": True}),
        (ITEM, {"asin": "B0SALTROAD", "runtime": None}),
        (ITEM, {"asin": "B0SALTROAD", "title": "The Iron Gate", "authors": ("Otto Brand",)}),
        (BARE, {}),
    ],
)
def test_the_length_of_another_edition_is_not(item: LibraryItem, fields: dict[str, Any]) -> None:
    assert lengths(item, **fields) == []


def test_a_source_without_trust_says_nothing() -> None:
    assert lengths(ITEM, trust=0.0, asin="B0SALTROAD") == []
