from __future__ import annotations

import pytest

from audiobook_daemon import Stance
from audiobook_daemon.matching.contents import AudioFile, check_tracks


def told(*files: str | AudioFile) -> dict[str, str]:
    found = check_tracks([file if isinstance(file, AudioFile) else AudioFile(file) for file in files])
    assert all(verdict.stance is Stance.DOUBT for verdict in found)
    return {verdict.code: verdict.reason for verdict in found}


@pytest.mark.parametrize(
    "files",
    [
        [],
        ["Emma.m4b"],
        ["01.mp3", "02.mp3", "03.mp3"],
        ["00 - Opening.mp3", "01 - Ball.mp3", "02 - Picnic.mp3"],
        ["Prologue.mp3", "Chapter 1.mp3", "Chapter 2.mp3", "Epilogue.mp3"],
        ["CD1/01.mp3", "CD1/02.mp3", "CD2/01.mp3", "CD2/02.mp3"],
        ["CD1/01.mp3", "CD1/02.mp3", "CD2/03.mp3", "CD2/04.mp3"],
        ["101.mp3", "102.mp3", "201.mp3", "202.mp3"],
        ["1811 Sense.mp3", "1813 Pride.mp3", "1815 Emma.mp3"],
        ["ball.mp3", "picnic.mp3"],
    ],
)
def test_a_sound_book_raises_no_doubt(files: list[str]) -> None:
    assert told(*files) == {}


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (["01.mp3", "02.mp3", "04.mp3"], "track 3 is missing, by their names"),
        (["01.mp3", "04.mp3", "05.mp3"], "tracks 2 and 3 are missing, by their names"),
        (["03.mp3", "04.mp3", "05.mp3"], "tracks 1 and 2 are missing, by their names"),
        (["Emma (1 of 4).mp3", "Emma (2 of 4).mp3"], "tracks 3 and 4 are missing, by their names"),
        (["CD1/01.mp3", "CD1/02.mp3", "CD2/03.mp3", "CD2/05.mp3"], "track 4 is missing, by their names"),
        (["CD1/1.mp3", "CD1/2.mp3", "CD2/1.mp3", "CD2/3.mp3"], "track 2 in 'CD2' is missing, by their names"),
        (["101.mp3", "102.mp3", "201.mp3", "203.mp3"], "track 2 of disc 2 is missing, by their names"),
    ],
)
def test_gaps_in_the_names_are_told(files: list[str], sentence: str) -> None:
    assert told(*files) == {"missing_tracks": sentence}


def test_many_gaps_are_summed_up() -> None:
    files = [AudioFile(f"{number}.mp3") for number in [*range(1, 13), 24]]
    assert told(*files)["missing_tracks"] == "11 tracks (13 to 23) are missing, by their names"


def test_gaps_in_the_tags_are_told_with_their_disc() -> None:
    tags = [(1, 1), (1, 2), (2, 1), (2, 3)]
    files = [AudioFile(f"{'abcd'[place]} song.mp3", disc=disc, track=track) for place, (disc, track) in enumerate(tags)]
    assert told(*files) == {"missing_tracks": "track 2 of disc 2 is missing, by their tags"}


@pytest.mark.parametrize(
    "files", [["CD1/1.mp3", "CD3/1.mp3"], ["Emma CD1/1.mp3", "Emma CD3/1.mp3"], ["CD 1.mp3", "CD 3.mp3"]]
)
def test_a_missing_disc_is_told(files: list[str]) -> None:
    assert told(*files) == {"missing_discs": "disc 2 is missing"}


def test_a_number_that_is_there_twice_is_told() -> None:
    files = ["01 ball.mp3", "02 picnic.mp3", "03 letter.mp3", "03 walk.mp3", "04 visit.mp3", "05 wedding.mp3"]
    assert told(*files) == {"doubled_tracks": "track 3 is there more than once, by their names"}


def test_tags_that_say_nothing_are_not_held_against_the_files() -> None:
    assert told(*(AudioFile(f"{number}.mp3", track=1) for number in range(1, 9))) == {}


def test_tags_against_names_are_told_and_not_decided() -> None:
    files = [AudioFile("1.mp3", track=2), AudioFile("2.mp3", track=1)]
    assert told(*files) == {"order_disputed": "file 1 is '2.mp3' by its tags and '1.mp3' by its name"}
    assert told(AudioFile("ball.mp3", track=2), AudioFile("apple.mp3", track=1)) == {}
    assert told(AudioFile("apple.mp3", track=2), AudioFile("ball.mp3", track=1)) == {}


def test_a_short_part_in_the_middle_is_told_and_a_short_last_one_is_fine() -> None:
    def book(short: int) -> list[AudioFile]:
        return [AudioFile(f"{number}.mp3", duration=240 if number == short else 3600) for number in range(1, 9)]

    assert told(*book(4)) == {"short_part": "'4.mp3' has 4 minutes where the other parts have about 60"}
    assert told(*book(8)) == {}
    assert told(*book(1)) == {}


def test_chapters_of_all_lengths_are_fine() -> None:
    lengths = [300, 1800, 900, 240, 2700, 1200, 600, 3000]
    assert told(*(AudioFile(f"{place}.mp3", duration=length) for place, length in enumerate(lengths, start=1))) == {}
