"""A ranking of books out of one of uploads."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from audiobook_daemon import Release, SeriesPlace
from audiobook_plugins.mam.chart import rank, work_title
from audiobook_plugins.mam.parse import read_page, read_releases


def upload(title: str, *authors: str, series: tuple[SeriesPlace, ...] = ()) -> Release:
    return Release(source="mam", key=title, title=title, authors=authors, series=series)


def titles(*uploads: Release, limit: int = 100) -> list[tuple[int, str]]:
    return [(entry.rank, entry.book.title) for entry in rank(uploads, limit)]


def test_a_second_edition_does_not_take_a_place(sample: Callable[[str], Any]) -> None:
    page = read_page(sample("top10_by_genre.json"))
    now = datetime(2026, 10, 1, tzinfo=UTC)
    releases = read_releases(page.rows, "mam", "https://x", now, logging.getLogger("test"))
    assert [(entry.rank, entry.book.title) for entry in rank(releases, 10)] == [
        (1, "The Inheritors"),
        (2, "Twenty Thousand Leagues Under the Sea"),
        (3, "The War of the Worlds"),
        (4, "The Time Machine"),
        (5, "The Mysterious Island"),
    ]
    assert rank(releases, 10)[2].narrators == ("Marlowe Quickfall",)


def test_editions_are_known_by_title_and_author() -> None:
    found = titles(
        upload("Emma (Unabridged)", "Jane Austen"),
        upload("EMMA", "Jane Austen", "A. Translator"),
        upload("Emma by Jane Austen", "Jane Austen"),
        upload("Emma", "Somebody Else"),
    )
    assert found == [(1, "Emma"), (2, "Emma")]


def test_volumes_with_one_title_are_different_books() -> None:
    one, two = (SeriesPlace("Saga", "1"),), (SeriesPlace("Saga", "2"),)
    assert len(titles(upload("Saga", "A", series=one), upload("Saga", "A", series=two))) == 2
    assert len(titles(upload("Saga", "A", series=one), upload("Saga", "A"))) == 1


def test_the_limit_counts_books() -> None:
    assert titles(upload("A", "x"), upload("A", "x"), upload("B", "x"), upload("C", "x"), limit=2) == [
        (1, "A"),
        (2, "B"),
    ]


@pytest.mark.parametrize(
    ("title", "authors", "expected"),
    [
        ("Robinson Crusoe (Abridged) by Daniel Defoe", ("Daniel Defoe",), "Robinson Crusoe"),
        ("Jane Austen - Emma", ("Jane Austen",), "Emma"),
        ("Stand by Me", ("Me",), "Stand"),
        ("Death by Chocolate", ("Sally Berneathy",), "Death by Chocolate"),
        ("(Unabridged)", (), "(Unabridged)"),
        ("1984 (.*", ("(.*",), "1984 (.*"),
    ],
)
def test_work_title(title: str, authors: tuple[str, ...], expected: str) -> None:
    assert work_title(title, authors) == expected
