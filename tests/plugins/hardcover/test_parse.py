"""Records of any shape are read for what they are worth."""

from __future__ import annotations

import json

import pytest

from audiobook_plugins.hardcover import parse
from audiobook_plugins.hardcover.statements import record_book, work_of
from audiobook_plugins.hardcover.values import date, prose, text, truth, whole

JUNK: list[object] = [None, True, 7, 1.5, "", "x", [], {}, [None, 3, "y"], {"id": "x"}, [{"a": 1}]]
BOOK = {
    "id": 5,
    "title": "Wet Sand",
    "users_count": 40,
    "compilation": False,
    "is_partial_book": None,
    "cached_contributors": [
        {"author": {"id": 2, "name": "Vera Kolb"}, "contribution": "Narrator"},
        {"author": {"id": 1, "name": "Jan Ost"}, "contribution": None},
        {"author": {"id": 3, "name": "Lia Rot"}, "contribution": "Translator"},
        {"author": {"id": 4, "name": "Max Elm"}, "contribution": "Co-Author"},
    ],
}


def found(document: object) -> dict[str, object]:
    return {"found": 1, "hits": [{"document": document}]}


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize(
    "member", ["cached_contributors", "cached_tags", "cached_image", "release_date", "book_series", "editions"]
)
def test_a_member_of_a_wrong_type_costs_that_member(member: str, junk: object) -> None:
    record = parse.book_record({**BOOK, "description": "Dry.", member: junk})
    assert record is not None
    assert (record.title, record.description, record.readers) == ("Wet Sand", "Dry.", 40)


@pytest.mark.parametrize("junk", JUNK)
def test_anything_at_all_may_stand_where_a_record_should(junk: object) -> None:
    row = junk if isinstance(junk, dict) else {"id": junk, "title": junk, "name": junk}
    parse.book_record(row)
    parse.recording(row)
    parse.series_row(row)
    assert not [*parse.book_hits(junk), *parse.author_hits(junk), *parse.series_hits(junk)]


def test_only_who_wrote_a_book_is_its_author() -> None:
    record = parse.book_record(BOOK)
    assert record is not None
    assert record.authors == ("Jan Ost", "Max Elm")
    assert dict(record.roles) == {1: None, 2: "Narrator", 3: "Translator", 4: None}


@pytest.mark.parametrize(
    "contributors", [[{"name": "Jan Ost"}], [{"author": {"name": "Jan Ost"}}], [{"author": {"name": " Jan  Ost "}}]]
)
def test_contributors_come_in_two_shapes(contributors: list[object]) -> None:
    record = parse.book_record({**BOOK, "cached_contributors": contributors})
    assert record is not None
    assert record.authors == ("Jan Ost",)


def test_a_search_may_be_an_encoded_text_with_numbers_as_text() -> None:
    document = {
        "id": "5",
        "title": "Wet Sand",
        "users_count": "40",
        "isbns": ["978-0-00-000001-9", "0000000019", "no"],
        "author_names": ["Vera Kolb", "Jan Ost"],
        "contributions": [
            {"author": {"id": 2, "name": "Vera Kolb"}, "contribution": "Narrator"},
            {"author": {"id": 1, "name": "Jan Ost"}},
        ],
    }
    for results in (found(document), json.dumps(found(document))):
        (hit,) = parse.book_hits(results)
        assert (hit.id, hit.authors, hit.isbns, hit.readers) == (5, ("Jan Ost",), ("9780000000019",), 40)
    assert parse.book_hits('{"hits": [') == []


@pytest.mark.parametrize(
    ("row", "position"),
    [
        ({"position": 2.0, "details": "2"}, "2"),
        ({"position": 2.5, "details": None}, "2.5"),
        ({"position": 1.0, "details": "1-3"}, "1-3"),
        ({"position": 10, "details": ""}, "10"),
        ({"position": None, "details": None}, None),
        ({"position": 3.0, "details": "omnibus"}, "3"),
        ({"position": None, "details": "prequel"}, "prequel"),
        ({"position": "4", "details": 4}, "4"),
    ],
)
def test_a_place_stays_text(row: dict[str, object], position: str | None) -> None:
    assert parse.position(row) == position


@pytest.mark.parametrize(
    ("name", "authors", "bare"),
    [
        ("Sands (Jan Ost)", ("Jan Ost",), "Sands"),
        ("Sands (jan ost)", ("Jan Ost",), "Sands"),
        ("Sands (Manga)", ("Jan Ost",), "Sands (Manga)"),
        ("Sands", ("Jan Ost",), "Sands"),
        ("(Jan Ost)", ("Jan Ost",), "(Jan Ost)"),
    ],
)
def test_an_author_in_brackets_is_no_part_of_a_series(name: str, authors: tuple[str, ...], bare: str) -> None:
    assert parse.without_author(name, authors) == bare


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"asin": "b00wetsand"}, ("B00WETSAND", None, None)),
        ({"asin": "12", "audio_seconds": 0}, (None, None, None)),
        ({"audio_seconds": "3600", "language": {"language": "French"}}, (None, 3600.0, "fr")),
        ({"audio_seconds": -4, "language": {"language": "Klingon?"}}, (None, None, None)),
        ({"language": "English"}, (None, None, None)),
    ],
)
def test_a_recording_states_what_is_sound(row: dict[str, object], expected: tuple[object, ...]) -> None:
    recording = parse.recording({"id": 1, **row})
    assert recording is not None
    assert (recording.asin, recording.seconds, recording.language) == expected


@pytest.mark.parametrize(
    ("edition", "title"),
    [
        ("Wet Sand", "Wet Sand"),
        ("Wet Sand: The Dunes, Book 2", "Wet Sand"),
        ("Dunes 2", "Wet Sand"),
        ("Nasser Sand", "Nasser Sand"),
        ("The Drowned Beach", "The Drowned Beach"),
        (None, "Wet Sand"),
    ],
)
def test_a_recording_keeps_a_title_of_its_own(edition: str | None, title: str) -> None:
    places = [{"position": 2, "series": {"id": 9, "name": "The Dunes"}}]
    record = parse.book_record({**BOOK, "book_series": places, "editions": [{"id": 1, "title": edition}]})
    assert record is not None
    book = record_book(record, record.recordings[0])
    assert book.title == title
    assert book.aliases == (() if title == "Wet Sand" else ("Wet Sand",))


@pytest.mark.parametrize(
    ("languages", "chosen"),
    [((), 2), (("en",), 2), (("de",), 3), (("fr",), 4), (("it",), 2)],
)
def test_of_several_recordings_the_wanted_language_comes_first_then_the_whole_text(
    languages: tuple[str, ...], chosen: int
) -> None:
    told = [(1, "English", "Abridged"), (2, "English", None), (3, "German", None), (4, "French", "Abridged")]
    editions = [
        {"id": number, "language": {"language": language}, "edition_information": note, "audio_seconds": number}
        for number, language, note in told
    ]
    record = parse.book_record({**BOOK, "editions": editions})
    assert record is not None
    assert work_of("it", record, languages).runtime == chosen


@pytest.mark.parametrize(
    ("told", "abridged"),
    [("Unabridged", False), ("abridged edition", True), ("Audiobook", None), ("ABRIDGED", True), (None, None)],
)
def test_whether_it_is_abridged_is_told_or_unknown(told: str | None, abridged: bool | None) -> None:
    recording = parse.recording({"id": 1, "edition_information": told})
    assert recording is not None
    assert recording.abridged is abridged


def test_values_are_read_as_what_they_should_be() -> None:
    assert [text(value) for value in (" a\n b ", 12_345_678, 2.5, 3.0, True, "\u200b", "A &amp; B")] == [
        "a b", "12345678", "2.5", "3", None, None, "A & B",
    ]  # fmt: skip
    assert [whole(value) for value in ("12", 12, 12.5, "x", None, True)] == [12, 12, None, None, None, None]
    assert [truth(value) for value in (True, "true", "False", 1, None)] == [True, True, False, None, None]
    assert [date(value) for value in ("2026-03-01T00:00", "1999", "soon", 1999)] == ["2026-03-01", "1999", None, None]
    assert prose("<p>One<br>two</p><script>x</script>") == "One\ntwo\nx"
