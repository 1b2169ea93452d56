from __future__ import annotations

import random

import pytest

from audiobook_daemon.matching.contents import AudioFile, order_files, order_paths, tag_number


@pytest.mark.parametrize(
    "paths",
    [
        ["Part 1.mp3", "Part 2.mp3", "Part 10.mp3"],
        ["part 1.mp3", "PART 2.mp3", "Part 3.mp3"],
        ["Emma [1].mp3", "Emma [2].mp3", "Emma [11].mp3"],
        ["Emma 1 of 12.mp3", "Emma 2 of 12.mp3", "Emma 12 of 12.mp3"],
        ["Emma.mp3", "Emma 2.mp3", "Emma 3.mp3"],
        ["01a.mp3", "01b.mp3", "02.mp3"],
        ["1-01 Morning.mp3", "1-02 Evening.mp3", "2-01 Dawn.mp3", "10-01 Dusk.mp3"],
        ["20000 Leagues - 1.mp3", "20000 Leagues - 2.mp3"],
        ["Эмма 1.mp3", "Эмма 2.mp3", "Эмма 10.mp3"],
    ],
)
def test_numbers_go_by_their_value(paths: list[str]) -> None:
    assert_order(paths)


@pytest.mark.parametrize(
    "paths",
    [
        ["Chapter One.mp3", "Chapter Two.mp3", "Chapter Three.mp3", "Chapter Twenty-One.mp3"],
        ["One.mp3", "Two.mp3", "Three.mp3", "Four.mp3"],
        ["Emma - Eins.mp3", "Emma - Zwei.mp3", "Emma - Drei.mp3"],
        ["Part I.mp3", "Part II.mp3", "Part V.mp3", "Part IX.mp3", "Part X.mp3"],
        ["I.mp3", "II.mp3", "V.mp3", "IX.mp3"],
        ["第一章.mp3", "第二章.mp3", "第十章.mp3", "第二十一章.mp3"],
        ["CD One/1.mp3", "CD Two/1.mp3", "CD Three/1.mp3"],
    ],
)
def test_numbers_in_words_and_roman_numerals_count(paths: list[str]) -> None:
    assert_order(paths)


def test_letters_that_happen_to_be_roman_stay_letters() -> None:
    assert_order(["A Visit.mp3", "Civil War.mp3", "Dim Light.mp3", "Mix.mp3"])


@pytest.mark.parametrize(
    "paths",
    [
        ["Track 1 CD 1.mp3", "Track 2 CD 1.mp3", "Track 1 CD 2.mp3", "Track 2 CD 2.mp3"],
        ["CD1/1.mp3", "CD1/2.mp3", "CD2/1.mp3", "CD10/1.mp3"],
        ["Emma CD1/1.mp3", "Emma CD2/1.mp3", "Emma CD11/1.mp3"],
        ["Part 1 CD 1.mp3", "Part 1 CD 2.mp3", "Part 2 CD 1.mp3", "Part 2 CD 2.mp3"],
        ["Tape 1 Side A.mp3", "Tape 1 Side B.mp3", "Tape 2 Side A.mp3"],
        ["D1T1.mp3", "D1T2.mp3", "D2T1.mp3"],
    ],
)
def test_discs_come_first_wherever_they_are_named(paths: list[str]) -> None:
    assert_order(paths)


@pytest.mark.parametrize(
    "paths",
    [
        ["Prologue.mp3", "Chapter 1.mp3", "Chapter 2.mp3", "Epilogue.mp3"],
        ["Opening Credits.mp3", "Dedication.mp3", "Chapter 1.mp3", "Afterword.mp3", "Closing Credits.mp3"],
        ["Emma - Vorwort.mp3", "Emma - Kapitel 1.mp3", "Emma - Kapitel 2.mp3", "Emma - Nachwort.mp3"],
        ["Emma/Introduction.mp3", "Emma/Disc 1/1.mp3", "Emma/Disc 2/1.mp3", "Emma/Epilogue.mp3"],
    ],
)
def test_first_and_last_matter_frame_the_chapters(paths: list[str]) -> None:
    assert_order(paths)


def test_a_numbered_prologue_goes_by_its_number() -> None:
    assert_order(["1 - Chapter.mp3", "2 - Prologue to the Feast.mp3", "3 - Chapter.mp3"])


def test_a_count_behind_different_words_is_found() -> None:
    assert_order(["Zebras - 1.mp3", "Apes - 2.mp3", "Mice - 3.mp3"])


def test_names_without_numbers_go_by_the_alphabet() -> None:
    assert_order(["alpha.mp3", "Bravo.mp3", "charlie.mp3"])


def test_complete_tags_outrank_names() -> None:
    files = [AudioFile("a.mp3", track=2), AudioFile("b.mp3", track=1), AudioFile("c.mp3", track=3)]
    assert [file.path for file in order_files(files)] == ["b.mp3", "a.mp3", "c.mp3"]


def test_discs_of_the_folders_complete_tags_that_begin_anew_on_every_disc() -> None:
    files = [
        AudioFile("CD 1/x.mp3", track=2),
        AudioFile("CD 1/y.mp3", track=1),
        AudioFile("CD 2/a.mp3", track=2),
        AudioFile("CD 2/b.mp3", track=1),
    ]
    assert [file.path for file in order_files(files)] == ["CD 1/y.mp3", "CD 1/x.mp3", "CD 2/b.mp3", "CD 2/a.mp3"]


def test_discs_may_stand_in_the_album() -> None:
    files = [AudioFile("x.mp3", track=1, album="Emma (Disc 2)"), AudioFile("y.mp3", track=1, album="Emma (Disc 1)")]
    assert [file.path for file in order_files(files)] == ["y.mp3", "x.mp3"]


@pytest.mark.parametrize("tracks", [[1, 1, 1], [2, 1, None], [2, 2, 1]])
def test_tags_that_are_incomplete_or_doubled_do_not_count(tracks: list[int | None]) -> None:
    files = [AudioFile(f"{place}.mp3", track=track) for place, track in enumerate(tracks, start=1)]
    assert [file.path for file in order_files(files)] == ["1.mp3", "2.mp3", "3.mp3"]


@pytest.mark.parametrize(
    ("tag", "number"),
    [("3", 3), ("03", 3), ("3/12", 3), (" 3 / 12 ", 3), (7, 7), ("A1", None), ("", None), (None, None)],
)
def test_track_tags_are_read_as_numbers(tag: str | int | None, number: int | None) -> None:
    assert tag_number(tag) == number


def assert_order(paths: list[str]) -> None:
    shuffled = list(paths)
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)
        assert list(order_paths(shuffled)) == paths
