"""Records of one person are told from those of a namesake."""

from __future__ import annotations

import pytest

from audiobook_daemon import Book, PersonRecord, records_of_person


def record(name: str, *titles: str, born: int | None = None, also: tuple[str, ...] = ()) -> PersonRecord:
    return PersonRecord(name, tuple(Book(title) for title in titles), also, born)


OWNED = (Book("The Kiln: A Novel"),)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ({"a": record("Ann Lee", "Kiln"), "b": record("Ann Lee", "Sermons")}, "a"),
        ({"a": record("Ann Lee", "Kiln", "Ash"), "b": record("Ann Lee", "Ash", "Clay")}, "ab"),
        ({"a": record("K. D. Lee", "Kiln"), "b": record("K.D. Lee", "Ash")}, "ab"),
        ({"a": record("Ann Lee", "Kiln"), "b": record("Lee, Ann", "Ash")}, "ab"),
        ({"a": record("Ann Lee", "Kiln", born=1950), "b": record("Lee, Ann", "Ash", born=1811)}, "a"),
        ({"a": record("Ann Lee", "Kiln", born=1950), "b": record("Lee, Ann", "Ash", born=1950)}, "ab"),
        ({"a": record("Ann Lee", "Ash"), "b": record("Ann Lee", "Sermons")}, "ab"),
        ({"a": record("Ann Lee", "Kiln"), "b": record("Karl Ott", "Kiln")}, "a"),
        ({"a": record("A. Marsh", "Kiln", also=("Ann Lee",))}, "a"),
        ({"b": record("Ann Lee", "Sermons")}, "b"),
        ({}, ""),
    ],
)
def test_owned_books_tell_namesakes_apart(records: dict[str, PersonRecord], expected: str) -> None:
    name = "K. D. Lee" if any("D." in one.name for one in records.values()) else "Ann Lee"
    assert records_of_person(name, OWNED, records) == tuple(expected)


def test_without_owned_books_all_of_the_name_count() -> None:
    records = {1: record("Ann Lee", "Kiln"), 2: record("Ann Lee", "Sermons"), 3: record("Bea Lee", "Kiln")}
    assert records_of_person("Ann Lee", (), records) == (1, 2)


def test_an_alias_of_an_owned_book_counts() -> None:
    records = {1: record("Ann Lee", "Der Ofen"), 2: record("Ann Lee", "Sermons")}
    assert records_of_person("Ann Lee", (Book("Kiln", aliases=("Der Ofen",)),), records) == (1,)
