from __future__ import annotations

import pytest

from audiobook_daemon.matching.contents import (
    is_clutter,
    is_disc_name,
    is_extra,
    is_generic_folder,
    is_ignored,
    is_part_name,
)


@pytest.mark.parametrize(
    "name",
    [
        "CD 3",
        "cd03",
        "Disc Two",
        "Disk #2 of 5",
        "DISC_04",
        "The Time Machine - CD 2",
        "The Time Machine (Disc 2)",
        "Disc 2 - The Morlocks",
        "Disque 1",
        "Kassette 2",
        "Side B",
        "1st Disc",
        "D2T05",
        "CD II",
    ],
)
def test_a_disc_is_known_by_its_word_and_number(name: str) -> None:
    assert is_disc_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "CD",
        "Discs",
        "Discworld 4",
        "ABCD 1",
        "CD 128kbps",
        "CD 2001",
        "Book 2",
        "Part 2",
        "The Dark Side of the Moon",
        "",
    ],
)
def test_a_disc_without_a_number_or_inside_a_word_is_none(name: str) -> None:
    assert not is_disc_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Part 2",
        "pt. 2",
        "Part Two",
        "Part II",
        "Teil 3",
        "2. Teil",
        "Second Part",
        "Emma (2 of 3)",
        "Emma 2of3",
        "Part 2 - The Return",
    ],
)
def test_a_part_is_known_by_its_word_and_number(name: str) -> None:
    assert is_part_name(name)


@pytest.mark.parametrize(
    "name", ["Part", "Part of the Family", "Party 2", "Apartment 16", "Part I Love", "Emma pt", "Volume 2", ""]
)
def test_words_that_only_look_like_parts_are_none(name: str) -> None:
    assert not is_part_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "CD1",
        "Part 2",
        "Vol. 3",
        "Side A",
        "MP3",
        "[M4B]",
        "128 kbps",
        "Audio",
        "Hörbuch",
        "Downloads",
        "New Folder (2)",
        "01",
        "",
    ],
)
def test_folders_that_say_nothing(name: str) -> None:
    assert is_generic_folder(name)


@pytest.mark.parametrize(
    "name", ["CD Baby", "Disc 1 - Emma", "1984", "813", "Volumetric", "Emma", "Volume 1 - Emma", "Jane Austen"]
)
def test_folders_that_name_something(name: str) -> None:
    assert not is_generic_folder(name)


@pytest.mark.parametrize(
    "path",
    [
        "Emma/.DS_Store",
        "Emma/Thumbs.db",
        "Emma/desktop.ini",
        "Emma/._01.mp3",
        "Emma/01.mp3.part",
        "Emma/01.mp3.!qB",
        "Emma/01.mp3.crdownload",
        "Emma/notes.txt~",
        "Emma/~$notes.docx",
        "@eaDir/01.mp3",
        "#recycle/Emma/01.mp3",
        "$RECYCLE.BIN/01.mp3",
        ".Trash-1000/files/01.mp3",
        "__MACOSX/Emma/01.mp3",
        "Emma\\.sync\\01.mp3",
        "Emma/01.sync-conflict-20240101-101010-ABCDEFG.mp3",
        "Emma/01 (Anna's conflicted copy 2024-01-01).mp3",
        "_____padding_file_3_____",
    ],
)
def test_clutter_is_ignored(path: str) -> None:
    assert is_clutter(path)
    assert is_ignored(path)


@pytest.mark.parametrize(
    "path",
    [
        "Emma/sample.mp3",
        "Emma/Sample/emma.mp3",
        "Emma/Emma - Retail Sample.mp3",
        "Emma/Preview.m4b",
        "Emma/Bonus - Interview with the Narrator.mp3",
        "Emma/Bonus Material/01.mp3",
        "Emma/Extras/01.mp3",
    ],
)
def test_samples_and_bonus_material_are_ignored_but_are_no_clutter(path: str) -> None:
    assert is_extra(path)
    assert is_ignored(path)
    assert not is_clutter(path)


@pytest.mark.parametrize(
    "path",
    [
        "Emma/01.mp3",
        "./Emma/01.mp3",
        "...And Ladies of the Club/01.mp3",
        "Emma/12 - A Sample of Needlework.mp3",
        "Extras/Extras.m4b",
        "Emma/Bonus Chapter.mp3",
        "The Temp/The Temp.m4b",
        "Party of One/part one.mp3",
        "",
    ],
)
def test_books_are_not_ignored(path: str) -> None:
    assert not is_ignored(path)
