from __future__ import annotations

from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon import Book, TorrentFile, Wish
from audiobook_daemon.matching.contents import (
    AudioFile,
    check_tracks,
    find_books,
    group_files,
    is_collection,
    is_disc_name,
    is_generic_folder,
    is_ignored,
    is_part_name,
    lists_title,
    match_groups,
    order_files,
    order_paths,
)

_T = TypeVar("_T")
WORDS = st.sampled_from([
    *("01", "2", "10", "1984", "Part 1", "Part Two", "CD 1", "cd2", "Disc 3", "Book 1", "Book 2", "Vol. 3"),
    *("Emma", "Persuasion", "The", "I", "II", "One", "Two", "a", "b", "of", "-", "(2 of 3)", "Prologue"),
    *("Chapter 4", "Epilogue", "Side B", "MP3", "第二章", "sample", "Bonus", "[64kbps]", "(Unabridged)", "#7"),
    *("_", "Жизнь"),
])  # fmt: skip
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
ANY_NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda name: name not in {".", ".."}
)
ENDINGS = st.sampled_from([".mp3", ".m4b", ".flac", ".MP3", ".jpg", ".epub", ""])


@st.composite
def paths(draw: st.DrawFn) -> str:
    folders = draw(st.lists(NAMES | ANY_NAMES, max_size=3))
    return "/".join([*folders, draw(NAMES | ANY_NAMES) + draw(ENDINGS)])


@st.composite
def audio_files(draw: st.DrawFn) -> list[AudioFile]:
    small = st.none() | st.integers(0, 4)
    return [
        AudioFile(
            path,
            size=draw(st.none() | st.integers(0, 10**9)),
            duration=draw(st.none() | st.floats(0, 10**5)),
            disc=draw(small),
            track=draw(small),
            album=draw(st.none() | NAMES),
            author=draw(st.sampled_from([None, None, "Jane Austen", "Anthony Trollope"])),
        )
        for path in draw(st.lists(paths(), max_size=9, unique=True))
    ]


def shuffled(items: list[_T], data: st.DataObject) -> list[_T]:
    return data.draw(st.permutations(items))


@given(audio_files(), st.data())
def test_grouping_is_a_partition_and_independent_of_the_order_of_files(
    files: list[AudioFile], data: st.DataObject
) -> None:
    groups = group_files(files)
    flat = [file for group in groups for file in group]
    assert len(flat) == len(set(flat))
    audio = {file for file in files if file.path.lower().endswith((".mp3", ".m4b", ".flac"))}
    assert {file for file in audio if not is_ignored(file.path)} <= set(flat) <= set(files)
    assert {frozenset(group) for group in group_files(shuffled(files, data))} == {frozenset(group) for group in groups}


@given(audio_files(), st.data())
def test_ordering_is_a_permutation_and_independent_of_the_order_of_files(
    files: list[AudioFile], data: st.DataObject
) -> None:
    ordered = order_files(files)
    assert len(ordered) == len(files)
    assert set(ordered) == set(files)
    assert order_files(shuffled(files, data)) == ordered


@given(
    st.integers(2, 60),
    st.sampled_from(["{}", "Emma {}", "{} - Ball", "Emma - Part {} of 60", "CD{}/01", "{}/01", "Chapter {} x"]),
)
def test_counted_names_are_put_in_the_order_of_their_numbers(count: int, shape: str) -> None:
    counted = [f"Emma/{shape.format(number)}.mp3" for number in range(1, count + 1)]
    assert list(order_paths(sorted(counted))) == counted
    assert [len(group) for group in group_files([AudioFile(path) for path in counted])] == [count]
    assert check_tracks([AudioFile(path) for path in counted if "of" not in path]) == ()


@given(audio_files())
def test_checks_of_tracks_never_raise(files: list[AudioFile]) -> None:
    assert all(verdict.reason for verdict in check_tracks(files))


@given(st.lists(paths(), max_size=7, unique=True), st.data())
def test_packs_are_read_and_matched_the_same_way_in_any_order(names: list[str], data: st.DataObject) -> None:
    files = [TorrentFile(name, 10**8) for name in names]
    groups = find_books(files)
    assert set(find_books(shuffled(files, data))) == set(groups)
    wishes = [Wish(Book("Emma", ("Jane Austen",))), Wish(Book("Persuasion", ("Jane Austen",)))]
    found = match_groups(groups, wishes, authors=("Jane Austen",))
    turned = match_groups(shuffled(list(groups), data), wishes, authors=("Jane Austen",))
    assert [match.group for match in found] == [match.group for match in turned]
    given_away = [match.group for match in found if match.group]
    assert len(given_away) == len(set(given_away))


@given(st.text(max_size=200) | NAMES)
def test_names_and_titles_never_raise(text: str) -> None:
    for judge in (is_collection, is_disc_name, is_part_name, is_generic_folder, is_ignored):
        assert judge(text) in {True, False}
    assert lists_title(text, text) in {True, False}


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<p ",
        "a, ",
        "* ",
        "1. ",
        "(",
        "[b",
        " ",
        "contains a and ",
        "<!--",
        "Book 1-",
        "/ a ",
        "1-2 ",
        "CD1 ",
        "bonus ",
        "complete a ",
    ],
)
def test_long_texts_are_read_in_a_moment(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    # The run as a whole has a time limit: a slow expression would take hours.
    lists_title(text, "Emma")
    is_collection(text)
    for judge in (is_disc_name, is_part_name, is_generic_folder, is_ignored):
        judge(text)
    assert order_paths([text, f"{text}b"]) == (text, f"{text}b")
