"""Files are read in the order of their names, or of their track numbers, and a gap is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiobook_daemon.pipeline.verify.listening import Track
from audiobook_daemon.pipeline.verify.order import reading_order


def tracks(*named: tuple[str, str] | str, disc: str = "", total: str = "") -> list[Track]:
    """Files in the order of their names, each with its track number, if it has one."""
    found = []
    for one in named:
        name, number = (one, "") if isinstance(one, str) else one
        stated = {"track": number, "disc": disc, "track_total": total}
        tags = {field: (text,) for field, text in stated.items() if text}
        found.append(Track(f"Emma/{name}", Path(name), 60.0, tags=tags))
    return found


def names(*named: tuple[str, str] | str) -> tuple[str, ...]:
    return tuple(path.removeprefix("Emma/") for path in reading_order(tracks(*named)).paths)


def test_numbered_names_decide() -> None:
    assert names("01.mp3", "02.mp3", "03.mp3") == ("01.mp3", "02.mp3", "03.mp3")
    assert reading_order(tracks("01.mp3", "02.mp3")).doubt is None


def test_names_without_numbers_give_way_to_whole_track_numbers() -> None:
    named = (("An End.mp3", "3"), ("Beginning.mp3", "1"), ("Middle.mp3", "2"))
    assert names(*named) == ("Beginning.mp3", "Middle.mp3", "An End.mp3")
    assert reading_order(tracks(*named)).doubt is None


@pytest.mark.parametrize("numbers", [("3", ""), ("1", "1"), ("x", "2")])
def test_track_numbers_that_are_not_whole_decide_nothing(numbers: tuple[str, str]) -> None:
    assert names(("A.mp3", numbers[0]), ("B.mp3", numbers[1])) == ("A.mp3", "B.mp3")


def test_names_and_numbers_that_disagree_are_told_and_the_names_stand() -> None:
    found = reading_order(tracks(("01.mp3", "2"), ("02.mp3", "1")))
    assert found.paths == ("Emma/01.mp3", "Emma/02.mp3")
    assert found.doubt == "file 1 is 'Emma/02.mp3' by its tags and 'Emma/01.mp3' by its name"


@pytest.mark.parametrize(
    ("named", "doubt"),
    [
        (("01.mp3", "02.mp3", "04.mp3"), "track 3 is missing, by their names"),
        (("Part 1 of 5.mp3", "Part 2 of 5.mp3", "Part 5 of 5.mp3"), "tracks 3 and 4 are missing, by their names"),
        ((("A.mp3", "1"), ("B.mp3", "3")), "track 2 is missing, by their tags"),
        (("1 - 1815.mp3", "2 - 1816.mp3", "3 - 1914.mp3"), None),
        (("1815.mp3", "1914.mp3"), None),
        (("Emma.mp3", "Emma 2.mp3"), None),
    ],
)
def test_a_gap_is_told(named: tuple[str, ...], doubt: str | None) -> None:
    assert reading_order(tracks(*named)).doubt == doubt


def test_fewer_files_than_they_count_is_told() -> None:
    some = tracks(("01.mp3", "1"), ("02.mp3", "2"), total="12")
    assert reading_order(some).doubt == "its files count 12 tracks and are 2"


def test_each_disc_counts_for_itself() -> None:
    first = tracks(("CD 1/01.mp3", "1"), ("CD 1/02.mp3", "2"), disc="1")
    second = tracks(("CD 2/01.mp3", "1"), ("CD 2/02.mp3", "2"), disc="2")
    assert reading_order([*first, *second]).doubt is None
    broken = tracks(("CD 2/01.mp3", "1"), ("CD 2/03.mp3", "3"), disc="2")
    assert reading_order([*first, *broken]).doubt == "track 2 in 'Emma/CD 2' is missing, by their names"


def test_a_single_file_has_an_order_whatever_it_says() -> None:
    assert reading_order(tracks(("07.mp3", "7"), total="12")).doubt is None
