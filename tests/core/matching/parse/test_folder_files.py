from __future__ import annotations

import pytest

from audiobook_daemon import SeriesPlace
from audiobook_daemon.matching.parse.folder import read_path
from audiobook_daemon.matching.parse.folder_levels import says_only_track


@pytest.mark.parametrize(
    "path",
    [
        "Stephen King/The Stand.m4b",
        "Stephen King - The Stand.m4b",
        "Stephen King/Stephen King - The Stand.m4b",
        "Stephen King/The Stand/The Stand.m4b",
        "Stephen King/The Stand/01.mp3",
        "Stephen King/The Stand/1-07 - Chapter 7.mp3",
        "Stephen King/The Stand/07 - The Trashcan Man.mp3",
        "Stephen King/The Stand/something else.m4b",
        "Stephen King/The Stand/CD 03/Track 07.mp3",
        "Stephen King/The Stand/The Stand CD3/07.mp3",
        "Stephen King/The Stand/Disc 1 of 12/the_stand_01.mp3",
        "Stephen King/The Stand/MP3 64kbps/the_stand_01.mp3",
        "Stephen King - The Stand/The Stand-Part01.mp3",
        "The Stand/Stephen King - The Stand - 01.mp3",
        "The Stand/The Stand - Stephen King.m4b",
        "downloads/complete/Stephen King - The Stand/audiobook.m4b",
    ],
)
def test_a_file_belongs_to_the_book_of_its_folder(path: str) -> None:
    claims = read_path(path, is_file=True)
    assert claims.title == "The Stand"
    assert claims.authors == ("Stephen King",)
    assert claims.series == ()


@pytest.mark.parametrize(
    "path",
    [
        "Terry Pratchett/Discworld/05 - Sourcery/Sourcery.m4b",
        "Terry Pratchett/Discworld/05 - Sourcery/Discworld - 05 - Sourcery.m4b",
        "Terry Pratchett/Discworld/Discworld 05 - Sourcery.mp3",
        "Terry Pratchett/Discworld/05 - Sourcery.m4b",
        "Terry Pratchett - Discworld/05 - Sourcery.m4b",
        "Terry Pratchett/Sourcery/Terry Pratchett - Discworld 05 - Sourcery.m4b",
        "Terry Pratchett/Discworld/Sourcery/Discworld 05 - Sourcery.m4b",
        "Discworld series by Terry Pratchett/B05 Sourcery.mp3",
    ],
)
def test_a_file_may_be_the_book_itself_or_add_to_its_folder(path: str) -> None:
    claims = read_path(path, is_file=True)
    assert claims.title == "Sourcery"
    assert claims.authors == ("Terry Pratchett",)
    assert claims.series == (SeriesPlace("Discworld", "5"),)


def test_a_file_in_the_folder_of_a_trilogy_is_one_of_its_books() -> None:
    claims = read_path("Brandon Sanderson/Mistborn Trilogy/The Final Empire.m4b", is_file=True)
    assert claims.title == "The Final Empire"
    assert claims.series == (SeriesPlace("Mistborn Trilogy"),)


@pytest.mark.parametrize(
    "path", ["/srv/audiobooks/Toni Morrison/Home/01.mp3", "Toni Morrison/Home/Home.m4b", "Toni Morrison/books/Home.m4b"]
)
def test_a_book_may_be_called_as_a_folder_of_a_machine(path: str) -> None:
    claims = read_path(path, is_file=True)
    assert (claims.title, claims.authors) == ("Home", ("Toni Morrison",))


def test_the_folder_is_believed_where_its_file_is_called_otherwise() -> None:
    claims = read_path("Terry Pratchett/Discworld/Sourcery/Eric (1990).m4b", is_file=True)
    assert claims.title == "Sourcery"
    assert claims.year is None


def test_the_number_of_a_track_is_no_volume() -> None:
    assert read_path("Terry Pratchett/Sourcery/05 - Sourcery.mp3", is_file=True).series == ()


def test_the_year_of_a_file_completes_its_folder() -> None:
    claims = read_path("Terry Pratchett/Sourcery/Sourcery (1988) [B07SPG7Y2P].m4b", is_file=True)
    assert (claims.year, claims.asin, claims.formats) == (1988, "B07SPG7Y2P", ("m4b",))


@pytest.mark.parametrize("path", ["George Orwell/1984.m4b", "George Orwell/1984/1984.m4b", "George Orwell/1984/01.mp3"])
def test_a_title_of_digits_is_no_track(path: str) -> None:
    assert read_path(path, is_file=True).title == "1984"


@pytest.mark.parametrize("path", ["Track 01.mp3", "01.mp3", "CD1/Track 01.mp3"])
def test_a_track_alone_has_no_title(path: str) -> None:
    assert read_path(path, is_file=True).title in {None, "CD1"}


@pytest.mark.parametrize(
    ("stem", "only"),
    [
        ("001", True),
        ("Track 12", True),
        ("1-07 Chapter 7", True),
        ("Kapitel 3", True),
        ("Part 1 of 2", True),
        ("Opening Credits", True),
        ("Chapter 3 - The Prancing Pony", False),
        ("Partials", False),
        ("Dune", False),
    ],
)
def test_names_of_tracks_are_known(stem: str, only: bool) -> None:
    assert says_only_track(stem) is only
