"""What is said to be wrong with a book, and what is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audiobook_daemon.catalogue.findings import CHECKS, flaws
from audiobook_daemon.models import Book, LibraryItem, SeriesPlace

HOUR = 3600.0
BOOK = Book(
    "The Salt Road", ("Mara Quill",), series=(SeriesPlace("Salt", "2"),), language="en", year=2020, asin="B0SALTROAD"
)
GOOD = LibraryItem(
    "shelf",
    "1",
    BOOK,
    narrators=("Tom Vale",),
    runtime=10 * HOUR,
    publisher="House",
    description="A road of salt.",
    genres=("Fantasy",),
    cover=True,
    chapters=20,
    files=1,
)


def found(book: Book = BOOK, editions: tuple[float, ...] = (), **changes: Any) -> list[str]:  # noqa: ANN401
    return [flaw.code for flaw in flaws(replace(GOOD, book=book, **changes), editions)]


def test_a_good_book_has_no_flaw() -> None:
    assert found() == []
    assert found(editions=(10 * HOUR, 4 * HOUR)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"missing": True}, "missing_files"),
        ({"files": 0, "runtime": 1.0}, "ebook_only"),
        ({"cover": False}, "no_cover"),
        ({"chapters": 0}, "no_chapters"),
        ({"book": replace(BOOK, asin=None, isbn="9781402894626")}, "no_asin"),
        ({"book": replace(BOOK, series=(SeriesPlace("Salt"),))}, "no_position"),
        ({"book": replace(BOOK, authors=())}, "no_author"),
        ({"book": replace(BOOK, authors=(" ",))}, "no_author"),
        ({"book": replace(BOOK, authors=("Unknown Author",))}, "placeholder_author"),
        ({"book": replace(BOOK, authors=("Vale, Tom",)), "narrators": ("Vale, Tom",)}, "narrator_as_author"),
        ({"book": replace(BOOK, title="Unknown")}, "suspicious_title"),
        ({"book": replace(BOOK, title="Track 01")}, "suspicious_title"),
        ({"book": replace(BOOK, title="salt_road_64kbps.mp3")}, "suspicious_title"),
        ({"book": replace(BOOK, title="Salt")}, "title_is_series"),
        ({"editions": (11 * HOUR, 12 * HOUR)}, "runtime"),
        ({"editions": (20 * HOUR,)}, "short"),
    ],
)
def test_a_flaw_is_found_alone(changes: dict[str, Any], code: str) -> None:
    assert found(**changes) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {"cover": None},
        {"chapters": None},
        {"chapters": 0, "runtime": 0.5 * HOUR},
        {"files": None},
        {"book": replace(BOOK, title="1984")},
        {"book": replace(BOOK, title="Salt", series=(SeriesPlace("Salt", "01"),))},
        {"book": replace(BOOK, series=(SeriesPlace("Salt"), SeriesPlace("Roads", "3")))},
        {"book": replace(BOOK, series=())},
        {"editions": (10.4 * HOUR,)},
        {"editions": (2 * HOUR, 10.2 * HOUR, 90 * HOUR)},
        {"runtime": 0.5 * HOUR, "editions": (0.6 * HOUR,), "chapters": 3},
        {"editions": (20 * HOUR,), "abridged": True},
        {"editions": (0.0,)},
    ],
)
def test_what_is_not_told_or_within_reason_is_no_flaw(changes: dict[str, Any]) -> None:
    assert found(**changes) == []


def test_nothing_is_said_about_the_recording_where_files_are_missing() -> None:
    assert found(missing=True, chapters=0, editions=(50 * HOUR,)) == ["missing_files"]


def test_a_bare_item_is_hardly_described() -> None:
    told = {flaw.code: flaw.detail for flaw in flaws(LibraryItem("shelf", "1", Book("Salt")))}
    assert set(told) == {"no_author", "no_asin", "incomplete"}
    assert told["incomplete"] == "16 %, without authors, narrators, runtime, description"


def test_the_times_are_told() -> None:
    (flaw,) = flaws(GOOD, (12.5 * HOUR,))
    assert flaw.detail == "10 h 00 min here, 12 h 30 min in the nearest edition"


def test_every_check_says_what_to_do() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    assert [check.code for check in CHECKS if not check.remedy.endswith(".") or not check.title] == []
