from __future__ import annotations

from dataclasses import replace

import pytest

from audiobook_daemon import SeriesPlace
from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.folder import read_path

MISTBORN = (SeriesPlace("Mistborn", "2"),)
WELL = Claims("The Well of Ascension", authors=("Brandon Sanderson",), series=MISTBORN)


@pytest.mark.parametrize(
    "path",
    [
        "Brandon Sanderson/Mistborn/02 - The Well of Ascension",
        "Brandon Sanderson/Mistborn/2. The Well of Ascension",
        "Brandon Sanderson/Mistborn/2) The Well of Ascension",
        "Brandon Sanderson/Mistborn/(02) The Well of Ascension",
        "Brandon Sanderson/Mistborn/02 The Well of Ascension",
        "Brandon Sanderson/Mistborn/02-The Well of Ascension",
        "Brandon Sanderson/Mistborn/2 The Well of Ascension",
        "Brandon Sanderson/Mistborn/#2 The Well of Ascension",
        "Brandon Sanderson/Mistborn/Book 2 - The Well of Ascension",
        "Brandon Sanderson/Mistborn/Book Two - The Well of Ascension",
        "Brandon Sanderson/Mistborn/Vol. II - The Well of Ascension",
        "Brandon Sanderson/Mistborn/Volume 2. The Well of Ascension",
        "Brandon Sanderson/Mistborn/vol_02 The Well of Ascension",
        "Brandon Sanderson/Mistborn/Mistborn 2 The Well of Ascension",
        "Brandon Sanderson/Mistborn/Mistborn #2: The Well of Ascension",
        "Brandon Sanderson/Mistborn/Mistborn - 02 - The Well of Ascension",
        "Brandon Sanderson/Mistborn/The Well of Ascension - Mistborn 2",
        "Brandon Sanderson/Mistborn/The Well of Ascension, Book 2",
        "Brandon Sanderson/Mistborn/The Well of Ascension (2)",
        "Brandon Sanderson/Mistborn/The Well of Ascension [Mistborn 2]",
        "Brandon Sanderson/Mistborn/Well of Ascension, The [Mistborn 2]",
        "Brandon Sanderson/Mistborn 02 - The Well of Ascension",
        "Brandon Sanderson/Mistborn 02 The Well of Ascension",
        "Brandon Sanderson/Mistborn - 02 - The Well of Ascension",
        "Brandon Sanderson - Mistborn/02 - The Well of Ascension",
        "Brandon Sanderson - Mistborn 02 - The Well of Ascension",
        "Brandon Sanderson - Mistborn - 02 - The Well of Ascension",
        "Brandon Sanderson - Mistborn, Book 2 - The Well of Ascension",
        "Brandon Sanderson - Mistborn (Book 2) - The Well of Ascension",
        "Brandon Sanderson - [Mistborn 02] - The Well of Ascension",
        "Brandon Sanderson - The Well of Ascension (Mistborn, #2)",
        "Brandon Sanderson - The Well of Ascension - Mistborn Book 2",
        "Brandon Sanderson/Brandon Sanderson - Mistborn 02 - The Well of Ascension",
        "Brandon Sanderson [Mistborn 02] The Well of Ascension",
        "Sanderson, Brandon/Mistborn 02 - The Well of Ascension",
        "Mistborn 02 - The Well of Ascension - Brandon Sanderson",
        "The Well of Ascension (Mistborn 2) - Brandon Sanderson",
        "The Well of Ascension by Brandon Sanderson (Mistborn #2)",
        "Mistborn series by Brandon Sanderson/B02 The Well of Ascension",
        "C:\\Audiobooks\\Brandon Sanderson\\Mistborn\\02 - The Well of Ascension",
        "/mnt/nas/media/audiobooks/Brandon Sanderson/Mistborn/02 - The Well of Ascension/",
        "Fantasy/Brandon Sanderson/Mistborn/02 - The Well of Ascension",
        "English/Brandon Sanderson/Mistborn/02 - The Well of Ascension/CD 04",
    ],
)
def test_every_usual_layout_says_the_same(path: str) -> None:
    assert replace(read_path(path), language=None) == WELL


@pytest.mark.parametrize(
    ("path", "claims"),
    [
        ("Andy Weir/Project Hail Mary", Claims("Project Hail Mary", authors=("Andy Weir",))),
        ("Andy Weir - Project Hail Mary", Claims("Project Hail Mary", authors=("Andy Weir",))),
        ("Project Hail Mary - Andy Weir", Claims("Project Hail Mary", authors=("Andy Weir",))),
        ("Project Hail Mary (Andy Weir)", Claims("Project Hail Mary", authors=("Andy Weir",))),
        ("Project Hail Mary", Claims("Project Hail Mary")),
        ("Andy_Weir-Project_Hail_Mary-2021", Claims("Project Hail Mary", authors=("Andy Weir",), year=2021)),
        ("Homer/The Odyssey", Claims("The Odyssey", authors=("Homer",))),
        ("Asimov, Isaac - I, Robot", Claims("I, Robot", authors=("Isaac Asimov",))),
        (
            "Neil Gaiman & Terry Pratchett/Good Omens",
            Claims("Good Omens", authors=("Neil Gaiman", "Terry Pratchett")),
        ),
        (
            "Gaiman, Neil & Pratchett, Terry - Good Omens",
            Claims("Good Omens", authors=("Neil Gaiman", "Terry Pratchett")),
        ),
        ("村上春樹/ノルウェイの森", Claims("ノルウェイの森", authors=("村上春樹",))),
        (
            "Лукьяненко, Сергей/Дозоры/Книга 1. Ночной дозор",
            Claims("Ночной дозор", authors=("Сергей Лукьяненко",), series=(SeriesPlace("Дозоры", "1"),)),
        ),
        ("尾田栄一郎/ワンピース/第1巻", Claims(authors=("尾田栄一郎",), series=(SeriesPlace("ワンピース", "1"),))),
        ("Various Authors/Wild Cards/01 - Wild Cards", Claims("Wild Cards", series=(SeriesPlace("Wild Cards", "1"),))),
        ("Unknown Author/Beowulf", Claims("Beowulf")),
        (
            "Dresden Files/Jim Butcher - Storm Front",
            Claims("Storm Front", authors=("Jim Butcher",), series=(SeriesPlace("Dresden Files"),)),
        ),
        ("Book 4 - Summer Knight", Claims("Summer Knight", series=(SeriesPlace("", "4"),))),
        ("The Expanse #002", Claims(series=(SeriesPlace("The Expanse", "2"),))),
    ],
)
def test_a_path_names_author_series_and_title(path: str, claims: Claims) -> None:
    assert read_path(path) == claims


@pytest.mark.parametrize(
    "path",
    [
        "Stephen King/11-22-63",
        "George Orwell/1984",
        "George Orwell - 1984",
        "Ray Bradbury/Fahrenheit 451",
        "Joseph Heller - Catch 22",
        "Agatha Christie/4.50 from Paddington",
        "Yuval Noah Harari/21 Lessons for the 21st Century",
        "Jules Verne/20,000 Leagues Under the Sea",
        "James Patterson/1st to Die",
        "Max Brooks/World War Z",
        "Ernest Cline - Ready Player One",
    ],
)
def test_digits_of_a_title_are_no_volume(path: str) -> None:
    claims = read_path(path)
    assert claims.title == path.replace(" - ", "/").split("/")[1]
    assert claims.series == ()
    assert claims.year is None


@pytest.mark.parametrize(
    ("path", "title", "series"),
    [
        ("Zogarth/The Primal Hunter 3", "The Primal Hunter 3", SeriesPlace("The Primal Hunter", "3")),
        (
            "Stephen King/The Dark Tower/The Dark Tower VII - The Dark Tower",
            "The Dark Tower",
            SeriesPlace("The Dark Tower", "7"),
        ),
        ("Jim Butcher/The Dresden Files/DF04 - Summer Knight", "Summer Knight", SeriesPlace("The Dresden Files", "4")),
        ("Lee Child/Jack Reacher/Jack Reacher 09.5 - Second Son", "Second Son", SeriesPlace("Jack Reacher", "9.5")),
        ("Isaac Asimov/Foundation/Foundation", "Foundation", SeriesPlace("Foundation")),
        (
            "Harry Potter vol_02 and the Chamber of Secrets",
            "Harry Potter and the Chamber of Secrets",
            SeriesPlace("Harry Potter", "2"),
        ),
        ("Isaac Asimov - Foundation 01 - Foundation", "Foundation", SeriesPlace("Foundation", "1")),
    ],
)
def test_a_series_is_told_from_a_title_that_holds_its_name(path: str, title: str, series: SeriesPlace) -> None:
    claims = read_path(path)
    assert claims.title == title
    assert claims.series == (series,)


@pytest.mark.parametrize(
    ("path", "position"),
    [
        ("J. R. R. Tolkien/The Lord of the Rings (Books 1-3)", "1-3"),
        ("Michael J. Sullivan/The Lord of the Rings/Theft of Swords (1-2)", "1-2"),
        ("The Lord of the Rings 1-3 - J. R. R. Tolkien", "1-3"),
        ("J. R. R. Tolkien/The Lord of the Rings/Vol 01-03 - Omnibus of the Ring", "1-3"),
        ("The Lord of the Rings Omnibus (Books 1-3)", "1-3"),
    ],
)
def test_a_range_is_a_collection(path: str, position: str) -> None:
    claims = read_path(path)
    assert claims.series == (SeriesPlace("The Lord of the Rings", position),)
    assert claims.collection


def test_a_series_folder_that_counts_its_books_does_not_number_them() -> None:
    claims = read_path("Jim Butcher/Dresden Files 1-15/Book 4 - Summer Knight")
    assert claims.series == (SeriesPlace("Dresden Files", "4"),)


def test_the_deeper_series_comes_first() -> None:
    claims = read_path("Terry Pratchett/Discworld/Witches/Witches 02 - Wyrd Sisters")
    assert claims.series == (SeriesPlace("Witches", "2"),)
    assert claims.authors == ("Terry Pratchett",)
    inside = read_path("Brandon Sanderson/The Cosmere/Mistborn 1 - The Final Empire")
    assert inside.series == (SeriesPlace("Mistborn", "1"), SeriesPlace("The Cosmere"))


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        (
            "The Shining (1977) {Campbell Scott} [B002V5D96G]",
            {"year": 1977, "narrators": ("Campbell Scott",), "asin": "B002V5D96G"},
        ),
        ("1977 - The Shining - read by Campbell Scott", {"year": 1977, "narrators": ("Campbell Scott",)}),
        (
            "The Shining (Campbell Scott) [64kbps m4b]",
            {"narrators": ("Campbell Scott",), "bitrate": 64, "formats": ("m4b",)},
        ),
        ("The Shining {ASIN.B002V5D96G]", {"asin": "B002V5D96G"}),
        ("The Shining [978-0-385-12167-5]", {"isbn": "9780385121675"}),
        ("The Shining (Part 1 of 2) [Dramatized Adaptation]", {"part": "1", "part_count": "2", "dramatised": True}),
        ("The Shining - Part 2 of 2 (Unabridged)", {"part": "2", "part_count": "2", "abridged": False}),
        ("The Shining (gekürzte Lesung)", {"abridged": True}),
        ("The Shining, 1977", {"year": 1977}),
        ("The Shining...", {"title": "The Shining..."}),
        ("The Shining [Shining]", {"title": "The Shining [Shining]"}),
    ],
)
def test_remarks_beside_the_title_are_read(name: str, claims: dict[str, object]) -> None:
    expected = Claims("The Shining", authors=("Stephen King",))
    assert read_path(f"Stephen King/{name}") == replace(expected, **claims)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "number", "part"),
    [
        ("The Empyrean vol_01p2 Fourth Wing (Graphic Audio)", "1", "2"),
        ("The Empyrean - vol_02-1 - Iron Flame", "2", "1"),
        ("The Empyrean - vol_02-2 - Iron Flame", "2", "2"),
        ("The Empyrean/Book 2 - Iron Flame - Part 1 of 2", "2", "1"),
    ],
)
def test_a_volume_cut_into_parts_is_no_range(path: str, number: str, part: str) -> None:
    claims = read_path(path)
    assert claims.series == (SeriesPlace("The Empyrean", number),)
    assert claims.part == part


def test_the_publisher_of_dramatisations_is_no_author() -> None:
    claims = read_path("GraphicAudio/Crescent City/01 - House of Earth and Blood")
    assert claims.authors == ()
    assert claims.publisher == "GraphicAudio"
    assert claims.dramatised
    assert claims.series == (SeriesPlace("Crescent City", "1"),)
    assert read_path("GraphicAudio/Sarah J. Maas/House of Earth and Blood").authors == ("Sarah J. Maas",)


def test_first_bracketed_person_wrote_and_second_read() -> None:
    claims = read_path("The Goblet of Fire (J.K. Rowling) (Jim Dale)")
    assert (claims.authors, claims.narrators) == (("J.K. Rowling",), ("Jim Dale",))


def test_the_author_may_read() -> None:
    assert read_path("Neil Gaiman/Stardust (read by the author)").narrators == ("Neil Gaiman",)


def test_a_dump_is_no_author() -> None:
    assert read_path("sorted2/Children of Time", root_is_generic=True) == Claims("Children of Time")
    assert read_path("Children of Time", root_is_generic=True) == Claims("Children of Time")


@pytest.mark.parametrize("path", ["", "/", "..", "../..", "C:\\", "[]", "-", " - - ", "{}"])
def test_a_path_without_words_claims_nothing(path: str) -> None:
    assert read_path(path) == Claims()


def test_the_layout_tells_an_author_whose_name_is_made_of_common_words() -> None:
    expected = Claims("Endless Beginnings", authors=("Void Herald",), series=(SeriesPlace("The Perfect Run", "1"),))
    assert read_path("Void Herald - The Perfect Run 01 - Endless Beginnings") == expected
    assert read_path("Void Herald/The Perfect Run/1. Endless Beginnings") == expected


def test_a_person_may_be_the_title_of_a_numbered_volume() -> None:
    claims = read_path("Zogarth/The Primal Hunter 02 - Jake Thayne")
    assert (claims.title, claims.authors) == ("Jake Thayne", ("Zogarth",))
