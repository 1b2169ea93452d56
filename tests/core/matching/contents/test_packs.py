from __future__ import annotations

import pytest

from audiobook_daemon import SeriesPlace, TorrentFile
from audiobook_daemon.matching.contents import FileGroup, find_books

SIZE = 300_000_000


def books(*paths: str) -> tuple[FileGroup, ...]:
    return find_books([TorrentFile(path, SIZE) for path in paths])


def test_every_book_of_a_pack_has_its_files_and_its_folder() -> None:
    one, two = books(
        "Anthony Trollope - Barsetshire/Book 2 - Barchester Towers/CD2/01.mp3",
        "Anthony Trollope - Barsetshire/Book 2 - Barchester Towers/CD1/01.mp3",
        "Anthony Trollope - Barsetshire/Book 1 - The Warden/The Warden.m4b",
        "Anthony Trollope - Barsetshire/cover.jpg",
    )
    assert one.folder == "Anthony Trollope - Barsetshire/Book 1 - The Warden"
    assert one.paths == ("Anthony Trollope - Barsetshire/Book 1 - The Warden/The Warden.m4b",)
    assert [path[-10:] for path in two.paths] == ["CD1/01.mp3", "CD2/01.mp3"]
    assert two.folder == "Anthony Trollope - Barsetshire/Book 2 - Barchester Towers"
    assert two.size == 2 * SIZE


@pytest.mark.parametrize(
    "paths",
    [
        [
            "Anthony Trollope - Barsetshire/Book 1 - The Warden/1.mp3",
            "Anthony Trollope - Barsetshire/Book 2 - Barchester Towers/1.mp3",
        ],
        [
            "Anthony Trollope - Barsetshire/01 The Warden/a.m4b",
            "Anthony Trollope - Barsetshire/02 Barchester Towers/b.m4b",
        ],
        [
            "Anthony Trollope - Barsetshire/1 - The Warden.m4b",
            "Anthony Trollope - Barsetshire/2 - Barchester Towers.m4b",
        ],
        [
            "Anthony Trollope/Barsetshire/Book 1 - The Warden.m4b",
            "Anthony Trollope/Barsetshire/Book 2 - Barchester Towers.m4b",
        ],
    ],
)
def test_what_the_upper_folder_knows_flows_down(paths: list[str]) -> None:
    one, two = (group.claims for group in books(*paths))
    assert (one.title, two.title) == ("The Warden", "Barchester Towers")
    assert one.authors == two.authors == ("Anthony Trollope",)
    assert one.series == (SeriesPlace("Barsetshire", "1"),)
    assert two.series == (SeriesPlace("Barsetshire", "2"),)


def test_loose_files_in_several_pieces_are_named_without_their_marks() -> None:
    found = books(
        "Novels/Emma - Part 1.mp3", "Novels/Emma - Part 2.mp3", "Novels/Persuasion 01.mp3", "Novels/Persuasion 02.mp3"
    )
    assert [group.claims.title for group in found] == ["Emma", "Persuasion"]
    assert {group.folder for group in found} == {"Novels"}


def test_neighbours_that_are_counted_have_positions() -> None:
    found = books("Moons/03 Dark Moon/a.m4b", "Moons/04 New Moon/b.m4b", "Moons/13 Last Moon/c.m4b")
    assert [group.claims.title for group in found] == ["Dark Moon", "New Moon", "Last Moon"]
    assert [group.claims.series[0].position for group in found] == ["3", "4", "13"]


def test_numbers_that_belong_to_titles_stay_there() -> None:
    found = books("Jules Verne/80 Days Around/a.m4b", "Jules Verne/5 Weeks Up/b.m4b")
    assert {group.claims.title for group in found} == {"80 Days Around", "5 Weeks Up"}


def test_extras_covers_and_e_books_are_no_books() -> None:
    assert books("Emma/Emma.epub", "Emma/cover.jpg") == ()
    assert books("Emma/sample.mp3") == ()
    (only,) = books("Emma/Emma.m4b", "Emma/sample.mp3", "Emma/Emma.epub", "Emma/.hidden.mp3")
    assert only.paths == ("Emma/Emma.m4b",)
    assert only.extras == ("Emma/sample.mp3",)


def test_a_single_file_is_a_book() -> None:
    (only,) = books("Jane Austen - Emma.m4b")
    assert only.folder == ""
    assert only.claims.title == "Emma"
