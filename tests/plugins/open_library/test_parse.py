"""Records of any shape are read for what they are worth."""

from __future__ import annotations

import pytest

from audiobook_daemon import SeriesPlace
from audiobook_plugins.open_library import parse

JUNK: list[object] = [None, True, 7, "x", [], {}, [None, 3], [{"key": 3}], {"value": 4}]
WORK = {"key": "/works/OL1W", "title": "Kiln", "first_publish_year": 1999, "author_name": ["Kay Marsh"]}


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize(
    "member",
    ["subtitle", "author_name", "author_key", "language", "isbn", "cover_i", "covers", "series_name", "authors"],
)
def test_a_member_of_a_wrong_type_costs_that_member(member: str, junk: object) -> None:
    row = parse.work_row({**WORK, member: junk})
    assert row is not None
    assert (row.key, row.title, row.year) == ("/works/OL1W", "Kiln", 1999)


@pytest.mark.parametrize("junk", JUNK)
def test_anything_at_all_may_stand_where_a_record_should(junk: object) -> None:
    parse.work_row({"key": junk, "title": junk, "first_publish_year": junk})
    parse.author_row({"key": junk, "name": junk, "birth_date": junk})
    parse.edition({"works": junk, "languages": junk, "isbn_13": junk, "publishers": junk, "series": junk})
    assert parse.description({"description": junk}) in {None, "x"}
    assert parse.genres({"subjects": junk}) == ()


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("Plain.", "Plain."),
        ({"type": "/type/text", "value": "Wrapped."}, "Wrapped."),
        ("One\r\n\r\ntwo <i>three</i>", "One\ntwo three"),
        ("  ", None),
    ],
)
def test_a_description_is_a_text_or_holds_one(told: object, text: str | None) -> None:
    assert parse.description({"description": told}) == text


@pytest.mark.parametrize(
    ("told", "title", "place"),
    [
        ("The Kiln (Fire and Clay, #2)", "The Kiln", SeriesPlace("Fire and Clay", "2")),
        ("The Kiln (Fire and Clay #2.5)", "The Kiln", SeriesPlace("Fire and Clay", "2.5")),
        ("The Kiln (Fire and Clay, Book 1-3)", "The Kiln", SeriesPlace("Fire and Clay", "1-3")),
        ("The Kiln (Fire and Clay; Vol. 4)", "The Kiln", SeriesPlace("Fire and Clay", "4")),
        ("The Kiln (a novel)", "The Kiln (a novel)", None),
        ("Kiln 22", "Kiln 22", None),
        ("The Kiln (Light Novel)", "The Kiln (Light Novel)", None),
        ("1984 (Penguin 1984)", "1984 (Penguin 1984)", None),
        ("(#1)", "(#1)", None),
    ],
)
def test_a_series_is_taken_out_of_a_title_if_it_bears_a_number(
    told: str, title: str, place: SeriesPlace | None
) -> None:
    assert parse.series_in_title(told) == (title, place)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Discs of Clay ; 8", SeriesPlace("Discs of Clay", "8")),
        ("Discs of Clay #1", SeriesPlace("Discs of Clay", "1")),
        ("Discs of Clay, #1.5", SeriesPlace("Discs of Clay", "1.5")),
        ("Discs of Clay, bk. 3", SeriesPlace("Discs of Clay", "3")),
        ("Discs of Clay (2)", None),
        ("A Tall Tower book", None),
        ("Tower 7", None),
    ],
)
def test_a_series_in_the_words_of_an_edition_bears_a_number(words: str, place: SeriesPlace | None) -> None:
    assert parse.series_in_words(words) == place


@pytest.mark.parametrize(
    ("told", "year"),
    [
        ("July 1998", 1998),
        ("c1998", 1998),
        (1998, 1998),
        ("1998-07", 1998),
        ("19981", None),
        ("199?", None),
        (True, None),
    ],
)
def test_a_date_is_read_for_its_year(told: object, year: int | None) -> None:
    assert parse.year(told) == year


def test_positions_beside_series_may_be_missing() -> None:
    row = parse.work_row({**WORK, "series_name": ["Fire", "Clay", None, "Ash"], "series_position": ["1", ""]})
    assert row is not None
    assert row.places == (SeriesPlace("Fire", "1"), SeriesPlace("Clay"), SeriesPlace("Ash"))


def test_a_name_stands_once_however_it_is_spelled() -> None:
    row = parse.work_row({**WORK, "author_name": ["Kay Marsh", "MarshKay", "kay marsh", "Vera Kolb"]})
    assert row is not None
    assert row.authors == ("Kay Marsh", "Vera Kolb")


@pytest.mark.parametrize(("covers", "cover"), [([-1, 12], 12), ([-1], None), ([], None), (["7"], None), ([None, 3], 3)])
def test_a_cover_that_was_taken_away_is_none(covers: list[object], cover: int | None) -> None:
    row = parse.work_row({**WORK, "covers": covers})
    assert row is not None
    assert row.cover == cover


def test_languages_are_told_by_three_letters() -> None:
    row = parse.work_row({**WORK, "language": ["eng", "ger", "fre", "chi", "und", "eng"]})
    assert row is not None
    assert row.languages == ("en", "de", "fr", "zh")
