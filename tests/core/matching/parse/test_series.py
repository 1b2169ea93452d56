from __future__ import annotations

import pytest

from audiobook_daemon.matching.parse import SeriesReading, read_series, read_series_phrase


@pytest.mark.parametrize(
    ("text", "name", "position"),
    [
        ("Wheel of Time, #5", "Wheel of Time", "5"),
        ("Wheel of Time Book 5", "Wheel of Time", "5"),
        ("Wheel of Time; 5", "Wheel of Time", "5"),
        ("Book 5 of The Wheel of Time", "The Wheel of Time", "5"),
        ("The Wheel of Time 05", "The Wheel of Time", "5"),
        ("The Wheel of Time, Books 1-3", "The Wheel of Time", "1-3"),
        ("Das Rad der Zeit, Band 5", "Das Rad der Zeit", "5"),
        ("#5", None, "5"),
        ("Book Five", None, "5"),
    ],
)
def test_a_phrase_names_series_and_position(text: str, name: str | None, position: str) -> None:
    found = read_series_phrase(text)
    assert found is not None
    assert (found.name, found.position) == (name, position)


@pytest.mark.parametrize("text", ["Wheel of Time", "Book 5: Winter's Heart", "Unabridged", "", "1990"])
def test_a_text_with_more_or_less_than_a_place_is_no_phrase(text: str) -> None:
    assert read_series_phrase(text) is None


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Fool Moon (Dresden Files, #2)", SeriesReading("Dresden Files", "2", "Fool Moon")),
        ("Fool Moon [Dresden Files 02] (Unabridged)", SeriesReading("Dresden Files", "2", "Fool Moon", marked=True)),
        ("Fool Moon (Book 2)", SeriesReading("Fool Moon", "2", "Fool Moon")),
        ("Fool Moon: The Dresden Files, Book 2", SeriesReading("The Dresden Files", "2", "Fool Moon")),
        ("Fool Moon, Book 2 of The Dresden Files", SeriesReading("The Dresden Files", "2", "Fool Moon")),
        ("Dresden Files Book 2: Fool Moon", SeriesReading("Dresden Files", "2", "Fool Moon")),
        ("Fool Moon - Dresden Files Book 2", SeriesReading("Dresden Files", "2", "Fool Moon")),
        ("Fool Moon: Dresden Files #2", SeriesReading("Dresden Files", "2", "Fool Moon")),
        ("Fool Moon (Dresden Files, #2; Urban Fantasy, #9)", SeriesReading("Dresden Files", "2", "Fool Moon")),
        ("Spice & Wolf, Vol. 2 (light novel): The Merchant", SeriesReading("Spice & Wolf", "2", "The Merchant")),
        ("Dresden Files Books 1-3 Box Set", SeriesReading("Dresden Files", "1-3", collection=True)),
        ("Duty: ARISEN: Raiders, Volume 4", SeriesReading("ARISEN: Raiders", "4", "Duty")),
        ("Heretic: Epilogue", SeriesReading("Heretic", None, "Heretic: Epilogue")),
        ("Spice & Wolf, Vol. 01", SeriesReading("Spice & Wolf", "1")),
        ("Spice & Wolf: New Theory, Vol. 4", SeriesReading("Spice & Wolf: New Theory", "4")),
        ("Dresden Files Omnibus: Books 1-4", SeriesReading("Dresden Files", "1-4", collection=True)),
        ("He Who Fights with Monsters 10", SeriesReading("He Who Fights with Monsters", "10", marked=False)),
        (
            "He Who Fights with Monsters 10: A LitRPG Adventure",
            SeriesReading("He Who Fights with Monsters", "10", "A LitRPG Adventure", marked=False),
        ),
        ("Oathbringer (Stormlight Archive)", SeriesReading("Stormlight Archive", None, "Oathbringer")),
    ],
)
def test_a_series_is_read_out_of_a_title(text: str, reading: SeriesReading) -> None:
    found = read_series(text)
    assert found is not None
    assert (found.name, found.position, found.title, found.collection) == (
        reading.name,
        reading.position,
        reading.title,
        reading.collection,
    )


@pytest.mark.parametrize(
    "text",
    [
        "The Martian",
        "Star Wars: Triple Zero",
        "Fahrenheit 451",
        "Catch-22",
        "Apollo 13",
        "The Stand (1st printing)",
        "The Stand (Limited Edition)",
        "The Stand (What a Book)",
        "The 5th Wave",
        "1984 (Unabridged)",
    ],
)
def test_a_title_without_series_has_none(text: str) -> None:
    assert read_series(text) is None


def test_a_known_series_is_known_without_a_number() -> None:
    found = read_series("Oathbringer (Cosmere)", known=("The Cosmere",))
    assert found is not None
    assert (found.name, found.position, found.title) == ("Cosmere", None, "Oathbringer")
    assert read_series("Oathbringer (Cosmere)") is None
