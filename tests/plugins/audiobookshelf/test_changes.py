"""Only what is stated and differs is sent, in the words the server understands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiobook_daemon import Facts, SeriesPlace
from audiobook_plugins.audiobookshelf.changes import body_for, front, not_kept
from audiobook_plugins.audiobookshelf.decoding import read_item
from audiobook_plugins.audiobookshelf.records import Item


def _item(**metadata: object) -> Item:
    known = {
        "title": "Salt",
        "authors": [{"name": "Ada Lovett"}, {"name": "Ben Harrow"}],
        "series": [{"name": "Harbour", "sequence": "3"}],
        "narrators": ["Tom Sedge"],
        "language": "English",
        "abridged": False,
    }
    item = read_item({"id": "x", "media": {"metadata": {**known, **metadata}, "tags": ["old"]}})
    assert item is not None
    return item


NOTHING = Facts(source="test")


def test_what_is_there_already_is_not_sent() -> None:
    facts = replace(
        NOTHING,
        title="Salt",
        authors=("ada lovett", "Ben Harrow"),
        series=(SeriesPlace("harbour", "3"),),
        narrators=("Tom Sedge",),
        language="en",
        abridged=False,
        tags=("old",),
    )
    assert body_for(_item(), facts) == {}


def test_blanks_say_nothing() -> None:
    facts = Facts(
        source="test", title=" ", subtitle="", authors=(), narrators=("",), series=(SeriesPlace(" ", "1"),),
        publisher="", description="", language="", isbn="", asin=" ", genres=(), tags=(" ",),
    )  # fmt: skip
    assert body_for(_item(), facts) == {}


def test_every_stated_field_is_sent_in_the_servers_words() -> None:
    facts = Facts(
        source="test", title="New", subtitle="Sub", authors=("Ben Harrow", "Ben Harrow", "Cora Vane"),
        narrators=("A", "A", "B"), series=(SeriesPlace("Harbour", "2.5"), SeriesPlace("Side")), publisher="Quay",
        year=2012, published="2012-05-01", description="<p>x</p>", language="de", isbn="978", asin="B0",
        genres=("Fantasy",), tags=("t",), abridged=True,
    )  # fmt: skip
    assert body_for(_item(), facts) == {
        "metadata": {
            "title": "New",
            "subtitle": "Sub",
            "publisher": "Quay",
            "publishedYear": "2012",
            "publishedDate": "2012-05-01",
            "description": "<p>x</p>",
            "isbn": "978",
            "asin": "B0",
            "language": "German",
            "authors": [{"name": "Ben Harrow"}, {"name": "Cora Vane"}],
            "narrators": ["A", "B"],
            "genres": ["Fantasy"],
            "series": [{"name": "Harbour", "sequence": "2.5"}, {"name": "Side", "sequence": None}],
            "abridged": True,
        },
        "tags": ["t"],
    }


def test_an_unknown_position_takes_none_away() -> None:
    facts = replace(NOTHING, series=(SeriesPlace("Harbour"), SeriesPlace("Side", "1")))
    body = body_for(_item(), facts)
    assert body["metadata"] == {
        "series": [{"name": "Harbour", "sequence": "3"}, {"name": "Side", "sequence": "1"}],
    }


@pytest.mark.parametrize(
    ("present", "wanted", "kept"),
    [
        ("ABC", "ABC", None),
        ("ACB", "ABC", "AB"),
        ("BA", "AB", "A"),
        ("ABDC", "ABCD", "ABC"),
        ("CAB", "ABC", "AB"),
        ("AB", "ABC", None),
    ],
)
def test_the_front_to_keep_is_the_longest_that_stands_in_order(present: str, wanted: str, kept: str | None) -> None:
    assert wanted[: front(present, wanted)] == (kept or "")


def test_silently_dropped_fields_are_named() -> None:
    body: dict[str, object] = {
        "metadata": {"title": "Other", "authors": [{"name": "ADA LOVETT"}, {"name": "Ben Harrow"}], "description": "x"},
        "tags": ["new"],
    }
    assert not_kept(_item(), body) == ["title", "tags"]
    series: dict[str, object] = {"metadata": {"series": [{"name": "harbour", "sequence": "4"}]}}
    assert not_kept(_item(), series) == ["series"]
