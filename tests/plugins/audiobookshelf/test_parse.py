"""Items as they were recorded from a real server become our values; damaged ones harm nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from audiobook_daemon import LibraryItem, SeriesPlace
from audiobook_plugins.audiobookshelf.decoding import read_item
from audiobook_plugins.audiobookshelf.languages import code_of, name_of
from audiobook_plugins.audiobookshelf.parse import authors, library_item, series, year
from audiobook_plugins.audiobookshelf.paths import PathMap, relative_to
from audiobook_plugins.audiobookshelf.records import Metadata

_SAMPLES = Path(__file__).parents[2] / "samples" / "abs"


def _body(number: str) -> Any:  # noqa: ANN401
    (path,) = _SAMPLES.glob(f"{number}-*.json")
    return json.loads(path.read_text(encoding="utf-8"))["response"]["body"]


def _read(row: object, paths: PathMap | None = None) -> LibraryItem:
    item = read_item(row)
    assert item is not None
    return library_item("shelf", item, paths or PathMap(()), ["/audiobooks"])


def test_a_recorded_expanded_item_is_read_whole() -> None:
    (hit,) = _body("137")["book"]
    found = _read(hit["libraryItem"])
    assert found.book.title == "Salt and Signal"
    assert found.book.subtitle == "A Novel"
    assert set(found.book.authors) == {"Ben Harrow", "Cora Vane"}
    assert found.book.series == (SeriesPlace("Harbour Lights", "3"), SeriesPlace("Omnibus"))
    assert (found.book.language, found.book.year) == ("en", 2015)
    assert (found.book.isbn, found.book.asin) == ("9780000000019", "B0ABCDTST2")
    assert found.narrators == ("Tom Sedge",)
    assert (found.runtime, found.size) == (7.0, 30398)
    assert found.path == "/audiobooks/Ben Harrow/Salt and Signal"
    assert found.added == datetime(2026, 11, 22, 6, 26, 14, 43000, UTC)
    assert not found.missing


@pytest.mark.parametrize(("said", "expected"), [(True, True), (False, None), (None, None)])
def test_only_an_abridgement_is_told_for_nobody_says_of_the_others(said: bool | None, expected: bool | None) -> None:
    row = _body("137")["book"][0]["libraryItem"]
    row["media"]["metadata"]["abridged"] = said
    assert _read(row).abridged is expected


def _unordered(item: LibraryItem) -> LibraryItem:
    """The server does not keep the order of series, and lists do not tell the format."""
    return replace(item, format=None, book=replace(item.book, series=tuple(sorted(item.book.series, key=str))))


def test_list_and_single_item_tell_the_same() -> None:
    rows = {row["id"]: row for row in _body("044")["results"]}
    for number in ("070", "071", "072", "073", "074", "075", "076", "077"):
        single = _body(number)
        assert _unordered(_read(single)) == _unordered(_read(rows[single["id"]])), number


def test_every_recorded_item_is_sound() -> None:
    rows = _body("044")["results"]
    assert len(rows) == 15
    assert all(_read(row).book.title for row in rows)


def test_paths_are_those_of_this_machine() -> None:
    paths = PathMap([("/audiobooks", "/mnt/books/")])
    assert _read(_body("070"), paths).path == (
        "/mnt/books/Ada Lovett/The Orchard Cycle/Book 1 - The Glass Orchard {Nora Quill}"
    )


def _row(**changes: object) -> dict[str, object]:
    metadata = {"title": "A", "authorName": "B"}
    row: dict[str, object] = {"id": "x-1", "path": "/audiobooks/B/A", "media": {"metadata": metadata}}
    for name, value in changes.items():
        if name in {"id", "path", "media", "addedAt", "isMissing"}:
            row[name] = value
        elif name in {"duration", "size", "tags"}:
            row["media"] = {**row["media"], name: value}  # type: ignore[dict-item]
        else:
            metadata[name] = value  # type: ignore[assignment]
    return row


@pytest.mark.parametrize(
    "row",
    [
        None,
        42,
        "text",
        [],
        {},
        {"id": "x"},
        _row(id="../../api/users"),
        _row(id=""),
        _row(id=7),
        _row(media=None),
        _row(media={"metadata": []}),
        _row(title={"a": 1}),
        _row(title=7),
        _row(authors="Nobody"),
        _row(genres="Fantasy"),
        _row(duration=float("nan")),
        _row(duration=-1),
        _row(duration="long"),
        _row(size=10**30),
        _row(addedAt=-5),
    ],
)
def test_a_damaged_row_is_nothing(row: object) -> None:
    assert read_item(row) is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/audiobooks/B/A", "/audiobooks/B/A"),
        ("/audiobooks/../etc/passwd", None),
        ("/etc/passwd", None),
        ("/audiobooks-other/A", None),
        ("relative/A", None),
        ("/audiobooks/A\0B", None),
        ("/audiobooks/A\ud800", None),
        (None, None),
    ],
)
def test_a_path_outside_the_library_is_not_believed(path: str | None, expected: str | None) -> None:
    assert _read(_row(path=path)).path == expected


def test_hostile_names_become_plain_text() -> None:
    book = _read(_row(title="A\ud800B\0\x1b[31m", authorName="C\u0007D")).book
    assert (book.title, book.authors) == ("A?B[31m", ("CD",))
    book.title.encode()


def test_times_and_sizes_beyond_reason_are_unknown() -> None:
    item = _read(_row(addedAt=2**62, duration=0))
    assert (item.added, item.runtime) == (None, None)


def test_an_item_without_title_has_its_folders_name() -> None:
    assert _read(_row(title=None)).book.title == "A"


def test_joined_names_are_parted() -> None:
    def read(text: str) -> tuple[str, ...]:
        return authors(Metadata(authorName=text))

    assert read("Ada Lovett, Ben Harrow") == ("Ada Lovett", "Ben Harrow")
    assert read("Martin Luther King, Jr., Ada Lovett") == ("Martin Luther King, Jr.", "Ada Lovett")
    assert read("") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("One #1", (SeriesPlace("One", "1"),)),
        ("One #2.5, Two", (SeriesPlace("One", "2.5"), SeriesPlace("Two"))),
        ("One #1-3", (SeriesPlace("One", "1-3"),)),
        ("We're #1 Fans", (SeriesPlace("We're #1 Fans"),)),
    ],
)
def test_joined_series_are_parted(text: str, expected: tuple[SeriesPlace, ...]) -> None:
    assert series(Metadata(seriesName=text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2012", 2012), ("2020-02-03", 2020), ("c 1999", 1999), ("20121", None), ("", None), (None, None)],
)
def test_a_year_is_found_in_free_text(text: str | None, expected: int | None) -> None:
    assert year(text) == expected


def test_languages_have_codes_and_names() -> None:
    assert [code_of(text) for text in ("English", "eng", "EN", "en-US", "Deutsch", "Klingon", "", None)] == [
        "en", "en", "en", "en", "de", None, None, None,
    ]  # fmt: skip
    assert (name_of("de"), name_of("tlh")) == ("German", "tlh")


def test_folders_are_named_relative_to_the_root() -> None:
    assert relative_to("/books", "/books/A/B/") == "A/B"
    assert relative_to("/books/", "/books/A/../B") == "B"
    for outside in ("/books", "/bookshop/A", "/books/../etc", "A/B", ""):
        assert relative_to("/books", outside) is None


def test_the_longest_prefix_counts_and_only_whole_names() -> None:
    paths = PathMap([("/data", "/a"), ("/data/books", "/b")])
    assert paths.local("/data/books/X") == "/b/X"
    assert paths.local("/data/bookshop/X") == "/a/bookshop/X"
    assert paths.local("/data") == "/a"
    assert paths.local("/database") == "/database"
    assert PathMap([("/", "/mnt")]).local("/books/X") == "/mnt/books/X"
