from __future__ import annotations

import pytest

from audiobook_daemon.matching.contents import AudioFile, group_files

MEGABYTE = 1_000_000


def grouped(*files: str | AudioFile) -> list[list[str]]:
    found = group_files([file if isinstance(file, AudioFile) else AudioFile(file) for file in files])
    return [[file.path for file in group] for group in found]


@pytest.mark.parametrize(
    "files",
    [
        ["Emma/01.mp3", "Emma/02.mp3", "Emma/03.mp3"],
        ["Emma/01 - The Ball.mp3", "Emma/02 - The Picnic.mp3"],
        ["Emma/Prologue.mp3", "Emma/Chapter 1.mp3", "Emma/Chapter 2.mp3", "Emma/Epilogue.mp3"],
        ["Emma/Emma - Part 1.m4b", "Emma/Emma - Part 2.m4b"],
        ["Emma/Emma 1 of 2.m4b", "Emma/Emma 2 of 2.m4b"],
        ["Emma/Emma.mp3", "Emma/Emma 2.mp3", "Emma/Emma 3.mp3"],
        ["Emma/One.mp3", "Emma/Two.mp3", "Emma/Three.mp3"],
        ["Emma/1a.mp3", "Emma/1b.mp3", "Emma/2a.mp3", "Emma/2b.mp3"],
        ["Emma/Side A.mp3", "Emma/Side B.mp3"],
        ["Emma/a.mp3", "Emma/b.mp3", "Emma/c.mp3"],
        ["Emma/Austen - Emma - 01 - Ball.mp3", "Emma/Austen - Emma - 02 - Picnic.mp3"],
        ["Emma/track_1.mp3", "Emma/track_2.m4b", "Emma/track_3.flac"],
        ["Emma/Audio/Emma.m4b"],
        ["Iliad/Book 1.mp3", "Iliad/Book 2.mp3", "Iliad/Book 24.mp3"],
        ["Emma.m4b"],
    ],
)
def test_the_pieces_of_one_book_stay_together(files: list[str]) -> None:
    assert grouped(*files) == [files]


@pytest.mark.parametrize(
    "files",
    [
        ["Emma/CD 1/01.mp3", "Emma/CD 2/01.mp3"],
        ["Emma/Emma - CD1/01.mp3", "Emma/Emma - CD2/01.mp3"],
        ["Emma/01.mp3", "Emma/Disc 2/01.mp3"],
        ["Emma/Part 1/CD 1/01.mp3", "Emma/Part 1/CD 2/01.mp3", "Emma/Part 2/CD 1/01.mp3"],
        ["Emma/Part 1 - Hartfield/01.mp3", "Emma/Part 2 - Box Hill/01.mp3"],
        ["Emma/Disc 1 - Hartfield/01.mp3", "Emma/Disc 2 - Box Hill/01.mp3", "Emma/Disc 3 - Donwell/01.mp3"],
        ["Emma/1/01.mp3", "Emma/2/01.mp3", "Emma/3/01.mp3"],
        ["Emma/01-10/01.mp3", "Emma/11-20/11.mp3"],
        ["Emma/00_Introduction/1.mp3", "Emma/01_Side 1/1.mp3", "Emma/02_Side 2/1.mp3"],
        ["Audio/Emma (1 of 2)/01.mp3", "Audio/Emma (2 of 2)/01.mp3"],
    ],
)
def test_folders_of_discs_and_parts_are_one_book(files: list[str]) -> None:
    assert grouped(*files) == [files]


@pytest.mark.parametrize(
    "groups",
    [
        [["Austen/Emma.m4b"], ["Austen/Persuasion.m4b"]],
        [["Austen/1 - Emma.m4b"], ["Austen/2 - Persuasion.m4b"]],
        [["Austen/Book 1 - Emma.mp3"], ["Austen/Book 2 - Persuasion.mp3"]],
        [["Austen/1 - Book One - Emma.mp3"], ["Austen/2 - Book Two - Persuasion.mp3"]],
        [["Austen/Stories, Vol. 1.m4b"], ["Austen/Stories, Vol. 2.m4b"]],
        [["Austen/Emma 1.mp3", "Austen/Emma 2.mp3"], ["Austen/Persuasion 1.mp3", "Austen/Persuasion 2.mp3"]],
        [["Austen/Emma - 1.mp3", "Austen/Emma - 2.mp3"], ["Austen/Persuasion.mp3"]],
        [["Orwell/1984 - 1.mp3", "Orwell/1984 - 2.mp3"], ["Orwell/2084 - 1.mp3", "Orwell/2084 - 2.mp3"]],
        [["Austen/1 - Emma/1.mp3", "Austen/1 - Emma/2.mp3"], ["Austen/2 - Persuasion/1.mp3"]],
        [["Austen/Book 1/a.mp3"], ["Austen/Book 2/a.mp3"], ["Austen/Book 10/a.mp3"]],
        [["Orwell/813/1.mp3"], ["Orwell/1984/1.mp3"]],
        [["She/She.m4b"], ["She and Allan/She and Allan.m4b"]],
        [["A/Emma CD1/1.mp3", "A/Emma CD2/1.mp3"], ["A/Persuasion CD1/1.mp3", "A/Persuasion CD2/1.mp3"]],
        [["A/CD1 - Emma/1.mp3", "A/CD2 - Emma/1.mp3"], ["A/CD3 - Persuasion/1.mp3", "A/CD4 - Persuasion/1.mp3"]],
        [["A/CD1 - Emma/1.mp3"], ["A/CD1 - Persuasion/1.mp3"]],
        [["A/Part 1 - Emma/emma.m4b"], ["A/Part 2 - Persuasion/persuasion.m4b"]],
    ],
)
def test_books_side_by_side_stay_apart(groups: list[list[str]]) -> None:
    assert sorted(grouped(*(file for group in groups for file in group))) == sorted(groups)


@pytest.mark.parametrize(
    "groups",
    [
        [["Emma/Emma.m4b"], ["Emma/MP3/01.mp3", "Emma/MP3/02.mp3"]],
        [["Emma/M4B/Emma.m4b"], ["Emma/MP3/01.mp3", "Emma/MP3/02.mp3"]],
        [["Emma/01.mp3", "Emma/02.mp3"], ["Emma/01.m4b", "Emma/02.m4b"]],
        [["Emma/Emma.m4b"], ["Emma/Emma.mp3"]],
    ],
)
def test_a_book_in_two_formats_is_there_twice(groups: list[list[str]]) -> None:
    assert sorted(grouped(*(file for group in groups for file in group))) == sorted(groups)


def test_sizes_and_durations_tell_books_from_chapters() -> None:
    names = ["Austen/1 - Emma.mp3", "Austen/2 - Persuasion.mp3"]
    assert len(grouped(*(AudioFile(name, size=300 * MEGABYTE) for name in names))) == 2
    assert len(grouped(*(AudioFile(name, size=20 * MEGABYTE) for name in names))) == 1
    assert len(grouped(*(AudioFile(name, size=300 * MEGABYTE, duration=1800) for name in names))) == 1
    assert len(grouped(*(AudioFile(name, duration=36_000) for name in names))) == 2
    whole = ["Austen/1 - Emma.m4b", "Austen/2 - Persuasion.m4b"]
    assert len(grouped(*(AudioFile(name, size=9 * MEGABYTE) for name in whole))) == 1


def test_albums_tell_books_apart_and_untagged_files_join_none_of_several() -> None:
    assert grouped(
        AudioFile("Mixed/a.mp3", album="Emma"),
        AudioFile("Mixed/b.mp3", album="Persuasion"),
        AudioFile("Mixed/c.mp3"),
    ) == [["Mixed/a.mp3"], ["Mixed/b.mp3"], ["Mixed/c.mp3"]]


def test_one_album_unites_names_without_numbers() -> None:
    names = ["Emma/ball.mp3", "Emma/picnic.mp3", "Emma/wedding.mp3"]
    assert grouped(*(AudioFile(name, album="Emma") for name in names)) == [names]


def test_one_album_does_not_unite_whole_books() -> None:
    names = ["Austen/Emma.m4b", "Austen/Persuasion.m4b"]
    assert grouped(*(AudioFile(name, album="The Novels") for name in names)) == [[name] for name in names]


def test_a_slip_in_a_tag_or_a_missing_one_splits_no_book() -> None:
    names = [f"Emma/{number:02}.mp3" for number in range(1, 10)]
    albums = ["Emma", "Emma", "Emmma", None, *["Emma"] * 5]
    files = [AudioFile(name, album=album, author="Jane Austen") for name, album in zip(names, albums, strict=True)]
    assert grouped(*files) == [names]


@pytest.mark.parametrize(
    "albums",
    [["Emma (Disc 1)", "Emma (Disc 2)"], ["Emma (Unabridged)", "Emma"], ["Emma CD1", "Emma - CD 2"], ["Emma", "EMMA"]],
)
def test_marks_of_discs_and_remarks_in_albums_split_no_book(albums: list[str]) -> None:
    names = ["Emma/CD1/01.mp3", "Emma/CD2/01.mp3"]
    assert grouped(*(AudioFile(name, album=album) for name, album in zip(names, albums, strict=True))) == [names]


@pytest.mark.parametrize("album", ["Chapter {}", "Emma {}", "Emma - Part {}"])
def test_albums_that_count_the_files_split_no_book(album: str) -> None:
    files = [AudioFile(f"Emma/{number:02}.mp3", album=album.format(number)) for number in range(1, 6)]
    assert grouped(*files) == [[file.path for file in files]]


def test_one_title_by_two_authors_is_two_books() -> None:
    files = [AudioFile(f"Mixed/{number:02}.mp3", album="Emma", author="AB"[number > 3]) for number in range(1, 6)]
    assert grouped(*files) == [[file.path for file in files[:3]], [file.path for file in files[3:]]]


@pytest.mark.parametrize("authors", ["ABCDEFG", "AAABBBCCC", "ABABAB"])
def test_the_authors_of_an_anthology_and_readers_in_turns_split_no_book(authors: str) -> None:
    files = [AudioFile(f"Tales/{n:02}.mp3", album="Tales", author=name) for n, name in enumerate(authors, start=1)]
    assert grouped(*files) == [[file.path for file in files]]


def test_a_narrator_beside_the_author_splits_no_book() -> None:
    files = [
        AudioFile("Emma/01.mp3", album="Emma", author="Jane Austen"),
        AudioFile("Emma/02.mp3", album="Emma", author="Jane Austen, Anna Reader"),
    ]
    assert grouped(*files) == [["Emma/01.mp3", "Emma/02.mp3"]]


def test_clutter_samples_and_other_files_are_in_no_book() -> None:
    others = ["Emma/sample.mp3", "Emma/._Emma.m4b", "Emma/cover.jpg", "Emma/Emma.epub", "Emma/Emma.m4b.part"]
    assert grouped("Emma/Emma.m4b", *others) == [["Emma/Emma.m4b"]]


def test_without_audio_e_books_are_grouped_by_title() -> None:
    assert grouped("A/Emma.epub", "A/Emma.mobi", "A/Persuasion.epub") == [
        ["A/Emma.epub", "A/Emma.mobi"],
        ["A/Persuasion.epub"],
    ]


def test_books_come_in_the_order_of_their_first_files_and_files_in_reading_order() -> None:
    files = ["S/Book 10/b.mp3", "S/Book 2/2.mp3", "S/Book 2/1.mp3", "S/Book 10/a.mp3"]
    assert grouped(*files) == [["S/Book 2/1.mp3", "S/Book 2/2.mp3"], ["S/Book 10/a.mp3", "S/Book 10/b.mp3"]]
